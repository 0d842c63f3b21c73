"""How many sources a claim really has: copies of one text and feeds of one outlet count once."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.clusters.graph import Graph


def independent_sources(graph: Graph, claims: Sequence[str]) -> int:
    """Count groups of claims after joining those of one outlet, of near-copy articles, and of one credited agency."""
    parent: dict[str, str] = {}

    def find(name: str) -> str:
        parent.setdefault(name, name)
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    def join(left: str, right: str) -> None:
        parent[find(left)] = find(right)

    members = set(claims)
    outlets = [f"outlet:{graph.claims[claim].outlet.casefold()}" for claim in claims]
    for claim_id, outlet in zip(claims, outlets, strict=True):
        claim = graph.claims[claim_id]
        find(outlet)
        if claim.credit:
            # An agency is an outlet too: its own article and those that credit it are one source.
            join(outlet, f"outlet:{claim.credit.casefold()}")
        for other, verdict in graph.same.get(claim_id, {}).items():
            if verdict.near_copy and other in members:
                join(outlet, f"outlet:{graph.claims[other].outlet.casefold()}")
    return len({find(outlet) for outlet in outlets})
