"""Judge the pairs of a replay again: which layer decides how many of them, and how many pairs a second.

    crossclaim replay IN.jsonl --out OUT
    python -m benchmarks.speed.cascade OUT [--sample 20000] [--processes 2]

Prints pairs a second of the cascade and of the rules alone, all processes together; each layer's share of the pairs
and of the contradictions; how often the model of pairs was asked, for how many articles, and what one reading costs.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import Manager
from pathlib import Path
from threading import Barrier
from typing import NamedTuple, get_args

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
TOGETHER_SECONDS = 3_600.0
"""Longest that a process waits for the others: one that failed must not hold them for ever."""


class _Side(msgspec.Struct):
    claim_id: str


class _Line(msgspec.Struct):
    pair_id: str
    similarity: float
    shared: tuple[str, ...]
    near_copy: bool
    context: float | None
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
                context=line.context,
            )


class Timed:
    """The model of pairs, its calls counted and timed."""

    def __init__(self) -> None:
        settings = load()
        self._reader = CrossEncoder(find_verdict_model(settings.verdicts.model, settings.models))
        self._reader("The port was closed.", "The port was not closed.")  # what loads at the first pair is not counted
        self.calls, self.seconds = 0, 0.0

    def __call__(self, a: str, b: str) -> Mapping[str, float]:
        started = time.perf_counter()
        told = self._reader(a, b)
        self.seconds += time.perf_counter() - started
        self.calls += 1
        return told


class Judged(NamedTuple):
    """What one process found of its pairs (layer and verdict of each), and the seconds that it took."""

    found: list[tuple[str, str]]
    seconds: float
    alone: float
    """Seconds of the rules without the model."""
    calls: int
    reading: float
    """Seconds in the model."""


def judge_all(pairs: list[Pair], together: Barrier) -> Judged:
    """Judge pairs twice, with the model and without; processes begin each round together."""
    timed = Timed()
    together.wait()
    started = time.perf_counter()
    found = [decide(pair, timed) for pair in pairs]
    seconds = time.perf_counter() - started
    together.wait()
    started = time.perf_counter()
    for pair in pairs:
        decide(pair)
    alone = time.perf_counter() - started
    return Judged([(one.layer, one.verdict) for one in found], seconds, alone, timed.calls, timed.seconds)


def side_by_side(pairs: list[Pair], processes: int) -> list[Judged]:
    """Deal the pairs to processes, as partitions are dealt to workers, and judge them."""
    dealt = [pairs[number::processes] for number in range(processes)]
    with Manager() as manager, ProcessPoolExecutor(processes) as pool:
        together = manager.Barrier(processes, timeout=TOGETHER_SECONDS)
        return list(pool.map(judge_all, dealt, [together] * processes))


def report(judged: list[Judged], articles: float) -> str:
    """Return the figures in words; those of all processes together, of the slowest where it is time."""
    found = [one for some in judged for one in some.found]
    seconds, alone = (max(getattr(one, name) for one in judged) for name in ("seconds", "alone"))
    calls, reading = (sum(getattr(one, name) for one in judged) for name in ("calls", "reading"))
    speeds = f"{len(found) / seconds:,.0f} pairs/s, rules alone {len(found) / alone:,.0f} pairs/s"
    lines = [f"{len(found):,} pairs, {len(judged)} processes: {speeds}"]
    for layer in get_args(Layer):
        verdicts = Counter(verdict for name, verdict in found if name == layer)
        listed = ", ".join(f"{name} {count:,}" for name, count in verdicts.most_common())
        lines.append(f"  {layer:<8}{verdicts.total() / len(found):6.1%}  {listed}")
    told = sum(verdict == "contradiction" for _, verdict in found)
    lines.append(
        f"model of pairs: asked {calls:,} times ({calls / len(found):.1%} of the pairs, {calls / articles:.2f} an"
        f" article), {1000 * reading / max(1, calls):.1f} ms each; {told:,} contradictions told"
    )
    return "\n".join(lines)


def main() -> None:
    """Judge and print."""
    parser = argparse.ArgumentParser(description="Judge the pairs of a replay again.")
    parser.add_argument("folder", type=Path, help="what `crossclaim replay --out` wrote")
    parser.add_argument("--sample", type=int, default=20_000, help="pairs judged, drawn by a seed; 0: all")
    parser.add_argument("--processes", type=int, default=2, help="workers side by side, each on one core")
    wanted = parser.parse_args()
    claims = read_claims(wanted.folder)
    pairs = list(read_pairs(wanted.folder, claims))
    share = 1.0
    if 0 < wanted.sample < len(pairs):
        share = wanted.sample / len(pairs)
        pairs = random.Random(SEED).sample(pairs, wanted.sample)  # noqa: S311 (a sample, not a secret)
    articles = len({claim.article_id for claim in claims.values()}) * share
    print(report(side_by_side(pairs, wanted.processes), articles))


if __name__ == "__main__":
    main()
