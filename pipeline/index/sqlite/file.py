"""The file: its tables, its connections, and its errors as ours.

One writer at a time, any number of readers, across threads and processes: SQLite's write-ahead log.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from urllib.parse import quote

from pipeline.errors import CrossclaimError, Retryable, SetupError
from pipeline.index.mapping import mapping
from pipeline.index.sqlite.rows import columns
from pipeline.index.sqlite.write import put_texts
from pipeline.ports import COLLECTIONS, Collection

APPLICATION_ID = 0x63726F73
"""Marks the file as ours ("cros")."""

LAYOUT = 3
"""Version of the tables below, kept as the file's user_version. A file of an earlier one lacks some collections and the
stems of other languages than English, which are added to it."""

BUSY_SECONDS = 10.0
"""How long a call waits for another process's write. A batch of 5,000 documents takes about two."""

_PASSING = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
_PASSING |= {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_NOMEM}
_BROKEN = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}
_FORBIDDEN = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}


class File:
    """Connections to one index file; usable from many threads."""

    def __init__(self, path: Path, busy_seconds: float) -> None:
        self.path = path
        self._busy_seconds = busy_seconds
        self._idle: SimpleQueue[sqlite3.Connection] = SimpleQueue()
        self._closed = False

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection to one thread; errors of SQLite inside come out as ours."""
        with translated(self.path):
            connection = self._take()
            try:
                yield connection
            except BaseException:
                connection.close()  # it may stand in a broken transaction
                raise
            self._idle.put(connection)
            if self._closed:
                self.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection inside a transaction that is durable when the block ends, undone when it raises."""
        with self.connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection that sees one state of the file throughout the block."""
        with self.connection() as connection:
            connection.execute("BEGIN")
            yield connection
            connection.execute("COMMIT")

    def close(self) -> None:
        """Close what is idle; later calls raise Retryable."""
        self._closed = True
        while True:
            try:
                self._idle.get_nowait().close()
            except Empty:
                return

    def _take(self) -> sqlite3.Connection:
        if self._closed:
            raise Retryable(f"using the index {self.path}: it was closed; open it again")
        try:
            return self._idle.get_nowait()
        except Empty:
            return connect(self.path, self._busy_seconds)


def create(path: Path, busy_seconds: float) -> None:
    """Make the file and its tables if they are not there.

    Raises SetupError when the path holds something else, or cannot be written; Retryable when it stays locked.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Only a new file is opened here: closing a handle gives up all locks that this process holds on the file
        # (POSIX), and another process would then take the log away from under its connections.
        if not path.exists():
            path.touch()
        elif path.is_dir() or not os.access(path, os.W_OK):
            raise PermissionError("it cannot be written")
    except OSError as error:
        raise SetupError(f"opening the index {path}: {error}; set CROSSCLAIM_DATA to a folder that is ours") from error
    with translated(path), closing(connect(path, busy_seconds)) as connection:
        _use_write_ahead_log(connection, busy_seconds)
        connection.execute("BEGIN IMMEDIATE")
        layout = _layout(path, connection)
        if layout < LAYOUT:
            _create_tables(connection, layout)
        connection.execute("COMMIT")


def connect(path: Path, busy_seconds: float) -> sqlite3.Connection:
    """Open the file, which must exist."""
    uri = f"file:{quote(str(path.absolute()))}?mode=rw"
    connection = sqlite3.connect(uri, uri=True, timeout=busy_seconds, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -65536")
    return connection


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours; what is neither passing nor a broken file is a defect and goes through."""
    try:
        yield
    except sqlite3.Error as error:
        known = _translate(path, error)
        if known is None:
            raise
        raise known from error


def _translate(path: Path, error: sqlite3.Error) -> CrossclaimError | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _PASSING:
        return Retryable(f"using the index {path}: {error}; it is tried again (is the disk full, or the file held?)")
    if code in _BROKEN:
        return SetupError(
            f"opening the index {path}: {error}; move the file away and replay the articles into a new one"
        )
    if code in _FORBIDDEN:
        return SetupError(f"writing the index {path}: {error}; give this user the right to write it and its folder")
    return None


def _use_write_ahead_log(connection: sqlite3.Connection, busy_seconds: float) -> None:
    """Switch the journal; SQLite does not wait for a lock here, so we do."""
    deadline = time.monotonic() + busy_seconds
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _layout(path: Path, connection: sqlite3.Connection) -> int:
    """Return the version of the tables in a file, 0 for an empty one."""
    application, layout, tables = (
        connection.execute(sql).fetchone()[0]
        for sql in ("PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_master")
    )
    if application == 0 and tables == 0:
        return 0
    if application != APPLICATION_ID:
        raise SetupError(
            f"opening the index {path}: it is a database of another program; set CROSSCLAIM_DATA elsewhere"
        )
    if layout > LAYOUT:
        raise SetupError(
            f"opening the index {path}: its layout is {layout}, this program's is {LAYOUT}; "
            "upgrade crossclaim, or set CROSSCLAIM_DATA elsewhere"
        )
    return int(layout)


def _create_tables(connection: sqlite3.Connection, layout: int) -> None:
    for collection in COLLECTIONS:
        stems_are_new = 0 < layout < 3 and mapping(collection).localised
        if stems_are_new:
            connection.execute(f"DROP TABLE {collection}_texts")
        for statement in _tables(collection):
            connection.execute(statement)
        if stems_are_new:
            put_texts(connection, collection)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {LAYOUT}")


def _tables(collection: Collection) -> Iterator[str]:
    """Tables of a collection: the documents, their texts, their keywords turned round, and their vectors.

    `seq` of a vector only ever rises, so a reader knows by it what it has not seen; a vector taken away is NULL.
    """
    fields = mapping(collection)
    yield (
        f"CREATE TABLE IF NOT EXISTS {collection} (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, "
        "version INTEGER NOT NULL, status TEXT NOT NULL, at INTEGER, digest BLOB NOT NULL, body TEXT NOT NULL)"
    )
    yield f"CREATE INDEX IF NOT EXISTS {collection}_newest ON {collection} (status, at DESC, id)"
    yield (
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {collection}_texts USING fts5 ({', '.join(columns(fields))}, "
        "tokenize = 'porter unicode61 remove_diacritics 2')"
    )
    yield (
        f"CREATE TABLE IF NOT EXISTS {collection}_keywords "
        "(key TEXT, row INTEGER, PRIMARY KEY (key, row)) WITHOUT ROWID"
    )
    if fields.dimensions:
        yield (
            f"CREATE TABLE IF NOT EXISTS {collection}_vectors "
            "(seq INTEGER PRIMARY KEY AUTOINCREMENT, row INTEGER NOT NULL UNIQUE, vector BLOB)"
        )
