"""What feedparser finds in feeds and crossclaim does not, and how much faster crossclaim reads them.

    python -m benchmarks.quality.feeds

Over 120 real feeds and those files of feedparser's own tests in which it finds entries. Both read the same bytes in
the same run, processor time counted. feedparser is called once as people call it (it cleans the HTML and resolves the
links in it), and once bare, with both off. "missing" is what feedparser found and crossclaim has nothing for; "other"
is what both have and not alike: compared by the words, so that markup does not count. An entry is what has one of the
four. `--differences` prints both wherever they differ.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import feedparser

from benchmarks.quality.feeds_data import feedparser_files, real_feeds
from connectors.sources.feed import Entry, Feed, FeedError, read_feed
from connectors.sources.parsed import absolute
from connectors.text import from_html, one_line

URL = "https://feeds.example.org/news/feed.xml"
FIELDS = ("entries", "titles", "links", "dates", "contents")
_WORD = re.compile(r"\w+")
Compared = tuple[str, Any, Any, Callable[[Any, Any], bool]]
"""A field's name, what feedparser has, what crossclaim has, and whether two such are alike."""
_NOTHING = Entry(None, None, "", "", "", None, None, (), None)


@dataclass
class Table:
    """Counts of what was found in one set of files, by field; seconds of each reader; what is not alike."""

    files: int = 0
    theirs: Counter[str] = field(default_factory=Counter)
    ours: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    other: Counter[str] = field(default_factory=Counter)
    differences: list[tuple[str, str, str, object, object]] = field(default_factory=list)
    seconds: float = 0.0
    bare_seconds: float = 0.0
    default_seconds: float = 0.0
    megabytes: float = 0.0

    def __add__(self, more: Table) -> Table:
        counts = (getattr(self, name) + getattr(more, name) for name in self.__dataclass_fields__)
        return Table(*counts)


def compare(documents: dict[str, bytes], default_too: bool = False) -> Table:
    """Read each document with both; those in which feedparser finds no entry are left out."""
    table = Table()
    for name, body in documents.items():
        found, bare = _timed(lambda body=body: feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False))
        if not found.entries:
            continue
        feed, mine = _timed(lambda body=body: _read(body))
        table.default_seconds += _timed(lambda body=body: feedparser.parse(body))[1] if default_too else 0.0
        table.files += 1
        table.seconds += mine
        table.bare_seconds += bare
        table.megabytes += len(body) / 1e6
        _compare(table, name, found.entries, feed.entries)
    return table


def _read(body: bytes) -> Feed:
    try:
        return read_feed(body, URL)
    except FeedError:
        return Feed("", None, ())


def _timed(call: Callable[[], Any]) -> tuple[Any, float]:
    begun = time.process_time()
    return call(), time.process_time() - begun


def _compare(table: Table, name: str, theirs: list[Any], ours: tuple[Entry, ...]) -> None:
    table.ours["entries"] += len(ours)
    for number, their in enumerate(theirs):
        our = ours[number] if number < len(ours) else None
        fields = list(_fields(their, our or _NOTHING))
        if any(wanted for _, wanted, _, _ in fields):
            _count(table, name, [("entries", their.get("title"), our, lambda a, b: True), *fields])


def _count(table: Table, name: str, fields: Iterable[Compared]) -> None:
    for what, wanted, given, alike in fields:
        table.theirs[what] += bool(wanted) or what == "entries"
        if what != "entries":
            table.ours[what] += bool(given)
        if (what == "entries" and not given) or (wanted and not (given and alike(wanted, given))):
            (table.other if given else table.missing)[what] += 1
            table.differences.append((name, what, "other" if given else "missing", wanted, given))


def _fields(their: Any, our: Entry) -> Iterable[Compared]:
    link = absolute(str(their.get("link") or ""), URL) if their.get("link") else None
    bodies = [str(part.get("value") or "") for part in their.get("content") or ()]
    their_text = max((from_html(text) for text in (*bodies, str(their.get("summary") or ""))), key=len)
    our_text = from_html(our.content) + " " + from_html(our.summary)
    yield "titles", one_line(str(their.get("title") or "")), our.title, lambda a, b: _words(a) == _words(b)
    yield "links", link, our.link, lambda a, b: a == b
    yield "dates", _dates(their), {our.published, our.updated} - {None}, lambda a, b: bool(a & _seconds(b))
    yield "contents", their_text, our_text.strip(), lambda a, b: not (set(_words(a)) - set(_words(b)))


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _seconds(times: Iterable[datetime]) -> set[tuple[int, ...]]:
    return {tuple(time.timetuple()[:6]) for time in times}


def _dates(their: Any) -> set[tuple[int, ...]]:
    found = (dict.get(their, f"{name}_parsed") for name in ("published", "updated", "created"))
    return {tuple(time[:6]) for time in found if time}


def _printed(name: str, table: Table) -> None:
    print(f"\n{name}: {table.files} files with entries, {table.megabytes:.1f} MB")
    print(f"{'':10}{'feedparser':>12}{'crossclaim':>12}{'missing':>9}{'other':>7}")
    for what in FIELDS:
        print(
            f"{what:10}{table.theirs[what]:12}{table.ours[what]:12}{table.missing[what]:9}{table.other[what]:7}",
        )
    bare, default = (seconds / table.seconds for seconds in (table.bare_seconds, table.default_seconds))
    print(
        f"read in {table.seconds:.2f} s; feedparser bare {table.bare_seconds:.2f} s: {bare:.1f} times as long", end=""
    )
    print(f", as people call it {table.default_seconds:.2f} s: {default:.1f} times as long")


def main() -> int:
    """Print the tables; exit 1 when something is missing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality.feeds", description=__doc__.split("\n")[0])
    parser.add_argument("--differences", action="store_true", help="print what is missing or not alike")
    options = parser.parse_args()
    warm_up()
    real, tests = compare(real_feeds(), default_too=True), compare(feedparser_files(), default_too=True)
    both = real + tests
    for name, table in (("real feeds", real), ("feedparser's test files", tests), ("both", both)):
        _printed(name, table)
    if options.differences:
        for difference in both.differences:
            print(*(str(part)[:200] for part in difference), sep=" | ")
    return 1 if both.missing.total() else 0


def warm_up() -> None:
    """Let both parsers import what they import with their first odd date: that is paid once a process, not a feed."""
    item = "<item><title>A</title><guid>not a date</guid><pubDate>soon</pubDate></item>"
    body = f"<rss version='2.0'><channel><title>T</title>{item}</channel></rss>".encode()
    _read(body)
    feedparser.parse(body)


if __name__ == "__main__":
    sys.exit(main())
