"""How far a run is: what the index holds, what the groups have still to do, how the feeds stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pipeline import topics
from pipeline.config import Settings
from pipeline.ports import RESULTS, Index, Query
from pipeline.stages import Claims, Clusters, Contradictions, Indexing, Matching, Telling
from schemas.topics import CURSORS, Topic

SOURCES: Mapping[str, tuple[Topic, ...]] = {
    "analyse": tuple(t for stage in (Claims, Matching, Contradictions, Clusters) for t in stage.sources),
    "deliver": tuple(dict.fromkeys(t for stage in (Indexing, Telling) for t in stage.sources if t is not CURSORS)),
}
"""What each role reads of what is said in articles; cursors come with every poll, also when nothing is new."""


@dataclass(frozen=True)
class Progress:
    """Counts of documents by collection, feeds read since a given time, and messages not yet acknowledged."""

    counts: Mapping[str, int]
    feeds_read: int
    lag: int
    untold: int
    """Contradictions that will be told in a moment."""

    def settled(self, feeds: int) -> bool:
        """Say whether all feeds were read, every message is through and everything was told."""
        return self.feeds_read >= feeds and self.lag == 0 and self.untold == 0

    def line(self, feeds: int) -> str:
        """Return one line for a person."""
        names = ("articles", "claims", "clusters", "contradictions")
        counted = ", ".join(f"{self.counts[name]} {name}" for name in names)
        return f"feeds read {min(self.feeds_read, feeds)}/{feeds} · {counted} · {self.lag} messages on their way"


def look(settings: Settings, index: Index, since: datetime) -> Progress:
    """Ask index and broker; raises Retryable when one is away."""
    # Feeds first, then what is on its way: only so 0 means that all is through.
    feeds = index.search(Query("feeds", limit=10_000)).hits
    polled = [datetime.fromisoformat(hit.body["polled_at"]) for hit in feeds if hit.body.get("polled_at")]
    lag = topics.lag(settings, SOURCES)
    counts: dict[str, int] = {name: index.search(Query(name, limit=0)).total for name in RESULTS}
    due = Query("alerts", where={"status": ("due", "sending"), "subject": "contradiction"}, limit=0)
    return Progress(counts, sum(1 for time in polled if time >= since), lag, index.search(due).total)
