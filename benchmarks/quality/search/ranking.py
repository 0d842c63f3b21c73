"""The searches run on a store, three ways: by words alone, by meaning alone, by both as the board does."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Literal, get_args

from benchmarks.quality.search.labels import Search
from benchmarks.quality.search.metrics import DEPTH
from deploy.services import Elasticsearch
from pipeline.config import Elasticsearch as Settings
from pipeline.index.elastic import ElasticIndex
from pipeline.index.elastic.client import connect
from pipeline.index.sqlite import SqliteIndex
from pipeline.index.templates import set_up
from pipeline.models.encoder import Encoder
from pipeline.ports import Document, Index, Query

Way = Literal["words", "meaning", "both"]
WAYS: tuple[Way, ...] = get_args(Way)
Store = Literal["sqlite", "elasticsearch"]
STORES: tuple[Store, ...] = get_args(Store)

PREFIX = "search-benchmark-"
BATCH = 2_000
"""Documents written together."""

Ranked = Mapping[str, Sequence[str]]
"""The ids of the first DEPTH claims by search."""


@contextmanager
def opened(store: Store, documents: Iterable[Document], url: str | None = None) -> Iterator[Index]:
    """Lend an index of a store that holds the documents; it is gone afterwards.

    Elasticsearch is started for it, or taken from `url`. Raises PrerequisiteMissingError where it cannot be had.
    """
    if store == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            index = SqliteIndex(Path(folder) / "index.sqlite")
            fill(index, documents)
            yield index
            index.close()
        return
    node = None if url else Elasticsearch()
    try:
        if node:
            node.start()
        with elastic(url or node.url) as settings:  # type: ignore[union-attr]
            index_there = ElasticIndex(settings)
            fill(index_there, documents)
            with connect(settings) as client:
                client.indices.refresh(index=f"{PREFIX}*")
            yield index_there
            index_there.close()
    finally:
        if node:
            node.close()


@contextmanager
def elastic(url: str) -> Iterator[Settings]:
    """Lend settings whose indices are made for the block."""
    settings = Settings(url=url, prefix=PREFIX, timeout_seconds=60)
    with connect(settings) as client:
        set_up(client, PREFIX)
        try:
            yield settings
        finally:
            for alias in client.indices.get_alias(index=f"{PREFIX}*"):
                client.indices.delete(index=alias)


def fill(index: Index, documents: Iterable[Document]) -> None:
    """Write all documents. Raises ValueError for one that is refused."""
    waiting = iter(documents)
    while batch := list(islice(waiting, BATCH)):
        refused = index.write(batch).refused
        if refused:
            raise ValueError(f"filling the index: {refused[0].document.id} was refused: {refused[0].reason}")


def vectors(asked: Sequence[Search]) -> dict[str, list[float]]:
    """Return the vector of each search by its id, as the board makes it."""
    encoder = Encoder()
    return {one.id: encoder.encode([one.text])[0].tolist() for one in asked}


def rank(index: Index, asked: Sequence[Search], known: Mapping[str, Sequence[float]], way: Way) -> Ranked:
    """Return what each search finds."""
    return {one.id: [hit.id for hit in index.search(_query(one, known[one.id], way)).hits] for one in asked}


def _query(asked: Search, vector: Sequence[float], way: Way) -> Query:
    words = None if way == "meaning" else asked.text
    return Query("claims", words=words, vector=None if way == "words" else vector, limit=DEPTH)
