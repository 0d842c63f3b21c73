"""What is new among the contradictions of an index, found by looking again and again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.alerts.forms import Rule
from pipeline.alerts.wanting import wants
from pipeline.desk.watches import Search
from pipeline.index.kept import contradiction_of
from pipeline.ports import Index, Query
from schemas.contradiction import Contradiction

PAGE = 500
LOOKED_AT = 10_000
"""Newest contradictions, by the time of their articles, that are compared at each look."""

Change = Literal["new", "resolved", "open again"]
_NAME = "watch"


@dataclass(frozen=True)
class Fresh:
    """A contradiction, its document, and what has become of it."""

    change: Change
    contradiction: Contradiction
    body: Mapping[str, Any]


class Watcher:
    """Remembers what was seen and told, so that nothing is told twice, whenever its articles came out.

    A kind, a score and words mean what they mean in rules of alerts and saved searches: all words must occur.
    """

    def __init__(self, index: Index, kind: str | None = None, minimum_score: float = 0.0, words: str = "") -> None:
        self._index = index
        self._kind = kind
        names = {"name": _NAME, "channels": (_NAME,), "watches": (_NAME,)}
        self._rule = Rule.model_validate(names | {"minimum_score": minimum_score, "kinds": (kind,) if kind else ()})
        self._saved = {_NAME: Search(words=words)}
        self._seen: dict[str, tuple[int, str]] = {}
        self._told: dict[str, str] = {}

    @property
    def known(self) -> int:
        """How many contradictions were found so far, of those that are wanted."""
        return len(self._told)

    def look(self) -> Iterator[Fresh]:
        """Yield what has changed since the last look, the newest first. Raises Retryable when the store is away.

        Superseded ones are asked for, too: without them pages would move up while they are read, and hide some.
        """
        for offset in range(0, LOOKED_AT, PAGE):
            hits = self._index.search(
                Query(
                    "contradictions",
                    kind=self._kind,
                    where={"status": ("open", "resolved", "superseded")},
                    sort="newest",
                    limit=PAGE,
                    offset=offset,
                )
            ).hits
            for hit in hits:
                if fresh := self._fresh(hit.id, hit.body):
                    yield fresh
            if len(hits) < PAGE:
                return

    def _fresh(self, id: str, body: Mapping[str, Any]) -> Fresh | None:
        now = (body["version"], body["status"])
        if self._seen.get(id) == now:
            return None
        self._seen[id] = now
        if body["status"] == "superseded":
            return None
        contradiction = contradiction_of(body)
        before = self._told_as(contradiction)
        if before is None and not wants(self._rule, contradiction, self._saved):
            return None
        self._told[id] = contradiction.status
        change = _change(before, contradiction.status)
        return Fresh(change, contradiction, body) if change else None

    def _told_as(self, contradiction: Contradiction) -> str | None:
        """Return the status in which a contradiction was told, under this id or one that it had before."""
        ids = (contradiction.contradiction_id, *contradiction.supersedes)
        return next((self._told[id] for id in ids if id in self._told), None)


def _change(before: str | None, now: str) -> Change | None:
    if before == now:
        return None
    if now == "resolved":
        return "resolved"
    return "new" if before is None else "open again"
