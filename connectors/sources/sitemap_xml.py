"""Bytes of a sitemap (sitemaps.org, and Google's news extension of it) to what it lists. Pure.

Read as a stream: of a sitemap as large as they may be, 50 MB and 50,000 addresses, no tree is ever in memory, and no
entity is resolved.
"""

from __future__ import annotations

import heapq
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin

from lxml import etree  # type: ignore[import-untyped]

from connectors.fetching.decompress import TooLarge, Undecodable, decompress
from connectors.sources.listed import Entry, Feed, FeedError
from connectors.text import one_line

MAX_BYTES = 52_428_800
"""What the protocol allows a sitemap to have, unpacked."""
MAX_ADDRESSES = 50_000
"""What the protocol allows a sitemap to list; what follows is not looked at."""
MAX_ENTRIES = 2_000
"""Entries of one sitemap that are handed on, the newest."""
_GZIP_MAGIC = b"\x1f\x8b"
_LONGEST = {"loc": 2_048, "title": 1_000}
_LONGEST_OTHERWISE = 200
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?![A-Za-z])")
_OLDEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Child:
    """A sitemap that an index lists, and when it last changed (UTC), None when it does not say."""

    url: str
    changed: datetime | None


@dataclass(frozen=True)
class SitemapIndex:
    """A sitemap of sitemaps."""

    children: tuple[Child, ...]


def read_sitemap(body: bytes, url: str, content_type: str = "") -> Feed | SitemapIndex:
    """Return the entries of a sitemap, newest first, or the children of an index.

    The body may be gzipped, or the plain list of addresses that the protocol allows. A sitemap that breaks off gives
    what is whole in it. Raises FeedError when it is neither.
    """
    where = f"reading the sitemap {url}"
    document = _unpacked(body, where)
    if not document.strip():
        raise FeedError(f"{where}: the answer is empty; check the address")
    if not document.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _plain_list(document, url, where)
    root, found, whole = _read(document)
    if root == "sitemapindex":
        return SitemapIndex(tuple(child for fields in found if (child := _child(fields, url))))
    if root != "urlset":
        raise FeedError(f"{where}: this is no sitemap{f' but <{root[:40]}>' if root else ''}; check the address")
    if not whole and b"</urlset" not in document[-200:]:
        found = found[:-1]  # the parser closes what breaks off
    entries = [entry for fields in found if (entry := _entry(fields, url))]
    return Feed("", None, _newest(entries), cut_off=not whole)


def _unpacked(body: bytes, where: str) -> bytes:
    if not body.startswith(_GZIP_MAGIC):
        return body[:MAX_BYTES]
    try:
        return decompress(body, "gzip", MAX_BYTES)
    except TooLarge:
        raise FeedError(f"{where}: it is larger than the {MAX_BYTES:,} bytes that a sitemap may have") from None
    except Undecodable as error:
        raise FeedError(f"{where}: {error}; tell its publisher") from error


def _read(document: bytes) -> tuple[str, list[dict[str, str]], bool]:
    """Return the name of the root, the fields of each element below it, and whether the document is whole."""
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "recover": True, "huge_tree": True}
    root, found = "", list[dict[str, str]]()
    parser = etree.iterparse(io.BytesIO(document), events=("start", "end"), **options)
    depth = 0
    try:
        for event, element in parser:
            depth += 1 if event == "start" else -1
            if depth == 1 and event == "start":
                root = _local(element)
            elif depth == 1:
                found.append(dict(_fields(element)))
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
            if len(found) == MAX_ADDRESSES or (root and root not in ("urlset", "sitemapindex")):
                break
    except etree.LxmlError:
        return root, found, False
    return root, found, not parser.error_log or len(found) == MAX_ADDRESSES


def _fields(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield name and text of what stands in a url or sitemap element, names of the news extension with "news:" before.

    Other extensions (images, videos) have addresses, titles and dates of their own.
    """
    own = _space(element)
    for inner in element.iterdescendants():
        name = _local(inner)
        text = (inner.text or "").strip()
        if not name or not text or len(text) > _LONGEST.get(name, _LONGEST_OTHERWISE):
            continue
        if _space(inner) == own:
            yield name, text
        elif "schemas/sitemap-news" in _space(inner):
            yield f"news:{name}", text


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _space(element: etree._Element) -> str:
    """Return the namespace; lxml's own QName refuses the names that a damaged document may have."""
    return str(element.tag.rpartition("}")[0])


def _child(fields: dict[str, str], url: str) -> Child | None:
    address = _address(fields.get("loc", ""), url)
    return Child(address, _time(fields.get("lastmod"))) if address else None


def _entry(fields: dict[str, str], url: str) -> Entry | None:
    address = _address(fields.get("loc", ""), url)
    if address is None:
        return None
    language = _LANGUAGE.match(fields.get("news:language", ""))
    return Entry(
        guid=None,
        link=address,
        title=one_line(fields.get("news:title", "")),
        content="",
        summary="",
        published=_time(fields.get("news:publication_date")),
        updated=_time(fields.get("lastmod")),
        authors=(),
        section=None,
        outlet=one_line(fields.get("news:name", "")),
        language=language[0].lower() if language else None,
    )


def _newest(entries: list[Entry]) -> tuple[Entry, ...]:
    """Of those without a time the first ones stand for the newest: there sitemaps put what is new."""
    return tuple(heapq.nlargest(MAX_ENTRIES, entries, key=lambda entry: entry.published or entry.updated or _OLDEST))


def _plain_list(document: bytes, url: str, where: str) -> Feed:
    lines = document[:MAX_BYTES].decode("utf-8", "replace").split("\n", MAX_ADDRESSES)[:MAX_ADDRESSES]
    found = [line.strip() for line in lines if line.strip()]
    if not found or not all(
        line.startswith(("http://", "https://")) and len(line) <= _LONGEST["loc"] for line in found
    ):
        raise FeedError(f"{where}: this is no sitemap; check the address")
    entries = (_entry({"loc": line}, url) for line in found)
    return Feed("", None, tuple(entry for entry in entries if entry)[:MAX_ENTRIES])


def _address(text: str, url: str) -> str | None:
    try:
        address = urljoin(url, text) if text else ""
    except ValueError:
        return None
    return address if address.startswith(("http://", "https://")) else None


def _time(given: str | None) -> datetime | None:
    """Read a W3C date: a day, or a moment with its zone, UTC where none is named."""
    try:
        time = datetime.fromisoformat(given or "")
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
