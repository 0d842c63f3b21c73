"""How many sources a claim really has: copies of one text, feeds of one outlet and outlets of one owner count once.

Sister outlets share wire desks, copy and interests, so that two of them who say the same prove no more than one. Where
owners are not known, outlets are taken for independent.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.clusters.copies import near_copies
from pipeline.clusters.graph import Graph
from pipeline.clusters.groups import Groups


def independent_sources(graph: Graph, claims: Sequence[str]) -> int:
    """Count groups of claims after joining those of one outlet, owner, text and credited agency."""
    groups = Groups()
    for claim_id in claims:
        claim = graph.claims[claim_id]
        outlet = _outlet(claim.outlet)
        if claim.owner:
            groups.join(outlet, f"owner:{claim.owner.casefold()}")
        if claim.credit:
            # An agency is an outlet too: its own article and those that credit it are one source.
            groups.join(outlet, _outlet(claim.credit))
    for a, b in near_copies(graph, claims):
        groups.join(_outlet(a.outlet), _outlet(b.outlet))
    return len({groups.find(_outlet(graph.claims[claim].outlet)) for claim in claims})


def _outlet(name: str) -> str:
    return f"outlet:{name.casefold()}"
