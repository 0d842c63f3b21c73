"""The port that is really swapped: where results are kept and searched (Elasticsearch or SQLite)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

Collection = Literal["articles", "claims", "clusters", "contradictions", "alerts", "feeds"]
"""The kinds of document, one index (or table) each."""

COLLECTIONS: tuple[Collection, ...] = ("articles", "claims", "clusters", "contradictions", "alerts", "feeds")


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
    that by words, for claims. `where` holds exact matches on keyword fields ("article_id", "cluster_id",
    "contradiction_id", "status", …); `id_prefix` keeps documents whose id begins so
    (in all collections but feeds, whose ids are of no use to a person).
    """

    collection: Collection
    words: str | None = None
    outlet: str | None = None
    source: str | None = None
    since: datetime | None = None
    stance: str | None = None
    kind: str | None = None
    where: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    id_prefix: str | None = None
    vector: Sequence[float] | None = None
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
