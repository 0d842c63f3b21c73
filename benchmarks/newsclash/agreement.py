"""How far two readers agree who labelled the same pairs apart.

    python -m benchmarks.newsclash.agreement [FIRST.jsonl SECOND.jsonl]

Without files: of the benchmark's own two readings, before the first was mended.
Prints the share of equal labels, Cohen's kappa (Cohen, Educational and Psychological Measurement 20(1), 1960), the same
for contradiction against the rest, and which labels were taken for which.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.newsclash.pairs import FOLDER, LABELS


def kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Return the agreement beyond what chance would give: 1 is always, 0 as by chance."""
    count = len(first)
    equal = sum(a == b for a, b in zip(first, second, strict=True)) / count
    one, other = Counter(first), Counter(second)
    chance = sum(one[label] * other[label] for label in one) / count**2
    return 1.0 if chance == 1 else (equal - chance) / (1 - chance)


def report(first: Sequence[str], second: Sequence[str]) -> str:
    """Return the figures of two readings of the same pairs as lines of text."""
    equal = sum(a == b for a, b in zip(first, second, strict=True))
    contradictions = [[label == "contradiction" for label in labels] for labels in (first, second)]
    lines = [
        f"{len(first)} pairs, equal {equal / len(first):.3f}, kappa {kappa(first, second):.3f}",
        f"contradiction or not: kappa {kappa(*([str(one) for one in side] for side in contradictions)):.3f}",
    ]
    table = Counter(zip(first, second, strict=True))
    lines += [
        f"  first {a:<14}" + "  ".join(f"{b} {table[a, b]}" for b in LABELS)
        for a in LABELS
        if any(table[a, b] for b in LABELS)
    ]
    return "\n".join(lines)


def _labels(path: Path) -> dict[str, str]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {row["id"]: row["label"] for row in rows}


def main() -> None:
    """Read two labellings and print how far they agree on the pairs that both hold."""
    parser = argparse.ArgumentParser(description="How far two readers agree.")
    parser.add_argument("first", type=Path, nargs="?", default=FOLDER / "first.jsonl")
    parser.add_argument("second", type=Path, nargs="?", default=FOLDER / "second.jsonl")
    wanted = parser.parse_args()
    first, second = _labels(wanted.first), _labels(wanted.second)
    both = sorted(first.keys() & second.keys())
    print(report([first[one] for one in both], [second[one] for one in both]))


if __name__ == "__main__":
    main()
