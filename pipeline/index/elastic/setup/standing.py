"""What stands behind an alias: its indices, which one is read and written, and what an interrupted upgrade left."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from elasticsearch import Elasticsearch

from pipeline.errors import SetupError
from pipeline.index.elastic.client import patiently

NUMBER = re.compile(r"-(\d{6})$")


@dataclass(frozen=True)
class Made:
    """One index as it was made. `copied` says how far an upgrade filled it, `created_ms` is since 1970."""

    name: str
    uuid: str
    version: int
    analysis: str
    created_ms: int
    aliases: frozenset[str]
    written: bool
    blocked: frozenset[str]
    hidden: bool
    copied: Mapping[str, Any] | None

    @property
    def number(self) -> int:
        """The number at the end of its name."""
        return numbered(self.name)


@dataclass(frozen=True)
class Standing:
    """The indices of one alias, the oldest first."""

    alias: str
    indices: tuple[Made, ...]

    @property
    def behind(self) -> tuple[Made, ...]:
        """Those that the alias names."""
        return tuple(made for made in self.indices if self.alias in made.aliases)

    @property
    def current(self) -> Made:
        """The one that is written to. Raises SetupError when there is none."""
        found = [made for made in self.behind if made.written] or list(self.behind)
        if len(found) != 1:
            names = ", ".join(made.name for made in found) or "no index"
            raise SetupError(
                f"looking at {self.alias}: it names {names} for writing, and should name one; "
                "give the alias to the index that holds the documents, then run `crossclaim setup`"
            )
        return found[0]

    @property
    def successor(self) -> Made | None:
        """The index that an upgrade was filling, or None."""
        newest = self.indices[-1] if self.indices else None
        if newest is None or not self.behind or self.alias in newest.aliases or newest.number < self.current.number:
            return None
        return newest

    @property
    def old(self) -> tuple[Made, ...]:
        """Those that an upgrade has replaced."""
        return tuple(m for m in self.indices if self.alias not in m.aliases and m.number < self.current.number)

    def named(self, number: int) -> str:
        """Return the name of an index by its number."""
        return f"{self.alias}-{number:06d}"


def standing(client: Elasticsearch, alias: str) -> Standing:
    """Read what there is of an alias. Raises Retryable or SetupError as `patiently` does."""
    found = patiently(
        f"looking at {alias}",
        lambda: client.indices.get(index=f"{alias}-0*", expand_wildcards="all", allow_no_indices=True).body,
    )
    ours = [_made(alias, name, raw) for name, raw in found.items() if NUMBER.sub("", name) == alias]
    return Standing(alias, tuple(sorted(ours, key=lambda made: made.number)))


def numbered(name: str) -> int:
    """Return the number at the end of an index's name, 0 where there is none."""
    found = NUMBER.search(name)
    return int(found[1]) if found else 0


def analysis_of(settings: Mapping[str, Any]) -> str:
    """Return the analysers of an index's or template's settings in one form, for comparing."""
    return _plain(settings.get("index", {}).get("analysis", {}))


def _made(alias: str, name: str, raw: Mapping[str, Any]) -> Made:
    settings, meta = raw["settings"]["index"], raw["mappings"].get("_meta", {})
    own = raw["aliases"].get(alias, {})
    return Made(
        name=name,
        uuid=settings["uuid"],
        version=int(meta.get("version", 0)),
        analysis=analysis_of(raw["settings"]),
        created_ms=int(settings["creation_date"]),
        aliases=frozenset(raw["aliases"]),
        written=bool(own.get("is_write_index", False)),
        blocked=frozenset(block for block, on in settings.get("blocks", {}).items() if str(on) == "true"),
        hidden=str(settings.get("hidden")) == "true",
        copied=meta.get("copied"),
    )


def _plain(value: Any) -> str:
    """Settings come back with every value as text."""
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{key}:{_plain(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_plain, value)) + "]"
    return str(value).lower() if isinstance(value, bool) else str(value)
