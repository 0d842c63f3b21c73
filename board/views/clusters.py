"""`/clusters/{id}`: one claim across outlets, as it unfolded."""

from __future__ import annotations

from itertools import groupby

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from board import plots, reading
from board.render import page
from board.revisions import revised
from board.views.failures import Unknown
from board.wording import day
from pipeline.ports import Index
from schemas.cluster import Cluster, Member
from schemas.contradiction import Contradiction

SHOWN = 500
"""Members in one timeline; the newest of a larger cluster are left to search, which can narrow them."""


def cluster(request: Request) -> Response:
    """Show who said what when; a cluster that was merged leads to the one that holds its claims now."""
    index: Index = request.app.state.index
    asked = request.path_params["cluster_id"]
    found = reading.current_cluster(index, asked)
    if found is None:
        raise Unknown("cluster")
    if found.cluster_id != asked:
        return RedirectResponse(f"/clusters/{found.cluster_id}", 302)
    contradictions = reading.some(index, Contradiction, found.contradictions).values()
    suggested = reading.some(index, Cluster, found.suggested).values()
    context = {
        "cluster": found,
        "spread": plots.spread(found),
        "days": timeline(found.members[:SHOWN]),
        "printed": printed_in(found.members),
        "revised": revised(index, found.members[:SHOWN]),
        "hidden": max(0, len(found.members) - SHOWN),
        "contradictions": [each for each in contradictions if each.status != "superseded"],
        "suggested": [each for each in suggested if each.status == "open"],
    }
    return page(request, "cluster.html", context, section="")


def timeline(members: tuple[Member, ...]) -> list[tuple[str, list[Member]]]:
    """Return the members by day, the earliest first."""
    ordered = sorted(members, key=lambda member: (member.published_at, member.claim_id))
    return [(name, list(group)) for name, group in groupby(ordered, key=lambda member: day(member.published_at))]


def printed_in(members: tuple[Member, ...]) -> dict[str, list[str]]:
    """Return, by the article that a text comes from, the other outlets that printed a copy of it."""
    outlets: dict[str, list[str]] = {}
    for member in members:
        origin = member.copy_of
        if origin and origin.article_id and member.outlet not in outlets.setdefault(origin.article_id, []):
            outlets[origin.article_id].append(member.outlet)
    return outlets
