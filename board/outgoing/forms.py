"""Entries as Atom (RFC 4287), RSS 2.0, CSV and lines of JSON. Pure."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree import ElementTree as Xml

import msgspec

from board.outgoing.entries import Entry

ATOM = "http://www.w3.org/2005/Atom"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document may hold."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run (OWASP, CSV injection)."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Channel:
    """What the entries are of. `base` is the board's address without a slash at the end, `address` this output's."""

    title: str
    base: str
    page: str
    address: str


def atom(channel: Channel, entries: Sequence[Entry]) -> bytes:
    """Return an Atom feed; ids are made of the entries' own, so that a reader knows them again at any address."""
    Xml.register_namespace("", ATOM)
    feed = Xml.Element(f"{{{ATOM}}}feed")
    _put(feed, "id", f"urn:crossclaim:{channel.page}")
    _put(feed, "title", channel.title)
    _put(feed, "updated", _stamp(max((entry.updated for entry in entries), default=_EPOCH)))
    _link(feed, channel.address, rel="self", type="application/atom+xml")
    _link(feed, channel.base + channel.page, rel="alternate", type="text/html")
    author = _put(feed, "author")
    _put(author, "name", "crossclaim")
    for entry in entries:
        item = _put(feed, "entry")
        _put(item, "id", f"urn:crossclaim:{entry.id}")
        _put(item, "title", entry.title)
        _put(item, "published", _stamp(entry.published))
        _put(item, "updated", _stamp(entry.updated))
        _link(item, channel.base + entry.page, rel="alternate", type="text/html")
        for address, words in entry.links:
            _link(item, address, rel="related", title=_clean(words))
        for word in entry.categories:
            _put(item, "category").set("term", _clean(word))
        _put(item, "content", _as_html(channel, entry)).set("type", "html")
    return _document(feed)


def rss(channel: Channel, entries: Sequence[Entry]) -> bytes:
    """Return an RSS 2.0 feed."""
    root = Xml.Element("rss", version="2.0")
    feed = Xml.SubElement(root, "channel")
    _put(feed, "title", channel.title, "")
    _put(feed, "link", channel.base + channel.page, "")
    _put(feed, "description", f"{channel.title}, by crossclaim", "")
    newest = max((entry.updated for entry in entries), default=_EPOCH)
    _put(feed, "lastBuildDate", format_datetime(newest.astimezone(UTC)), "")
    for entry in entries:
        item = Xml.SubElement(feed, "item")
        _put(item, "title", entry.title, "")
        _put(item, "link", channel.base + entry.page, "")
        _put(item, "guid", f"urn:crossclaim:{entry.id}", "").set("isPermaLink", "false")
        _put(item, "pubDate", format_datetime(entry.published.astimezone(UTC)), "")
        for word in entry.categories:
            _put(item, "category", word, "")
        _put(item, "description", _as_html(channel, entry), "")
    return _document(root)


def table(channel: Channel, entries: Sequence[Entry]) -> bytes:
    """Return CSV with a heading, for spreadsheets: UTF-8 with a mark, and no cell that one would run."""
    out = io.StringIO()
    if entries:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(entries[0].row)
        writer.writerows([_cell(value) for value in entry.row.values()] for entry in entries)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def lines(channel: Channel, entries: Sequence[Entry]) -> bytes:
    """Return one JSON object a line."""
    return b"".join(msgspec.json.encode(_unicode(entry.row)) + b"\n" for entry in entries)


Form = Callable[[Channel, Sequence[Entry]], bytes]

FORMS: Mapping[str, tuple[Form, str]] = {
    "atom": (atom, "application/atom+xml"),
    "rss": (rss, "application/rss+xml"),
    "csv": (table, "text/csv"),
    "jsonl": (lines, "application/jsonl"),
}
"""Forms by the ending of an address, with their media types."""


def _as_html(channel: Channel, entry: Entry) -> str:
    """Paragraphs and links as HTML in which every word from outside is text."""
    parts = [f"<p>{html.escape(_clean(paragraph))}</p>" for paragraph in entry.paragraphs]
    links = [(channel.base + entry.page, "On the board"), *entry.links]
    anchors = " · ".join(
        f'<a href="{html.escape(_clean(url))}">{html.escape(_clean(words))}</a>' for url, words in links
    )
    return "".join(parts) + f"<p>{anchors}</p>"


def _put(parent: Xml.Element, name: str, text: str | None = None, namespace: str = ATOM) -> Xml.Element:
    child = Xml.SubElement(parent, f"{{{namespace}}}{name}" if namespace else name)
    child.text = _clean(text) if text is not None else None
    return child


def _link(parent: Xml.Element, address: str, **attributes: str) -> None:
    Xml.SubElement(parent, f"{{{ATOM}}}link", {"href": _clean(address), **attributes})


def _document(root: Xml.Element) -> bytes:
    written: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _cell(value: str | float) -> str | float:
    if not isinstance(value, str):
        return value
    text = value.replace("\x00", "\ufffd")
    return f"'{text}" if text.startswith(_FORMULA) else text


def _unicode(row: Mapping[str, str | float]) -> dict[str, str | float]:
    return {
        name: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
        for name, value in row.items()
    }
