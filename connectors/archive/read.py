"""Which kind of archive a path is, and its articles in order."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from connectors.archive.bad import BadLine
from connectors.archive.lines import read_lines
from connectors.archive.revisions import Revisions
from schemas.article import Article

Found = Iterator[Article | BadLine]

FEEDS = frozenset((".xml", ".rss", ".atom", ".rdf", ".json"))
PAGES = frozenset((".html", ".htm", ".xhtml"))
LINES = frozenset((".jsonl", ".ndjson"))
_HEAD_BYTES = 4_096
_PACKED = frozenset((".zip", ".tar", ".tgz", ".7z", ".rar", ".tbz", ".txz", ".bz2", ".xz", ".zst"))


def read_articles(path: Path, now: datetime) -> Iterator[Article | BadLine]:
    """Yield the articles of a file or folder in order; a URL that comes again with other text is a revision.

    A part that is no article is a BadLine, and the rest is read all the same; an archive that holds nothing yields
    nothing. A folder is read in the order of its names, folders within it too; links to elsewhere are not followed.
    """
    revisions = Revisions()
    yield from _folder(path, now, revisions) if path.is_dir() else _file(path, now, revisions, sole=True)


def _folder(path: Path, now: datetime, revisions: Revisions) -> Found:
    for folder, within, names in os.walk(path):
        within[:] = sorted(name for name in within if not name.startswith("."))
        for name in sorted(names):
            file = Path(folder, name)
            if name.startswith(".") or file.is_symlink() or not (file.is_file() and _reader(file)):
                continue
            for found in _file(file, now, revisions):
                if isinstance(found, BadLine):
                    found = replace(found, reason=f"{file.relative_to(path)}: {found.reason}")
                yield found


def _file(path: Path, now: datetime, revisions: Revisions, sole: bool = False) -> Found:
    """Yield what one file holds; a file that is named alone and is of no kind is taken for JSON lines."""
    if _PACKED.intersection(path.suffixes):
        yield BadLine(1, b"", f"line 1: {path.name} is a packed archive; unpack it, and give the folder")
        return
    reader = read_lines if sole and holds_lines(path) else _reader(path)
    try:
        if reader:
            yield from reader(path, now, revisions)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield BadLine(1, b"", f"line 1: the file is no whole gzip file ({error}); fetch it again")


def holds_lines(path: Path) -> bool:
    """Say whether a file that is named alone is read as JSON lines: also where nothing is known of its kind.

    Of files that end in .json only JSON Feeds are read otherwise.
    """
    if path.suffix.lower() == ".json":
        with path.open("rb") as file:
            return b"jsonfeed.org" not in file.read(_HEAD_BYTES)
    return _reader(path) in (None, read_lines)


def _reader(path: Path) -> Callable[[Path, datetime, Revisions], Found] | None:
    """Return who reads a file, by the ending of its name, None for files of other kinds."""
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    ending = suffixes[-1] if suffixes else ""
    if ending in LINES:
        return read_lines
    if ending == ".warc":
        from connectors.archive.warc import read_warc  # the parsers are slow to import, and most archives hold text

        return read_warc
    if ending in FEEDS or ending in PAGES:
        from connectors.archive.saved import read_saved

        return read_saved
    return None
