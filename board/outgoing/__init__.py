"""What the board gives to machines: feeds (Atom, RSS), tables (CSV) and lines of JSON."""
