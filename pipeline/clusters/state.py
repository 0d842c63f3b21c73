"""Everything that the fold of verdicts remembers."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.clusters.graph import Graph
from schemas.cluster import Cluster
from schemas.contradiction import Contradiction


@dataclass
class State:
    """The graph of claims and what was told of it."""

    graph: Graph = field(default_factory=Graph)
    revisions: dict[str, int] = field(default_factory=dict)
    """The highest revision seen of each article that was ever revised."""
    rosters: dict[str, frozenset[str]] = field(default_factory=dict)
    """The claims of that revision."""
    clusters: dict[str, Cluster] = field(default_factory=dict)
    contradictions: dict[str, Contradiction] = field(default_factory=dict)
    cluster_of: dict[str, str] = field(default_factory=dict)
    """Claim id → id of the cluster it was last put into, whether or not that cluster was worth a message."""
    shown_in: dict[str, set[str]] = field(default_factory=dict)
    """Claim id → clusters and contradictions told of that it takes part in."""
    version: int = 0
