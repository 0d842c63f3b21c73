"""What the two feed parsers return, as entries: fastfeedparser's dictionaries and feedparser's differ in places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

import fastfeedparser
import feedparser

from connectors.sources.listed import Entry, Feed
from connectors.text import one_line

_PAGE_RELATIONS = frozenset((None, "", "alternate"))
_ELSEWHERE = frozenset(
    ("enclosure", "replies", "related", "via", "edit", "self", "license", "payment", "hub", "search")
)
_ADDRESS = re.compile(r"https?://[^\s\\]+", re.IGNORECASE)


def read_fast(document: bytes, url: str) -> Feed | None:
    """Return fastfeedparser's reading, None where it takes the document for no feed."""
    try:
        found = fastfeedparser.parse(document, include_enclosures=False)
        return _feed(found, url)
    except Exception:  # it raises whatever it meets; feedparser is asked next
        return None


def read_slow(document: bytes, url: str) -> Feed | None:
    """Return feedparser's reading, None where it finds neither a kind of feed nor entries."""
    try:
        found = feedparser.parse(document, sanitize_html=False, resolve_relative_uris=False)
    except Exception:  # its loose parser, too, fails on a few damaged documents
        return None
    return _feed(found, url) if found.get("version") or found.entries else None


def _feed(found: Any, url: str) -> Feed:
    return Feed(line(found.feed.get("title")), None, tuple(_entry(item, url) for item in found.entries))


def _entry(item: Any, url: str) -> Entry:
    guid = _text(item.get("id"))
    parts = [str(part.get("value") or "") for part in item.get("content") or ()]
    return Entry(
        guid=guid,
        link=_link(item, guid, url),
        title=line(item.get("title")),
        content=parts[0] if len(parts) == 1 else max(parts, key=len, default=""),
        summary=str(item.get("summary") or item.get("description") or _caption(item)),
        published=_time(item, "published") or _time(item, "created"),
        updated=_time(item, "updated"),
        authors=_authors(item),
        section=next((term for tag in item.get("tags") or () if (term := line(tag.get("term")))), None),
    )


def _caption(item: Any) -> str:
    """Return what fastfeedparser has as the text of a video or picture: some feeds have no other."""
    return next((text for part in item.get("media_content") or () if (text := part.get("description"))), "")


def line(value: object) -> str:
    """Return a title or a name as one line of plain text, "" for None."""
    text = str(value or "")
    # Most titles and names need nothing done to them, and seeing that is much cheaper than doing it.
    if text.isascii() and text.isprintable() and not ("  " in text or "<" in text or "&" in text):
        return text.strip()
    return one_line(text)


def _text(value: object) -> str | None:
    return str(value or "").strip() or None


def _link(item: Any, guid: str | None, url: str) -> str | None:
    """Return the address of an entry's page: its link, unless that leads elsewhere (an enclosure, the comments)."""
    elsewhere = [part.get("href") for part in item.get("links") or () if part.get("rel") in _ELSEWHERE]
    named = (item.get("link"), *_page_links(item), guid if guid and _ADDRESS.match(guid) else None)
    return next((absolute(str(link), url) for link in named if link and link not in elsewhere), None)


def _page_links(item: Any) -> Iterator[Any]:
    return (part.get("href") for part in item.get("links") or () if part.get("rel") in _PAGE_RELATIONS)


def absolute(link: str, url: str) -> str | None:
    """Return a link as an address, relative ones joined to `url`; None when it is none."""
    if _ADDRESS.fullmatch(link):
        return link
    try:
        return urljoin(url, "".join(link.split("\n")).strip().replace(" ", "%20"))
    except ValueError:
        return None


def _authors(item: Any) -> tuple[str, ...]:
    names: Iterable[str] = [line(author.get("name")) for author in item.get("authors") or ()]
    names = names or (line(item.get("author")),)
    return tuple(dict.fromkeys(name for name in names if name and "@" not in name))


def _time(item: Any, field: str) -> datetime | None:
    """fastfeedparser gives ISO 8601 text in UTC, feedparser a struct_time in UTC."""
    # feedparser's own `get` gives the time of publication for that of a change that is not there.
    parsed = dict.get(item, f"{field}_parsed")
    try:
        if parsed:
            year, month, day, hour, minute, second = parsed[:6]
            return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
        given = dict.get(item, field)
        time = datetime.fromisoformat(given) if given else None
        return time.astimezone(UTC) if time and time.tzinfo else None
    except (ValueError, OverflowError, TypeError):
        return None
