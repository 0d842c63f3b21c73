"""How good a ranking is by graded answers. Pure.

A grade is 0 to 3 (guide.md); what was not graded counts as 0. RELEVANT and better is what a person would want to read.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

DEPTH = 10
"""Places that are looked at: what a page of results shows before one scrolls."""

RELEVANT = 2

ROUNDS = 2_000
"""Samples of an interval; its ends then move by less than the last digit that is printed."""

SEED = 12

Grades = Mapping[str, int]


class Interval(NamedTuple):
    """A mean and the bounds between which 95 % of its bootstrap samples lie."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Score:
    """One search: nDCG, reciprocal rank, recall, and the share of its places that nobody graded."""

    ndcg: float
    reciprocal_rank: float
    recall: float
    unjudged: float


def score(ranked: Sequence[str], grades: Grades) -> Score:
    """Return the score of a ranking of ids. Raises ValueError when no answer is relevant: nothing can be found then."""
    if not has_answer(grades):
        raise ValueError("scoring a search: none of its graded claims is relevant; leave it out")
    top = list(ranked[:DEPTH])
    return Score(
        ndcg=gain([grades.get(id, 0) for id in top]) / gain(sorted(grades.values(), reverse=True)[:DEPTH]),
        reciprocal_rank=reciprocal_rank(top, grades),
        recall=recall(top, grades),
        unjudged=sum(id not in grades for id in top) / len(top) if top else 0.0,
    )


def has_answer(grades: Grades) -> bool:
    """Whether any graded claim is relevant."""
    return any(grade >= RELEVANT for grade in grades.values())


def gain(grades: Sequence[int]) -> float:
    """Discounted cumulative gain: 2^grade - 1 over log2(place + 1) (Burges et al., ICML 2005)."""
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, start=1))


def reciprocal_rank(top: Sequence[str], grades: Grades) -> float:
    """One over the place of the first relevant claim, 0 where there is none."""
    places = (place for place, id in enumerate(top, start=1) if grades.get(id, 0) >= RELEVANT)
    return 1 / next(places, math.inf)


def recall(top: Sequence[str], grades: Grades) -> float:
    """Share of the relevant claims that were found, of DEPTH where there are more than fit."""
    relevant = {id for id, grade in grades.items() if grade >= RELEVANT}
    return len(relevant.intersection(top)) / min(DEPTH, len(relevant))


def interval(values: Sequence[float]) -> Interval:
    """Return the mean over searches and its 95 % bootstrap interval, the same for the same values."""
    sample = np.asarray(values, np.float64)
    drawn = np.random.default_rng(SEED).integers(0, len(sample), (ROUNDS, len(sample)))
    low, high = np.percentile(sample[drawn].mean(axis=1), [2.5, 97.5])
    return Interval(float(sample.mean()), float(low), float(high))
