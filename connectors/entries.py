"""Which entries of a feed are to be read: new ones, changed ones, and those that could not be read before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

from connectors.canonical import canonical
from connectors.feed import Entry
from schemas.cursor import SeenEntry
from schemas.ids import article_id, digest

MAX_LISTED = 2_000
"""Entries of one reading that are looked at; with the longest keys a cursor of so many stays below Kafka's 1 MB."""
KEPT_UNLISTED = 300
"""How many entries that the feed no longer lists are remembered at least; three times the listed ones if more."""
MAX_TRIES = 5
_MAX_KEY_CHARS = 200
_UNREAD = "unread:"


@dataclass(frozen=True)
class Candidate:
    """An entry to read. `known` is what was published of it before, None when nothing was."""

    key: str
    url: str
    entry: Entry
    entry_hash: str
    known: SeenEntry | None

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

    An entry is known by its GUID or, when that changed, by the article that its URL is. A GUID that several entries of
    the feed share is none.
    """
    looked = entries[:MAX_LISTED]
    shared = {guid for guid, count in Counter(entry.guid for entry in looked).items() if count > 1}
    by_article = {known.article_id: known for known in seen.values()}
    read: dict[str, Candidate] = {}
    kept: dict[str, SeenEntry] = {}
    linkless: dict[str, Entry] = {}
    for entry in looked:
        url = canonical(entry.link) if entry.link else None
        if url is None:
            key = entry_hash(entry, "")
            if key not in seen:
                linkless[key] = entry
            kept[key] = SeenEntry(article_id=key, content_hash="", revision=0, entry_hash=key, last_listed=now)
            continue
        key = key_of(entry, url, shared)
        known = seen.get(key) or by_article.get(article_id(url))
        fingerprint = entry_hash(entry, url)
        if known and known.entry_hash == fingerprint:
            kept[key] = msgspec.structs.replace(known, last_listed=now)
        elif key not in kept:
            read.setdefault(key, Candidate(key, url, entry, fingerprint, known))
    return Plan(_oldest_first(read.values(), now), kept, tuple(linkless.items()), len(entries) - len(looked))


def _oldest_first(candidates: Iterable[Candidate], now: datetime) -> tuple[Candidate, ...]:
    return tuple(sorted(candidates, key=lambda it: it.entry.published or it.entry.updated or now))


def key_of(entry: Entry, url: str, shared: set[str | None]) -> str:
    """Return what an entry is remembered by: its GUID, else its canonical URL; long ones by their digest."""
    key = entry.guid if entry.guid and entry.guid not in shared else url
    return key if len(key) <= _MAX_KEY_CHARS else digest("entry", key)


def entry_hash(entry: Entry, url: str) -> str:
    """Fingerprint of an entry without its GUID: unchanged means that its page need not be read again."""
    return digest("entry", url, entry.title, entry.content, entry.summary, str(entry.published), str(entry.updated))


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
