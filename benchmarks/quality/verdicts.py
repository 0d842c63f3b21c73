"""Measure the verdicts on labelled pairs of news claims.

    python -m benchmarks.quality.verdicts [--part test] [--set mined]

Prints, for each set: macro-F1 over the four labels ("suggested" counts as same), precision, recall and F1 of
contradiction and same, precision of "same" alone (what joins clusters), recall of each kind, and pairs a second.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.quality.verdicts_data import Labelled, Set, load
from pipeline.contradictions.compare import Encode, claim_of, pair_of, pair_with
from pipeline.contradictions.judge import judge
from pipeline.models.cross_encoder import CrossEncoder
from schemas.pair import Pair
from schemas.verdict import LABELS, Verdict


@dataclass(frozen=True)
class Rates:
    """Precision, recall and F1 of one label."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True)
class Figures:
    """What was measured on one set; `kinds` holds (found, all) by kind of contradiction."""

    pairs: int
    rates: dict[str, Rates]
    joined_precision: float
    kinds: dict[str, tuple[int, int]]
    pairs_per_second: float

    @property
    def macro_f1(self) -> float:
        """The mean of the labels' F1."""
        return sum(rates.f1 for rates in self.rates.values()) / len(self.rates)


def measure(rows: Sequence[Labelled], encode: Encode | None) -> Figures:
    """Return the figures of the judge on labelled pairs, as the stream asks it; the time is that of judging alone.

    Without `encode` the cosines given with the data are taken.
    """
    pairs, reader = [_pair(row, encode) for row in rows], CrossEncoder()
    started = time.perf_counter()
    verdicts = [judge(pair, reader) for pair in pairs]
    seconds = time.perf_counter() - started
    return figures(rows, pairs, verdicts, seconds)


def _pair(row: Labelled, encode: Encode | None) -> Pair:
    if encode is not None:
        return pair_of(row.a, row.b, encode)
    if row.cosine is None:
        raise ValueError("measuring verdicts: the data give no cosine; pass an encoder")
    return pair_with(claim_of(row.a), claim_of(row.b), row.cosine)


def figures(rows: Sequence[Labelled], pairs: Sequence[Pair], verdicts: Sequence[Verdict], seconds: float) -> Figures:
    """Return the figures of verdicts against labels."""
    told = ["same" if verdict.verdict == "suggested" else verdict.verdict for verdict in verdicts]
    labels = [row.label for row in rows]
    joined = [row.label == "same" for row, verdict in zip(rows, verdicts, strict=True) if verdict.verdict == "same"]
    every = Counter(row.kind for row in rows if row.kind)
    found = Counter(row.kind for row, name in zip(rows, told, strict=True) if row.kind and name == "contradiction")
    return Figures(
        pairs=len(pairs),
        rates={label: _rates(told, labels, label) for label in LABELS},
        joined_precision=sum(joined) / max(1, len(joined)),
        kinds={str(kind): (found[kind], count) for kind, count in sorted(every.items(), key=str)},
        pairs_per_second=len(pairs) / seconds,
    )


def _rates(told: Sequence[str], labels: Sequence[str], label: str) -> Rates:
    hits = sum(a == b == label for a, b in zip(told, labels, strict=True))
    precision = hits / max(1, told.count(label))
    recall = hits / max(1, list(labels).count(label))
    return Rates(precision, recall, 2 * precision * recall / (precision + recall) if hits else 0.0)


def report(name: str, measured: Figures) -> str:
    """Return the figures as lines of text."""
    lines = [
        f"{name}: {measured.pairs} pairs, macro-F1 {measured.macro_f1:.3f}, {measured.pairs_per_second:.0f} pairs/s"
    ]
    for label in LABELS:
        rates = measured.rates[label]
        lines.append(f"  {label:<14} P {rates.precision:.2f}  R {rates.recall:.2f}  F1 {rates.f1:.2f}")
    lines.append(f"  joined as same P {measured.joined_precision:.2f}")
    lines.append("  found by kind: " + ", ".join(f"{kind} {a}/{b}" for kind, (a, b) in measured.kinds.items()))
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    from pipeline.models.encoder import Encoder

    parser = argparse.ArgumentParser(description="Measure the verdicts on labelled pairs.")
    parser.add_argument("--part", choices=("train", "dev", "test"), default="test")
    parser.add_argument("--set", choices=("written", "mined"), action="append", dest="sets")
    wanted = parser.parse_args()
    encoder = Encoder()
    sets: list[Set] = wanted.sets or ["written", "mined"]
    for name in sets:
        print(report(name, measure(load(name, [wanted.part]), encoder.encode)))


if __name__ == "__main__":
    main()
