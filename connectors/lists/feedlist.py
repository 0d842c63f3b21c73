"""Lists of feeds as people keep them: OPML, TOML, or one address a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from connectors.base import FeedSource
from connectors.lists.feedlist_opml import parse_opml
from connectors.lists.feedlist_toml import parse_toml
from connectors.lists.feedlisted import FeedList, Listed, checked, once
from pipeline.errors import SetupError

Form = Literal["opml", "toml", "lines"]


def read_feed_list(path: Path) -> tuple[FeedSource, ...]:
    """Return the feeds of a list (.opml or .xml, .toml, else one address a line), each once, in the list's order.

    Raises SetupError naming the file, the line where there is one, what is wrong and how to mend it.
    """
    listed = parse(read_bytes(path), path)
    if listed.problems:
        raise SetupError(listed.problems[0])
    if not listed.feeds:
        raise SetupError(f"reading the feed list {path}: it names no feed; add one with its address")
    return tuple(feed.source for feed in once(listed.feeds))


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a list; raises SetupError that names the file."""
    try:
        return path.read_bytes()
    except OSError as error:
        why = error.strerror or error
        raise SetupError(f"reading the feed list {path}: {why}; correct the path") from error


def form_of(raw: bytes, path: Path) -> Form:
    """Return how a list is written: by the name of its file, else by how it begins."""
    suffix = path.suffix.lower()
    if suffix == ".toml":
        return "toml"
    return "opml" if suffix in (".opml", ".xml") or raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else "lines"


def parse(raw: bytes, path: Path) -> FeedList:
    """Return what a list holds; what in it is no feed is among its problems.

    Raises SetupError when the whole is not what its name says (no XML, no TOML).
    """
    where = f"reading the feed list {path}"
    match form_of(raw, path):
        case "opml":
            title, found = parse_opml(raw, where)
        case "toml":
            title, found = parse_toml(raw, where)
        case "lines":
            title, found = "", _lines(raw, where)
    feeds, problems = [], []
    for feed, at in found:
        if isinstance(feed, str):
            problems.append(f"{at}: {feed}")
            continue
        try:
            feeds.append(checked(feed))
        except ValueError as error:
            problems.append(f"{at}: {error}")
    return FeedList(tuple(feeds), title, tuple(problems))


def _lines(raw: bytes, where: str) -> Iterator[tuple[Listed, str]]:
    for number, line in enumerate(raw.decode("utf-8-sig", "replace").splitlines(), 1):
        if line.strip() and not line.strip().startswith("#"):
            yield Listed(line.strip()), f"{where}, line {number}"
