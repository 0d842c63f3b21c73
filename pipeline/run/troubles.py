"""Feeds that fail while crossclaim runs: each told once with the reason, and again when it reads well."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from time import monotonic

from pipeline.errors import Retryable
from pipeline.index.query import MAX_WINDOW
from pipeline.ports import Index, Query

LOOK_SECONDS = 5.0
"""How often feeds that fail are looked for."""
FEW = 10
"""Feeds that are told one by one at a time; of more only the number."""


class Troubles:
    """Says what changes among the feeds that fail, from those polled since a run began."""

    def __init__(self, index: Index, since: datetime, say: Callable[[str], None]) -> None:
        self._index, self._since, self._say = index, since, say
        self._failing: dict[str, str] = {}
        self._next_look = 0.0

    def look(self) -> None:
        """Say what is new, at most every LOOK_SECONDS; an index that is away is told by others."""
        if monotonic() < self._next_look:
            return
        self._next_look = monotonic() + LOOK_SECONDS
        try:
            now = failing(self._index, self._since)
        except Retryable:
            return
        for line in told(self._failing, now):
            self._say(line)
        self._failing = now


def failing(index: Index, since: datetime) -> dict[str, str]:
    """Return why each feed failed whose last poll did, at `since` or later; raises Retryable when the index is away."""
    hits = index.search(Query("feeds", since=since, where={"health": ["failing", "ended"]}, limit=MAX_WINDOW)).hits
    return {str(hit.body["feed_url"]): str(hit.body.get("state") or "no reason known") for hit in hits}


def told(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Return the lines for what changed: feeds that fail now, or for another reason, and feeds that read again."""
    fail = [f"not read: {url}  {why}" for url, why in now.items() if before.get(url) != why]
    again = [f"reads again: {url}" for url in before if url not in now]
    return [*_few(fail, "feeds are not read"), *_few(again, "feeds read again")]


def _few(lines: list[str], what: str) -> list[str]:
    more = len(lines) - FEW
    return [*lines[:FEW], f"{more:,} more {what}; see `crossclaim feeds health` or the board"] if more > 0 else lines
