"""Saved searches: what a person wants to come back to, or be told of by a rule (`watches` in config/alerts.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from pipeline.index.mapping import instant
from pipeline.ports import Document, Index, Query
from schemas.ids import digest

LONGEST_NAME = 80
MOST = 1_000


@dataclass(frozen=True)
class Search:
    """What is searched for; "" is not asked."""

    words: str = ""
    outlet: str = ""
    source: str = ""
    stance: str = ""
    kind: str = ""
    language: str = ""
    country: str = ""
    entity: str = ""

    @property
    def address(self) -> str:
        """The board's page for it."""
        asked = {"q" if name == "words" else name: value for name, value in vars(self).items() if value}
        return f"/search?{urlencode(asked)}"

    @property
    def any(self) -> bool:
        """Whether it asks anything at all."""
        return any(vars(self).values())


@dataclass(frozen=True)
class Watch:
    """A saved search. `seen_at` is when its owner last looked."""

    name: str
    search: Search
    made_at: datetime
    seen_at: datetime
    deleted: bool = False

    @property
    def watch_id(self) -> str:
        """Made of the name, so that saving under it again replaces the search."""
        return digest("watch", self.name.casefold())


def save(index: Index, name: str, search: Search, now: datetime) -> Watch:
    """Keep a search under a name. Raises ValueError, with how to mend it, for an empty name or search."""
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        raise ValueError("Give the search a name.")
    if not search.any:
        raise ValueError("Search for something first: this would watch everything.")
    watch = Watch(name, search, now, now)
    _write(index, watch, now)
    return watch


def seen(index: Index, watch: Watch, now: datetime) -> None:
    """Remember that its owner looked."""
    _write(index, replace(watch, seen_at=now), now)


def delete(index: Index, watch: Watch, now: datetime) -> None:
    """Delete a saved search; `restore` brings it back."""
    _write(index, replace(watch, deleted=True), now)


def restore(index: Index, watch: Watch, now: datetime) -> None:
    """Bring a deleted search back."""
    _write(index, replace(watch, deleted=False), now)


def one(index: Index, watch_id: str) -> Watch | None:
    """Return a saved search, also a deleted one."""
    body = index.get("watches", [watch_id]).get(watch_id)
    return _of(body) if body else None


def every(index: Index) -> list[Watch]:
    """Return all saved searches, by name."""
    found = [_of(hit.body) for hit in index.search(Query("watches", sort="newest", limit=MOST)).hits]
    return sorted(found, key=lambda watch: watch.name.casefold())


def by_name(index: Index) -> dict[str, Search]:
    """Return what is searched for under each name."""
    return {watch.name: watch.search for watch in every(index)}


def query(search: Search) -> Query:
    """Return what the index is asked for: claims that match, the newest first."""
    where = {"language": search.language, "stands_for": search.country, "entities": search.entity}
    return Query(
        "claims",
        words=search.words or None,
        outlet=search.outlet or None,
        source=search.source or None,
        stance=search.stance or None,
        kind=search.kind or None,
        where={name: value for name, value in where.items() if value},
        sort="newest",
    )


def _write(index: Index, watch: Watch, now: datetime) -> None:
    body: dict[str, Any] = {
        "watch_id": watch.watch_id,
        "name": watch.name,
        **{name: value or None for name, value in vars(watch.search).items()},
        "made_at": watch.made_at.isoformat(),
        "seen_at": watch.seen_at.isoformat(),
        "version": instant(now),
        "status": "deleted" if watch.deleted else "open",
    }
    index.write([Document("watches", watch.watch_id, instant(now), body)])


def _of(body: Mapping[str, Any]) -> Watch:
    search = Search(**{field.name: body.get(field.name) or "" for field in fields(Search)})
    made = datetime.fromisoformat(body["made_at"])
    looked = body.get("seen_at")
    return Watch(
        name=body["name"],
        search=search,
        made_at=made,
        seen_at=datetime.fromisoformat(looked).astimezone(UTC) if looked else made,
        deleted=body["status"] == "deleted",
    )
