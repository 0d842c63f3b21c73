"""Contradictions come in, alerts go out: each told once for each rule and channel.

`rules` decides (pure), `wording` writes what a person reads, `channels` carry it, `tell` does the three in order.
"""
