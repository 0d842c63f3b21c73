"""How a figure is read: its words, numeral, unit, hedges, role and what it counts; `quantities.py` leads the way."""
