"""How good verdicts are, and how far their probabilities can be taken at their word."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.checkworthy.figures import figures as ranked
from training.checkworthy.figures import reliability
from training.verdicts.data import VERDICTS

Scores = NDArray[np.float64]
Numbers = NDArray[np.int64]

CONTRADICTION, SAME = VERDICTS.index("contradiction"), VERDICTS.index("same")
TEMPERATURES = np.geomspace(0.25, 8.0, 301)
FLOOR = 1e-9


@dataclass(frozen=True)
class Figures:
    """Precision, recall and F1 of contradictions hold at a threshold of their probability, `best_f1` at its best.

    `same_f1` and `macro_f1` are those of the likeliest verdict, `auc` ranks contradictions against the rest,
    `calibration_error` is the mean distance of the likeliest verdict's probability from its share of right ones.
    """

    pairs: int
    accuracy: float
    macro_f1: float
    precision: float
    recall: float
    f1: float
    best_f1: float
    best_threshold: float
    same_f1: float
    auc: float
    calibration_error: float


def softmax(scores: Scores, temperature: float = 1.0) -> Scores:
    """(pairs, classes) scores → probabilities."""
    raised = np.exp((scores - scores.max(axis=1, keepdims=True)) / temperature)
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def prf(told: NDArray[np.bool_], wanted: NDArray[np.bool_]) -> tuple[float, float, float]:
    """Precision, recall and F1; 0 where nothing was told or wanted."""
    right = float((told & wanted).sum())
    precision, recall = right / max(1.0, float(told.sum())), right / max(1.0, float(wanted.sum()))
    return precision, recall, 2 * right / max(1.0, float(told.sum() + wanted.sum()))


def best(scores: Scores, wanted: NDArray[np.bool_]) -> tuple[float, float]:
    """The highest F1 of any threshold, and that threshold."""
    return max((prf(scores >= limit, wanted)[2], float(limit)) for limit in np.unique(scores))


def figures(probabilities: Scores, labels: Numbers, threshold: float) -> Figures:
    """The figures of (pairs, classes) probabilities; at least one pair is a contradiction and one is none."""
    told, wanted = probabilities.argmax(axis=1), labels == CONTRADICTION
    each = [prf(told == number, labels == number)[2] for number in range(len(VERDICTS))]
    of_contradiction = probabilities[:, CONTRADICTION]
    precision, recall, f1 = prf(of_contradiction >= threshold, wanted)
    best_f1, best_threshold = best(of_contradiction, wanted)
    return Figures(
        pairs=len(labels),
        accuracy=float((told == labels).mean()),
        macro_f1=float(np.mean(each)),
        precision=precision,
        recall=recall,
        f1=f1,
        best_f1=best_f1,
        best_threshold=best_threshold,
        same_f1=each[SAME],
        auc=ranked(of_contradiction, wanted.astype(np.float64)).auc,
        calibration_error=calibration_error(probabilities, labels),
    )


def calibration_error(probabilities: Scores, labels: Numbers) -> float:
    sure, right = probabilities.max(axis=1), (probabilities.argmax(axis=1) == labels).astype(np.float64)
    return sum(abs(row[2] - row[3]) * row[1] for row in reliability(sure, right)) / len(labels)


def loss(scores: Scores, labels: Numbers, temperature: float = 1.0) -> float:
    """Mean negative logarithm of the right verdict's probability."""
    given = softmax(scores, temperature)[np.arange(len(labels)), labels]
    return float(-np.log(np.maximum(given, FLOOR)).mean())


def fitted_temperature(scores: Scores, labels: Numbers) -> float:
    """The temperature of the least loss (Guo et al., ICML 2017), to about one hundredth."""
    return float(min(TEMPERATURES, key=lambda one: loss(scores, labels, float(one))))
