"""Measures check-worthiness: `python -m training.checkworthy.evaluate [--part test]`.

Prints for each source the figures of the shipped model and of the rules it replaced, and the reliability of the
model's scores on the fitted source. Sources that were not fitted are measured on all their sentences.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from pipeline.claims.worth.checkworthy import Worth, read_weights
from training.checkworthy.build import WEIGHTS_NAME
from training.checkworthy.figures import Figures, Vector, figures, reliability
from training.checkworthy.rows import DATA, FITTED, Row, read_rows
from training.checkworthy.rules import by_rules

Score = Callable[[str], float]
HEAD = "| source | scored by | rows | positive | AP | AUC | P | R | F1 | best F1 | Brier | ECE |"


def scored(rows: Sequence[Row], score: Score) -> tuple[Vector, Vector]:
    """Return scores and labels of the rows."""
    return np.array([score(row.sentence) for row in rows]), np.array([float(row.label) for row in rows])


def line(source: str, name: str, one: Figures) -> str:
    """Return a line of the table."""
    parts = [one.average_precision, one.auc, one.precision, one.recall, one.f1, one.best_f1, one.brier]
    shown = " | ".join(f"{part:.3f}" for part in [*parts, one.calibration_error])
    return f"| {source} | {name} | {one.rows} | {one.positive} | {shown} |"


def chosen(rows: Sequence[Row], source: str, part: str) -> list[Row]:
    """Return the rows to measure of one source."""
    return [row for row in rows if row.source == source and (source != FITTED or row.part == part)]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures check-worthiness on labelled debates and tweets.")
    parser.add_argument("--data", type=Path, default=DATA, help="labelled sentences, gzipped JSON lines")
    parser.add_argument("--model", type=Path, default=Path("models/checkworthy"), help="folder with the weights")
    parser.add_argument("--part", choices=("dev", "test"), default="test")
    wanted = parser.parse_args()
    rows, worth = read_rows(wanted.data), Worth(read_weights(wanted.model / WEIGHTS_NAME))
    print(HEAD, "|---" * 12 + "|", sep="\n")
    for source in sorted({row.source for row in rows}):
        measured = chosen(rows, source, wanted.part)
        print(line(source, "rules", figures(*scored(measured, by_rules))))
        print(line(source, "model", figures(*scored(measured, worth.probability))))
    measured = chosen(rows, FITTED, wanted.part)
    print("\n| score from | sentences | mean score | share worth checking |\n|---|---|---|---|")
    for start, count, mean, share in reliability(*scored(measured, worth.probability)):
        print(f"| {start:.1f} | {count} | {mean:.3f} | {share:.3f} |")
    started = time.process_time()
    for row in measured:
        worth.logit(row.sentence)
    print(f"\n{(time.process_time() - started) / len(measured) * 1e6:.0f} µs a sentence, its words met before")


if __name__ == "__main__":
    main()
