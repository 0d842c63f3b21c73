"""The lister of feeds: RSS, RDF, Atom and JSON Feed."""

from __future__ import annotations

from datetime import datetime

from connectors.base import FeedSource, Listing, Tools, Unchanged
from connectors.sources.conditional import fetched_if_changed, parsed
from connectors.sources.feed import read_feed
from schemas.cursor import Cursor

ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json;q=0.9, application/xml;q=0.9, */*;q=0.5"


async def list_feed(source: FeedSource, tools: Tools, cursor: Cursor, now: datetime) -> Listing | Unchanged:
    """Return the feed's entries; see `base.Lister`."""
    fetched = await fetched_if_changed(source, tools, cursor, now, ACCEPT)
    if isinstance(fetched, Unchanged):
        return fetched
    return Listing(await parsed(source, tools, fetched, read_feed), fetched)
