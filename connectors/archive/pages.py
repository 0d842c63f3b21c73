"""A page or a feed's entry that was kept, to an article: as live reading makes one, at the time that it was kept."""

from __future__ import annotations

from datetime import datetime

import msgspec

from connectors.archive.revisions import Revisions
from connectors.articles.assemble import Context, Read, assemble
from connectors.articles.entries import plan
from connectors.articles.outlets import FeedName, load_outlets
from connectors.articles.page import read_page
from connectors.sources.listed import Entry
from pipeline.config import Polling
from schemas.article import Article

_MAX_TEXT_CHARS = Polling().max_text_chars


def article_of_page(body: bytes, url: str, content_type: str, at: datetime, revisions: Revisions) -> Article:
    """Return the article in a page read at `at` (UTC); raises ValueError when it holds none."""
    page = read_page(body, url, content_type)
    entry = Entry(None, url, page.title, "", page.description or "", None, None, (), None)
    return _article(entry, Read(page, url), FeedName(url, "", ""), at, revisions)


def article_of_entry(entry: Entry, feed: FeedName, at: datetime, revisions: Revisions) -> Article:
    """Return the article that a feed's entry gives without its page; raises ValueError when it gives none."""
    return _article(entry, None, feed, at, revisions)


def _article(entry: Entry, read: Read | None, feed: FeedName, at: datetime, revisions: Revisions) -> Article:
    planned = plan((entry,), {}, at).read
    if not planned:
        raise ValueError("it has no web address")
    article = assemble(planned[0], read, Context(feed, None, load_outlets(), _MAX_TEXT_CHARS), at)
    if article is None:
        raise ValueError("it holds no article text")
    return msgspec.structs.replace(article, feed=None, revision=revisions.of(article.url, article.content_hash))
