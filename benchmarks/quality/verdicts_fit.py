"""Fit the weights of pipeline/contradictions/score.py on the train parts of both sets of labelled pairs.

python -m benchmarks.quality.verdicts_fit > pipeline/contradictions/weights.toml
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from benchmarks.quality.verdicts_data import Labelled, load
from pipeline.contradictions.compare import pair_of
from pipeline.contradictions.features import features, look
from pipeline.models.encoder import Encoder
from schemas.verdict import LABELS
from training.verdicts.figures import softmax

MINED_WEIGHT = 1.5
"""A pair found in real articles counts as much as this many that were written."""
RIDGE = 1e-3
STEPS = 1200
RATE = 0.05

Matrix = npt.NDArray[np.float64]


def matrix(rows: Sequence[Mapping[str, float]]) -> tuple[list[str], Matrix]:
    """Return the names of what is weighed and one row a pair, the constant last."""
    names = sorted(rows[0])
    return names, np.array([[row[name] for name in names] + [1.0] for row in rows])


def fit(x: Matrix, labels: list[str], weight: Matrix) -> Matrix:
    """Return the weights (features + 1, labels) of a multinomial logistic model, by Adam on all rows at once."""
    y = np.array([[label == name for name in LABELS] for label in labels], float)
    w = np.zeros((x.shape[1], len(LABELS)))
    first, second = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, STEPS + 1):
        p = softmax(x @ w)
        gradient = x.T @ ((p - y) * weight[:, None]) / weight.sum() + RIDGE * w
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        w -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-9)
    return w


def as_toml(names: list[str], w: Matrix, reader: str, maker: str, pairs: str) -> str:
    """Return the weights as a file that `score.py` reads, and in words whence they are."""
    lines = [
        f"# Weights of {reader}: multinomial logistic regression, made by benchmarks/quality/{maker}",
        f"# on {pairs} (texts not included).",
    ]
    for column, label in enumerate(LABELS):
        lines += ["", f"[{label}]"]
        lines += [f'"{name}" = {w[row, column]:.3f}' for row, name in enumerate([*names, "bias"])]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Fit and print."""
    written, mined = load("written", ["train"]), load("mined", ["train"])
    encoder = Encoder()
    rows: list[Labelled] = [*written, *mined]
    pairs = [pair_of(row.a, row.b, encoder.encode) for row in rows]
    names, x = matrix([features(look(pair.a, pair.b), pair.similarity) for pair in pairs])
    weight = np.array([1.0] * len(written) + [MINED_WEIGHT] * len(mined))
    fitted = fit(x, [row.label for row in rows], weight)
    whence = f"{len(rows)} labelled pairs (train parts of news_pairs.written and news_pairs.mined)"
    sys.stdout.write(as_toml(names, fitted, "score.py", "verdicts_fit.py", whence))


if __name__ == "__main__":
    main()
