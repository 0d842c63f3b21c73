"""What a source lists: a feed and its entries, whatever they were read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipeline.errors import CrossclaimError


class FeedError(CrossclaimError):
    """A document that is no feed, in plain words: what it is and how to mend it."""


@dataclass(frozen=True)
class Entry:
    """One entry as the feed lists it. `content` is HTML, the longest that the entry has; times are UTC.

    `complete` says that `content` is the article's whole text, so that no page needs to be read for it.
    """

    guid: str | None
    link: str | None
    title: str
    content: str
    summary: str
    published: datetime | None
    updated: datetime | None
    authors: tuple[str, ...]
    section: str | None
    complete: bool = False
    outlet: str = ""
    """Who published it, where the source says so entry by entry; "" mostly."""
    language: str | None = None
    """ISO 639 code, where the source says so entry by entry."""


@dataclass(frozen=True)
class Unread:
    """Something that a source gave and that is no entry: under which address, its bytes, and what is wrong with it."""

    url: str
    reason: str
    raw: bytes


@dataclass(frozen=True)
class Feed:
    """A feed as it was read. `cut_off` is True when the document stops before its end.

    `hint_seconds` is how often its publisher says that it changes, None when it does not say. `unread` can never
    become entries. `more` is True when the source has further entries ready: ask it again at once.
    """

    title: str
    language: str | None
    entries: tuple[Entry, ...]
    cut_off: bool = False
    hint_seconds: float | None = None
    unread: tuple[Unread, ...] = ()
    more: bool = False
