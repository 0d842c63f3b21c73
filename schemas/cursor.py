"""Where a connector stands with a feed, and how the feed is."""

from __future__ import annotations

from datetime import datetime

from schemas.message import Message, Part


class SeenEntry(Part, frozen=True, kw_only=True):
    """An entry already read: the article it became, and the fingerprint and number of what was published of it."""

    article_id: str
    content_hash: str
    revision: int
    entry_hash: str
    """Fingerprint of the entry as it stood in the feed: unchanged means that the page need not be read again."""
    last_listed: datetime


class Cursor(Message, frozen=True, kw_only=True, tag="cursor"):
    """All that is remembered of a feed. Compacted by `feed_url`: the last one counts.

    It is published only after the broker acknowledged the articles that it speaks of.
    """

    feed_url: str
    title: str
    outlet: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    seen: dict[str, SeenEntry] = {}
    """Entries by their key (GUID, else canonical URL); the longest unlisted are dropped beyond a bound."""
    polled_at: datetime | None = None
    succeeded_at: datetime | None = None
    next_poll_at: datetime | None = None
    failures: int = 0
    """Failures in a row."""
    state: str = "new"
    """In plain words: "new", "ok", "unchanged", or why the last poll failed and what can be done."""
    articles: int = 0
    """Articles published from this feed so far, revisions counted."""
