"""Which entries of a feed are to be read: new ones, changed ones, and those that could not be read before.

An entry is known again by its GUID, by its address, or by its story: the same title at the same time on the same site
(marks.py). So neither new GUIDs nor new addresses bring an old article back as a new one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

from connectors.articles.canonical import canonical
from connectors.articles.marks import Mark, mark_of, mark_read
from connectors.sources.feed import Entry
from schemas.article import Article
from schemas.cursor import SeenEntry
from schemas.ids import article_id, digest

MAX_LISTED = 2_000
"""Entries of one reading that are looked at; with the longest keys a cursor of so many stays below Kafka's 1 MB."""
KEPT_UNLISTED = 300
"""How many entries that the feed no longer lists are remembered at least; three times the listed ones if more."""
MAX_TRIES = 5
REDATED_LEAST = 3
REDATED_SHARE = 0.5
"""A feed that gives new dates to at least so many, and such a share, of the entries that say what they said before,
dates its entries by when it was made: its dates do not tell of a change."""
_MAX_KEY_CHARS = 200
_UNREAD = "unread:"


@dataclass(frozen=True)
class Candidate:
    """An entry to read. `known` is what was published of it before, None when nothing was.

    `redated` is True when the feed's dates are those of the feed and not of its articles.
    """

    key: str
    url: str
    entry: Entry
    entry_hash: str
    known: SeenEntry | None
    redated: bool = False

    @property
    def tries(self) -> int:
        """How often its page could not be read before."""
        return tries_of(self.known)


@dataclass(frozen=True)
class Plan:
    """What to do with a feed's entries. `kept` are those unchanged, by key.

    `linkless`, with their keys, can never be articles; once told of they are among `kept`, too. `unlooked` counts the
    entries beyond MAX_LISTED.
    """

    read: tuple[Candidate, ...]
    kept: Mapping[str, SeenEntry]
    linkless: tuple[tuple[str, Entry], ...]
    unlooked: int = 0


def plan(entries: tuple[Entry, ...], seen: Mapping[str, SeenEntry], now: datetime) -> Plan:
    """Decide what to read, oldest first.

    An entry is known by its GUID or, when that changed, by the article that its URL is or by its story. A GUID or a
    story that several entries of the feed share is none.
    """
    looked = entries[:MAX_LISTED]
    addressed = [(entry, canonical(entry.link) if entry.link else None) for entry in looked]
    marked = [(entry, url, mark_of(entry, url)) for entry, url in addressed if url]
    lookup = _Known(seen, marked)
    redated = _is_redated([(mark, lookup.of(entry, url, mark)) for entry, url, mark in marked])
    read: dict[str, Candidate] = {}
    kept: dict[str, SeenEntry] = {}
    for entry, url, mark in marked:
        key, known = lookup.key_of(entry, url), lookup.of(entry, url, mark)
        if known and _says_the_same(known, mark, redated):
            kept[key] = msgspec.structs.replace(known, last_listed=now)
        elif key not in kept:
            read.setdefault(key, Candidate(key, url, entry, str(mark), known, redated))
    linkless = {str(mark_of(entry, "")): entry for entry, url in addressed if not url}
    kept |= {
        key: SeenEntry(article_id=key, content_hash="", revision=0, entry_hash=key, last_listed=now) for key in linkless
    }
    news = tuple((key, entry) for key, entry in linkless.items() if key not in seen)
    return Plan(_oldest_first(read.values(), now), kept, news, len(entries) - len(looked))


class _Known:
    """What is known of entries, looked up by GUID, by article and by story."""

    def __init__(self, seen: Mapping[str, SeenEntry], marked: Iterable[tuple[Entry, str, Mark]]) -> None:
        marked = list(marked)
        self._seen = seen
        self._by_article = {known.article_id: known for known in seen.values()}
        self._shared = _several(entry.guid for entry, _, _ in marked)
        stories = [(mark.story, known) for known in seen.values() if (mark := mark_read(known.entry_hash))]
        ambiguous = _several(mark.story for _, _, mark in marked) | _several(story for story, _ in stories)
        self._by_story = {story: known for story, known in stories if story and story not in ambiguous}

    def key_of(self, entry: Entry, url: str) -> str:
        """Return what an entry is remembered by: its GUID, else its canonical URL; long ones by their digest."""
        key = entry.guid if entry.guid and entry.guid not in self._shared else url
        return key if len(key) <= _MAX_KEY_CHARS else digest("entry", key)

    def of(self, entry: Entry, url: str, mark: Mark) -> SeenEntry | None:
        """Return what is known of an entry."""
        key = self.key_of(entry, url)
        return self._seen.get(key) or self._by_article.get(article_id(url)) or self._by_story.get(mark.story)


def _several(values: Iterable[str | None]) -> set[str | None]:
    return {value for value, count in Counter(values).items() if count > 1}


def _is_redated(found: Iterable[tuple[Mark, SeenEntry | None]]) -> bool:
    """True when the feed gave new dates to most entries that say what they said before."""
    marks = [(mark, mark_read(known.entry_hash)) for mark, known in found if known]
    same = [(mark, before) for mark, before in marks if before and before.words == mark.words]
    moved = sum(before.dates != mark.dates for mark, before in same)
    return moved >= max(REDATED_LEAST, REDATED_SHARE * len(same))


def _says_the_same(known: SeenEntry, mark: Mark, redated: bool) -> bool:
    before = mark_read(known.entry_hash)
    return before is not None and before.words == mark.words and (redated or before.dates == mark.dates)


def same_text(candidate: Candidate, article: Article, published: Iterable[SeenEntry]) -> SeenEntry | None:
    """Return what was published under another address of the same site with the very same title and text, or None.

    The same words on another site are a copy, and an article of its own.
    """
    mark = mark_read(candidate.entry_hash)
    for known in published:
        if known.content_hash == article.content_hash and known.article_id != article.article_id:
            before = mark_read(known.entry_hash)
            if mark and before and before.site == mark.site:
                return known
    return None


def _oldest_first(candidates: Iterable[Candidate], now: datetime) -> tuple[Candidate, ...]:
    return tuple(sorted(candidates, key=lambda it: it.entry.published or it.entry.updated or now))


def unread(candidate: Candidate, now: datetime, tries: int) -> SeenEntry:
    """Remember a candidate whose page could not be read in so many `tries`; what was published of it before stays."""
    known = candidate.known
    return SeenEntry(
        article_id=known.article_id if known else article_id(candidate.url),
        content_hash=known.content_hash if known else "",
        revision=known.revision if known else 0,
        entry_hash=f"{_UNREAD}{tries}",
        last_listed=now,
    )


def tries_of(known: SeenEntry | None) -> int:
    """How often an entry's page could not be read, 0 once it was."""
    return int(known.entry_hash[len(_UNREAD) :]) if known and known.entry_hash.startswith(_UNREAD) else 0


def remembered(seen: Mapping[str, SeenEntry], listed: Mapping[str, SeenEntry]) -> dict[str, SeenEntry]:
    """Return what to remember: all that is listed now, and of the rest those listed last.

    An article stands under one key: when its GUID changed, the old one is forgotten.
    """
    articles = {known.article_id for known in listed.values()}
    rest = [item for item in seen.items() if item[0] not in listed and item[1].article_id not in articles]
    rest.sort(key=lambda item: item[1].last_listed, reverse=True)
    room = min(max(KEPT_UNLISTED, 3 * len(listed)), max(MAX_LISTED - len(listed), 0))
    return {**dict(rest[:room]), **listed}
