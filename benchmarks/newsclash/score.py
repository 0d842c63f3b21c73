"""Score verdicts on the benchmark.

    python -m benchmarks.newsclash.score PREDICTIONS.jsonl [--part dev]
    python -m benchmarks.newsclash.score --baselines [--part dev]

A line of PREDICTIONS holds `id`, `verdict` (same, contradiction, compatible or unrelated; "suggested" counts as same)
and, where it has one, `contradiction`: the chance of a contradiction in [0, 1]. Prints macro-F1, precision, recall and
F1 of contradiction and same, the share of each kind that was found and of each near miss that was not taken for a
contradiction; with chances also the area under the ROC curve and the expected calibration error (ten even bins).
`--baselines` scores what is simple (see `baselines.py`) and crossclaim itself.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.newsclash.pairs import LABELS, LabelledPair, load

BINS = 10


@dataclass(frozen=True)
class Prediction:
    """A verdict and, where known, the chance of a contradiction."""

    verdict: str
    contradiction: float | None = None


@dataclass(frozen=True)
class Score:
    """What was measured; `kinds` and `near` hold (right, all)."""

    pairs: int
    rates: Mapping[str, tuple[float, float, float]]
    kinds: Mapping[str, tuple[int, int]]
    near: Mapping[str, tuple[int, int]]
    auroc: float | None
    calibration_error: float | None

    @property
    def macro_f1(self) -> float:
        """The mean of the labels' F1."""
        return sum(f1 for _, _, f1 in self.rates.values()) / len(self.rates)


def score(pairs: Sequence[LabelledPair], told: Mapping[str, Prediction], wanted: Sequence[str] = LABELS) -> Score:
    """Return the figures of predictions by pair id, for the labels `wanted`. Raises KeyError for a pair without one."""
    verdicts = ["same" if (name := told[pair.id].verdict) == "suggested" else name for pair in pairs]
    labels = [pair.label for pair in pairs]
    kinds: defaultdict[str, list[bool]] = defaultdict(list)
    near: defaultdict[str, list[bool]] = defaultdict(list)
    for pair, verdict in zip(pairs, verdicts, strict=True):
        if pair.kind is not None:
            kinds[pair.kind].append(verdict == "contradiction")
        elif pair.near is not None:
            near[pair.near].append(verdict != "contradiction")
    chances = [told[pair.id].contradiction for pair in pairs]
    known = [
        (chance, pair.label == "contradiction")
        for chance, pair in zip(chances, pairs, strict=True)
        if chance is not None
    ]
    whole = len(known) == len(pairs)
    return Score(
        pairs=len(pairs),
        rates={label: _rates(verdicts, labels, label) for label in wanted},
        kinds=_counts(kinds),
        near=_counts(near),
        auroc=auroc(known) if whole else None,
        calibration_error=calibration_error(known) if whole else None,
    )


def _counts(found: Mapping[str, Sequence[bool]]) -> dict[str, tuple[int, int]]:
    return {name: (sum(right), len(right)) for name, right in sorted(found.items())}


def _rates(told: Sequence[str], labels: Sequence[str], label: str) -> tuple[float, float, float]:
    hits = sum(a == b == label for a, b in zip(told, labels, strict=True))
    every, wanted = Counter(told)[label], Counter(labels)[label]
    return hits / max(1, every), hits / max(1, wanted), 2 * hits / max(1, every + wanted)


def auroc(known: Sequence[tuple[float, bool]]) -> float:
    """Return the chance that a contradiction is ranked above another pair (Mann and Whitney, 1947); ties count half."""
    positives = sorted(chance for chance, right in known if right)
    negatives = sorted(chance for chance, right in known if not right)
    if not positives or not negatives:
        return 0.5
    above = below = 0
    won = 0.0
    for chance in positives:
        while below < len(negatives) and negatives[below] < chance:
            below += 1
        above = max(above, below)
        while above < len(negatives) and negatives[above] == chance:
            above += 1
        won += below + (above - below) / 2
    return won / (len(positives) * len(negatives))


def calibration_error(known: Sequence[tuple[float, bool]]) -> float:
    """Return the mean distance of chance and share of contradictions over even bins, each by its pairs."""
    bins: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for chance, right in known:
        bins[min(BINS - 1, int(chance * BINS))].append((chance, right))
    off = (abs(sum(c for c, _ in one) - sum(r for _, r in one)) for one in bins.values())
    return sum(off) / max(1, len(known))


def report(name: str, measured: Score) -> str:
    """Return the figures as lines of text."""
    lines = [f"{name}: {measured.pairs} pairs, macro-F1 {measured.macro_f1:.3f}"]
    lines += [
        f"  {label:<14} P {p:.3f}  R {r:.3f}  F1 {f1:.3f}"
        for label in ("contradiction", "same")
        for p, r, f1 in (measured.rates[label],)
    ]
    if measured.auroc is not None and measured.calibration_error is not None:
        lines.append(f"  contradiction  AUROC {measured.auroc:.3f}  calibration error {measured.calibration_error:.3f}")
    lines.append("  found by kind: " + ", ".join(f"{kind} {a}/{b}" for kind, (a, b) in measured.kinds.items()))
    lines.append("  not taken in by: " + ", ".join(f"{near} {a}/{b}" for near, (a, b) in measured.near.items()))
    return "\n".join(lines)


def read_predictions(path: Path) -> dict[str, Prediction]:
    """Return the predictions of a file by pair id."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {row["id"]: Prediction(row["verdict"], row.get("contradiction")) for row in rows}


def main() -> None:
    """Score a file of predictions, or the baselines."""
    parser = argparse.ArgumentParser(description="Score verdicts on the benchmark.")
    parser.add_argument("predictions", type=Path, nargs="?")
    parser.add_argument("--part", choices=("dev", "test"), default="test")
    parser.add_argument("--baselines", action="store_true")
    wanted = parser.parse_args()
    if wanted.predictions is None and not wanted.baselines:
        parser.error("give a file of predictions, or --baselines")
    pairs = load(wanted.part)
    if wanted.predictions is not None:
        print(report(wanted.predictions.name, score(pairs, read_predictions(wanted.predictions))))
    if wanted.baselines:
        from benchmarks.newsclash.baselines import BASELINES

        for name, baseline in BASELINES.items():
            print(report(name, score(pairs, baseline(pairs))))


if __name__ == "__main__":
    main()
