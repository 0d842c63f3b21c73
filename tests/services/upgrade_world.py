"""An index that is written and read all the while, with an account of what was acknowledged and what was seen."""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from elasticsearch import Elasticsearch

from pipeline.config import Elasticsearch as Settings
from pipeline.errors import Retryable
from pipeline.index.elastic import ElasticIndex
from pipeline.index.templates import set_up
from pipeline.ports import Document, Query
from tests.pipeline.index.index_builders import direction, document

OLDER = json.loads((Path(__file__).parent / "data" / "claims-of-an-older-version.json").read_text("utf-8"))
"""A template as an earlier version had it: words are analysed otherwise, and `checkworthy` is of another type."""

AT_ONCE = 40
"""Documents written anew in one write; a quarter as many are new."""

DOCUMENTS = 8_000
"""No more are made: a search shows at most 10,000."""


def quiet(_doing: str, _done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def made_by_an_older_version(client: Elasticsearch, prefix: str) -> None:
    """Set everything up, but claims as the older version did."""
    alias = f"{prefix}claims"
    client.indices.create(
        index=f"{alias}-000001",
        settings=OLDER["template"]["settings"],
        mappings=OLDER["template"]["mappings"],
        aliases={alias: {"is_write_index": True}},
    )


def set_up_older(client: Elasticsearch, prefix: str) -> None:
    """Everything as this program sets it up, and claims as the older version did."""
    set_up(client, prefix)
    client.indices.delete(index=f"{prefix}claims-000001")
    client.indices.delete_index_template(name=f"{prefix}claims")
    made_by_an_older_version(client, prefix)


def sample(n: int, version: int, said: str = "") -> Document:
    """A claim; `sentence` tells one write from another of the same version."""
    near = {"vector": direction(n % 380, 0.3)} if n % 10 == 0 else {}
    return document(f"d{n}", version=version, revision=version, checkworthy=0.5, sentence=f"{version} {said}", **near)


class Traffic:
    """One thread that writes, one that searches and one that gets; what is wrong is found in `troubles`."""

    def __init__(self, settings: Settings, first: int) -> None:
        self.index = ElasticIndex(settings)
        self.kept: dict[str, tuple[int, str]] = {}
        self.troubles: list[str] = []
        self.waited = 0
        self.writes = self.searches = 0
        self._next = first
        self._random = random.Random(20)
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=[work]) for work in self._works()]

    def write(self, documents: list[Document]) -> None:
        """Write until it is acknowledged, as a worker does."""
        while True:
            try:
                report = self.index.write(documents)
                break
            except Retryable:
                self.waited += 1
                if self._stop.is_set():
                    return
        assert not report.refused, report.refused[0].reason
        kept = dict(self.kept)
        for each in documents:
            if each.version >= kept.get(each.id, (-1, ""))[0]:
                kept[each.id] = (each.version, each.body["sentence"])
        self.kept = kept
        self.writes += 1

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something is so."""
        deadline = monotonic() + 240
        while not condition():
            assert monotonic() < deadline
            assert not self.troubles, self.troubles[0]
            sleep(0.02)

    def until_written(self, more: int) -> None:
        """Wait until so many more writes were acknowledged."""
        wanted = self.writes + more
        self.until(lambda: self.writes >= wanted)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Write and read as long as the context lasts."""
        for thread in self._threads:
            thread.start()
        try:
            yield
        finally:
            self._stop.set()
            for thread in self._threads:
                thread.join()
            self.index.close()

    def _works(self) -> list[Callable[[], None]]:
        seen: set[str] = set()
        return [self._write_some, lambda: self._search(seen), self._get]

    def _run(self, work: Callable[[], None]) -> None:
        try:
            while not self._stop.is_set():
                work()
        except Exception as error:  # whatever ends a thread is what the test is to tell
            self.troubles.append(f"{type(error).__name__}: {error}")

    def _write_some(self) -> None:
        """New documents, newer versions, late older ones, and the same version in other words."""
        new = range(self._next, min(DOCUMENTS, self._next + AT_ONCE // 4))
        documents = {f"d{n}": sample(n, 1) for n in new}
        self._next = new.stop
        for id in self._random.sample(sorted(self.kept), AT_ONCE):
            version, step = self.kept[id][0], self._random.choice((-1, 0, 1, 1))
            documents[id] = sample(int(id[1:]), max(0, version + step), f"rewritten {self.writes}")
        self.write(list(documents.values()))
        self._stop.wait(0.02)  # a core is left to the server: some 1,500 documents a second, ten times the world's news

    def _search(self, seen: set[str]) -> None:
        found = [hit.id for hit in self.index.search(Query("claims", sort="newest", limit=DOCUMENTS)).hits]
        if len(found) != len(set(found)):
            self.troubles.append(f"seen twice: {len(found) - len(set(found))} documents")
        if gone := seen - set(found):
            self.troubles.append(f"seen before, and not now: {len(gone)} documents, {sorted(gone)[:3]}")
        seen.update(found)
        self.searches += 1

    def _get(self) -> None:
        kept = self.kept
        asked = self._random.sample(sorted(kept), min(200, len(kept)))
        found = self.index.get("claims", asked)
        for id in asked:
            if found.get(id, {"revision": -1})["revision"] < kept[id][0]:
                self.troubles.append(f"{id}: acknowledged with version {kept[id][0]}, and found {found.get(id)}")


def account(client: Elasticsearch, prefix: str, traffic: Traffic) -> None:
    """Everything acknowledged is there in its newest version and words, and nothing else."""
    client.indices.refresh(index=f"{prefix}claims")
    found: dict[str, Any] = {}
    answer = client.search(
        index=f"{prefix}claims", size=10_000, version=True, source_includes=["sentence"], sort=["_doc"]
    )
    for hit in answer["hits"]["hits"]:
        assert hit["_id"] not in found
        found[hit["_id"]] = (hit["_version"], hit["_source"]["sentence"])
    assert len(found) == len(traffic.kept)
    assert found == traffic.kept
