"""Articles from a WARC file (ISO 28500), as crawlers keep the web: each page read at the time that the record names.

Only HTML responses with status 200 are pages; requests, metadata, redirects and other kinds are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from connectors.archive.bad import BadLine
from connectors.archive.opened import Unpacked
from connectors.archive.pages import article_of_page
from connectors.archive.revisions import Revisions
from schemas.article import Article

MAX_PAGE_BYTES = 10_000_000
"""Of a longer page the beginning is read."""
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_KEPT_RAW_BYTES = 100_000
_CHUNK = 65_536


def read_warc(path: Path, now: datetime, revisions: Revisions) -> Iterator[Article | BadLine]:
    """Yield the articles of a WARC file, gzipped or not; records that hold none, and a torn end, are BadLines."""
    number = 0
    with closing(Unpacked(path)) as file:
        try:
            for number, record in enumerate(ArchiveIterator(file), start=1):
                found = _article(record, number, now, revisions) if _is_page(record) else None
                if _is_torn(record):
                    file.torn = True
                elif found:
                    yield found
        except (ArchiveLoadFailed, AttributeError, EOFError, ValueError) as error:  # it stumbles over torn headers
            number += 1
            what = str(error).strip().partition("\n")[0]
            yield BadLine(number, b"", f"record {number}: the file is no whole WARC file ({what}); fetch it again")
            return
    if file.torn:
        yield BadLine(number, b"", f"record {number}: the file breaks off within it; fetch it again")


def _is_torn(record: Any) -> bool:
    """True when the file ended before the record did."""
    while record.raw_stream.read(_CHUNK):
        pass
    return bool(record.raw_stream.limit > 0)


def _article(record: Any, number: int, now: datetime, revisions: Revisions) -> Article | BadLine:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    body = record.content_stream().read(MAX_PAGE_BYTES)
    content_type = record.http_headers.get_header("Content-Type") or ""
    try:
        return article_of_page(body, url.strip("<>"), content_type, _date(record, now), revisions)
    except ValueError as error:
        return BadLine(number, body[:_KEPT_RAW_BYTES], f"record {number}: {url}: {error}")


def _is_page(record: Any) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    content_type = (record.http_headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    return record.http_headers.get_statuscode() == "200" and content_type in _PAGE_TYPES


def _date(record: Any, now: datetime) -> datetime:
    """Return when the page was fetched, `now` where the record does not say or says a time to come."""
    try:
        date = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date") or "")
        date = date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
    except (ValueError, OverflowError):
        return now
    return min(date, now)
