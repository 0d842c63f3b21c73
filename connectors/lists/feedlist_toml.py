"""Feed lists in TOML, one table [[feed]] a feed: read, written, and edited in place. Pure."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from connectors.lists.feedlist_opml import Found
from connectors.lists.feedlisted import Listed, same_address
from connectors.text import one_line
from pipeline.errors import SetupError

_TEXTS = ("url", "title", "outlet", "kind")
_FIELDS = (*_TEXTS, "folder", "other")
_HEADING = re.compile(r"^[ \t]*\[\[?[^\[\]\n]+\]\]?[ \t]*(?:#.*)?$", re.MULTILINE)
_OWN_HEADING = re.compile(r"[ \t]*\[[ \t]*feed[ \t]*\.")
_FEED_HEADING = re.compile(r"^[ \t]*\[\[[ \t]*feed[ \t]*\]\]")


def parse_toml(raw: bytes, where: str) -> tuple[str, Found]:
    """Return the title of a list and its feeds; raises SetupError when it is no TOML or has no list of feeds."""
    given = _given(raw, where)
    tables = given.get("feed", [])
    if not isinstance(tables, list):
        raise SetupError(f'{where}: write each feed as [[feed]] with url = "…"')
    return str(given.get("title", "")), _found(tables, where)


def _given(raw: bytes, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SetupError(f"{where}: {error}") from error


def _found(tables: list[Any], where: str) -> Iterator[tuple[Listed | str, str]]:
    for number, table in enumerate(tables, 1):
        try:
            yield _listed(table), f"{where}, feed {number}"
        except ValueError as error:
            yield str(error), f"{where}, feed {number}"


def _listed(table: Any) -> Listed:
    if not isinstance(table, dict):
        raise ValueError('write it as [[feed]] with url = "…"')
    unknown = sorted(set(table) - set(_FIELDS))
    if unknown:
        raise ValueError(f"unknown field {unknown[0]!r}; known are {', '.join(_FIELDS)}")
    texts = {name: table.get(name, "") for name in _TEXTS}
    if not all(isinstance(text, str) for text in texts.values()):
        raise ValueError("url, title, outlet and kind are texts; put them in quotes")
    folder, other = table.get("folder", []), table.get("other", {})
    folders = [folder] if isinstance(folder, str) else folder
    if not isinstance(folders, list) or not all(isinstance(name, str) for name in folders):
        raise ValueError('folder is a text, or a list from the outermost on: ["News", "Europe"]')
    if not isinstance(other, dict) or not all(isinstance(value, str) for value in other.values()):
        raise ValueError("other is a table of texts")
    return Listed(
        url=texts["url"],
        title=one_line(texts["title"]),
        outlet=texts["outlet"],
        kind=texts["kind"] or "feed",
        folders=tuple(one_line(name) for name in folders if one_line(name)),
        other=tuple(sorted(other.items())),
    )


def write_toml(feeds: Iterable[Listed], title: str = "") -> bytes:
    """Return a whole list in TOML."""
    head = f"title = {_quoted(title)}\n\n" if title else ""
    return (head + "\n".join(_table(feed) for feed in feeds)).encode()


def add_to_toml(raw: bytes, feeds: Sequence[Listed], where: str) -> bytes:
    """Return a list with feeds put at its end; all else stays as it stands."""
    text = raw.decode("utf-8-sig")
    if "feed" in _given(raw, where) and not _blocks(text):
        raise SetupError(f'{where}: its feeds stand in one line; write each as [[feed]] with url = "…" first')
    before = f"{text.rstrip()}\n\n" if text.strip() else ""
    return (before + "\n".join(_table(feed) for feed in feeds)).encode()


def remove_from_toml(raw: bytes, addresses: Collection[str], where: str) -> bytes:
    """Return a list without the feeds whose `same_address` is among `addresses`; all else stays as it stands."""
    text, tables = raw.decode("utf-8-sig"), _given(raw, where)["feed"]
    blocks = _blocks(text)
    wanted = [table for table in tables if same_address(str(table.get("url", "")).strip()) not in addresses]
    gone = [block for block, table in zip(blocks, tables, strict=False) if table not in wanted]
    for start, end in reversed(gone):
        text = text[:start] + text[end:]
    left = _given(text.encode(), where).get("feed", [])
    if left != wanted:
        raise SetupError(f"{where}: it cannot be edited without touching other lines of it; take the feed out by hand")
    return f"{text.rstrip()}\n".encode()


def _blocks(text: str) -> list[tuple[int, int]]:
    """Where each [[feed]] begins, and where the next heading does that is none of its own."""
    headings = [found.start() for found in _HEADING.finditer(text) if not _OWN_HEADING.match(found[0])]
    spans = pairwise([*headings, len(text)])
    return [(start, end) for start, end in spans if _FEED_HEADING.match(text[start:])]


def _table(feed: Listed) -> str:
    lines = ["[[feed]]", f"url = {_quoted(feed.url)}"]
    lines += [f"{name} = {_quoted(text)}" for name, text in (("title", feed.title), ("outlet", feed.outlet)) if text]
    if feed.kind != "feed":
        lines.append(f"kind = {_quoted(feed.kind)}")
    if feed.folders:
        lines.append(f"folder = [{', '.join(map(_quoted, feed.folders))}]")
    if feed.other:
        lines.append(f"other = {{ {', '.join(f'{_quoted(name)} = {_quoted(value)}' for name, value in feed.other)} }}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A basic string of TOML: JSON's, but for the one character that JSON leaves as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
