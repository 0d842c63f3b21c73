"""The index in one SQLite file."""

# ruff: noqa: S608 - only names of ours stand in the statements, every value is an argument

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from pipeline.index.mapping import instant, mapping, misaddressed, misshapen, oversized
from pipeline.index.query import directed, plan
from pipeline.index.sqlite import counting
from pipeline.index.sqlite.file import BUSY_SECONDS, File, create
from pipeline.index.sqlite.rows import Rows, rows
from pipeline.index.sqlite.search import search, vector_of
from pipeline.index.sqlite.vectors import Vectors
from pipeline.index.sqlite.write import delete_before, write
from pipeline.ports import COLLECTIONS, Collection, Document, Interval, Query, Refused, Results, WriteReport


class SqliteIndex:
    """The Index port over one file, made if it is missing.

    Usable from many threads, and while other processes read and write the file. Bodies come back without vectors.
    `busy_seconds` is how long a call waits for others before it raises Retryable.
    Raises SetupError when the path is not a file of ours or cannot be written.
    """

    def __init__(self, path: Path, *, busy_seconds: float = BUSY_SECONDS) -> None:
        create(path, busy_seconds)
        self._file = File(path, busy_seconds)
        self._vectors = {
            collection: Vectors(collection, dimensions)
            for collection in COLLECTIONS
            if (dimensions := mapping(collection).dimensions)
        }

    def write(self, documents: Sequence[Document]) -> WriteReport:
        """Keep documents by id; durable and visible to all when it returns. An error keeps none of them."""
        judged = [(document, _judge(document)) for document in documents]
        refused = tuple(Refused(document, fate) for document, fate in judged if isinstance(fate, str))
        with self._file.writing() as connection:
            fates = [write(connection, doc.collection, new) for doc, new in judged if isinstance(new, Rows)]
        return WriteReport(fates.count("written"), fates.count("stale"), refused)

    def get(self, collection: Collection, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Return the bodies of those that exist, by id."""
        with self._file.reading() as connection:
            found = connection.execute(
                f"SELECT id, body FROM {collection} WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(ids)),),
            ).fetchall()
        return {id: msgspec.json.decode(body) for id, body in found}

    def search(self, query: Query) -> Results:
        """Return the documents that match, best or newest first.

        With a vector, `total` counts the candidates that were ranked. Raises ValueError for a query that cannot be run
        (see query.plan).
        """
        prepared = plan(query)
        with self._file.reading() as connection:
            if query.like is not None:
                prepared = directed(prepared, vector_of(connection, prepared, query.like))
            return search(connection, prepared, self._vectors.get(query.collection))

    def prune(self, collection: Collection, before: datetime) -> int:
        """Forget the documents whose time (that which "newest" sorts by) lies before; return how many.

        For collections that only grow; what a stage relies on (claims, alerts) is not to be pruned by it.
        """
        with self._file.writing() as connection:
            return delete_before(connection, collection, instant(before))

    def facets(self, query: Query, fields: Sequence[str], size: int = 20) -> dict[str, tuple[tuple[str, int], ...]]:
        """Return for each field its most frequent values among the documents that match, with their numbers."""
        prepared = plan(query)
        with self._file.reading() as connection:
            return counting.facets(connection, prepared, fields, size)

    def histogram(self, query: Query, interval: Interval) -> tuple[tuple[datetime, int], ...]:
        """Return how many documents match in each interval, the earliest first, none empty."""
        prepared = plan(query)
        with self._file.reading() as connection:
            return counting.histogram(connection, prepared, interval)

    def suggest(
        self, collection: Collection, fields: Sequence[str], beginning: str, size: int = 8
    ) -> tuple[tuple[str, str, int], ...]:
        """Return (field, value, documents) of values in which a word begins so, the most frequent first."""
        prepared = plan(Query(collection))
        with self._file.reading() as connection:
            return counting.suggest(connection, prepared, fields, beginning, size)

    def close(self) -> None:
        """Give the file back; every later call raises Retryable."""
        self._file.close()


def _judge(document: Document) -> Rows | str:
    """Return the rows to keep, or why the document can never be kept."""
    reason = misaddressed(document) or misshapen(document)
    if reason:
        return reason
    try:
        new = rows(document)
        return oversized(len(new.body)) or new
    except UnicodeEncodeError as error:
        return f"its text is no Unicode: {error}"
