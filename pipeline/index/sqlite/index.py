"""The index in one SQLite file."""

# ruff: noqa: S608 - only names of ours stand in the statements, every value is an argument

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from pipeline.index.mapping import mapping, misaddressed, misshapen, oversized
from pipeline.index.query import plan
from pipeline.index.sqlite.file import BUSY_SECONDS, File, create
from pipeline.index.sqlite.rows import Rows, rows
from pipeline.index.sqlite.search import search
from pipeline.index.sqlite.vectors import Vectors
from pipeline.index.sqlite.write import write
from pipeline.ports import COLLECTIONS, Collection, Document, Query, Refused, Results, WriteReport


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
            return search(connection, prepared, self._vectors.get(query.collection))

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
