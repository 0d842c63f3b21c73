"""What an XML feed names, counted on its bytes: whether a reading of it gives less than it holds.

Counting costs a hundredth of what a second, slower parser costs, so that one is asked only where something is lacking.
The counts err on the safe side: a tag that means nothing may send a feed to the slower parser, a tag that means
something is never overlooked. All is linear in the document, whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from connectors.sources.listed import Entry, Feed

_HIDDEN = re.compile(rb"<!(?:\[CDATA\[|--)")
_NAMES = re.findall(
    r"\w+",
    "source item entry title link guid id origlink pubdate published updated date issued modified created lastmod "
    "description summary encoded content body fullitem abstract tagline subtitle",
)
# Letters of either case are spelled out: with IGNORECASE the search for "<" would no longer be a plain one.
_NAME = "|".join("".join(f"[{letter}{letter.upper()}]" for letter in name) for name in _NAMES).encode()
_TAG = re.compile(rb"<(?:([A-Za-z_][\w.-]{0,40}):)?(" + _NAME + rb")(?=[\s/>])([^<>]*+)>(?=([^<]*+)(</)?)")
MAX_DEPTH = 1_000
_SOURCE_BYTES = 20_000
_ANY_TAG = re.compile(rb"<(/?)[A-Za-z_][^<>]*+>?")
_ENTRIES = frozenset((b"item", b"entry"))
_LINKS = frozenset((b"link", b"origlink"))
_NAMES_AS_LINKS = frozenset((b"guid", b"id"))
_NO_PAGE = re.compile(rb"""\srel\s?=\s?["'](?!alternate)\w|\sisPermaLink\s?=\s?["']false""", re.IGNORECASE)
_ENCODED = re.compile(rb"""base64|\stype\s?=\s?["'](?!text|plain|html|xhtml|[\w.+-]+/[\w.+-]*xml)""", re.IGNORECASE)
_CLASHING = frozenset((b"title", b"description", b"link"))
_SAME_SENSE = frozenset((None, b"rss", b"rss10", b"atom", b"a10", b"dc", b"itunes", b"media"))
_DATES = frozenset((b"pubdate", b"published", b"updated", b"date", b"issued", b"modified", b"created", b"lastmod"))
_FIRST_DATES = _DATES - {b"updated", b"modified", b"lastmod"}
_SUMMARIES = frozenset((b"description", b"summary", b"abstract", b"tagline", b"subtitle"))
_CONTENTS = frozenset((b"encoded", b"content", b"body", b"fullitem"))


@dataclass
class Inventory:
    """How many elements of each kind a document has from its first entry on, empty ones left out."""

    entries: int = 0
    titles: int = 0
    links: int = 0
    permalinks: int = 0
    """GUIDs that may stand for a link."""
    dates: int = 0
    first_dates: int = 0
    """Dates of publication, those of a change left out."""
    bodies: int = 0
    contents: int = 0
    cut: int = 0
    """Titles and texts that fastfeedparser reads wrongly: it takes only the words before an inner element."""


def take_inventory(document: bytes) -> Inventory:
    """Count what an XML feed in UTF-8 names."""
    # An entity of the document's own is no text to fastfeedparser.
    found = Inventory(cut=int(b"<!ENTITY" in document[:4_096]))
    bare, passed, met = _bare(document), 0, set[bytes]()
    for match in _TAG.finditer(bare):
        if match.start() < passed:
            continue
        prefix, name, attributes, text, closes = match.groups()
        name = name.lower()
        if name in _ENTRIES:
            # "<item/>" is none, and "<item rdf:resource=…/>" a reference.
            found.entries += not attributes.endswith(b"/")
            met.clear()
        elif name == b"source" and passed >= 0:
            # In Atom it describes the feed that the entry comes from, with a title and links of its own.
            end_tag = b"</" + (prefix + b":" if prefix else b"") + match[2]
            passed = bare.find(end_tag, match.end(), match.end() + _SOURCE_BYTES)
        elif found.entries and not (prefix == b"media" and name == b"content"):
            # fastfeedparser knows an element by its name alone: "ext:title" before "title" would be the title.
            found.cut += name in _CLASHING and name not in met and prefix not in _SAME_SENSE
            met.add(name)
            _count(found, name, attributes, bool(closes), bool(text) and not text.isspace())
    return found


def is_too_deep(document: bytes) -> bool:
    """True when elements lie deeper in each other than in any feed, or thousands never end.

    Both parsers take quadratic time for such a document, minutes for a megabyte.
    """
    depth = 0
    for tag in _ANY_TAG.finditer(_bare(document)):
        depth += -1 if tag[1] else not tag[0].endswith(b"/>")
        if depth > MAX_DEPTH:
            return True
    return False


def _count(found: Inventory, name: bytes, attributes: bytes, closes: bool, worded: bool) -> None:
    if name in _LINKS or name in _NAMES_AS_LINKS:
        leads = (worded or b"href" in attributes) and not (attributes and _NO_PAGE.search(attributes))
        found.links += leads and name in _LINKS
        found.permalinks += leads and name not in _LINKS
        return
    if attributes.endswith(b"/") or (closes and not worded):
        return
    if name in _DATES:
        found.dates += 1
        found.first_dates += name in _FIRST_DATES
        return
    found.titles += name == b"title"
    found.bodies += name in _SUMMARIES or name in _CONTENTS
    found.contents += name in _CONTENTS
    # fastfeedparser takes XHTML in `content` whole, and base64 as it stands.
    elements = not closes and not (name == b"content" and b"xhtml" in attributes)
    found.cut += elements or bool(attributes and _ENCODED.search(attributes))


def _bare(document: bytes) -> bytes:
    """Return the document without comments, each CDATA section that holds something as one dot."""
    pieces, at = [], 0
    while opens := _HIDDEN.search(document, at):
        section = opens.end() - opens.start() > 4
        ends = document.find(b"]]>" if section else b"-->", opens.end())
        if ends < 0:
            break
        pieces.append(document[at : opens.start()])
        if section and not (ends - opens.end() < 100 and not document[opens.end() : ends].strip()):
            pieces.append(b".")
        at = ends + 3
    return b"".join((*pieces, document[at:])) if pieces else document


def less_than_named(feed: Feed, named: Inventory) -> bool:
    """True when a reading has fewer entries, or fewer titles, links, dates or texts than the document names."""

    def lacks(count: int, has: Callable[[Entry], object]) -> bool:
        having = sum(1 for entry in feed.entries if has(entry))
        return having < len(feed.entries) and having < count

    return (
        len(feed.entries) < named.entries
        or named.cut > 0
        or lacks(named.titles, lambda entry: entry.title)
        or lacks(max(named.links, named.permalinks), lambda entry: entry.link)
        or lacks(named.dates, lambda entry: entry.published or entry.updated)
        or lacks(named.bodies, lambda entry: entry.content or entry.summary)
        or lacks(named.contents, lambda entry: entry.content)
    )
