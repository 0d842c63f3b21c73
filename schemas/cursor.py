"""Where a connector stands with a feed, and how the feed is."""

from __future__ import annotations

from datetime import datetime

import msgspec

from schemas.message import Message, Part


class SeenEntry(Part, frozen=True, kw_only=True, array_like=True):
    """An entry already read: the article it became, and the fingerprint and number of what was published of it.

    Written as a list of its fields in this order: a feed remembers hundreds, and their names would be half of a cursor.
    New fields go to the end, with a default.
    """

    article_id: str
    content_hash: str
    revision: int
    entry_hash: str
    """Fingerprint of the entry as it stood in the feed: unchanged means that the page need not be read again."""
    last_listed: datetime


class NamedSeenEntry(Part, frozen=True, kw_only=True):
    """A `SeenEntry` as it was written before, an object with names; read, never written."""

    article_id: str
    content_hash: str
    revision: int
    entry_hash: str
    last_listed: datetime


class Rhythm(Part, frozen=True, kw_only=True):
    """How fast a feed moves, as far as it was watched. Rates are new entries a day, spans are seconds."""

    watched_since: datetime
    """When it was first read."""
    dated: bool = False
    """Whether the dates of its entries gave a first guess."""
    usual: float = 0.0
    """Rate over the last weeks: what is to be expected."""
    recent: float = 0.0
    """Rate over the last day."""
    burst: float = 0.0
    """Rate over the last hours."""
    busiest: float = 0.0
    """Highest `burst` of the last days, slowly forgotten: the rate that the feed must be read for."""
    window: int = 0
    """Entries that the feed listed when it was last read."""
    news_at: datetime | None = None
    """When a new entry was last found."""
    longest_gap: float = 0.0
    """Longest time without a new entry that another one ended, slowly forgotten."""
    gaps: int = 0
    """How often a new entry was found after the first reading."""
    unread: int = 0
    """Readings in which nothing was known: entries may have come and gone unseen in between."""


class Move(Part, frozen=True, kw_only=True):
    """A permanent redirect that is not believed yet."""

    to: str
    since: datetime
    times: int


class Promise(Part, frozen=True, kw_only=True, array_like=True):
    """What was about to be published of an article; whether it was is not known."""

    revision: int
    content_hash: str


class WaitingEntry(Part, frozen=True, kw_only=True):
    """An entry whose page could not be read yet, as its feed listed it, for the time when it no longer does."""

    link: str
    guid: str | None = None
    title: str = ""
    content: str = ""
    summary: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    outlet: str = ""
    language: str | None = None


class Cursor(Message, frozen=True, kw_only=True, tag="cursor"):
    """All that is remembered of a feed. Compacted by `feed_url`: the last one counts.

    It is published only after the broker acknowledged the articles that it speaks of. One that `promised` some more is
    published before those: after a crash in between, other text must not come under a number that is taken.
    """

    feed_url: str
    title: str
    outlet: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    seen: dict[str, SeenEntry] = msgspec.field(default_factory=dict, name="known")
    """Entries by their key (GUID, else canonical URL); the longest unlisted are dropped beyond a bound."""
    named_seen: dict[str, NamedSeenEntry] | msgspec.UnsetType = msgspec.field(default=msgspec.UNSET, name="seen")
    """What cursors were written with before `seen` became short; taken over into it on reading, never written."""
    polled_at: datetime | None = None
    succeeded_at: datetime | None = None
    """When the feed was last read well; also when it said that nothing changed."""
    next_poll_at: datetime | None = None
    failures: int = 0
    """Failures in a row."""
    state: str = "new"
    """In plain words: "new", "ok", "unchanged", or why the last poll failed and what can be done."""
    articles: int = 0
    """Articles published from this feed so far, revisions counted."""
    interval_seconds: float | None = None
    """Time between polls by the feed's own rhythm; failures lengthen the wait, not this. None before the first."""
    hint_seconds: float | None = None
    """How often the publisher asks to be read (`ttl`, `sy:`), as the feed said when it was last read."""
    moved_to: str | None = None
    """Where the feed moved for good: this address is asked instead of `feed_url`, which stays its name."""
    moving: Move | None = None
    """A permanent redirect seen too short a time to be believed."""
    ended: bool = False
    """The server said that the feed is gone for good (410): it is not polled again."""
    position: str | None = None
    """A lister's own bookmark, opaque to all others."""
    waiting: tuple[WaitingEntry, ...] = ()
    """Entries to read as soon as their pages can be read, listed or not."""
    promised: dict[str, Promise] = {}
    """By article: what may stand in the topic though `seen` does not know it."""
    rhythm: Rhythm | None = None
    believed: int = 0
    """Polls in a row in which the server's word was taken that nothing changed."""
    full_every: int = 0
    """One poll in so many is read in full; 0 for the usual number. Lower for servers whose word did not hold."""

    def __post_init__(self) -> None:
        """Take over entries of the earlier form."""
        if isinstance(self.named_seen, dict):
            taken = {key: SeenEntry(**msgspec.structs.asdict(entry)) for key, entry in self.named_seen.items()}
            msgspec.structs.force_setattr(self, "seen", taken | self.seen)
            msgspec.structs.force_setattr(self, "named_seen", msgspec.UNSET)
