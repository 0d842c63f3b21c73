"""The index in Elasticsearch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pipeline.config import Elasticsearch as Settings
from pipeline.errors import CrossclaimError, Retryable
from pipeline.index.elastic import bulk, counting, queries
from pipeline.index.elastic.client import connect, missing, patiently, reason_of
from pipeline.index.elastic.search import search
from pipeline.index.mapping import VECTOR
from pipeline.index.query import Plan, directed, plan
from pipeline.ports import Collection, Document, Interval, Query, Results, WriteReport

GET_IDS = 1_000
"""Ids asked for in one request."""


class ElasticIndex:
    """The Index port over Elasticsearch 9, behind the aliases that templates.set_up made.

    Usable from many threads. Bodies come back without vectors. What is written is seen by `get` at once and by
    `search` within a second. Raises SetupError for an address that is none; when the server refuses us, or its indices
    are missing, the first call does.
    """

    def __init__(self, settings: Settings) -> None:
        self._client = connect(settings)
        self._prefix = settings.prefix

    def write(self, documents: Sequence[Document]) -> WriteReport:
        """Keep documents by id; durable and visible to `get` when it returns.

        Raises Retryable when some could not be written; others may have been, and are simply written again.
        """
        return bulk.write(self._client, self._prefix, documents)

    def get(self, collection: Collection, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Return the bodies of those that exist, by id."""
        distinct = list(dict.fromkeys(id for id in ids if id))
        found: dict[str, dict[str, Any]] = {}
        for start in range(0, len(distinct), GET_IDS):
            found |= self._get(collection, distinct[start : start + GET_IDS])
        return found

    def search(self, query: Query) -> Results:
        """Return the documents that match, best or newest first.

        With a vector, `total` counts the candidates that were ranked. Raises ValueError for a query that cannot be run
        (see query.plan).
        """
        return search(self._client, self._prefix, self._plan(query))

    def facets(self, query: Query, fields: Sequence[str], size: int = 20) -> dict[str, tuple[tuple[str, int], ...]]:
        """Return for each field its most frequent values among the documents that match, with their numbers."""
        return counting.facets(self._client, self._prefix, plan(query), fields, size)

    def histogram(self, query: Query, interval: Interval) -> tuple[tuple[datetime, int], ...]:
        """Return how many documents match in each interval, the earliest first, none empty."""
        return counting.histogram(self._client, self._prefix, plan(query), interval)

    def suggest(
        self, collection: Collection, fields: Sequence[str], beginning: str, size: int = 8
    ) -> tuple[tuple[str, str, int], ...]:
        """Return (field, value, documents) of values in which a word begins so, the most frequent first."""
        return counting.suggest(self._client, self._prefix, plan(Query(collection)), fields, beginning, size)

    def close(self) -> None:
        """Close the connections; every later call raises Retryable."""
        self._client.close()

    def _plan(self, query: Query) -> Plan:
        prepared = plan(query)
        return prepared if query.like is None else directed(prepared, self._vector(query.collection, query.like))

    def _vector(self, collection: Collection, id: str) -> list[float] | None:
        """The vector of one document; the newer servers keep it out of the source, so it is asked for by name."""
        body = {"query": {"ids": {"values": [id]}}, "size": 1, "_source": False, "fields": [VECTOR]}
        found = patiently(
            "reading from Elasticsearch",
            lambda: self._client.search(index=f"{self._prefix}{collection}", body=body).body,
        )
        vectors = [hit.get("fields", {}).get(VECTOR) for hit in found["hits"]["hits"]]
        return vectors[0] if vectors else None

    def _get(self, collection: Collection, ids: list[str]) -> dict[str, dict[str, Any]]:
        index = f"{self._prefix}{collection}"
        answer = patiently(
            "reading from Elasticsearch",
            lambda: self._client.mget(index=index, ids=ids, source_excludes=queries.HIDDEN),
        )
        for failed in (doc["error"] for doc in answer["docs"] if "error" in doc):
            raise _unread(reason_of(failed))
        return {doc["_id"]: doc["_source"] for doc in answer["docs"] if doc.get("found")}


def _unread(reason: str) -> CrossclaimError:
    """What to raise for a document that could not be read: an answer without it would look like "there is none"."""
    doing = "reading from Elasticsearch"
    return missing(doing, reason) if "index_not_found" in reason else Retryable(f"{doing}: {reason}")
