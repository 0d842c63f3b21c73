"""How well scores rank and how far they can be taken at their word."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

BINS = 10
"""Bins of equal width in the table of reliability."""


@dataclass(frozen=True)
class Figures:
    """Figures of scores in [0, 1] against labels; precision, recall and F1 hold at the threshold .5."""

    rows: int
    positive: int
    average_precision: float
    auc: float
    precision: float
    recall: float
    f1: float
    best_f1: float
    brier: float
    calibration_error: float


def figures(scores: Vector, labels: Vector) -> Figures:
    """Return the figures; `labels` are 0 or 1, at least one of each."""
    order = np.argsort(-scores, kind="stable")
    last = np.append(np.flatnonzero(np.diff(scores[order])), len(scores) - 1)  # equal scores are one step
    hits, told = np.cumsum(labels[order])[last], last + 1.0
    precision, recall = hits / told, hits / labels.sum()
    at_half = (scores >= 0.5).astype(float)
    right = float((at_half * labels).sum())
    return Figures(
        rows=len(scores),
        positive=int(labels.sum()),
        average_precision=float((precision * np.diff(recall, prepend=0.0)).sum()),
        auc=_auc(hits / labels.sum(), (told - hits) / (len(labels) - labels.sum())),
        precision=right / max(1.0, float(at_half.sum())),
        recall=right / float(labels.sum()),
        f1=2 * right / float(at_half.sum() + labels.sum()),
        best_f1=float((2 * hits / (told + labels.sum())).max()),
        brier=float(((scores - labels) ** 2).mean()),
        calibration_error=sum(abs(row[2] - row[3]) * row[1] for row in reliability(scores, labels)) / len(scores),
    )


def _auc(recalls: Vector, alarms: Vector) -> float:
    return float(np.trapezoid(np.append(0.0, recalls), np.append(0.0, alarms)))


def reliability(scores: Vector, labels: Vector) -> list[tuple[float, int, float, float]]:
    """Return for each bin that is not empty: where it starts, its rows, their mean score, their share of positives."""
    number = np.minimum((scores * BINS).astype(int), BINS - 1)
    inside = ((one, number == one) for one in range(BINS))
    return [(n / BINS, int(m.sum()), float(scores[m].mean()), float(labels[m].mean())) for n, m in inside if m.any()]
