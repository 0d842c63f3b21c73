"""`/`: what is new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from board import reading
from board.render import page
from board.views.feeds import summary
from pipeline.ports import Index
from schemas.cluster import Cluster
from schemas.contradiction import Contradiction

CONTRADICTIONS = 8
GROWING = 6
LOOKED_THROUGH = 60
"""Clusters with the newest reports among which the growing ones are sought."""
GROWTH_WINDOW = timedelta(hours=24)


@dataclass(frozen=True)
class Growth:
    """A cluster and how many reports it gained in the day up to the newest report of all."""

    cluster: Cluster
    gained: int


def overview(request: Request) -> Response:
    """Show the newest contradictions, the clusters that grow, and how the feeds are."""
    index: Index = request.app.state.index
    context = {
        "contradictions": reading.newest(index, Contradiction, CONTRADICTIONS, status="open"),
        "growing": growing(reading.newest(index, Cluster, LOOKED_THROUGH, status="open").messages)[:GROWING],
        "feeds": summary(index),
    }
    return page(request, "overview.html", context, section="overview")


def growing(clusters: tuple[Cluster, ...]) -> list[Growth]:
    """Return clusters of more than one report by what they gained lately, the most first.

    "Lately" is event time, counted back from the newest report rather than from now, so that back-fill of old articles
    shows what grew then.
    """
    if not clusters:
        return []
    since = max(cluster.last_seen for cluster in clusters) - GROWTH_WINDOW
    several = (cluster for cluster in clusters if len(cluster.members) > 1)
    grown = [Growth(c, sum(member.published_at > since for member in c.members)) for c in several]
    return sorted(grown, key=lambda g: (-g.gained, -g.cluster.independent_sources, -g.cluster.last_seen.timestamp()))
