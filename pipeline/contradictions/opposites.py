"""Opposite outcomes: won against lost, rose against fell, acquitted against convicted (list: opposites.toml)."""

from __future__ import annotations

from pipeline.contradictions.align import Alignment
from pipeline.contradictions.finding import Finding
from pipeline.contradictions.gate import one_frame
from pipeline.contradictions.reading import Reading, one_word
from pipeline.contradictions.tables import OPPOSITES
from pipeline.matching.words import stem, tokens


def opposite_words(a: Reading, b: Reading) -> tuple[str, str] | None:
    """Return a word of `a` and its opposite in `b`, as they stand there, or None.

    A word that the other claim has too is not opposed by it ("rose after it fell" against "fell").
    """
    left, right = _by_stem(a.core), _by_stem(b.core)
    for word in sorted(left.keys() - right.keys()):
        against = sorted((OPPOSITES.get(word, frozenset()) & right.keys()) - left.keys())
        if against:
            return left[word], right[against[0]]
    return None


def _by_stem(text: str) -> dict[str, str]:
    return {stem(word): word for word in tokens(one_word(text))}


def opposite_findings(a: Reading, b: Reading, alignment: Alignment) -> list[Finding]:
    """Find opposite outcomes; where only one side negates they may agree ("did not win" and "lost")."""
    words = opposite_words(a, b)
    if words is None or bool(a.negations) != bool(b.negations):
        return []
    plain = one_frame(a, b, alignment)
    return [Finding("opposite", 1.0, f"opposite outcomes: '{words[0]}' against '{words[1]}'", plain=plain)]
