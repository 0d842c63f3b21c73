"""How matching grows with the claims it holds: `python -m benchmarks.speed.growth [--claims 10000 100000 1000000]`.

The claims are the 26,750 of the labelled searches (benchmarks/quality/search) and changed copies of them, as in
benchmarks.speed.search, in articles of nine. A window is filled with them without matching; then, at each size, the
claims of further articles, changed copies again, are matched and held. Prints CPU milliseconds a claim; memory a claim
(of the whole process, less what it was before); and how many of the partners that an exact search of all vectors finds
(the nearest above the threshold of matching, at most as many as it keeps, of other articles) matching found, too.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice
from time import process_time
from typing import Any

import msgspec
import numpy as np
from rich.console import Console
from rich.progress import track

from benchmarks.quality.search.corpus import Corpus, corpus
from benchmarks.speed.search import CHANGED, TURNED
from pipeline.matching import stage
from pipeline.matching.stage import MAX_PAIRS, MIN_COSINE, MatchSettings, match
from pipeline.matching.window import HeldArticle, Window
from pipeline.metrics import memory_mb
from schemas.claim import ArticleClaims, Claim
from schemas.pair import Pair

SEED = 4
SIZES = (10_000, 100_000, 1_000_000)
TRIED = 100
"""Articles that are matched at each size."""
SEARCHED = 10
"""Of these, those whose partners are searched exactly, too: a second a claim, among a million."""
NINE = 9
"""Claims an article, as many as the real ones have."""
SETTINGS = MatchSettings(window_days=36_500.0, window_claims=10**9)
"""Copies have the times of their originals, which lie years apart: here all are within the window."""


@dataclass(frozen=True)
class Row:
    """What was measured at one size."""

    claims: int
    ms: float
    kilobytes: float
    pairs: float
    recall: float


def main() -> None:
    """Measure each size, and print."""
    sizes = sorted(_arguments().claims)
    known = corpus()
    articles = _articles(known, np.random.default_rng(SEED))
    window, vectors = Window(), np.zeros((sizes[-1] + NINE * TRIED * len(sizes) + NINE, 384), np.float16)
    owners: list[str] = []
    gc.collect()
    before = memory_mb()
    print(
        "| claims held | CPU ms a claim | KB a claim | pairs a claim | found of exact search |\n|---|---|---|---|---|"
    )
    for size in sizes:
        missing = range((size - len(owners)) // NINE)
        for _ in track(missing, f"filling to {size:,}", console=Console(stderr=True)):
            article = next(articles)
            _keep(article, vectors, owners)
            views = stage._views(article, stage._vectors(article, 384))
            window.hold(article.article_id, HeldArticle(1, article.content_hash, article.signature), views)
        gc.collect()
        held = memory_mb() - before - (vectors[: len(owners)].nbytes + sum(map(sys.getsizeof, owners))) / 1e6
        print(_shown(_measured(window, vectors, owners, list(islice(articles, TRIED)), held)), flush=True)


def _measured(
    window: Window, vectors: Any, owners: list[str], articles: Sequence[ArticleClaims], held_mb: float
) -> Row:
    """Match articles, timed, and look for their partners exactly."""
    size, seconds, found, wanted, got = len(window), 0.0, 0, 0, 0
    for number, article in enumerate(articles):
        exact = _exact(article, vectors[: len(owners)], owners) if number < SEARCHED else []
        began = process_time()
        pairs = [pair for pair in match(window, article, SETTINGS) or () if isinstance(pair, Pair)]
        seconds += process_time() - began
        _keep(article, vectors, owners)
        ends = {(pair.a.claim_id, pair.b.claim_id) for pair in pairs}
        found += len(ends)
        wanted += len(exact)
        got += sum((a, b) in ends or (b, a) in ends for a, b in exact)
    claims = NINE * len(articles)
    # The exact search's own vectors are no part of what matching holds.
    return Row(size, 1000 * seconds / claims, 1000 * held_mb / size, found / claims, got / max(1, wanted))


def _exact(article: ArticleClaims, held: Any, owners: Sequence[str]) -> list[tuple[str, str]]:
    rows = np.frombuffer(article.vectors, "<f2").reshape(NINE, -1).astype(np.float32)
    found = []
    for claim, row in zip(article.claims, rows, strict=True):
        cosines = np.concatenate(
            [part.astype(np.float32) @ row for part in np.array_split(held, 1 + len(held) // 50_000)]
        )
        near = np.flatnonzero(cosines >= MIN_COSINE)
        best = near[np.argsort(-cosines[near], kind="stable")][:MAX_PAIRS]
        found += [(claim.claim_id, owners[at]) for at in best]
    return found


def _keep(article: ArticleClaims, vectors: Any, owners: list[str]) -> None:
    rows = np.frombuffer(article.vectors, "<f2").reshape(NINE, -1)
    vectors[len(owners) : len(owners) + NINE] = rows
    owners.extend(claim.claim_id for claim in article.claims)


def _articles(known: Corpus, random: np.random.Generator) -> Iterator[ArticleClaims]:
    """Yield articles of NINE claims without end: the collection, then changed copies of it, each in another order."""
    words = [word for claim in known.claims for word in claim.standalone.split()]
    for turn in count():
        order = random.permutation(len(known.claims)) if turn else np.arange(len(known.claims))
        for number, start in enumerate(range(0, len(order) - NINE, NINE)):
            id = f"{turn}-{number}"
            chosen = order[start : start + NINE]
            claims = [
                _claim(known.claims[at], f"{id}-{place}", id, words, random, turn) for place, at in enumerate(chosen)
            ]
            rows = [_turned(known.vectors[at], random) if turn else known.vectors[at] for at in chosen]
            yield ArticleClaims(
                article_id=id, revision=1, outlet=id, url=f"https://{id}.example/", published_at=claims[0].published_at,
                content_hash=id, claims=tuple(claims), vectors=np.stack(rows).astype("<f2").tobytes(), dimensions=384,
            )  # fmt: skip


def _claim(one: Claim, id: str, article: str, words: Sequence[str], random: np.random.Generator, turn: int) -> Claim:
    own = one.standalone.split()
    if turn:
        drawn = random.integers(0, len(words), len(own))
        own = [
            words[at] if change else word
            for word, change, at in zip(own, random.random(len(own)) < CHANGED, drawn, strict=True)
        ]
    # Each claim has texts of its own, as those that come by the topic have.
    copy = msgspec.json.decode(msgspec.json.encode(one), type=Claim)
    return msgspec.structs.replace(copy, claim_id=id, article_id=article, standalone=" ".join(own), denies=None)


def _turned(vector: Any, random: np.random.Generator) -> Any:
    """A unit vector whose cosine with `vector` is about TURNED."""
    aside = random.standard_normal(len(vector))
    turned = TURNED * vector.astype(np.float64) + (1 - TURNED**2) ** 0.5 * aside / np.linalg.norm(aside)
    return turned / np.linalg.norm(turned)


def _shown(row: Row) -> str:
    return f"| {row.claims:,} | {row.ms:.1f} | {row.kilobytes:.1f} | {row.pairs:.1f} | {row.recall:.3f} |"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed.growth", description=__doc__)
    parser.add_argument("--claims", type=int, nargs="+", default=SIZES, help="sizes of the window")
    return parser.parse_args()


if __name__ == "__main__":
    main()
