"""How much two claims speak of the same thing, by their words: shares of common content, in [0, 1], order-free."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.contradictions.reading import Reading

_NAME_WEIGHT = 1.5
"""A name says more about what a claim is about than a common word."""


@dataclass(frozen=True)
class Alignment:
    """What two readings share.

    `overlap` is the weighted share of the shorter claim's words that the other has too, `jaccard` that of all words;
    `names` whether a name is shared, `apart` whether both have names and share none.
    """

    shared: frozenset[str]
    overlap: float
    jaccard: float
    names: bool
    apart: bool


def align(a: Reading, b: Reading) -> Alignment:
    """Return the alignment of two readings."""
    shared = a.words & b.words
    proper = a.names | b.names
    both, left, right = (_weight(words, proper) for words in (shared, a.words, b.words))
    names = bool(a.names & b.names)
    return Alignment(
        shared=shared,
        overlap=both / min(left, right) if left and right else 0.0,
        jaccard=both / (left + right - both) if left or right else 0.0,
        names=names,
        apart=bool(a.names and b.names) and not names,
    )


def _weight(words: frozenset[str], proper: frozenset[str]) -> float:
    return sum(_NAME_WEIGHT if word in proper else 1.0 for word in words)
