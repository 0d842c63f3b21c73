"""How all feeds are, the worst first: what the index holds of them, judged at this moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

import msgspec

from connectors.base import FeedSource
from connectors.lists.feedlisted import same_address
from connectors.polling.health import WORST_FIRST, Health, State, health, span
from pipeline.index.query import MAX_WINDOW
from pipeline.ports import Index, Query
from schemas.cursor import Cursor

Standing = State | Literal["left"]
"""A state of `polling/health.py`, or "left": others are polled and this one is not, so it is off the list."""

ORDER: tuple[Standing, ...] = ("silent", "failing", "ended", "overdue", "new", "well", "left")
"""Silent ones first: that they fail, others say too."""
TROUBLED: tuple[Standing, ...] = ("silent", "failing", "ended", "overdue")

LEFT_AFTER = timedelta(days=1)
"""When feeds are polled and one that was due so long before is not, nobody means to poll it."""

assert set(ORDER) == {*get_args(State), "left"} == {*WORST_FIRST, "left"}


@dataclass(frozen=True)
class Standings:
    """Feeds with how they are, in ORDER; `total` is how many the index holds, beyond MAX_WINDOW not all are here."""

    feeds: tuple[FeedHealth, ...]
    total: int

    def count(self, *states: Standing) -> int:
        """Return how many are in one of these states."""
        return sum(1 for feed in self.feeds if feed.state in states)


@dataclass(frozen=True)
class FeedHealth:
    """One feed: what is remembered of it, and how it is."""

    feed: Cursor
    state: Standing
    health: Health

    @property
    def name(self) -> str:
        """Its title, else its address."""
        return self.feed.title or self.feed.feed_url


def standings(index: Index, now: datetime) -> Standings:
    """Return how every feed is at `now`; raises Retryable when the index is away.

    Where there are more than can be listed, those in trouble at their last poll come before the latest polled.
    """
    found = index.search(Query("feeds", sort="newest", limit=MAX_WINDOW))
    bodies = [hit.body for hit in found.hits]
    if found.total > len(bodies):
        troubled = Query("feeds", where={"health": TROUBLED}, sort="newest", limit=MAX_WINDOW)
        bodies = [*(hit.body for hit in index.search(troubled).hits), *bodies][:MAX_WINDOW]
    return Standings(judged(map(_cursor, bodies), now), found.total)


def judged(cursors: Iterable[Cursor], now: datetime) -> tuple[FeedHealth, ...]:
    """Return each feed once with how it is, in ORDER, those of one state by name. Pure."""
    feeds = {cursor.feed_url: cursor for cursor in cursors}
    polled = max((feed.polled_at for feed in feeds.values() if feed.polled_at), default=None)
    found = [_one(feed, polled, now) for feed in feeds.values()]
    return tuple(sorted(found, key=lambda it: (ORDER.index(it.state), it.name.casefold(), it.feed.feed_url)))


def on_list(found: Standings, sources: Iterable[FeedSource], now: datetime) -> Standings:
    """Return only the feeds of a list, those never read among them. Pure."""
    by_address = {same_address(it.feed.feed_url): it for it in found.feeds}
    listed = []
    for source in sources:
        known = by_address.get(same_address(source.url))
        listed.append(known.feed if known else Cursor(feed_url=source.url, title=source.title, outlet=source.outlet))
    return Standings(judged(listed, now), len(listed))


def _one(feed: Cursor, polled: datetime | None, now: datetime) -> FeedHealth:
    how = health(feed, now)
    due = feed.next_poll_at
    if how.state == "overdue" and due and polled and polled - due > LEFT_AFTER:
        words = (
            f"It was last due {span((now - due).total_seconds())} ago, and others were read since: it is off the list."
        )
        return FeedHealth(feed, "left", replace(how, reason=words))
    return FeedHealth(feed, how.state, how)


def _cursor(body: Mapping[str, Any]) -> Cursor:
    return msgspec.convert(dict(body), Cursor)
