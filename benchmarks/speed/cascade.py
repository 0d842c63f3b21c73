"""Judge the pairs of a replay again: which layer decides how many of them, and how many pairs a second.

    crossclaim replay IN.jsonl --out OUT
    python -m benchmarks.speed.cascade OUT [--sample 20000]

Prints pairs a second of the whole cascade and of the rules alone, on one thread; for each layer its share of the pairs
and of the contradictions; how often the model of pairs was asked, for how many articles, and what one reading costs.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

import msgspec

from pipeline.config import load
from pipeline.contradictions.judge import decide
from pipeline.matching.stage import resolved
from pipeline.models.cross_encoder import CrossEncoder
from pipeline.models.verdict_files import find_verdict_model
from schemas.claim import Claim
from schemas.pair import Pair
from schemas.verdict import Layer

SEED = 1


class _Side(msgspec.Struct):
    claim_id: str


class _Line(msgspec.Struct):
    pair_id: str
    similarity: float
    shared: tuple[str, ...]
    near_copy: bool
    a: _Side
    b: _Side


def read_claims(folder: Path) -> dict[str, Claim]:
    """Return the claims of a replay by id; the last revision counts. Raises FileNotFoundError."""
    with (folder / "claims.jsonl").open("rb") as lines:
        return {claim.claim_id: claim for claim in map(msgspec.json.Decoder(Claim).decode, lines)}


def read_pairs(folder: Path, claims: Mapping[str, Claim]) -> Iterator[Pair]:
    """Yield the pairs of a replay with their claims, as matching made them. Raises FileNotFoundError."""
    decode = msgspec.json.Decoder(_Line).decode
    with (folder / "pairs.jsonl").open("rb") as lines:
        for line in map(decode, lines):
            a, b = (resolved(claims[side.claim_id], claims) for side in (line.a, line.b))
            yield Pair(
                pair_id=line.pair_id,
                a=a,
                b=b,
                similarity=line.similarity,
                shared=line.shared,
                near_copy=line.near_copy,
            )


class Timed:
    """The model of pairs, its calls counted and timed."""

    def __init__(self) -> None:
        settings = load()
        self._reader = CrossEncoder(find_verdict_model(settings.verdicts.model, settings.models))
        self.calls, self.seconds = 0, 0.0

    def __call__(self, a: str, b: str) -> Mapping[str, float]:
        started = time.perf_counter()
        told = self._reader(a, b)
        self.seconds += time.perf_counter() - started
        self.calls += 1
        return told


def main() -> None:
    """Judge and print."""
    parser = argparse.ArgumentParser(description="Judge the pairs of a replay again.")
    parser.add_argument("folder", type=Path, help="what `crossclaim replay --out` wrote")
    parser.add_argument("--sample", type=int, default=20_000, help="pairs judged, drawn by a seed; 0: all")
    wanted = parser.parse_args()
    claims = read_claims(wanted.folder)
    pairs = list(read_pairs(wanted.folder, claims))
    share = 1.0
    if 0 < wanted.sample < len(pairs):
        share = wanted.sample / len(pairs)
        pairs = random.Random(SEED).sample(pairs, wanted.sample)  # noqa: S311 (a sample, not a secret)
    articles = len({claim.article_id for claim in claims.values()}) * share
    timed = Timed()
    timed("The port was closed.", "The port was not closed.")  # what loads at the first pair is not counted
    timed.calls, timed.seconds = 0, 0.0
    started = time.perf_counter()
    found = [decide(pair, timed) for pair in pairs]
    seconds = time.perf_counter() - started
    started = time.perf_counter()
    for pair in pairs:
        decide(pair)
    alone = time.perf_counter() - started
    told = [one for one in found if one.verdict == "contradiction"]
    print(f"{len(pairs):,} pairs: {len(pairs) / seconds:,.0f} pairs/s, rules alone {len(pairs) / alone:,.0f} pairs/s")
    for layer in get_args(Layer):
        some = [one for one in found if one.layer == layer]
        verdicts = Counter(one.verdict for one in some)
        listed = ", ".join(f"{name} {count:,}" for name, count in verdicts.most_common())
        print(f"  {layer:<8}{len(some) / len(pairs):6.1%}  {listed}")
    print(
        f"model of pairs: asked {timed.calls:,} times ({timed.calls / len(pairs):.1%} of the pairs,"
        f" {timed.calls / articles:.2f} an article), {1000 * timed.seconds / max(1, timed.calls):.1f} ms each;"
        f" {len(told):,} contradictions told"
    )


if __name__ == "__main__":
    main()
