"""Quantities: the figures of a claim as intervals with unit, role and what is counted.

A sentence is split into words (figures/words.py) and read from left to right: a numeral (numerals.py) or a share
(shares.py) with its unit (measures.py), or a factor or a word for none (factors.py); numbers that are no quantities are
left out (no_figures.py); two ends are joined to a range, and hedges widen the interval (hedges.py). Then units that are
said once for two figures are supplied, and the parse tells what is counted and which role the figure has (counted.py,
roles.py).
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.claims.figures.counted import counted
from pipeline.claims.figures.factors import factor, nothing
from pipeline.claims.figures.figure import Figure, Kind
from pipeline.claims.figures.hedges import hedged
from pipeline.claims.figures.measures import Measure, compound, measure
from pipeline.claims.figures.no_figures import is_no_figure, is_result_before
from pipeline.claims.figures.roles import role
from pipeline.claims.figures.units import DURATIONS, LENGTHS, METRES, UNITS
from pipeline.claims.figures.words import DASHES, Words, may_begin, may_hold_figures
from pipeline.claims.parsed import Parsed
from pipeline.claims.wordlist import words as word_list
from schemas.claim import Quantity

MAX_QUANTITIES = 24
"""More figures than this in one sentence are a table; the rest is left out."""

_RANGING = word_list("range ranges ranged ranging vary varies varied varying anywhere spanning span spans")
_WHOLE = DURATIONS | LENGTHS | frozenset({"ton", "tonne", "acre", "hectare", "percent", "litre", "gallon", "lb"})
"""Units that "a" can stand before as one of them where a hedge shows that it counts: "less than a week"."""


def quantities(parsed: Parsed, text: str, start: int, end: int) -> tuple[Quantity, ...]:
    """Return the figures between article offsets `start` and `end`; their own offsets count from `start`.

    `text` is the article's text. At most MAX_QUANTITIES, in order of position.
    """
    if not len(parsed.doc) or not may_hold_figures(parsed.clean.text):
        return ()
    words = Words(parsed.doc)
    figures = _elided(words, _figures(words))
    origin = parsed.clean.origin
    found: list[Quantity] = []
    for figure in figures:
        first, last = origin[words[figure.start].start], origin[words[figure.end - 1].end - 1] + 1
        if start <= first and last <= end:
            found.append(_quantity(words, figure, figures, text[first:last], first - start, last - start))
    return tuple(found)


def _quantity(words: Words, figure: Figure, figures: list[Figure], text: str, start: int, end: int) -> Quantity:
    doing = role(words, figure, figures)
    return Quantity(
        text=text,
        low=figure.low,
        high=figure.high,
        approximate=figure.approximate,
        unit=figure.unit,
        counted=figure.whom or counted(words, figure, doing),
        role=doing,
        start=start,
        end=end,
    )


def _figures(words: Words) -> list[Figure]:
    found: list[Figure] = []
    position = 0
    while position < len(words) and len(found) < MAX_QUANTITIES:
        if not may_begin(words, position):
            position += 1
            continue
        floor = found[-1].end if found else 0
        figure, after = _figure(words, position, floor)
        if figure is not None:
            found.append(figure)
        position = max(after, position + 1)
    return found


def _figure(words: Words, position: int, floor: int) -> tuple[Figure | None, int]:
    """Return the figure at a position, or None, and the word to go on from."""
    none = nothing(words, position)
    if none is not None:
        return Figure(
            position, none.end, position, none.end, none.end, 0.0, 0.0, False, None, "none", none.whom
        ), none.end
    found = factor(words, position)
    if found is not None:
        return _factor(words, found, floor), found.end
    found = measure(words, position) or _one_of_unit(words, position, floor)
    if found is None:
        return None, position + 1
    joined = _range(words, found)
    if is_no_figure(words, joined._replace(start=found.start)):
        return None, max(joined.bare, position + 1)
    kind: Kind = "share" if joined.unit == "percent" and joined.end == joined.bare else "number"
    return _widened(words, _signed(words, joined), floor, kind), joined.end


def _widened(words: Words, found: Measure, floor: int, kind: Kind) -> Figure:
    start, end, low, high, approximate = hedged(words, found, floor)
    if low == high or found.end > end:
        end = max(end, found.end)
    return Figure(
        start,
        end,
        found.start,
        found.bare,
        found.end,
        low,
        high,
        approximate,
        found.unit,
        kind,
        None,
        found.hyphen,
        found.scale,
    )


def _factor(words: Words, found: Measure, floor: int) -> Figure:
    figure = _widened(words, found, floor, "factor")
    if found.low < 1 and words.low(found.start) != "half" and (figure.low is None) != (figure.high is None):
        figure = replace(figure, low=figure.high, high=figure.low)  # "more than halved" is less than half
    return figure


def _one_of_unit(words: Words, position: int, floor: int) -> Measure | None:
    """Read "a week" after a hedge: "less than a week", "nearly an hour"."""
    if words.low(position) not in ("a", "an") or words.low(position + 1) not in UNITS:
        return None
    unit, factor_ = UNITS[words.low(position + 1)]
    if unit not in _WHOLE:
        return None
    found = Measure(position, position + 1, position + 2, factor_, factor_, unit)
    if words.before(position + 5, 3) == ("and", "a", "half"):
        return found._replace(end=position + 5, low=1.5 * factor_, high=1.5 * factor_)
    longer = compound(words, found)
    if longer.end > found.end:
        return longer
    widened = hedged(words, found, floor)
    return found if widened.start < position and words.low(position - 1) not in ("to", "in") else None


def _signed(words: Words, found: Measure) -> Measure:
    """Read a minus before a number: "minus 12", "-5C"."""
    before = words.at(found.start - 1)
    dash = before.low in DASHES and words.at(found.start).glued and not before.glued
    frost = words.low(found.end) == "below" and words.low(found.end + 1) in ("zero", "freezing")
    if not (before.low == "minus" or dash or frost) or words.low(found.start - 2) == "or":
        return found
    if frost:
        return found._replace(end=found.end + 2, low=-found.high, high=-found.low, unit=found.unit or "degree")
    return found._replace(start=found.start - 1, low=-found.high, high=-found.low)


def _range(words: Words, found: Measure) -> Measure:
    """Join "10 to 15", "between 10 and 15", "10-15", "two or three"; "from … to" stays two unless it is a range."""
    if found.vague and words.low(found.end) in DASHES:
        return found
    joint, before = words.low(found.end), words.low(found.start - 1)
    between = before == "between"
    if not (joint in DASHES or joint in ("to", "or") or (joint == "and" and between)):
        return found
    if joint == "to" and before == "from" and not _ranges(words, found.start - 1):
        return found
    other = measure(words, found.end + 1)
    if other is None or not _fits(words, found, other, joint):
        return found
    if joint == "to" and not _STEPS.isdisjoint(words.before(found.start, 3)) and not _is_step(found, other):
        return found
    factor_ = (
        other.scale
        if found.scale == 1.0 and other.scale >= 1e3 and found.low < other.low / other.scale * 1.0001
        else 1.0
    )
    if found.unit != other.unit and found.unit in METRES and other.unit in METRES:
        found = found._replace(low=found.low * METRES[found.unit] / METRES[other.unit], unit=other.unit)
    start = found.start - between
    return found._replace(
        start=start,
        bare=other.bare,
        end=other.end,
        low=found.low * factor_,
        high=other.high,
        unit=found.unit or other.unit,
        vague=found.vague or other.vague,
        hyphen=other.hyphen,
        plain=found.plain and other.plain,
        scale=max(found.scale, other.scale),
    )


_STEPS = word_list("by up down")


def _is_step(low: Measure, high: Measure) -> bool:
    """Whether "by 12 to 15 percent" is one range, and not a change and its end as in "by £2,212 to £86,584"."""
    metric = low.unit in METRES and high.unit in METRES
    return metric or (low.unit is None and high.unit is not None and high.low <= 3 * low.low)


def _ranges(words: Words, position: int) -> bool:
    """Whether "from" at a position begins a range and not a change: "ranging from"."""
    return not _RANGING.isdisjoint(words.before(position, 3))


def _fits(words: Words, low: Measure, high: Measure, joint: str) -> bool:
    """Whether two measures are the ends of one range: rising, of one unit; "3-1" and "2024-25" are none."""
    if low.unit is not None and high.unit is not None and low.unit != high.unit:
        metric = low.unit in METRES and high.unit in METRES
        return metric and low.low * METRES[low.unit] < high.low * METRES[high.unit]
    if low.unit is not None and high.unit is None and (low.end > low.bare or low.unit == "percent"):
        return False  # "10 percent to 50", "a tenth to 22,600"
    factor_ = high.scale if low.scale == 1.0 and high.scale >= 1e3 and low.low < 1e3 else 1.0
    if low.low * factor_ >= high.high:
        return False
    if joint == "or":
        return high.low <= low.low * factor_ * 2 + 1 and (
            high.unit is not None or words.tag(high.end)[:2] in ("NN", "JJ", "RB")
        )
    if joint in DASHES and low.plain and high.plain and high.unit is None:
        if 1500 <= low.low <= 2100 and len(words.at(low.start).text) == 4:
            return True  # a span of years; left out as such
        return (low.low >= 10 or words.tag(high.end) in ("NN", "NNS", "JJ")) and not is_result_before(words, low.start)
    return True


def _elided(words: Words, figures: list[Figure]) -> list[Figure]:
    """Supply the unit and scale that two figures share but only one of them has: "to 2.1 from 2.6 percent"."""
    found = list(figures)
    for n in range(len(found) - 2, -1, -1):
        if _shares(words, found[n], found[n + 1], found[n], found[n + 1]):
            found[n] = _like(found[n], found[n + 1])
    for n in range(1, len(found)):
        if _shares(words, found[n], found[n - 1], found[n - 1], found[n]) or _is_sum(words, found[n], found[:n]):
            found[n] = _like(found[n], found[n - 1])
    return found


def _shares(words: Words, bare: Figure, full: Figure, first: Figure, second: Figure) -> bool:
    if bare.unit is not None or full.unit is None or bare.kind != "number" or full.kind not in ("number",):
        return False
    if words.tag(bare.end)[:2] in ("NN", "JJ") or words.low(bare.end) in DASHES:
        return False
    between = [words.low(step) for step in range(first.end, second.start)]
    if (full.unit == "percent" and (bare.high or bare.low or 0) > 1000) or (
        between and between[0] == "," and len(between) > 2
    ):
        return False
    return (
        0 < len(between) <= 4
        and between[0] in ("from", "to", "and", ",", "or", "then", "against")
        and all(
            word in ("from", "to", "and", ",", "or", "then", "just", "a", "by", "in", "against", "only", "even")
            for word in between
        )
    )


_GIVEN = word_list("granted got received offered given awarded paid gets get receives won")


def _is_sum(words: Words, bare: Figure, earlier: list[Figure]) -> bool:
    """Whether a bare number after "was granted" takes up a sum said just before."""
    last = earlier[-1] if earlier else None
    if last is None or last.unit is None or len(last.unit) != 3 or bare.unit is not None or bare.kind != "number":
        return False
    ends = words.low(bare.end) in ("", ".", ",", ";")
    return ends and words.low(bare.start - 1) in _GIVEN and bare.start - last.end < 8


def _like(bare: Figure, full: Figure) -> Figure:
    factor_ = full.scale if bare.scale == 1.0 and full.scale >= 1e3 and (bare.high or bare.low or 0) < 1e3 else 1.0
    low, high = (None if end is None else end * factor_ for end in (bare.low, bare.high))
    return replace(bare, low=low, high=high, unit=full.unit, scale=bare.scale * factor_)
