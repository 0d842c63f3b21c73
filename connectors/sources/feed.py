"""Bytes of a feed to its entries: RSS 0.9x to 2.0, RDF, Atom, CDF, JSON Feed.

fastfeedparser reads nearly all of them, dozens of times faster; feedparser is asked where that fails or gives less
than the document names (`inventory.py`), and the gaps of each are filled from the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from connectors.sources.encoding import to_utf8
from connectors.sources.inventory import Inventory, is_too_deep, less_than_named, take_inventory
from connectors.sources.jsonfeed import read_json_feed
from connectors.sources.listed import Entry, Feed, FeedError, Unread
from connectors.sources.mending import mend
from connectors.sources.notfeed import why_not
from connectors.sources.parsed import read_fast, read_slow

__all__ = ["Entry", "Feed", "FeedError", "Unread", "read_feed"]

_LANGUAGE = re.compile(
    rb"""<(?:dc:)?language>\s{0,20}(?:<!\[CDATA\[\s{0,20})?([A-Za-z]{2,3})\b|xml:lang\s?=\s?["']([A-Za-z]{2,3})\b"""
)
_TTL = re.compile(rb"<ttl>\s{0,20}(\d{1,6})\s{0,20}</ttl>", re.IGNORECASE)
_PERIOD = re.compile(rb"<\w{1,20}:updatePeriod>\s{0,20}(hourly|daily|weekly|monthly|yearly)\b", re.IGNORECASE)
_FREQUENCY = re.compile(rb"<\w{1,20}:updateFrequency>\s{0,20}(\d{1,4})\b", re.IGNORECASE)
_ENTRY_TAG = re.compile(rb"<(/?)(?:\w{1,20}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_END = re.compile(rb"</(?:[A-Za-z][\w.-]{0,40}:)?(?:rss|feed|rdf|channel)\s{0,20}>", re.IGNORECASE)
_TRAILING = re.compile(rb"(?:\s|<!--(?:(?!-->).)*+-->)*+", re.DOTALL)
_HEAD_BYTES = 20_000
_TAIL_BYTES = 2_000
_PERIODS = {
    b"hourly": 3_600.0,
    b"daily": 86_400.0,
    b"weekly": 604_800.0,
    b"monthly": 2_592_000.0,
    b"yearly": 31_536_000.0,
}


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
    if document[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        found = read_json_feed(document, url)
    else:
        found = _read_xml(document, url)
    if found is None:
        raise FeedError(f"reading the feed {url}: it is damaged so that no entry can be read; tell its publisher")
    return found


def _read_xml(document: bytes, url: str) -> Feed | None:
    document, sound = mend(document)
    if not sound and is_too_deep(document):
        return None
    named = take_inventory(document)
    fast = read_fast(document, url)
    fast = fast and _own_dates(fast, named)
    if fast and sound and not less_than_named(fast, named):
        return _whole(fast, document, url)
    slow = None if sound and is_too_deep(document) else read_slow(document, url)
    found = _merged(fast, slow, trusted=sound and not named.cut) if fast and slow else fast or slow
    return found and _whole(found, document, url)


def _own_dates(feed: Feed, named: Inventory) -> Feed:
    """Take away dates that the document does not give: fastfeedparser reads them out of GUIDs, or doubles an update."""
    if named.first_dates >= len(feed.entries):
        return feed
    return replace(feed, entries=tuple(_own_date(entry, named) for entry in feed.entries))


def _own_date(entry: Entry, named: Inventory) -> Entry:
    if not entry.published:
        return entry
    if not named.dates:
        return replace(entry, published=None, updated=None)
    return replace(entry, published=None) if not named.first_dates and entry.published == entry.updated else entry


def _merged(fast: Feed, slow: Feed, trusted: bool) -> Feed:
    """Take the reading with more entries, of two equal ones the fast where it is trusted; fill gaps from the other."""
    fast_first = len(fast.entries) > len(slow.entries) - trusted
    more, less = (fast, slow) if fast_first else (slow, fast)
    others: Iterator[Entry | None]
    if len(more.entries) == len(less.entries):
        others = iter(less.entries)
    else:
        by_name = {entry.guid or entry.link: entry for entry in less.entries if entry.guid or entry.link}
        others = (by_name.get(entry.guid or entry.link) for entry in more.entries)
    filled = tuple(_filled(entry, other) for entry, other in zip(more.entries, others, strict=True))
    return replace(more, title=more.title or less.title, entries=filled)


def _filled(entry: Entry, other: Entry | None) -> Entry:
    if other is None:
        return entry
    return Entry(
        guid=entry.guid or other.guid,
        link=entry.link or other.link,
        title=entry.title or other.title,
        content=entry.content or other.content,
        summary=entry.summary or other.summary,
        published=entry.published or other.published,
        updated=entry.updated or other.updated,
        authors=max(entry.authors, other.authors, key=len),
        section=entry.section or other.section,
    )


def _whole(feed: Feed, document: bytes, url: str) -> Feed:
    """Drop the last entry of a feed that breaks off within it: it comes back whole with the next reading."""
    head = document[:_HEAD_BYTES]
    language = _LANGUAGE.search(head)
    code = (language[1] or language[2]).decode().lower() if language else None
    entries, cut_off = feed.entries, _breaks_off(document)
    if cut_off and entries and not (entries[-1].link and entries[-1].title) and _within_an_entry(document):
        entries = entries[:-1]
    if cut_off and not entries:
        raise FeedError(f"reading the feed {url}: it breaks off before its first entry ends; tried again later")
    return Feed(feed.title, code, entries, cut_off, _hint_seconds(head))


def _within_an_entry(document: bytes) -> bool:
    *_, last = _ENTRY_TAG.finditer(document)
    return not last[1]


def _breaks_off(document: bytes) -> bool:
    """True when nothing that could end a feed stands at the document's end; comments after it do not count."""
    tail = document[-_TAIL_BYTES:]
    return not any(_TRAILING.fullmatch(tail, end.end()) for end in _END.finditer(tail))


def _hint_seconds(head: bytes) -> float | None:
    """Return the shorter of `ttl` (minutes) and `sy:updatePeriod` over `sy:updateFrequency`, None without either."""
    first = _ENTRY_TAG.search(head)
    head = head[: first.start()] if first else head
    ttl, period, often = _TTL.search(head), _PERIOD.search(head), _FREQUENCY.search(head)
    hints = [float(ttl[1]) * 60] if ttl else []
    if period:
        hints.append(_PERIODS[period[1].lower()] / max(int(often[1]) if often else 1, 1))
    return min((hint for hint in hints if hint > 0), default=None)
