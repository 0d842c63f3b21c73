"""How soon the board shows something: `python -m benchmarks.speed.board [--claims N] [--elasticsearch URL]`.

Fills an index with claims made of the sample newsroom's (their words mixed with another's, their vectors turned a
little, their times spread over a fortnight), so that words are as frequent as in news and vectors as near;
a fifth as many clusters, a fiftieth as many contradictions. Then asks for the pages as a browser does, each once cold
and then several times, and prints milliseconds and bytes. Times of these machines are noisy: compare pages of one run.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track
from starlette.testclient import TestClient

from benchmarks.quality.newsroom import newsroom_articles
from board.app import create_app
from pipeline import compose
from pipeline.config import Elasticsearch, load
from pipeline.flow import Flow
from pipeline.index.documents import documents
from pipeline.index.sqlite import SqliteIndex
from pipeline.ports import Document, Index
from schemas.claim import ArticleClaims
from schemas.cluster import Cluster
from schemas.contradiction import Contradiction
from schemas.ids import digest

BATCH = 2_000
TIMES = 7
NOW = datetime(2026, 11, 20, tzinfo=UTC)
WORDS = ("Rostec staff Venezuela", "ferry", "recalled infant formula", "who denied the talks", "minister")


def bodies() -> dict[str, list[dict[str, Any]]]:
    """Return documents of the newsroom, by collection."""
    found: dict[str, dict[str, dict[str, Any]]] = {"claims": {}, "clusters": {}, "contradictions": {}}
    flow = Flow(compose.analysis(load()), clock_ms=lambda: 0)
    for output in flow.run(newsroom_articles(NOW)):
        if isinstance(output.message, ArticleClaims | Cluster | Contradiction):
            for document in documents(output.message):
                found[document.collection][document.id] = dict(document.body)
    return {name: [b for b in each.values() if b.get("status") == "open"] for name, each in found.items()}


def varied(collection: Any, kinds: Sequence[dict[str, Any]], count: int, seed: int = 1) -> Iterator[Document]:
    """Yield `count` documents, each like one of `kinds`: its id its own, its words mixed with another's."""
    chance = random.Random(seed)  # noqa: S311 - it makes test data
    numbers = np.random.default_rng(seed)
    id_field, time_field = {
        "claims": ("claim_id", "published_at"),
        "clusters": ("cluster_id", "last_seen"),
        "contradictions": ("contradiction_id", "first_seen"),
    }[collection]
    for number in range(count):
        body, other = dict(chance.choice(kinds)), chance.choice(kinds)
        body[id_field] = digest(collection, number)
        body[time_field] = (NOW - timedelta(seconds=chance.randrange(14 * 86_400))).isoformat()
        if collection == "claims":
            words = (body["standalone"] + " " + other["standalone"]).split()
            body["standalone"] = " ".join(chance.sample(words, max(4, len(words) // 2)))
            body["outlet"] = f"{body['outlet']} {chance.randrange(40)}"
            vector = np.asarray(body["vector"]) + numbers.normal(0, 0.03, len(body["vector"]))
            body["vector"] = (vector / np.linalg.norm(vector)).round(5).tolist()
        yield Document(collection, body[id_field], 1, body)


def fill(index: Index, claims: int) -> None:
    """Fill an index, with progress on standard error."""
    kinds = bodies()
    for collection, count in (("claims", claims), ("clusters", claims // 5), ("contradictions", claims // 50)):
        batch: list[Document] = []
        made = varied(collection, kinds[collection], count)
        for document in track(made, collection, count, console=Console(stderr=True), transient=True):
            batch.append(document)
            if len(batch) == BATCH:
                index.write(batch)
                batch = []
        index.write(batch)


def measure(index: Index, encode: Callable[[str], Sequence[float]]) -> list[dict[str, Any]]:
    """Return for each page its times in milliseconds, cold and warm, and its bytes."""
    with TestClient(create_app(index, encode=encode), base_url="http://127.0.0.1:8600") as client:
        contradiction = digest("contradictions", 0)
        pages = ["/", "/contradictions", f"/contradictions/{contradiction}", "/search", "/suggest?q=ros"]
        pages += [f"/search?q={words.replace(' ', '+')}" for words in WORDS] + ["/search?outlet=Meridian+Wire+3"]
        return [_one(client, page) for page in pages]


def _one(client: TestClient, page: str) -> dict[str, Any]:
    times = []
    size = 0
    for _ in range(TIMES):
        began = perf_counter()
        answer = client.get(page)
        times.append((perf_counter() - began) * 1000)
        assert answer.status_code == 200, (page, answer.status_code)
        size = len(answer.content)
    warm = sorted(times[1:])
    return {"page": page, "cold_ms": times[0], "median_ms": warm[len(warm) // 2], "worst_ms": warm[-1], "bytes": size}


def main() -> None:
    """Fill, ask, print a table (or JSON lines)."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--elasticsearch", metavar="URL", help="use this one instead of SQLite (indices board-bench-…)")
    parser.add_argument("--keep", type=Path, help="folder for the SQLite index, used again when it is filled")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    from pipeline.models.encoder import Encoder

    encoder = Encoder()
    with tempfile.TemporaryDirectory() as temporary:
        index = _open(given, given.keep or Path(temporary))
        if index.search_total() < given.claims:
            fill(index.index, given.claims)
        rows = measure(index.index, lambda words: encoder.encode([words])[0].tolist())
    for row in rows:
        if given.json:
            print(json.dumps(row))
        else:
            times = "cold {cold_ms:7.1f}  median {median_ms:7.1f}  worst {worst_ms:7.1f} ms".format(**row)
            print(f"{row['page']:<56} {times}  {row['bytes']:>8,} B")


class _open:  # noqa: N801 - used as a function
    """The index asked for, and how many claims it holds."""

    def __init__(self, given: argparse.Namespace, folder: Path) -> None:
        if given.elasticsearch:
            from pipeline.index import templates
            from pipeline.index.elastic import ElasticIndex
            from pipeline.index.elastic.client import connect

            settings = Elasticsearch(url=given.elasticsearch, prefix="board-bench-", timeout_seconds=120)
            templates.set_up(connect(settings), settings.prefix)
            self.index: Index = ElasticIndex(settings)
        else:
            self.index = SqliteIndex(folder / "index.sqlite")

    def search_total(self) -> int:
        from pipeline.ports import Query

        return self.index.search(Query("claims", limit=0)).total


if __name__ == "__main__":
    main()
