"""The feed connector: one poll of one feed, from the conditional request to a batch of articles and a cursor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec

from connectors.assemble import Context
from connectors.base import Batch, FeedSource, PollStopped, Problem
from connectors.entries import Candidate, Plan, plan
from connectors.extraction import ExtractionError, ExtractionStopped, Workers
from connectors.feed import Feed, FeedError, read_feed
from connectors.http import Asked, Fetched, Fetcher, FetchError
from connectors.outcome import Gain, body_hash, failed, fresh, reads_in_full, refused, unchanged, updated
from connectors.outlets import FeedName, Outlets
from connectors.reading import Gathered, PageReader, left_as_known
from pipeline.config import Polling
from schemas.cursor import Cursor

ENTRIES_PER_POLL = 50
"""Pages read before a batch is handed on; the rest follows with the next poll, which is due at once."""
_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json;q=0.9, application/xml;q=0.9, */*;q=0.5"


class RssConnector:
    """Reads one feed and the pages that it lists. `stopping` is asked between pages."""

    def __init__(
        self,
        source: FeedSource,
        fetcher: Fetcher,
        workers: Workers,
        outlets: Outlets,
        polling: Polling,
        stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self._source = source
        self._fetcher = fetcher
        self._workers = workers
        self._pages = PageReader(fetcher, workers)
        self._outlets = outlets
        self._polling = polling
        self._stopping = stopping

    def poll(self, cursor: Cursor | None, now: datetime) -> Batch:
        """See `base.Connector`: new and changed entries become articles, at most ENTRIES_PER_POLL in a batch."""
        cursor = cursor or fresh(self._source)
        try:
            fetched = self._fetched(cursor, now)
            if fetched.not_modified or body_hash(fetched.body) == cursor.body_hash:
                return Batch((), unchanged(cursor, self._polling, now, fetched=fetched))
            feed = self._parsed(fetched)
        except FetchError as error:
            if error.kind == "stopped":
                raise PollStopped(str(error)) from error
            return self._failure(cursor, str(error), error.retry_after, now)
        except FeedError as error:
            return self._failure(cursor, str(error), None, now)
        return self._entries(cursor, feed, fetched, now)

    def _failure(self, cursor: Cursor, why: str, retry_after: float | None, now: datetime) -> Batch:
        after = failed(cursor, why, retry_after, self._polling, now)
        return Batch((), after, (Problem(self._source.url, why),))

    def _fetched(self, cursor: Cursor, now: datetime) -> Fetched:
        """Return the feed's answer."""
        believed = not reads_in_full(cursor, now)
        etag, modified = (cursor.etag, cursor.last_modified) if believed else (None, None)
        return self._fetcher.get(Asked(self._source.url, etag, modified, _ACCEPT))

    def _parsed(self, fetched: Fetched) -> Feed:
        content_type = fetched.headers.get("content-type", "")
        try:
            return self._workers.run(read_feed, fetched.body, fetched.final_url, content_type)
        except ExtractionStopped as error:
            raise PollStopped(str(error)) from error
        except ExtractionError as error:
            raise FeedError(f"reading the feed {self._source.url}: it {error}") from error

    def _entries(self, cursor: Cursor, feed: Feed, fetched: Fetched, now: datetime) -> Batch:
        planned = plan(feed.entries, cursor.seen, now)
        gathered = Gathered.beginning(cursor.seen, planned.kept)
        self._note(planned, feed, gathered, now)
        left = self._read(planned, self._context(cursor, feed), gathered, now)
        left_as_known(left, gathered)
        gain = Gain(
            title=self._source.title or feed.title,
            outlet=self._source.outlet or cursor.outlet or self._own_outlet(gathered),
            listed=gathered.listed,
            articles=len(gathered.articles),
            waiting=gathered.waiting,
            rejected=len(gathered.rejected),
            more=bool(left),
        )
        return Batch(
            articles=tuple(gathered.articles),
            cursor=updated(cursor, gain, fetched, self._polling, now),
            problems=tuple(gathered.problems),
            rejected=tuple(gathered.rejected),
            waiting=gathered.waiting,
            duplicates=gathered.duplicates,
            more=bool(left),
        )

    def _read(self, planned: Plan, context: Context, gathered: Gathered, now: datetime) -> tuple[Candidate, ...]:
        """Settle candidates until the batch is full or the program stops; return those left."""
        for done, candidate in enumerate(planned.read):
            if done == ENTRIES_PER_POLL or self._stopping():
                return planned.read[done:]
            try:
                self._pages.settle(candidate, context, gathered, now)
            except PollStopped:
                return planned.read[done:]
        return ()

    def _context(self, cursor: Cursor, feed: Feed) -> Context:
        names = FeedName(self._source.url, feed.title or self._source.title, self._source.outlet or cursor.outlet)
        return Context(names, feed.language, self._outlets, self._polling.max_text_chars)

    def _own_outlet(self, gathered: Gathered) -> str:
        """Return the name under which the feed's own site was published, so that it stays the same."""
        own = [it.outlet for it in gathered.articles if self._outlets.same_site(it.url, self._source.url)]
        return max(set(own), key=own.count) if own else ""

    def _note(self, planned: Plan, feed: Feed, gathered: Gathered, now: datetime) -> None:
        """Report what can be seen of the feed without reading pages."""
        url = self._source.url
        for key, entry in planned.linkless:
            text = f"reading the feed {url}: an entry has no link ({entry.title[:80] or 'no title either'})"
            gathered.problems.append(Problem(url, text))
            gathered.rejected.append(refused(f"{url}#{key}", "no-link", text, msgspec.json.encode(entry), now))
        if planned.unlooked:
            text = f"{planned.unlooked} entries beyond the first ones were left out; poll a shorter feed of this outlet"
            gathered.problems.append(Problem(url, f"reading the feed {url}: {text}"))
        if feed.cut_off:
            text = "it breaks off before its end; what is whole in it was taken"
            gathered.problems.append(Problem(url, f"reading the feed {url}: {text}"))
