"""One poll of one source, whatever lists it: from its listing to a batch of articles and a cursor."""

from __future__ import annotations

from contextlib import aclosing
from datetime import datetime

import msgspec

from connectors.articles.assemble import Context
from connectors.articles.entries import Candidate, Plan, plan
from connectors.articles.outlets import FeedName
from connectors.articles.reading import Gathered, PageReader, left_as_known, settle
from connectors.base import Batch, FeedSource, Lister, Listing, PollStopped, Problem, Tools, Unchanged
from connectors.extraction import ExtractionStopped
from connectors.fetching.http import FetchError
from connectors.kinds import lister_of
from connectors.polling.outcome import Gain, failed, fresh, unchanged, updated
from connectors.polling.waiting import still_waiting, with_waiting
from connectors.publishing.promises import doubted, kept, promise
from connectors.refused import refused
from connectors.sources.feed import Feed, FeedError
from schemas.cursor import Cursor

ENTRIES_PER_POLL = 50
"""Pages read before a batch is handed on; the rest follows with the next poll, which is due at once."""


class ListingConnector:
    """Reads one source and the pages that it lists; raises SetupError when nobody lists sources of its kind."""

    def __init__(self, source: FeedSource, tools: Tools) -> None:
        self._source = source
        self._tools = tools
        self._lister: Lister = lister_of(source.kind)
        self._pages = PageReader(tools)

    async def poll(self, cursor: Cursor | None, now: datetime) -> Batch:
        """See `base.Connector`: new and changed entries become articles, at most ENTRIES_PER_POLL in a batch."""
        cursor = cursor or fresh(self._source)
        try:
            listed, cursor = await self._listed(cursor, now)
        except FetchError as error:
            if error.kind == "stopped":
                raise PollStopped(str(error)) from error
            return self._failure(cursor, error, now)
        except FeedError as error:
            return self._failure(cursor, error, now)
        except ExtractionStopped as error:
            raise PollStopped(str(error)) from error
        if not isinstance(listed, Listing):
            fetched = listed.fetched if listed else None
            return Batch((), unchanged(cursor, self._tools.polling, now, fetched=fetched))
        return await self._entries(cursor, listed, now)

    async def _listed(self, cursor: Cursor, now: datetime) -> tuple[Listing | Unchanged | None, Cursor]:
        """Ask where the source moved to; where that fails for good, its old address, as if it had never moved."""
        try:
            return await self._lister(self._source, self._tools, cursor, now), cursor
        except (FetchError, FeedError) as error:
            if cursor.moved_to is None or (isinstance(error, FetchError) and error.kind != "permanent"):
                raise
        back = msgspec.structs.replace(cursor, moved_to=None, etag=None, last_modified=None, body_hash=None)
        return await self._lister(self._source, self._tools, back, now), back

    def _failure(self, cursor: Cursor, error: FetchError | FeedError, now: datetime) -> Batch:
        """A document that is no feed fails for good, as far as anybody knows."""
        kind, status, wait = "permanent", None, None
        if isinstance(error, FetchError):
            kind, status, wait = error.kind, error.status, error.retry_after
        after = failed(cursor, str(error), wait, self._tools.polling, now, kind=kind, status=status)
        return Batch((), after, (Problem(self._source.url, str(error)),))

    async def _entries(self, cursor: Cursor, listing: Listing, now: datetime) -> Batch:
        feed = listing.feed
        planned = plan(with_waiting(feed.entries, cursor), doubted(cursor), now)
        gathered = Gathered.beginning(cursor.seen, planned.kept, cursor.promised)
        self._note(planned, feed, gathered, now)
        left = await self._read(planned, self._context(cursor, feed), gathered, now)
        left_as_known(left, gathered)
        gain = self._gain(cursor, listing, planned, gathered, left)
        after = updated(cursor, gain, listing.fetched, self._tools.polling, now)
        return Batch(
            articles=tuple(gathered.articles),
            cursor=msgspec.structs.replace(
                kept(after, (article.article_id for article in gathered.articles)),
                waiting=still_waiting(planned.read, gathered.waiting | {candidate.key for candidate in left}),
            ),
            problems=tuple(gathered.problems),
            rejected=tuple(gathered.rejected),
            waiting=len(gathered.waiting),
            duplicates=gathered.duplicates,
            more=gain.more,
            promise=promise(cursor, gathered.articles),
        )

    def _gain(
        self, cursor: Cursor, listing: Listing, planned: Plan, gathered: Gathered, left: tuple[Candidate, ...]
    ) -> Gain:
        feed = listing.feed
        # A bookmark moves on only when every entry before it had its fate: else they are listed again.
        done = not left and not gathered.waiting
        new = sum(1 for candidate in planned.read[: len(planned.read) - len(left)] if candidate.known is None)
        return Gain(
            title=self._source.title or feed.title,
            outlet=self._source.outlet or cursor.outlet or self._own_outlet(gathered),
            listed=gathered.listed,
            articles=len(gathered.articles),
            waiting=len(gathered.waiting),
            rejected=len(gathered.rejected),
            more=bool(left) or (feed.more and done),
            new=new,
            known=sum(1 for candidate in planned.read if candidate.known) + len(planned.kept) - len(planned.linkless),
            hint_seconds=feed.hint_seconds,
            position=listing.position if done else None,
            published=tuple(entry.published for entry in feed.entries if entry.published),
        )

    async def _read(self, planned: Plan, context: Context, gathered: Gathered, now: datetime) -> tuple[Candidate, ...]:
        """Settle candidates until the batch is full or the program stops; return those left."""
        done = 0
        async with aclosing(self._pages.answers(planned.read[:ENTRIES_PER_POLL])) as answers:
            try:
                async for candidate, answer in answers:
                    settle(candidate, answer, context, gathered, now)
                    done += 1
                    if self._tools.stopping():
                        break
            except PollStopped:
                pass
        return planned.read[done:]

    def _context(self, cursor: Cursor, feed: Feed) -> Context:
        names = FeedName(self._source.url, feed.title or self._source.title, self._source.outlet or cursor.outlet)
        return Context(names, feed.language, self._tools.outlets, self._tools.polling.max_text_chars)

    def _own_outlet(self, gathered: Gathered) -> str:
        """Return the name under which the feed's own site was published, so that it stays the same."""
        outlets = self._tools.outlets
        own = [it.outlet for it in gathered.articles if outlets.same_site(it.url, self._source.url)]
        return max(set(own), key=own.count) if own else ""

    def _note(self, planned: Plan, feed: Feed, gathered: Gathered, now: datetime) -> None:
        """Report what can be seen of the feed without reading pages."""
        url = self._source.url
        for key, entry in planned.linkless:
            text = f"reading the feed {url}: an entry has no link ({entry.title[:80] or 'no title either'})"
            gathered.problems.append(Problem(url, text))
            gathered.rejected.append(refused(f"{url}#{key}", "no-link", text, msgspec.json.encode(entry), now))
        for unread in feed.unread:
            gathered.problems.append(Problem(unread.url, unread.reason))
            gathered.rejected.append(refused(unread.url, "unreadable", unread.reason, unread.raw, now))
        if planned.unlooked:
            text = f"{planned.unlooked} entries beyond the first ones were left out; poll a shorter feed of this outlet"
            gathered.problems.append(Problem(url, f"reading the feed {url}: {text}"))
        if feed.cut_off:
            text = "it breaks off before its end; what is whole in it was taken"
            gathered.problems.append(Problem(url, f"reading the feed {url}: {text}"))
