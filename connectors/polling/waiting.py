"""Entries whose pages cannot be read yet: remembered, so that none is lost when its feed lists it no longer. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Set

from connectors.articles.entries import Candidate
from connectors.sources.feed import Entry
from schemas.cursor import Cursor, WaitingEntry

MAX_WAITING = 50
MAX_CHARS = 5_000
"""Of an entry's content, and of its summary: with so many a cursor stays below what Kafka takes."""


def with_waiting(entries: tuple[Entry, ...], cursor: Cursor) -> tuple[Entry, ...]:
    """Return what is listed, and what waits and is not listed any more."""
    if not cursor.waiting:
        return entries
    links, guids = {entry.link for entry in entries}, {entry.guid for entry in entries if entry.guid}
    unlisted = (it for it in cursor.waiting if it.link not in links and it.guid not in guids)
    return (*entries, *(_entry(it) for it in unlisted))


def still_waiting(candidates: Iterable[Candidate], keys: Set[str]) -> tuple[WaitingEntry, ...]:
    """Return the candidates whose keys are among those that wait, the newest first where there are too many."""
    waiting = [_waiting(it.entry) for it in candidates if it.key in keys]
    return tuple(reversed(waiting))[:MAX_WAITING]


def _entry(waiting: WaitingEntry) -> Entry:
    return Entry(
        guid=waiting.guid,
        link=waiting.link,
        title=waiting.title,
        content=waiting.content,
        summary=waiting.summary,
        published=waiting.published,
        updated=waiting.updated,
        authors=waiting.authors,
        section=waiting.section,
        outlet=waiting.outlet,
        language=waiting.language,
    )


def _waiting(entry: Entry) -> WaitingEntry:
    return WaitingEntry(
        link=entry.link or "",
        guid=entry.guid,
        title=entry.title,
        content=entry.content[:MAX_CHARS],
        summary=entry.summary[:MAX_CHARS],
        published=entry.published,
        updated=entry.updated,
        authors=entry.authors,
        section=entry.section,
        outlet=entry.outlet,
        language=entry.language,
    )
