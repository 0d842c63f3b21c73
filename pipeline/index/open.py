"""The index that the settings ask for."""

from __future__ import annotations

from pipeline.config import Settings
from pipeline.ports import Index

SQLITE_FILE = "index.sqlite"


def open_index(settings: Settings) -> Index:
    """Return the store of the profile: a SQLite file under `settings.data`, or Elasticsearch.

    Only the store that is used is imported. Raises SetupError when the file is not ours or the address is wrong;
    whether Elasticsearch answers shows with the first call.
    """
    if settings.profile == "embedded":
        from pipeline.index.sqlite import SqliteIndex

        return SqliteIndex(settings.data / SQLITE_FILE)
    from pipeline.index.elastic import ElasticIndex

    return ElasticIndex(settings.elasticsearch)
