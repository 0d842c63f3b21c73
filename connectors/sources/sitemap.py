"""The lister of sitemaps: one with articles, or an index of many, of which those that changed are read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import msgspec

from connectors.base import FeedSource, Listing, Tools, Unchanged
from connectors.fetching.http import Asked, Fetched, FetchError
from connectors.sources.conditional import fetched_if_changed, parsed
from connectors.sources.feed import Entry, Feed, FeedError, Unread
from connectors.sources.sitemap_place import CHILDREN_PER_POLL, Place, choose, place_after, place_of, since_of
from connectors.sources.sitemap_xml import Child, SitemapIndex, read_sitemap
from schemas.cursor import Cursor

RECENT = timedelta(days=3)
"""Entries that last changed longer than this before the reading before are the site's archive, and left out."""
MAX_DEPTH = 2
"""An index may list indexes, which the protocol does not allow; theirs may not."""
_ACCEPT = "application/xml, text/xml, application/gzip;q=0.9, */*;q=0.5"


async def list_sitemap(source: FeedSource, tools: Tools, cursor: Cursor, now: datetime) -> Listing | Unchanged:
    """Return the recent entries of a sitemap, or of those in an index that changed; see `base.Lister`."""
    place = place_of(cursor.position)
    fetched = await _fetched(source, tools, cursor, place, now)
    if isinstance(fetched, Unchanged):
        return fetched
    found = await parsed(source, tools, fetched, read_sitemap)
    oldest = (cursor.succeeded_at or now) - RECENT
    if isinstance(found, Feed):
        return Listing(replace(found, entries=_recent(found.entries, oldest)), fetched)
    choice = choose(found.children, place, now)
    reading = _Reading(source, tools, place)
    for child in choice.children:
        await reading.read(child)
    if choice.children and len(reading.failed) == len(choice.children):
        raise reading.failed[choice.children[-1]]
    after = place_after(choice, reading.failed)
    feed = Feed(
        "", None, _recent(tuple(reading.entries), oldest), unread=tuple(reading.unread), more=choice.waiting > 0
    )
    return Listing(feed, fetched, msgspec.json.encode(after).decode())


async def _fetched(
    source: FeedSource, tools: Tools, cursor: Cursor, place: Place, now: datetime
) -> Fetched | Unchanged:
    """Fetch the sitemap only if it changed, unless sitemaps below it are to be read all the same."""
    if place.pending or place.live:
        return await tools.fetcher.get(Asked(cursor.moved_to or source.url, accept=_ACCEPT))
    return await fetched_if_changed(source, tools, cursor, now, _ACCEPT)


@dataclass
class _Reading:
    """What the sitemaps of an index gave; `failed` could not be read now and are to be read again."""

    source: FeedSource
    tools: Tools
    place: Place
    entries: list[Entry] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    failed: dict[Child, FetchError] = field(default_factory=dict)

    async def read(self, child: Child, depth: int = 1) -> None:
        """Read a sitemap of the index; one that is none, or is gone, is told of and not asked again."""
        body = b""
        try:
            fetched = await self.tools.fetcher.get(Asked(child.url, accept=_ACCEPT))
            body = fetched.body
            found = await parsed(replace(self.source, url=child.url), self.tools, fetched, read_sitemap)
        except FeedError as error:
            self.unread.append(Unread(child.url, str(error), body))
        except FetchError as error:
            if error.kind == "stopped":
                raise
            if error.kind == "permanent":
                self.unread.append(Unread(child.url, str(error), body))
            else:
                self.failed[child] = error
        else:
            await self._take(found, child, depth)

    async def _take(self, found: Feed | SitemapIndex, child: Child, depth: int) -> None:
        if isinstance(found, Feed):
            self.entries += found.entries
        elif depth == MAX_DEPTH:
            text = f"reading the sitemap {child.url}: indexes are nested too deep; add the inner ones on their own"
            self.unread.append(Unread(child.url, text, b""))
        else:
            inner = sorted(found.children, key=lambda it: (it.changed is not None, str(it.changed)), reverse=True)
            for grandchild in [it for it in inner if since_of(it, self.place)][:CHILDREN_PER_POLL]:
                await self.read(grandchild, depth + 1)


def _recent(entries: tuple[Entry, ...], oldest: datetime) -> tuple[Entry, ...]:
    times = (max(filter(None, (entry.published, entry.updated)), default=None) for entry in entries)
    return tuple(entry for entry, time in zip(entries, times, strict=True) if time is None or time >= oldest)
