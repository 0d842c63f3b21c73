"""Logistic regression on sparse rows with numpy alone: L-BFGS, and Platt's calibration of its scores.

The loss is convex and smooth, so that every run ends in the same point; it is followed until the gradient is so small
that the weights no longer change in the digits that are stored.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Loss = Callable[[Vector], tuple[float, Vector]]

MEMORY = 20
MOST_STEPS = 2_000
ENOUGH = 1e-7
"""The gradient's largest component at which the descent ends."""


@dataclass(frozen=True)
class Matrix:
    """Sparse rows: values, the column of each, and where each row starts (none is empty)."""

    values: Vector
    columns: NDArray[np.int64]
    starts: NDArray[np.int64]
    width: int

    def times(self, weights: Vector) -> Vector:
        """Return the product with a vector of `width`: one number a row."""
        products: Vector = np.add.reduceat(self.values * weights[self.columns], self.starts)
        return products

    def transposed_times(self, rows: Vector) -> Vector:
        """Return the product of the transposed matrix with one number a row."""
        counts = np.diff(np.append(self.starts, len(self.values)))
        return np.bincount(self.columns, self.values * np.repeat(rows, counts), self.width).astype(np.float64)


def vocabulary(rows: Sequence[Mapping[str, float]], least: int) -> dict[str, int]:
    """Return the columns of the terms that stand in at least `least` rows, in alphabetical order."""
    counts = Counter(term for row in rows for term in row)
    return {term: number for number, term in enumerate(sorted(t for t, count in counts.items() if count >= least))}


def matrix(rows: Sequence[Mapping[str, float]], columns: Mapping[str, int]) -> Matrix:
    """Return the rows over these columns; every row needs at least one of them (the bias)."""
    kept = [[(columns[term], value) for term, value in row.items() if term in columns] for row in rows]
    starts = np.cumsum([0, *(len(row) for row in kept[:-1])])
    flat = [pair for row in kept for pair in row]
    return Matrix(np.array([v for _, v in flat]), np.array([c for c, _ in flat]), starts, len(columns))


def logistic_loss(data: Matrix, labels: Vector, strength: float, free: int) -> Loss:
    """Return the regularised logistic loss: half the squared weights over `strength`, column `free` not held back."""
    signs = 2.0 * labels - 1.0

    def loss(weights: Vector) -> tuple[float, Vector]:
        margins = signs * data.times(weights)
        held = weights.copy()
        held[free] = 0.0
        value = float(np.logaddexp(0.0, -margins).sum() * strength + 0.5 * (held @ held))
        return value, data.transposed_times(-signs * _sigmoid(-margins)) * strength + held

    return loss


def _sigmoid(x: Vector) -> Vector:
    odds: Vector = 0.5 * (1.0 + np.tanh(0.5 * x))
    return odds


def minimise(loss: Loss, width: int) -> Vector:
    """Return where a convex loss is least, by L-BFGS with halved steps (Nocedal and Wright, 2006, algorithm 7.5).

    Raises RuntimeError if MOST_STEPS do not reach it.
    """
    weights = np.zeros(width)
    value, gradient = loss(weights)
    history: deque[tuple[Vector, Vector]] = deque(maxlen=MEMORY)
    for _ in range(MOST_STEPS):
        if np.abs(gradient).max() <= ENOUGH:
            return weights
        direction = -_towards(gradient, history)
        slope, step = float(gradient @ direction), 1.0 if history else 1.0 / float(np.abs(gradient).sum())
        while step > 1e-12:
            new_value, new_gradient = loss(weights + step * direction)
            if new_value <= value + 1e-4 * step * slope + 1e-12 * abs(value):
                break
            step /= 2
        if float((new_gradient - gradient) @ direction) > 0:
            history.append((step * direction, new_gradient - gradient))
        weights, value, gradient = weights + step * direction, new_value, new_gradient
    raise RuntimeError(f"fitting: the gradient is still {np.abs(gradient).max():.1e} after {MOST_STEPS} steps")


def _towards(gradient: Vector, history: deque[tuple[Vector, Vector]]) -> Vector:
    """Return the gradient times the inverse Hessian that the last steps suggest (two loops)."""
    direction, shares = gradient.copy(), []
    for move, change in reversed(history):
        share = float(move @ direction) / float(move @ change)
        shares.append(share)
        direction -= share * change
    if history:
        move, change = history[-1]
        direction *= float(move @ change) / float(change @ change)
    for (move, change), share in zip(history, reversed(shares), strict=True):
        direction += (share - float(change @ direction) / float(move @ change)) * move
    return direction


def platt(scores: Vector, labels: Vector) -> tuple[float, float]:
    """Return slope and intercept that make scores into log odds (Platt, 1999, with his softened labels)."""
    positive = float(labels.sum())
    negative = len(labels) - positive
    targets = np.where(labels > 0, (positive + 1) / (positive + 2), 1 / (negative + 2))

    def loss(line: Vector) -> tuple[float, Vector]:
        logits = line[0] * scores + line[1]
        wrong = _sigmoid(logits) - targets
        value = float((np.logaddexp(0.0, logits) - targets * logits).sum())
        return value, np.array([float(wrong @ scores), float(wrong.sum())])

    slope, intercept = minimise(loss, 2)
    return float(slope), float(intercept)
