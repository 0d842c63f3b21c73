"""Which claims belong together, as a pure function of the graph.

Single links chain: A ~ B ~ C ~ D ends with A and D that have nothing in common (Meedan's check-api#808). So a claim
joins a cluster by its *leader*, the claim of it published first, or by agreeing with at least half of its members; a
copy of a member joins anyway. Claims are taken in order of publication, so order of arrival does not matter.
"""

from __future__ import annotations

from collections.abc import Collection

from pipeline.clusters.graph import Graph

JOIN_SHARE = 0.5
"""Share of a cluster's members that a claim must agree with when it does not agree with the leader."""


def publication_order(graph: Graph, claims: Collection[str]) -> list[str]:
    """Return claim ids, first published first; ties by id."""
    return sorted(claims, key=lambda claim: (graph.claims[claim].published_at, claim))


def partition(graph: Graph, claims: Collection[str]) -> list[list[str]]:
    """Return the clusters among `claims`, each in order of publication, its leader first."""
    clusters: list[list[str]] = []
    home: dict[str, int] = {}
    for claim in publication_order(graph, claims):
        best = _best_cluster(graph, claim, clusters, home)
        if best is None:
            home[claim] = len(clusters)
            clusters.append([claim])
        else:
            home[claim] = best
            clusters[best].append(claim)
    return clusters


def _best_cluster(graph: Graph, claim: str, clusters: list[list[str]], home: dict[str, int]) -> int | None:
    """The cluster that a claim agrees with most, or None; of equals the one that began first."""
    agreements: dict[int, list[str]] = {}
    for other in graph.same.get(claim, {}):
        if other in home:
            agreements.setdefault(home[other], []).append(other)
    ranked = [
        (_strength(graph, claim, others), -cluster)
        for cluster, others in agreements.items()
        if _may_join(graph, claim, others, clusters[cluster])
    ]
    return -max(ranked)[1] if ranked else None


def _may_join(graph: Graph, claim: str, agreeing: list[str], cluster: list[str]) -> bool:
    if any(other in graph.contradicting.get(claim, {}) for other in cluster):
        return False
    edges = graph.same[claim]
    return (
        cluster[0] in agreeing
        or any(edges[other].near_copy for other in agreeing)
        or len(agreeing) >= JOIN_SHARE * len(cluster)
    )


def _strength(graph: Graph, claim: str, agreeing: list[str]) -> float:
    edges = graph.same[claim]
    return max(edges[other].score for other in agreeing)
