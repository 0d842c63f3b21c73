"""Quantities: the figures of a claim as intervals with unit, role and what is counted.

Years, dates, ordinals, clock times, ids, scores, ages and section numbers are no quantities. What is counted is read
off the dependency parse: the noun the figure belongs to, or for "from 1,000 to 40" the object of the verb.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from pipeline.claims import quantity_words as words
from pipeline.claims.counted import Figure, counted, lower, role, unit_of
from pipeline.claims.parsed import Parsed
from schemas.claim import Quantity

MAX_QUANTITIES = 24
"""More figures than this in one sentence are a table; the rest is left out."""


class _Core(NamedTuple):
    start: int
    end: int
    low: float
    high: float


def quantities(parsed: Parsed, text: str, start: int, end: int) -> tuple[Quantity, ...]:
    """Return the figures between article offsets `start` and `end`; their own offsets count from `start`.

    `text` is the article's text. At most MAX_QUANTITIES, in order of position.
    """
    doc = parsed.doc
    found: list[Quantity] = []
    position = 0
    while position < len(doc) and len(found) < MAX_QUANTITIES:
        figure = _figure(doc, position)
        if figure is None:
            position += 1
            continue
        first, last = parsed.start_of(doc[figure.start]), parsed.end_of(doc[figure.end - 1])
        if start <= first and last <= end:
            found.append(_quantity(doc, figure, text, first, last, start))
        position = figure.end
    return tuple(found)


def _quantity(doc: Any, figure: Figure, text: str, first: int, last: int, base: int) -> Quantity:
    unit = unit_of(doc, figure)
    return Quantity(
        text=text[first:last],
        low=figure.low,
        high=figure.high,
        approximate=figure.approximate,
        unit=unit,
        counted=counted(doc, figure, unit),
        role=role(doc, figure),
        start=first - base,
        end=last - base,
    )


def _figure(doc: Any, position: int) -> Figure | None:
    if doc[position].lower_ == "no":
        return _none(doc, position)
    if doc[position].lower_ in words.FACTORS and doc[position].lower_ != "double":
        value = words.FACTORS[doc[position].lower_]
        return Figure(position, position + 1, value, value, False, position)
    core = _core(doc, position)
    if core is None or _excluded(doc, core):
        return None
    core = _range(doc, core)
    if core is None:
        return None
    return _bounded(doc, core)


def _none(doc: Any, position: int) -> Figure | None:
    token = doc[position]
    if token.dep_ != "det" or token.head.pos_ != "NOUN" or token.head.lemma_.lower() in words.NOT_NONE:
        return None
    return Figure(position, position + 1, 0.0, 0.0, False, position)


def _core(doc: Any, position: int) -> _Core | None:
    """Read a number at `position`: digits or words with scales, a vague word, or a bare plural."""
    lowered = doc[position].lower_
    if lowered in words.VAGUE:
        if lowered == "few" and (position == 0 or doc[position - 1].lower_ not in ("a", "the", "just", "only", "last")):
            return None
        after = position + 1 + (lowered == "couple" and lower(doc, position + 1) == "of")
        return _scaled(doc, position, after, *words.VAGUE[lowered])
    if lowered in words.PLURALS:
        low, high = words.PLURALS[lowered]
        if lower(doc, position + 1) == "of" and lower(doc, position + 2) in words.PLURALS:
            scale = {"thousands": 1e3, "millions": 1e6, "billions": 1e9}.get(lower(doc, position + 2), 1.0)
            return _Core(position, position + 3, low * scale, high * scale)
        times = lower(doc, position + 1) == "of" and lower(doc, position + 2) == "times"
        return _Core(position, position + 3 if times else position + 1, low, high)
    if lowered == "half" and lower(doc, position + 1) == "a" and lower(doc, position + 2) in words.SCALES:
        value = words.SCALES[lower(doc, position + 2)] / 2
        return _Core(position, position + 3, value, value)
    if lowered in words.SCALES and position and doc[position - 1].lower_ in ("a", "per"):
        return _scaled(doc, position, position, 1.0, 1.0)
    plain = words.number(doc[position].text)
    return None if plain is None else _scaled(doc, position, position + 1, plain, plain)


def _scaled(doc: Any, start: int, after: int, low: float, high: float) -> _Core:
    last = low
    while after < len(doc) and after - start < 8:
        lowered = doc[after].lower_
        scale = words.SCALES.get(lowered)
        if scale is None and not doc[after - 1].whitespace_ and _money_before(doc, start):
            scale = words.SUFFIXES.get(lowered)  # "£9m" comes in three tokens
        small = words.SMALL.get(lowered)
        if scale is not None:
            low, high, last = low * scale, high * scale, scale
        elif small is not None and last >= 20 and small < last and doc[after - 1].text != ",":
            low, high, last = low + small, high + small, float(small)
        elif lowered in ("-", "and") and last >= 20 and lower(doc, after + 1) in words.SMALL and lowered == "-":
            pass
        else:
            break
        after += 1
    return _Core(start, after, low, high)


def _money_before(doc: Any, start: int) -> bool:
    return lower(doc, start - 1) in words.CURRENCIES


def _range(doc: Any, core: _Core) -> _Core | None:
    """Join "10 to 15", "between 10 and 15", "10-15"; a falling pair with a dash is a score, so None."""
    joint = lower(doc, core.end)
    between = core.start > 0 and lower(doc, core.start - 1) == "between"
    if (joint not in ("-", "–", "to") and not (joint == "and" and between)) or core.end + 1 >= len(doc):
        return core
    if joint == "to" and lower(doc, core.start - 1) == "from":
        return core
    other = _core(doc, core.end + 1)
    if other is None:
        return core
    if other.low < core.low or (joint in "-–" and other.high < 10 and not _noun_after(doc, other.end)):
        scale = other.low >= 1e3 and core.low < 1e3
        return core if scale or joint == "to" else None
    plain = words.number(doc[other.start].text)
    factor = other.low / plain if plain else 1.0
    low = core.low * factor if factor >= 1e3 and core.low < 1e3 else core.low
    return _Core(core.start, other.end, low, other.high)


def _bounded(doc: Any, core: _Core) -> Figure:
    """Widen the figure over "about", "more than", a currency sign, and set its bounds accordingly."""
    start = core.start
    low: float | None = core.low
    high: float | None = core.high
    approximate = low != high
    if start and doc[start - 1].lower_ in ("a", "the", "just", "only") and doc[core.start].lower_ in words.VAGUE:
        start -= doc[start - 1].lower_ == "a"
    if start and doc[start - 1].lower_ in words.CURRENCIES and not doc[start - 1].is_alpha:
        start -= 1
    if start and doc[start - 1].lower_ == "between" and core.low != core.high:
        start -= 1
    before = tuple(token.lower_ for token in doc[max(0, start - 3) : start])
    head = core.end - 1
    for form in words.UNDER:
        if before[-len(form) :] == form:
            return Figure(start - len(form), core.end, None, high, approximate, head)
    for form in words.OVER:
        if before[-len(form) :] == form:
            return Figure(start - len(form), core.end, low, None, approximate, head)
    if before and before[-1] in words.ABOUT_WORDS:
        upper = high if before[-1] in words.BELOW_WORDS else round(core.high * (1 + words.ABOUT), 6)
        return Figure(start - 1, core.end, round(core.low * (1 - words.ABOUT), 6), upper, True, head)
    return Figure(start, core.end, low, high, approximate, head)


def _excluded(doc: Any, core: _Core) -> bool:
    token, before, after = doc[core.start], lower(doc, core.start - 1), lower(doc, core.end)
    single = core.end == core.start + 1
    if single and token.text.isdigit() and len(token.text) == 4 and 1500 <= core.low <= 2100:
        return core.end >= len(doc) or doc[core.end].tag_ != "NNS"
    if before in words.MONTHS or after in words.MONTHS or before in words.NUMBERED or before in ("#", ":", "/"):
        return True
    if after in ("a.m.", "p.m.", "am", "pm", "o'clock", ":", "/", "st", "nd", "rd", "th"):
        return True
    if (
        before in ("-", "–")
        and core.start > 1
        and doc[core.start - 2].text[-1:].isalnum()
        and not doc[core.start - 1].whitespace_
    ):
        return True
    if after == "-" and lower(doc, core.end + 1) in ("year", "years") and lower(doc, core.end + 3) == "old":
        return True
    if (before == "," and after in (",", ".") and core.start > 1 and doc[core.start - 2].pos_ == "PROPN") or (
        after in ("year", "years") and lower(doc, core.end + 1) == "old"
    ):
        return True
    if core.start and doc[core.start - 1].pos_ == "PROPN" and not _noun_after(doc, core.end) and single:
        return True
    clock = before in ("at", "after", "before", "until", "by", "since") and core.high <= 12 and single
    if clock and (after in ("in", ",", ".", "on") or core.end >= len(doc)):
        return True
    subject = next((child.lower_ for child in token.head.children if child.dep_ == "nsubj"), "")
    if token.dep_ == "attr" and subject in ("he", "she", "i") and after in (",", ".", "and"):
        return True
    return token.lower_ == "one" and single and (token.dep_ != "nummod" or after in ("day", "of", "another"))


def _noun_after(doc: Any, position: int) -> bool:
    return position < len(doc) and doc[position].pos_ in ("NOUN", "ADJ") and doc[position].lower_ not in words.MONTHS
