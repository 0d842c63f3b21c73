"""Articles from JSON lines, plain or gzipped.

A line holds `url, title, text, published_at, outlet`; `html` may stand in place of `text`. What is missing is made up
for where that is honest: without `url` the line's `id` names the article, without `published_at` (or `date`) the time
of reading is taken and marked as such, the language is told from the text, and the credit looked for in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from connectors.archive.bad import BadLine
from connectors.archive.opened import lines_of
from connectors.archive.revisions import Revisions
from connectors.articles.canonical import canonical
from connectors.articles.credit import credit_of
from connectors.articles.language import language_of, primary
from connectors.articles.outlets import load_outlets
from schemas import ids
from schemas.article import Article, TimeSource


class Line(msgspec.Struct):
    """The fields of an article as a partner gives them, each of them optional; others are passed over."""

    url: str | None = None
    id: str | None = None
    title: str | None = None
    text: str | None = None
    html: str | None = None
    published_at: str | None = None
    date: str | None = None
    outlet: str | None = None
    publisher: str | None = None
    language: str | None = None
    credit: str | None = None
    authors: tuple[str, ...] | None = None
    section: str | None = None
    revision: int | None = None


def read_lines(path: Path, now: datetime, revisions: Revisions) -> Iterator[Article | BadLine]:
    """Yield the articles of a file in order, and a BadLine for each line that is none."""
    for number, raw in lines_of(path):
        if isinstance(raw, BadLine):
            yield raw
            continue
        try:
            yield _article(msgspec.json.decode(raw, type=Line), now, revisions)
        except (msgspec.DecodeError, UnicodeDecodeError, ValueError, RecursionError) as error:
            yield BadLine(number, raw, f"line {number}: {error}")


def article_of(fields: dict[str, Any], now: datetime) -> Article:
    """Return the article that one object describes, as a line of a file does; raises ValueError when it is none."""
    return _article(msgspec.convert(fields, Line), now, Revisions())


def _article(line: Line, now: datetime, revisions: Revisions) -> Article:
    url = line.url or (f"urn:crossclaim:{line.id}" if line.id else None)
    if url is None:
        raise ValueError("it has neither url nor id; give each article one of them")
    text = line.text if line.text is not None else _text_of(line.html, url)
    published_at, published_from = _time(line.published_at or line.date, now)
    title = line.title or ""
    content_hash = ids.content_hash(title, text)
    # The address that live reading would know it by: an article of an archive and of a feed are one.
    address = canonical(url) or url
    outlet = line.outlet or line.publisher or "unknown"
    authors = line.authors or ()
    return Article(
        article_id=ids.article_id(address),
        url=url,
        outlet=outlet,
        owner=load_outlets().owner_of(url, outlet),
        title=title,
        text=text,
        published_at=published_at,
        fetched_at=now,
        content_hash=content_hash,
        revision=revisions.of(address, content_hash, line.revision),
        published_from=published_from,
        language=language_of(text) if line.language is None else primary(line.language),
        authors=authors,
        section=line.section,
        credit=line.credit or credit_of(text, authors, outlet),
    )


def _text_of(html: str | None, url: str) -> str:
    if html is None:
        raise ValueError("it has neither text nor html; give the article's text")
    from connectors.articles.page import read_page  # slow to import, and most files hold text

    return read_page(html.encode(), url, "text/html; charset=utf-8").text


def _time(given: str | None, now: datetime) -> tuple[datetime, TimeSource]:
    """Return the time that is given, and that it was; `now` where there is none, or one that is not over yet."""
    time = time_given(given)
    return (time, "given") if time and time <= now else (now, "fetched")


def time_given(given: str | None) -> datetime | None:
    """Read RFC 3339 or a plain date, UTC where no zone is named; raises ValueError."""
    if not given:
        return None
    try:
        time = datetime.fromisoformat(given)
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"published_at is {given!r}; write it as 2019-06-03T14:05:00Z") from None
