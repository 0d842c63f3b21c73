"""Writing one document inside a transaction."""

# ruff: noqa: S608 - only names of ours stand in the statements, every value is an argument

from __future__ import annotations

import sqlite3
from typing import Literal

import msgspec

from pipeline.index.mapping import mapping
from pipeline.index.sqlite.rows import Rows, columns, keywords, texts
from pipeline.ports import Collection

Fate = Literal["written", "stale"]


def write(connection: sqlite3.Connection, collection: Collection, new: Rows) -> Fate:
    """Keep a document unless a newer one is kept; one that is kept already is left as it is, and counts as written."""
    kept = connection.execute(
        f"SELECT row, version, digest, body FROM {collection} WHERE id = ?",
        (new.id,),
    ).fetchone()
    if kept is None:
        _insert(connection, collection, new)
        return "written"
    row, version, digest, body = kept
    if version > new.version:
        return "stale"
    if (version, digest) != (new.version, new.digest):
        _replace(connection, collection, row, body, new)
    return "written"


def delete_before(connection: sqlite3.Connection, collection: Collection, at: int) -> int:
    """Delete the documents whose time lies before `at` (milliseconds since 1970); return how many."""
    rows = [row for (row,) in connection.execute(f"SELECT row FROM {collection} WHERE at < ?", (at,))]
    tables = {collection: "row", f"{collection}_texts": "rowid", f"{collection}_keywords": "row"}
    if mapping(collection).dimensions:
        # Searchers in other processes learn of what is gone by its vector.
        connection.executemany(
            f"INSERT OR REPLACE INTO {collection}_vectors (row, vector) VALUES (?, NULL)", [(row,) for row in rows]
        )
    for table, name in tables.items():
        connection.executemany(f"DELETE FROM {table} WHERE {name} = ?", [(row,) for row in rows])
    return len(rows)


def put_texts(connection: sqlite3.Connection, collection: Collection) -> None:
    """Put the texts of all documents into a table that is empty."""
    fields = mapping(collection)
    for row, body in connection.execute(f"SELECT row, body FROM {collection}"):
        _put_texts(connection, collection, row, texts(fields, msgspec.json.decode(body)))


def _insert(connection: sqlite3.Connection, collection: Collection, new: Rows) -> None:
    row = connection.execute(
        f"INSERT INTO {collection} (id, version, status, at, digest, body) VALUES (?, ?, ?, ?, ?, ?)",
        (new.id, new.version, new.status, new.at, new.digest, new.body),
    ).lastrowid
    assert row is not None
    _put_texts(connection, collection, row, new.texts)
    _add_keywords(connection, collection, row, new.keywords)
    if new.vector is not None:
        _put_vector(connection, collection, row, new.vector)


def _replace(connection: sqlite3.Connection, collection: Collection, row: int, body: str, new: Rows) -> None:
    """Change only what differs: the texts of a growing cluster mostly stay."""
    fields, old = mapping(collection), msgspec.json.decode(body)
    connection.execute(
        f"UPDATE {collection} SET version = ?, status = ?, at = ?, digest = ?, body = ? WHERE row = ?",
        (new.version, new.status, new.at, new.digest, new.body, row),
    )
    if texts(fields, old) != new.texts:
        _put_texts(connection, collection, row, new.texts)
    before = keywords(fields, old)
    connection.executemany(
        f"DELETE FROM {collection}_keywords WHERE key = ? AND row = ?",
        [(key, row) for key in before - new.keywords],
    )
    _add_keywords(connection, collection, row, new.keywords - before)
    if fields.dimensions:
        _put_vector(connection, collection, row, new.vector)


def _put_texts(connection: sqlite3.Connection, collection: Collection, row: int, values: tuple[str, ...]) -> None:
    names = ", ".join(columns(mapping(collection)))
    marks = ", ".join("?" for _ in values)
    connection.execute(
        f"INSERT OR REPLACE INTO {collection}_texts (rowid, {names}) VALUES (?, {marks})",
        (row, *values),
    )


def _add_keywords(connection: sqlite3.Connection, collection: Collection, row: int, keys: frozenset[str]) -> None:
    connection.executemany(
        f"INSERT OR IGNORE INTO {collection}_keywords (key, row) VALUES (?, ?)",
        [(key, row) for key in keys],
    )


def _put_vector(connection: sqlite3.Connection, collection: Collection, row: int, vector: bytes | None) -> None:
    connection.execute(
        f"INSERT OR REPLACE INTO {collection}_vectors (row, vector) VALUES (?, ?)",
        (row, vector),
    )
