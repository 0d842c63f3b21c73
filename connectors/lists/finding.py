"""What a site has to be read: its feeds, else its sitemaps, found from any address of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin

from connectors.base import FeedSource, Tools
from connectors.fetching.http import Asked, FetchError
from connectors.lists.discovery import feed_guesses, sitemap_guesses, sitemaps_named
from connectors.lists.looking import Seen, look, look_at_all


@dataclass(frozen=True)
class Found:
    """What stands at an address, and all that can be read from there: itself, or what it or its site names."""

    first: Seen
    readable: tuple[Seen, ...]


async def find(source: FeedSource, tools: Tools, now: datetime) -> Found:
    """Look at an address, and where a web page is there, for what its site has.

    In this order, until something can be read: the feeds that the page names (all of them), the usual addresses of
    feeds, the sitemaps that robots.txt names, the usual addresses of sitemaps (the first of each).
    """
    first = await look(source, tools, now)
    if first.readable or source.kind != "feed":
        return Found(first, (first,) if first.readable else ())
    if first.kind == "sitemap":
        first = await look(replace(source, kind="sitemap"), tools, now)
        return Found(first, (first,) if first.readable else ())
    if first.verdict != "page":
        return Found(first, ())
    named = await _all_readable(first.feeds, tools, now)
    return Found(first, named or await _guessed(source.url, tools, now))


async def _all_readable(addresses: Iterable[str], tools: Tools, now: datetime) -> tuple[Seen, ...]:
    order, found = list(addresses), dict[str, Seen]()
    await look_at_all([FeedSource(it) for it in order], tools, now, lambda seen: found.update({seen.url: seen}))
    return tuple(found[address] for address in order if found[address].readable)


async def _guessed(url: str, tools: Tools, now: datetime) -> tuple[Seen, ...]:
    for address in feed_guesses(url):
        seen = await look(FeedSource(address), tools, now)
        if seen.readable:
            return (seen,)
    for address in dict.fromkeys([*await _sitemaps(url, tools), *sitemap_guesses(url)]):
        seen = await look(FeedSource(address, kind="sitemap"), tools, now)
        if seen.readable:
            return (seen,)
    return ()


async def _sitemaps(url: str, tools: Tools) -> tuple[str, ...]:
    """The sitemaps that the site's robots.txt names; none where it has none."""
    robots = urljoin(url, "/robots.txt")
    try:
        fetched = await tools.fetcher.get(Asked(robots, accept="text/plain, */*;q=0.5"))
    except FetchError:
        return ()
    return sitemaps_named(fetched.body.decode("utf-8-sig", "replace"), robots)
