"""Bytes of a feed to its entries: RSS 0.9x to 2.0, RDF, Atom, JSON Feed.

fastfeedparser reads nearly all of them, fifty times faster; feedparser is asked where that fails or finds less than
the document holds, and the better reading is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

import fastfeedparser
import feedparser

from connectors.encoding import to_utf8
from connectors.notfeed import why_not
from connectors.text import one_line
from pipeline.errors import CrossclaimError

_ENTRY = re.compile(rb"<(?:[A-Za-z][\w.-]*:)?(?:item|entry)[\s>]")
_DATE = re.compile(rb"<(?:[A-Za-z][\w.-]*:)?(?:pubDate|published|updated|date|issued|modified)[\s>]")
_CONTENT = re.compile(rb"<content:encoded[^>]*>\s*(?!</content:encoded|\s|<!\[CDATA\[\s*\]\]>)")
_CDATA = re.compile(rb"<!\[CDATA\[.*?\]\]>", re.DOTALL)
_LANGUAGE = re.compile(
    rb"""<(?:dc:)?language>\s*(?:<!\[CDATA\[)?\s*([A-Za-z]{2,3})|xml:lang\s*=\s*["']([A-Za-z]{2,3})"""
)
_END = re.compile(rb"</(?:[A-Za-z][\w.-]*:)?(?:rss|feed|rdf)\s*>\s*(?:<!--.*?-->\s*)*$", re.IGNORECASE | re.DOTALL)


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


@dataclass(frozen=True)
class Feed:
    """A feed as it was read. `cut_off` is True when the document stops before its end.

    `hint_seconds` is how often its publisher says that it changes, None when it does not say.
    """

    title: str
    language: str | None
    entries: tuple[Entry, ...]
    cut_off: bool = False
    hint_seconds: float | None = None


def read_feed(body: bytes, url: str, content_type: str = "") -> Feed:
    """Return the feed in `body`, links made absolute with `url`. A feed without entries is fine.

    Raises FeedError when the document is no feed, in words for who wrote the feed list.
    """
    if not body.strip():
        raise FeedError(f"reading the feed {url}: the answer is empty; check the address")
    document = to_utf8(body, content_type)
    wrong = why_not(document, url)
    if wrong:
        raise FeedError(f"reading the feed {url}: {wrong}")
    fast = _fast(document, url)
    if fast and not _less_than_written(fast, document):
        return _whole(fast, document, url)
    slow = _slow(document, url)
    best = _better(fast, slow)
    if best is None:
        raise FeedError(f"reading the feed {url}: it is damaged so that no entry can be read; tell its publisher")
    return _whole(best, document, url)


def _less_than_written(feed: Feed, document: bytes) -> bool:
    """True when the document holds entry, content or date tags that the fast reading gave nothing for."""
    bare = _CDATA.sub(b"", document)
    if len(feed.entries) < len(_ENTRY.findall(bare)):
        return True
    if any(not entry.link and not entry.guid for entry in feed.entries):
        return True
    if len(_CONTENT.findall(document)) > sum(1 for entry in feed.entries if entry.content):
        return True
    undated = sum(1 for entry in feed.entries if not entry.published and not entry.updated)
    return undated > 0 and len(_DATE.findall(bare)) > len(feed.entries) - undated + 1


def _better(fast: Feed | None, slow: Feed | None) -> Feed | None:
    """Take the reading with more entries; equal in number, fill the gaps of the fast one from the slow one."""
    if not fast or not slow:
        return fast or slow
    if len(fast.entries) != len(slow.entries):
        return max(fast, slow, key=lambda feed: len(feed.entries))
    pairs = zip(fast.entries, slow.entries, strict=True)
    return replace(fast, title=fast.title or slow.title, entries=tuple(_filled(a, b) for a, b in pairs))


def _filled(entry: Entry, other: Entry) -> Entry:
    return Entry(
        guid=entry.guid or other.guid,
        link=entry.link or other.link,
        title=entry.title or other.title,
        content=max(entry.content, other.content, key=len),
        summary=entry.summary or other.summary,
        published=entry.published or other.published,
        updated=entry.updated or other.updated,
        authors=entry.authors or other.authors,
        section=entry.section or other.section,
    )


def _whole(feed: Feed, document: bytes, url: str) -> Feed:
    """Drop the last entry of a feed that breaks off within it: it comes back whole with the next reading."""
    language = _LANGUAGE.search(document[:20_000])
    code = (language[1] or language[2]).decode().lower() if language else feed.language
    cut_off = not document.lstrip().startswith(b"{") and not _END.search(document[-2000:])
    entries = feed.entries
    if cut_off and entries and not (entries[-1].link and entries[-1].title):
        entries = entries[:-1]
    if cut_off and not entries:
        raise FeedError(f"reading the feed {url}: it breaks off before its first entry ends; tried again later")
    return Feed(feed.title, code, entries, cut_off)


def _fast(document: bytes, url: str) -> Feed | None:
    try:
        return _feed(fastfeedparser.parse(document, include_media=False), url)
    except Exception:  # it raises whatever it meets; feedparser is asked next
        return None


def _slow(document: bytes, url: str) -> Feed | None:
    found = feedparser.parse(document, sanitize_html=False, resolve_relative_uris=False)
    return _feed(found, url) if found.get("version") or found.entries else None


def _feed(found: Any, url: str) -> Feed:
    head = found.feed
    return Feed(one_line(head.get("title") or ""), None, tuple(_entry(item, url) for item in found.entries))


def _entry(item: Any, url: str) -> Entry:
    guid = _text(item, "id")
    content = max((str(part.get("value") or "") for part in item.get("content") or ()), key=len, default="")
    tags = [one_line(str(tag.get("term") or "")) for tag in item.get("tags") or ()]
    return Entry(
        guid=guid,
        link=_link(item, guid, url),
        title=one_line(str(item.get("title") or "")),
        content=content,
        summary=str(item.get("summary") or item.get("description") or ""),
        published=_time(item, "published"),
        updated=_time(item, "updated"),
        authors=_authors(item),
        section=next((tag for tag in tags if tag), None),
    )


def _text(item: Any, field: str) -> str | None:
    value = str(item.get(field) or "").strip()
    return value or None


def _link(item: Any, guid: str | None, url: str) -> str | None:
    link = _text(item, "link") or next((str(part.get("href")) for part in item.get("links") or () if _page(part)), None)
    if not link and guid and re.match(r"https?://", guid):
        link = guid
    try:
        return urljoin(url, "".join(link.split("\n")).strip().replace(" ", "%20")) if link else None
    except ValueError:
        return None


def _page(part: Any) -> bool:
    return bool(part.get("href")) and part.get("rel") in (None, "", "alternate")


def _authors(item: Any) -> tuple[str, ...]:
    names = [one_line(str(author.get("name") or "")) for author in item.get("authors") or ()]
    names = names or [one_line(str(item.get("author") or ""))]
    return tuple(dict.fromkeys(name for name in names if name and "@" not in name))


def _time(item: Any, field: str) -> datetime | None:
    """fastfeedparser gives ISO 8601 text, feedparser a struct_time in UTC."""
    parsed = item.get(f"{field}_parsed")
    try:
        if parsed:
            year, month, day, hour, minute, second = parsed[:6]
            return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
        return datetime.fromisoformat(str(item.get(field))).astimezone(UTC)
    except (ValueError, OverflowError, TypeError):
        return None
