"""One look at an address, for the person who lists it: is it a feed, where does it lead, what can be done."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from connectors.articles.canonical import host_of
from connectors.articles.outlets import load_outlets
from connectors.base import FeedSource, Listing, Tools
from connectors.extraction import ExtractionError, Workers
from connectors.fetching.http import Asked, Fetched, Fetcher, FetchError
from connectors.kinds import lister_of
from connectors.lists.discovery import feeds_named
from connectors.polling.outcome import fresh
from connectors.sources.conditional import parsed
from connectors.sources.feed import Feed, FeedError, read_feed
from connectors.sources.notfeed import is_page, is_sitemap
from connectors.sources.rss import ACCEPT
from pipeline.config import Settings

Verdict = Literal["ok", "moved", "login", "page", "away", "dead"]
"""Readable: "ok", or "moved" for good to another address. Not: it needs a "login", is a web "page", is "away" (no
answer now, or too busy) or "dead" (gone, forbidden, or no feed)."""

READABLE: tuple[Verdict, ...] = ("ok", "moved")
_LOGIN = (401, 402, 407)


@dataclass(frozen=True)
class Seen:
    """What stands at an address. `why` says what is wrong with it and what can be done, "" when it is readable.

    `kind` is what a list must call it. `newest` is the time of its newest entry, None where no entry says it.
    `moved_to` is where it moved for good, `feeds` are the feeds that a web page names.
    """

    url: str
    verdict: Verdict
    why: str = ""
    kind: str = "feed"
    title: str = ""
    entries: int = 0
    newest: datetime | None = None
    moved_to: str | None = None
    feeds: tuple[str, ...] = ()

    @property
    def readable(self) -> bool:
        """Whether its entries can be read."""
        return self.verdict in READABLE


@asynccontextmanager
async def looking(settings: Settings) -> AsyncIterator[Tools]:
    """Yield what a look needs; everything under way ends with the context."""
    polling = settings.polling
    fetcher, workers = Fetcher(polling), Workers(polling.extraction_workers)
    try:
        yield Tools(fetcher, workers, load_outlets(), polling, settings.kafka)
    finally:
        fetcher.stop()
        workers.stop()
        await fetcher.aclose()


async def look(source: FeedSource, tools: Tools, now: datetime) -> Seen:
    """Read a source once, whatever was known of it, and say what it is."""
    fetched: Fetched | None = None
    try:
        if source.kind != "feed":
            return await _listed(source, tools, now)
        fetched = await tools.fetcher.get(Asked(source.url, accept=ACCEPT))
        return _seen(source, await parsed(source, tools, fetched, read_feed), fetched)
    except FetchError as error:
        # Nobody tries again after this look: who looks does.
        return Seen(source.url, _verdict(error), str(error).removesuffix("; tried again later"), source.kind)
    except FeedError as error:
        if fetched and is_page(fetched.body):
            return Seen(source.url, "page", str(error), feeds=await _named(fetched, tools))
        return Seen(source.url, "dead", str(error), "sitemap" if fetched and is_sitemap(fetched.body) else source.kind)


async def look_at_all(
    sources: Sequence[FeedSource], tools: Tools, now: datetime, on_seen: Callable[[Seen], None]
) -> None:
    """Look at sources, those of one host one after the other, and tell of each when it is done.

    Hosts go on beside each other, as many at a time as the fetcher has connections.
    """
    by_host: dict[str, list[FeedSource]] = defaultdict(list)
    for source in sources:
        by_host[host_of(source.url)].append(source)

    async def one_host(its: Sequence[FeedSource]) -> None:
        for source in its:
            on_seen(await look(source, tools, now))

    async with asyncio.TaskGroup() as group:
        for its in by_host.values():
            group.create_task(one_host(its))


async def _listed(source: FeedSource, tools: Tools, now: datetime) -> Seen:
    """What a lister of another kind finds."""
    listing = await lister_of(source.kind)(source, tools, fresh(source), now)
    if not isinstance(listing, Listing):
        return Seen(source.url, "ok", kind=source.kind, title=source.title)
    return _seen(source, listing.feed, listing.fetched)


def _seen(source: FeedSource, feed: Feed, fetched: Fetched | None) -> Seen:
    times = [time for entry in feed.entries if (time := entry.published or entry.updated)]
    moved_to = fetched.permanent_url if fetched else None
    return Seen(
        source.url,
        "moved" if moved_to else "ok",
        kind=source.kind,
        title=feed.title,
        entries=len(feed.entries),
        newest=max(times, default=None),
        moved_to=moved_to,
    )


def _verdict(error: FetchError) -> Verdict:
    if error.status in _LOGIN:
        return "login"
    return "dead" if error.kind == "permanent" else "away"


async def _named(fetched: Fetched, tools: Tools) -> tuple[str, ...]:
    """The feeds that a page names; one that crashes the parser names none."""
    try:
        return await tools.workers.run(feeds_named, fetched.body, fetched.final_url)
    except ExtractionError:
        return ()
