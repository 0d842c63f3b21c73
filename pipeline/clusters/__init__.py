"""Verdicts come in, clusters and contradictions go out.

`fold` holds the graph of claims (edges: same, suggested, contradiction) and, at each verdict, works out afresh the part
of it that the verdict touches. What comes out depends on the set of verdicts, not on their order.
"""
