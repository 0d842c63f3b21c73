"""What a verdict must be held against: the commonest label, words in common, the cosine alone. With fitted thresholds.

What each tells, and the chance of a contradiction that goes with it, is fitted on pairs beside those measured
(`sets.py`): `fit.py` writes `fitted.json`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import msgspec

from benchmarks.newsclash.baselines import lexical as by_words
from benchmarks.newsclash.pairs import LabelledPair
from benchmarks.newsclash.score import Prediction
from benchmarks.quality.verdict_table.cases import CaseSet, foremost
from benchmarks.quality.verdict_table.reading import Texts

FITTED = Path(__file__).with_name("fitted.json")


class Words(msgspec.Struct, frozen=True):
    """Shares of words in common, and the share of contradictions among the pairs of which each label was told."""

    related: float
    same: float
    chances: dict[str, float]


class Cosine(msgspec.Struct, frozen=True):
    """Cosines below `low`, from there to `high`, and above have a label each; `chances` are of the bins at `edges`."""

    low: float
    high: float
    told: tuple[str, str, str]
    edges: list[float]
    chances: list[float]


class Fitted(msgspec.Struct, frozen=True):
    """What was fitted for one set; `chance` is the share of contradictions, `cases` how many it was fitted on."""

    cases: int
    commonest: str
    chance: float
    words: Words
    cosine: Cosine


@lru_cache
def read_fitted(path: Path = FITTED) -> Mapping[str, Fitted]:
    """Return what was fitted by the name of the set. Raises OSError, msgspec.DecodeError."""
    return msgspec.json.decode(path.read_bytes(), type=dict[str, Fitted])


def majority(cases: CaseSet, fitted: Fitted) -> list[Prediction]:
    """The commonest label for every case."""
    return [Prediction(fitted.commonest, fitted.chance)] * len(cases.cases)


def lexical(cases: CaseSet, fitted: Fitted) -> list[Prediction]:
    """Words in common say whether it is one subject; a negative word or other figures on one side say conflict."""
    words = fitted.words
    return [
        Prediction(label, words.chances.get(label, 0.0)) for label in told_by_words(cases, words.related, words.same)
    ]


def told_by_words(cases: CaseSet, related: float, same: float) -> list[str]:
    """Return the label of each case by the heuristic of NewsClash's baselines."""
    rows = [LabelledPair(str(number), "", "", a, b, "") for number, (a, b) in enumerate(cases.pairs)]
    told = by_words(rows, related, same)
    each = (cases.names[told[row.id].verdict] for row in rows)
    return [foremost([next(each) for _ in case.pairs]) for case in cases.cases]


def cosine(cases: CaseSet, fitted: Fitted, texts: Texts) -> list[Prediction]:
    """The cosine alone, of a case's nearest pair: each of three ranges has the label that fits it best."""
    return [predicted(value, fitted.cosine) for value in cosines(cases, texts)]


def predicted(value: float, fitted: Cosine) -> Prediction:
    """Return what a cosine says."""
    label = fitted.told[(value >= fitted.low) + (value >= fitted.high)]
    return Prediction(label, fitted.chances[bisect_right(fitted.edges, value)])


def cosines(cases: CaseSet, texts: Texts) -> list[float]:
    """Return the highest cosine of each case's pairs."""
    return [max(texts.cosine(pair) for pair in case.pairs) for case in cases.cases]
