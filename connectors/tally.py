"""How far the connectors are, counted for whoever watches."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from connectors.base import Batch, Problem

_KEPT_PROBLEMS = 200


@dataclass(frozen=True)
class Summary:
    """What was done so far. Each poll counts once as read, failed or stopped, each entry once by its fate.

    `duplicates` were read again and said what they said; `waiting` could not be read and are tried again. `problems`
    are the last ones, `note` is what there is to say at this moment (the broker is away …), "" mostly.
    """

    feeds: int = 0
    polls: int = 0
    feeds_read: int = 0
    """Feeds that were read well at least once."""
    feeds_failed: int = 0
    """Feeds whose last poll failed, and those that ended."""
    articles: int = 0
    revisions: int = 0
    rejected: int = 0
    duplicates: int = 0
    waiting: int = 0
    problems: tuple[Problem, ...] = ()
    note: str = ""
    stopped: bool = False


OnProgress = Callable[[Summary], None]


class Tally:
    """The summary as it grows; safe to share between threads, and tells one thing at a time."""

    def __init__(self, feeds: int, on_progress: OnProgress) -> None:
        self._on_progress = on_progress
        self._telling = threading.RLock()
        self._summary = Summary(feeds=feeds)
        self._good: set[str] = set()
        self._bad: set[str] = set()

    def count(self, batch: Batch) -> None:
        """Count what a poll gave, once it is acknowledged."""
        url = batch.cursor.feed_url
        with self._telling:
            (self._bad if batch.cursor.failures else self._good).add(url)
            if not batch.cursor.failures:
                self._bad.discard(url)
            was = self._summary
            self._told(
                polls=was.polls + 1,
                articles=was.articles + len(batch.articles),
                revisions=was.revisions + sum(1 for article in batch.articles if article.revision > 1),
                rejected=was.rejected + len(batch.rejected),
                duplicates=was.duplicates + batch.duplicates,
                waiting=was.waiting + batch.waiting,
                problems=(*was.problems, *batch.problems)[-_KEPT_PROBLEMS:],
                note="",
            )

    def ended(self, urls: frozenset[str]) -> None:
        """Count feeds that are not polled, because they ended in an earlier run."""
        with self._telling:
            self._bad |= urls
            ended = tuple(Problem(url, f"reading the feed {url}: it ended; remove it") for url in sorted(urls))
            self._told(problems=(*self._summary.problems, *ended)[-_KEPT_PROBLEMS:])

    def say(self, note: str) -> None:
        """Tell what there is to say at this moment."""
        with self._telling:
            self._told(note=note)

    def end(self, stopped: bool) -> Summary:
        """Return the summary of the whole."""
        with self._telling:
            return self._told(stopped=stopped)

    def _told(self, **changes: object) -> Summary:
        sizes = {"feeds_read": len(self._good), "feeds_failed": len(self._bad)}
        self._summary = replace(self._summary, **sizes, **changes)  # type: ignore[arg-type]
        self._on_progress(self._summary)
        return self._summary
