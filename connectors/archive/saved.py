"""Articles from saved feeds and pages: files as they were fetched, in a folder of their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from connectors.archive.bad import BadLine
from connectors.archive.opened import opened
from connectors.archive.pages import article_of_entry, article_of_page
from connectors.archive.revisions import Revisions
from connectors.articles.outlets import FeedName
from connectors.articles.page import read_page
from connectors.sources.listed import FeedError
from schemas.article import Article

MAX_FILE_BYTES = 50_000_000
_NOWHERE = "https://address.invalid/"
"""Where a saved document came from, when it does not say."""
_KEPT_RAW_BYTES = 100_000


def read_saved(path: Path, now: datetime, revisions: Revisions) -> Iterator[Article | BadLine]:
    """Yield the articles of a saved feed (entries that hold text) or of a saved page."""
    with opened(path) as file:
        body = file.read(MAX_FILE_BYTES + 1)
    if len(body) > MAX_FILE_BYTES:
        yield BadLine(1, b"", f"line 1: the file is larger than {MAX_FILE_BYTES:,} bytes; split it")
    elif _is_page(path):
        yield _page(body, now, revisions)
    else:
        yield from _feed(body, now, revisions)


def _is_page(path: Path) -> bool:
    return any(suffix.lower() in (".html", ".htm", ".xhtml") for suffix in path.suffixes)


def _page(body: bytes, now: datetime, revisions: Revisions) -> Article | BadLine:
    """Take the page's own word for its address: nobody else knows it."""
    try:
        url = read_page(body, _NOWHERE, "text/html").canonical or ""
        if not url.startswith(("http://", "https://")):
            raise ValueError(
                'the page does not say its address (<link rel="canonical">); give it as a line with url and html'
            )
        return article_of_page(body, url, "text/html", now, revisions)
    except ValueError as error:
        return BadLine(1, body[:_KEPT_RAW_BYTES], f"line 1: {error}")


def _feed(body: bytes, now: datetime, revisions: Revisions) -> Iterator[Article | BadLine]:
    from connectors.sources.feed import read_feed  # its parsers are slow to import

    try:
        feed = read_feed(body, _NOWHERE)
    except FeedError as error:
        reason = str(error).removeprefix(f"reading the feed {_NOWHERE}: ")
        yield BadLine(1, body[:_KEPT_RAW_BYTES], f"line 1: {reason}")
        return
    for number, entry in enumerate(feed.entries, start=1):
        try:
            if not entry.link or entry.link.startswith(_NOWHERE):
                raise ValueError("it has no web address of its own")
            yield article_of_entry(entry, FeedName("", feed.title, ""), now, revisions)
        except ValueError as error:
            yield BadLine(number, b"", f"entry {number} ({entry.title[:80]}): {error}")
