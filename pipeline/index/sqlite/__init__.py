"""The index in one SQLite file: words by FTS5, meaning by exact search over vectors, both by rank fusion."""

from pipeline.index.sqlite.index import SqliteIndex

__all__ = ["SqliteIndex"]
