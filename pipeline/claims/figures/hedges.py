"""Hedges around a measure, "about", "more than", "or so", and the interval that they make of it."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.claims.figures.meanings import ABOUT, AFTER, BEFORE
from pipeline.claims.figures.measures import Measure
from pipeline.claims.figures.units import DURATIONS
from pipeline.claims.figures.words import Words
from pipeline.claims.wordlist import words as word_list

_BETWEEN = word_list("another a an the only just its their further extra as record")
"""Words that may stand between a hedge and its number: "up to another 50"."""
_LASTING = word_list(
    "for in after of by within since last lasts lasted lasting take takes took taking taken spend spent spending wait "
    "waited is was were are be been than and to with every"
)
"""What stands before "over two hours" where that is a bound; elsewhere it is a stretch of time ("over two years")."""
_GO_UP = word_list(
    "go goes went going gone rise rises rose risen climb climbs climbed jump jumps jumped shot shoot pushed push "
    "moved move crept creep edged edge edges inched ticked bumped nudged soared surged brought raised raise bring "
    "drove"
)


class Hedged(NamedTuple):
    """Words [start, end) of a measure with its hedges, and its interval; None is open."""

    start: int
    end: int
    low: float | None
    high: float | None
    approximate: bool


def hedged(words: Words, found: Measure, floor: int = 0) -> Hedged:
    """Return a measure widened by the hedges around it; words before `floor` belong to another figure."""
    low, high = sorted((found.low, found.high))
    start, kind = _before(words, found, floor)
    end = found.end
    if kind is None and (after := _after(words, found.end)) is not None:
        end, kind = after
    return Hedged(start, end, *_interval(kind, low, high), _approximate(kind, found))


def _interval(kind: str | None, low: float, high: float) -> tuple[float | None, float | None]:
    if kind == "least":
        return low, None
    if kind == "most":
        return None, high
    below = kind in ("about", "below")
    above = kind in ("about", "above")
    ends = (low - ABOUT * abs(low) if below else low, high + ABOUT * abs(high) if above else high)
    return round(ends[0], 6), round(ends[1], 6)


def _approximate(kind: str | None, found: Measure) -> bool:
    return found.vague or kind in ("about", "below", "above")


def _before(words: Words, found: Measure, floor: int) -> tuple[int, str | None]:
    start = found.start
    for skipped in range(2):
        at = start - skipped
        for phrase, kind in BEFORE.get(words.low(at - 1), ()):
            first = at - len(phrase)
            if first < floor or words.before(at, len(phrase)) != phrase:
                continue
            if _holds(words, found, first, phrase, floor):
                return first, kind
            return start, None
        if words.low(start - 1) not in _BETWEEN:
            break
    return start, None


def _holds(words: Words, found: Measure, first: int, phrase: tuple[str, ...], floor: int) -> bool:
    """Whether words before a number are a hedge here, and not a preposition of time or place."""
    before = words.low(first - 1)
    if phrase[-1] == "than" and (first == floor > 0 or (found.unit in DURATIONS and phrase[0] not in ("more", "less"))):
        return False  # "17 percent higher than two years ago"
    if phrase in (("below",), ("above",)) and words.low(found.start) == "zero":
        return False
    if phrase[0] == "as" and first == floor > 0:
        return False  # "twice as many as"
    if phrase in (("over",), ("under",)) and found.unit in DURATIONS:
        return (
            before in _LASTING or first == 0 or words.low(found.end) in ("ago", "of", "old", "later", "and", "earlier")
        )
    if phrase == ("up", "to"):
        return before not in _GO_UP
    if phrase == ("around",) and before in ("turned", "turn", "all"):
        return False
    return not (phrase == ("some",) and found.low <= 1 and found.unit is None)


def _after(words: Words, position: int) -> tuple[int, str] | None:
    for length in (3, 2, 1):
        phrase = words.before(position + length, length) if position + length <= len(words) else ()
        kind = AFTER.get(phrase)
        if kind is None or (phrase[0] == "-" and not words.at(position).glued):
            continue
        if phrase == ("plus",) and words.tag(position + 1)[:2] not in ("NN", "JJ"):
            continue
        if phrase == ("at", "least") and words.low(position + 2) not in (",", ".", "", ";"):
            continue
        return position + length, kind
    return None
