"""The whole collection: the sample newsroom and 2,888 real articles, taken through all stages once and kept.

    python -m benchmarks.quality.search.corpus

It takes some 40 minutes of a core the first time, shows how far it is, and is kept in ~/.cache/crossclaim/search: the
text of the real articles is their publishers' and must not come into the checkout.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np
from rich.console import Console
from rich.progress import track

from benchmarks.quality.newsroom import newsroom_articles
from benchmarks.quality.real_articles import real_articles
from connectors.archive import article_of
from pipeline import compose
from pipeline.config import load
from pipeline.index.documents import claim_body, cluster, contradiction
from pipeline.models.encoder import Encoder
from pipeline.ports import Document
from pipeline.replay import Summary, replay
from schemas.article import Article
from schemas.claim import Claim
from schemas.cluster import Cluster
from schemas.contradiction import Contradiction

Vectors = np.ndarray[Any, np.dtype[np.float16]]
Form = TypeVar("Form")

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "crossclaim" / "search"
PARTS = ("newsroom", "articles")

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
"""When the newsroom is read: its articles are some hours old at any time, and here always the same."""


@dataclass(frozen=True)
class Corpus:
    """Claims with one row of `vectors` each, (n, 384) float16 of unit length; open clusters and contradictions."""

    claims: tuple[Claim, ...]
    vectors: Vectors
    clusters: tuple[Cluster, ...]
    contradictions: tuple[Contradiction, ...]

    def documents(self) -> Iterator[Document]:
        """Yield everything as it is kept in an index."""
        for claim, vector in zip(self.claims, self.vectors, strict=True):
            yield Document("claims", claim.claim_id, 1, claim_body(claim, 1) | {"vector": vector.tolist()})
        yield from map(cluster, self.clusters)
        yield from map(contradiction, self.contradictions)


def corpus() -> Corpus:
    """Return the collection, made first where it is not kept. Raises FileNotFoundError without the articles."""
    for part in PARTS:
        if not (CACHE / part / "vectors.npy").exists():
            _make(part)
    return Corpus(
        tuple(claim for part in PARTS for claim in _read(part, "claims", Claim)),
        np.concatenate([np.load(CACHE / part / "vectors.npy") for part in PARTS]),
        tuple(one for part in PARTS for one in _read(part, "clusters", Cluster)),
        tuple(one for part in PARTS for one in _read(part, "contradictions", Contradiction)),
    )


def _make(part: str) -> None:
    """Take the articles of a part through all stages; the vectors are written last, and say that it is whole."""
    articles, settings, folder = _articles(part), load(), CACHE / part
    replay(articles, compose.analysis(settings), compose.rules_of(settings), folder, _Shown(part, len(articles)))
    claims = list(_read(part, "claims", Claim))
    encoder = Encoder()
    shown = track([claim.standalone for claim in claims], f"{part}: vectors", console=Console(stderr=True))
    rows = [encoder.encode([text])[0] for text in shown]
    with (folder / "vectors.part").open("wb") as file:
        np.save(file, np.stack(rows).astype("<f2"))
    (folder / "vectors.part").rename(folder / "vectors.npy")


def _articles(part: str) -> list[Article]:
    if part == "newsroom":
        return [article for article in newsroom_articles(NOW) if article.revision == 1]
    return [article_of(fields, NOW) for fields in real_articles()]


def _read(part: str, name: str, form: type[Form]) -> Iterator[Form]:
    with (CACHE / part / f"{name}.jsonl").open("rb") as lines:
        yield from map(msgspec.json.Decoder(form).decode, lines)


@dataclass
class _Shown:
    """Says on stderr how many articles are through, every fifty."""

    part: str
    total: int

    def __call__(self, summary: Summary) -> None:
        done = summary.counts["articles"]
        if done % 50 == 0 or done == self.total:
            print(f"{self.part}: {done} of {self.total} articles, {summary.counts['claims']} claims", file=sys.stderr)


if __name__ == "__main__":
    made = corpus()
    counts = f"{len(made.claims)} claims, {len(made.clusters)} clusters, {len(made.contradictions)} contradictions"
    print(f"{counts} in {CACHE}")
