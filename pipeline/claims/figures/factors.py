"""Factors and nothings: "doubled", "three times as many", "half that", "10-fold"; "no", "none", "not a single".

A factor is the new size divided by the old.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.claims.figures.meanings import FACTORS
from pipeline.claims.figures.measures import Measure
from pipeline.claims.figures.numerals import numeral
from pipeline.claims.figures.shares import is_relative_half
from pipeline.claims.figures.words import DASHES, Words
from pipeline.claims.wordlist import words as word_list

Factor = Measure
"""A measure whose number is a factor."""

_COMPARING = word_list(
    "as the that those what more higher bigger larger greater faster less lower its their his her over"
)
_MADE = word_list(
    "exaggerated exaggerate inflated inflate overstated overstate multiplied multiply increased increase grown"
)
_NOT_DOUBLE = word_list(
    "digit digits bed room bill act agent bass murder homicide standards jeopardy life fault decker"
)


def factor(words: Words, position: int) -> Factor | None:
    """Return the factor that begins at a position, or None."""
    low = words.low(position)
    if low in FACTORS:
        return _changed(words, position)
    if low == "half":
        if not is_relative_half(words, position):
            return None
        if words.low(position - 1) == "in" and not _cut(words, position):
            return None
        return _made(position, position + 1, 0.5)
    if low in ("twice", "thrice"):
        if words.low(position + 1) in ("a", "weekly", "daily", "yearly", "-") or not _compares(words, position + 1):
            return None
        return _made(position, position + 1, 2.0 if low == "twice" else 3.0)
    found = numeral(words, position)
    if found is None:
        return None
    after = words.at(found.end)
    step = found.end + (after.low in DASHES)
    if words.low(step) == "fold":
        return _made(position, step + 1, found.low, found.high, found.vague)
    if after.glued and after.low == "x" and not words.at(found.end + 1).text[:1].isdigit():
        return _made(position, found.end + 1, found.low)
    if words.low(step) in ("times", "time") and _compares(words, step + 1, position):
        return _made(position, step + 1, found.low, found.high, found.vague)
    return None


def _made(start: int, end: int, low: float, high: float | None = None, vague: bool = False) -> Factor:
    return Measure(start, end, end, low, low if high is None else high, None, 1.0, vague)


def _cut(words: Words, position: int) -> bool:
    return bool(word_list("cut slash slashed reduce reduced cuts slashing cutting") & set(words.before(position, 8)))


def _compares(words: Words, position: int, start: int | None = None) -> bool:
    """Whether what follows "three times" compares sizes rather than counting how often."""
    low, tag = words.low(position), words.tag(position)
    if low in ("the", "that", "those", "its", "their", "his", "her", "over", "what"):
        return words.tag(position + 1)[:2] in ("NN", "JJ", "VB", "RB", "PR", "CD", "", ",", ".") or low != "the"
    if low in _COMPARING or tag in ("JJR", "RBR"):
        return True
    if low in ("average", "normal", "usual", "annual", "current", "previous", "original", "as"):
        return True
    before = words.before(start, 6) if start is not None else ()
    return not _MADE.isdisjoint(before)


def _changed(words: Words, position: int) -> Factor | None:
    low, tag, after = words.low(position), words.tag(position), words.low(position + 1)
    if after in DASHES and words.at(position + 1).glued:
        return None
    if low in ("double", "triple", "quadruple", "treble"):
        comparing = after in ("the", "that", "its", "their", "what", "last", "those", "this")
        if after in _NOT_DOUBLE or not (tag[:2] == "VB" or comparing):
            return None
    if low in ("doubles", "halves", "triples") and tag[:2] != "VB":
        return None
    if low in ("doubled", "doubling") and after in ("down", "up", "over", "as", "back"):
        return None
    if low.endswith(("ed", "ing", "e", "es", "d")) and tag[:2] not in ("VB", "JJ", "NN", "RB", "IN", "PD", "DT"):
        return None
    return _made(position, position + 1, FACTORS[low])


class Nothing(NamedTuple):
    """Words [start, end) that say zero; `whom` is what is counted where the word itself says it ("nobody")."""

    start: int
    end: int
    whom: str | None = None


_NOT_NONE = word_list(
    "doubts ways ones terms plans signs comments means reasons words questions complaints circumstances details "
    "surprises problems secrets indications regrets illusions excuses news politics economics lessons guarantees "
    "choices options intentions buts ifs limits longer more less fewer later sooner matter hopes apologies prospects "
    "strings bounds hands ties links holds-barred"
)
_NO_MORE = word_list("longer matter more less fewer")
_SINGULAR = word_list(
    "person man woman child patient arrest death casualty injury victim passenger soldier officer vote goal case "
    "survivor staff worker patient job state country player seat bid charge suspect body bomb gun weapon shot school"
)
"""Singular nouns after "no" that can be counted ("no arrest"); others are stuff or idioms ("no money")."""


def nothing(words: Words, position: int) -> Nothing | None:
    """Return the "no", "none", "nobody", "not one", "zero" at a position where it counts, or None."""
    low, after = words.low(position), words.low(position + 1)
    if low == "nobody" or (low == "no" and (after == "one" or (after in DASHES and words.low(position + 2) == "one"))):
        return Nothing(position, position + (1 if low == "nobody" else 2 if after == "one" else 3), "person")
    if low == "no":
        return Nothing(position, position + 1) if _countable(words, position + 1) else None
    if low == "none":
        idiom = after in ("other", "too", "the") or words.before(position, 2) in (("second", "to"), ("to", "bar"))
        return None if idiom or words.low(position - 1) == "bar" else Nothing(position, position + 1)
    if low == "not" and after in ("one", "a"):
        if after == "a" and words.low(position + 2) != "single":
            return None
        if after == "one" and words.low(position + 2) == "single":
            return Nothing(position, position + 3)
        plain = after == "a" or (words.tag(position + 2) in ("NN", "JJ", "NNP") or words.low(position + 2) == "of")
        return Nothing(position, position + (3 if after == "a" else 2)) if plain else None
    return None


def _countable(words: Words, position: int) -> bool:
    """Whether what follows "no" is counted: a plural, or a singular that is not stuff, or "talk of any cuts"."""
    step = position
    while words.tag(step) in ("JJ", "JJR", "NN", "VBN", "VBG", "NNP", "CC") or words.low(step) == "-":
        if step > position + 4 or (step == position and words.low(step) in _NO_MORE):
            return False
        step += 1
    if words.tag(step) == "NNS":
        return words.low(step) not in _NOT_NONE
    if words.tag(step) == "IN" and words.low(step) == "of" and words.low(step + 1) == "any":
        return words.tag(step + 2) == "NNS" and words.low(step - 1) in (
            "talk",
            "mention",
            "report",
            "record",
            "discussion",
        )
    return step > position and words.low(step - 1) in _SINGULAR and words.tag(step - 1) == "NN"
