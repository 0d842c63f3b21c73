"""What any score must be held against: the commonest label, words in common, the cosine of embeddings; and crossclaim.

Thresholds of the second and third were chosen on the part dev for the best macro-F1 (`python -m
benchmarks.newsclash.baselines` prints the search).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import product

import numpy as np
import numpy.typing as npt

from benchmarks.newsclash.pairs import LabelledPair, load
from benchmarks.newsclash.score import Prediction, score
from pipeline.contradictions.compare import pair_of
from pipeline.contradictions.judge import decide
from pipeline.contradictions.rereading import Read
from pipeline.models.cross_encoder import CrossEncoder
from pipeline.models.encoder import Encoder

Predictions = dict[str, Prediction]
Baseline = Callable[[Sequence[LabelledPair]], Predictions]

_WORD = re.compile(r"\w+")
_NEGATIVE = re.compile(
    r"\b(?:not|no|never|none|nothing|nobody|neither|nor|without|den(?:y|ies|ied)|reject\w*|refut\w*|dismiss\w*|false|"
    r"untrue|hoax|fake|debunk\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d[\d.,]*")

OVERLAP_RELATED, OVERLAP_SAME = 0.05, 0.15
"""Share of words in common (Jaccard) from which a pair is of one subject, and from which it is the same."""

COSINE_RELATED, COSINE_SAME = 0.2, 0.5
"""The same for the cosine of MiniLM's embeddings."""


def majority(pairs: Sequence[LabelledPair]) -> Predictions:
    """Every pair is a contradiction, the commonest label."""
    return {pair.id: Prediction("contradiction", 1.0) for pair in pairs}


def lexical(pairs: Sequence[LabelledPair], related: float = OVERLAP_RELATED, same: float = OVERLAP_SAME) -> Predictions:
    """Words in common say whether it is one subject; a negative word or other figures on one side say conflict."""
    told = {}
    for pair in pairs:
        a, b = ({*map(str.lower, _WORD.findall(text))} for text in (pair.a, pair.b))
        overlap = len(a & b) / max(1, len(a | b))
        negative = (_NEGATIVE.search(pair.a) is None) != (_NEGATIVE.search(pair.b) is None)
        figures = [set(_DIGITS.findall(text)) for text in (pair.a, pair.b)]
        conflicts = negative or (all(figures) and figures[0].isdisjoint(figures[1]))
        told[pair.id] = _told(overlap, related, same, conflicts=conflicts)
    return told


def cosine(pairs: Sequence[LabelledPair], related: float = COSINE_RELATED, same: float = COSINE_SAME) -> Predictions:
    """The cosine alone: far is unrelated, near is the same, between is compatible. It finds no contradiction."""
    return {
        pair.id: _told(value, related, same, conflicts=False)
        for pair, value in zip(pairs, _cosines(pairs), strict=True)
    }


def crossclaim(pairs: Sequence[LabelledPair]) -> Predictions:
    """The verdicts of `crossclaim compare`, with the chance that it gives a contradiction."""
    return _told_by(pairs, _reader(), thorough=True)


def stream(pairs: Sequence[LabelledPair]) -> Predictions:
    """The verdicts that the same pairs get in the stream, where the model is asked about few."""
    return _told_by(pairs, _reader())


def by_rules(pairs: Sequence[LabelledPair]) -> Predictions:
    """The same without the verdict model."""
    return _told_by(pairs, None)


def _told_by(pairs: Sequence[LabelledPair], read: Read | None, *, thorough: bool = False) -> Predictions:
    found = {row.id: decide(pair_of(row.a, row.b, _encoder().encode), read, thorough=thorough) for row in pairs}
    return {name: Prediction(told.verdict, told.chance) for name, told in found.items()}


BASELINES: Mapping[str, Baseline] = {
    "majority": majority,
    "words in common": lexical,
    "cosine": cosine,
    "crossclaim's rules alone": by_rules,
    "crossclaim in the stream": stream,
    "crossclaim": crossclaim,
}


def _told(value: float, related: float, same: float, *, conflicts: bool) -> Prediction:
    if value < related:
        return Prediction("unrelated", 0.0)
    if conflicts:
        return Prediction("contradiction", 1.0)
    return Prediction("same" if value >= same else "compatible", 0.0)


@lru_cache
def _encoder() -> Encoder:
    return Encoder()


@lru_cache
def _reader() -> CrossEncoder:
    return CrossEncoder()


def _cosines(pairs: Sequence[LabelledPair]) -> list[float]:
    texts = sorted({text for pair in pairs for text in (pair.a, pair.b)}, key=len)
    rows: dict[str, npt.NDArray[np.float32]] = {}
    for first in range(0, len(texts), 8):
        batch = texts[first : first + 8]
        rows.update(zip(batch, _encoder().encode(batch), strict=True))
    return [float(rows[pair.a] @ rows[pair.b]) for pair in pairs]


def main() -> None:
    """Print the thresholds with the best macro-F1 on the part dev."""
    pairs = load("dev")
    values = _cosines(pairs)
    steps = [number / 20 for number in range(1, 20)]
    choices = [(related, same) for related, same in product(steps, steps) if related < same]

    def by_cosine(related: float, same: float) -> Predictions:
        return {
            pair.id: _told(value, related, same, conflicts=False) for pair, value in zip(pairs, values, strict=True)
        }

    best = max(choices, key=lambda one: score(pairs, lexical(pairs, *one)).macro_f1)
    print(f"words in common: {best}, macro-F1 {score(pairs, lexical(pairs, *best)).macro_f1:.3f}")
    best = max(choices, key=lambda one: score(pairs, by_cosine(*one)).macro_f1)
    print(f"cosine: {best}, macro-F1 {score(pairs, by_cosine(*best)).macro_f1:.3f}")


if __name__ == "__main__":
    main()
