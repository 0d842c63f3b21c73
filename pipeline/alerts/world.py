"""What alerts ask of everything else: saved searches, feeds, the pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from pipeline.alerts.stage import World
from pipeline.alerts.troubles import Pipeline
from pipeline.config import Settings
from pipeline.desk import watches
from pipeline.feed_health import FeedHealth, standings
from pipeline.ports import Index, Query
from schemas.topics import CURSORS

LOOKED_THROUGH = 50
"""Newest articles among which the one read last is sought."""


def look_around(settings: Settings, index: Index) -> World:
    """Return how the index and the broker are asked."""

    def feeds(now: datetime) -> Sequence[FeedHealth]:
        return standings(index, now).feeds

    def pipeline(now: datetime) -> Pipeline:
        return how_it_is(settings, index, now)

    return World(partial(watches.by_name, index), feeds, pipeline)


def how_it_is(settings: Settings, index: Index, now: datetime) -> Pipeline:
    """Return how the pipeline is; raises Retryable when broker or index is away."""
    from pipeline import topics  # imports kafka, which is slow
    from pipeline.run.progress import SOURCES

    waiting: dict[str, int] = {}
    for (role, topic), lag in topics.lags(settings, SOURCES).items():
        if topic != topics.kafka_name(settings, CURSORS):
            waiting[role] = waiting.get(role, 0) + lag
    return Pipeline(
        lag=waiting,
        rejected=index.search(Query("rejected", since=now - timedelta(hours=1), limit=0)).total,
        newest=_newest(index),
        parked=index.search(Query("alerts", where={"status": "parked"}, limit=0)).total,
    )


def _newest(index: Index) -> datetime | None:
    """When the latest of the newest articles was read; what was published last is not always what was read last."""
    hits = index.search(Query("articles", sort="newest", limit=LOOKED_THROUGH)).hits
    read = [datetime.fromisoformat(hit.body["fetched_at"]) for hit in hits]
    return max(read, default=None)
