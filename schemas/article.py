"""An article: one publication of one outlet at one canonical URL."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from schemas.message import Message

TimeSource = Literal["feed", "page", "fetched", "given"]
"""Where a publication time was taken from; "fetched" means that nothing better was known."""

PartialReason = Literal[
    "summary", "teaser", "paywall", "cut", "cookies", "javascript", "robot-check", "login", "error", "newsletter"
]
"""Why an article is only a part: the feed gave a summary and no page was had ("summary"), its beginning is shown
("teaser", "paywall"), its text is longer than what is kept ("cut"), or the page showed this notice in its place."""


class Article(Message, frozen=True, kw_only=True, tag="article"):
    """One article as it was read.

    `text` is plain text, paragraphs separated by blank lines; every claim's offsets count characters of it.
    Times are UTC. `published_at` is the event time of everything that follows and is never after `fetched_at`.
    """

    article_id: str
    url: str
    outlet: str
    title: str
    text: str
    published_at: datetime
    fetched_at: datetime
    content_hash: str
    revision: int = 1
    published_from: TimeSource = "given"
    feed: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    summary: str | None = None
    credit: str | None = None
    """The agency or outlet that the article says it was taken from ("Reuters"), else None."""
    partial: bool = False
    """True when only a part of the article could be read."""
    partial_reason: PartialReason | None = None
    """Why it is only a part; None when it is whole, or when nobody said."""
    owner: str | None = None
    """The group that the outlet belongs to, where that is known: outlets of one owner are sisters."""
