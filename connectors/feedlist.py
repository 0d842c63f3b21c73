"""Lists of feeds as people keep them: OPML, TOML, or one URL a line."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import listparser
from lxml import etree  # type: ignore[import-untyped]

from connectors.base import FeedSource
from connectors.text import one_line
from pipeline.errors import SetupError


def read_feed_list(path: Path) -> tuple[FeedSource, ...]:
    """Return the feeds of a list (.opml or .xml, .toml, else one URL a line), each once, in the list's order.

    Raises SetupError naming the file, the line where there is one, what is wrong and how to mend it.
    """
    where = f"reading the feed list {path}"
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise SetupError(f"{where}: {error.strerror or error}; correct the path") from error
    if path.suffix.lower() == ".toml":
        sources = _from_toml(raw, where)
    elif path.suffix.lower() in (".opml", ".xml") or raw.lstrip().startswith(b"<"):
        sources = _from_opml(raw, where)
    else:
        sources = _from_lines(raw, where)
    if not sources:
        raise SetupError(f"{where}: it names no feed; add one with its address")
    return tuple({source.url: source for source in reversed(sources)}.values())[::-1]


def _from_opml(raw: bytes, where: str) -> list[FeedSource]:
    """listparser forgives broken XML by leaving feeds out, so well-formedness is asked for first."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise SetupError(f"{where}, line {error.lineno}: it is no well-formed XML ({error.msg}); correct it") from error
    if not isinstance(root.tag, str) or root.tag.lower() != "opml":
        raise SetupError(f"{where}, line {root.sourceline}: it begins with <{root.tag}>; an OPML list begins <opml>")
    lines = {str(node.get("xmlUrl")).strip(): node for node in root.iter("outline") if node.get("xmlUrl")}
    found = listparser.parse(raw)
    return [_source(feed.url, feed.title, _outlet(lines.get(feed.url)), _at(where, lines.get(feed.url)))
            for feed in found.feeds]  # fmt: skip


def _outlet(node: Any) -> str:
    """The attribute `outlet` of an outline is ours; OPML lets anyone add some."""
    return one_line(node.get("outlet") or "") if node is not None else ""


def _at(where: str, node: Any) -> str:
    return f"{where}, line {node.sourceline}" if node is not None else where


def _from_toml(raw: bytes, where: str) -> list[FeedSource]:
    try:
        tables = tomllib.loads(raw.decode("utf-8")).get("feed", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SetupError(f"{where}: {error}") from error
    if not isinstance(tables, list):
        raise SetupError(f'{where}: write each feed as [[feed]] with url = "…"')
    return [_from_table(table, f"{where}, feed {number}") for number, table in enumerate(tables, 1)]


def _from_table(table: Any, where: str) -> FeedSource:
    if not isinstance(table, dict):
        raise SetupError(f'{where}: write it as [[feed]] with url = "…"')
    unknown = sorted(set(table) - {"url", "title", "outlet"})
    if unknown:
        raise SetupError(f"{where}: unknown field {unknown[0]!r}; known are url, title, outlet")
    url, title, outlet = (table.get(name, "") for name in ("url", "title", "outlet"))
    if not (isinstance(url, str) and isinstance(title, str) and isinstance(outlet, str)):
        raise SetupError(f"{where}: url, title and outlet are texts; put them in quotes")
    return _source(url, title, outlet, where)


def _from_lines(raw: bytes, where: str) -> list[FeedSource]:
    lines = enumerate(raw.decode("utf-8", "replace").splitlines(), 1)
    urls: Iterable[tuple[int, str]] = ((number, line.strip()) for number, line in lines)
    return [_source(url, "", "", f"{where}, line {number}") for number, url in urls if url and not url.startswith("#")]


def _source(url: str, title: str, outlet: str, where: str) -> FeedSource:
    try:
        parts = urlsplit(url.strip())
        proper = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        proper = False
    if not proper:
        raise SetupError(f"{where}: {url!r} is no http or https address; write it in full")
    return FeedSource(url.strip(), one_line(title or ""), outlet)
