"""The port that is really swapped: where results are kept and searched (Elasticsearch or SQLite)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol, get_args

Collection = Literal[
    "articles",
    "claims",
    "clusters",
    "contradictions",
    "alerts",
    "feeds",
    "rejected",
    "metrics",
    "labels",
    "watches",
    "mutes",
]
"""The kinds of document, one index (or table) each."""

COLLECTIONS: tuple[Collection, ...] = get_args(Collection)

RESULTS: tuple[Collection, ...] = ("articles", "claims", "clusters", "contradictions", "alerts", "feeds")
"""What a run is for: these are counted when it is summed up."""


@dataclass(frozen=True)
class Document:
    """One document to keep. A write with a version below the one kept is stale and changes nothing.

    `body` is JSON-ready: str, int, float, bool, None, lists and dicts; times as RFC 3339 strings.
    """

    collection: Collection
    id: str
    version: int
    body: Mapping[str, Any]


@dataclass(frozen=True)
class Refused:
    """A document that can never be written (its form, not the moment, is wrong), and why."""

    document: Document
    reason: str


@dataclass(frozen=True)
class WriteReport:
    """What became of a write: each document is counted once."""

    written: int = 0
    stale: int = 0
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True)
class Query:
    """What to look for. Words are matched by meaning of the stems (all collections' texts); filters must all hold.

    `sort` "relevance" needs words; without words "newest" is used. `vector` (unit length) adds search by meaning to
    that by words, for claims; `like` does the same with the vector of the claim of that id, which is not found itself.
    `where` holds exact matches on keyword fields ("article_id", "cluster_id", "contradiction_id", "status", …);
    `since` (included) and `until` (not included) bound the time that "newest" sorts by; `id_prefix` keeps documents
    whose id begins so (in all collections but feeds, whose ids are of no use to a person).
    """

    collection: Collection
    words: str | None = None
    outlet: str | None = None
    source: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    stance: str | None = None
    kind: str | None = None
    where: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    id_prefix: str | None = None
    vector: Sequence[float] | None = None
    like: str | None = None
    sort: Literal["relevance", "newest"] = "relevance"
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True)
class Hit:
    """One document found, with its score (higher is better) and highlighted fragments by field (`<mark>` around words,
    everything else HTML-escaped)."""

    collection: Collection
    id: str
    score: float
    body: Mapping[str, Any]
    highlights: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Results:
    """The hits asked for and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


Interval = Literal["hour", "day", "week", "month"]
"""Widths of a histogram's bars; hours and days are those of UTC, weeks begin on Monday."""


class Index(Protocol):
    """Where results are kept. Every method raises Retryable when the store is away."""

    def write(self, documents: Sequence[Document]) -> WriteReport:
        """Keep documents by id; durable and visible to `get` when it returns, to `search` soon after (≤ 1 s)."""
        ...

    def get(self, collection: Collection, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Return the bodies of those that exist, by id."""
        ...

    def search(self, query: Query) -> Results:
        """Return the documents that match, best or newest first."""
        ...

    def facets(self, query: Query, fields: Sequence[str], size: int = 20) -> dict[str, tuple[tuple[str, int], ...]]:
        """Return for each keyword field its most frequent values among the documents that match, with their numbers.

        Words and filters count as in `search`; vector, sort, limit and offset do not. At most `size` values a field,
        the most frequent first, of equals in alphabetical order. Raises ValueError for a field that is no keyword.
        """
        ...

    def histogram(self, query: Query, interval: Interval) -> tuple[tuple[datetime, int], ...]:
        """Return how many documents match in each interval (its beginning, in UTC), the earliest first, none empty.

        The time is that which "newest" sorts by; documents without one are not counted.
        """
        ...

    def suggest(
        self, collection: Collection, fields: Sequence[str], beginning: str, size: int = 8
    ) -> tuple[tuple[str, str, int], ...]:
        """Return (field, value, documents) of values in which a word begins so, in any case, the most frequent first.

        Looks at all documents that stand. Empty for a beginning without a letter or figure.
        """
        ...
