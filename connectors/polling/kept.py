"""Where every source stands, kept on disk while the connectors run, so that it does not fill the memory."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec
import zstandard

from schemas.codec import DecodeError, decode, encode
from schemas.cursor import Cursor

CACHE_KILOBYTES = 8_000
_NEVER = "never"
_TABLE = "CREATE TABLE cursors (url TEXT PRIMARY KEY, due TEXT NOT NULL, cursor BLOB NOT NULL)"


class _Due(msgspec.Struct):
    """What the schedule needs of a cursor; the rest of its JSON is passed over."""

    feed_url: str
    next_poll_at: datetime | None = None
    ended: bool = False


class KeptCursors:
    """Cursors by the URL of their source: compressed, in a nameless file of SQLite that ends with the process.

    It is a copy for this run: the truth is the compacted topic. Not for two threads at once.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._due = msgspec.json.Decoder(_Due)
        self._pack = zstandard.ZstdCompressor(level=1)
        self._unpack = zstandard.ZstdDecompressor()
        with tempfile.NamedTemporaryFile(prefix="cursors-", suffix=".sqlite", dir=folder) as file:
            self._base = sqlite3.connect(file.name, isolation_level=None, check_same_thread=False)
            for pragma in (
                "page_size=16384",
                "journal_mode=OFF",
                "synchronous=OFF",
                "locking_mode=EXCLUSIVE",
                f"cache_size=-{CACHE_KILOBYTES}",
            ):
                self._base.execute(f"PRAGMA {pragma}")
            self._base.execute(_TABLE)

    def put(self, cursor: Cursor) -> None:
        """Keep a cursor in place of the one before."""
        self.put_encoded(cursor.feed_url, encode(cursor))

    def put_encoded(self, url: str, raw: bytes | None) -> None:
        """Keep a cursor as it stands in the topic. What is none leaves nothing: the source is then read anew."""
        try:
            known = self._due.decode(raw or b"")
        except msgspec.DecodeError:
            self._base.execute("DELETE FROM cursors WHERE url = ?", (url,))
            return
        due = _NEVER if known.ended else known.next_poll_at.isoformat() if known.next_poll_at else ""
        row = (url, due, self._pack.compress(raw or b""))
        self._base.execute("INSERT OR REPLACE INTO cursors VALUES (?, ?, ?)", row)

    def get(self, url: str) -> Cursor | None:
        """Return a source's cursor, None when it was never read."""
        row = self._base.execute("SELECT cursor FROM cursors WHERE url = ?", (url,)).fetchone()
        try:
            return decode(self._unpack.decompress(row[0]), Cursor) if row else None
        except DecodeError:
            return None

    def due(self) -> Iterator[tuple[str, datetime | None]]:
        """Yield every source that was read with the time of its next poll; None: it ended."""
        for url, due in self._base.execute("SELECT url, due FROM cursors WHERE due != ''"):
            yield url, None if due == _NEVER else datetime.fromisoformat(due)

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def bytes(self) -> int:
        """Return how large the packed cursors are together."""
        return int(self._base.execute("SELECT sum(length(cursor)) FROM cursors").fetchone()[0] or 0)

    def __len__(self) -> int:
        """Cursors kept."""
        return int(self._base.execute("SELECT count(*) FROM cursors").fetchone()[0])
