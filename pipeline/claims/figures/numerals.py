"""Numerals: digits, number words, parts of a scale and vague words, as an interval without unit.

`numeral(words, position)` reads "2.3 million", "a hundred and ten", "half a million", "one and a half", "a few dozen",
"tens of thousands", "double digits".
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.claims.figures.meanings import (
    DIGIT_COUNTS,
    GLYPHS,
    PARTS,
    PLURALS,
    POWERS,
    SCALES,
    SMALL,
    SUFFIXES,
    VAGUE,
    digits,
)
from pipeline.claims.figures.units import LENGTHS, SYMBOLS
from pipeline.claims.figures.words import DASHES, Words
from pipeline.claims.wordlist import words as word_list

MAX_WORDS = 12
"""Longest numeral in words: "nine hundred and ninety-nine thousand nine hundred and ninety-nine" has ten."""

_METRES = word_list(
    "high long tall wide deep away from above below across apart sprint relay freestyle butterfly backstroke race "
    "hurdles final breaststroke medley in under off north south east west down up thick waves wave"
)
"""What follows "100m" where the m is for metres."""


_SCORES = word_list("of more were are have had killed injured wounded arrested hurt dead died missing")
"""What follows "scores" where it is a number."""


_HEIGHTS = word_list(
    "surge depth height wave waves deep jump wall tide flood floods leap throw vault swell snow water level levels "
    "tower jumped threw leapt vaulted"
)
"""What stands before "2.5m" where the m is for metres."""


class Numeral(NamedTuple):
    """Words [start, end) with their interval; `scale` is the largest power named ("million"), 1 where none is.

    `plain` says that it is written in digits alone.
    """

    start: int
    end: int
    low: float
    high: float
    scale: float = 1.0
    vague: bool = False
    plain: bool = False


def numeral(words: Words, position: int) -> Numeral | None:
    """Return the numeral that begins at a position, or None."""
    low = words.low(position)
    if not low:
        return None
    if low[0].isdigit() or low[0] == ".":
        return _of_digits(words, position)
    if low in GLYPHS:
        return _part_of_scale(words, position, position + 1, GLYPHS[low])
    return _vague(words, position) or _parts(words, position) or _of_words(words, position)


def _of_digits(words: Words, position: int) -> Numeral | None:
    value = digits(words.low(position))
    if value is None:
        return None
    after = words.at(position + 1)
    if words.low(position + 2) == "/" and words.low(position + 3) in ("2", "4", "8") and not after.glued:
        above = digits(after.low) or 0.0
        mixed = value + above / float(words.low(position + 3))  # "5 1/4"
        return Numeral(position, position + 4, mixed, mixed)
    if after.glued and after.low in GLYPHS:
        return _scaled(words, Numeral(position, position + 2, value + GLYPHS[after.low], value + GLYPHS[after.low]))
    if after.glued and after.low in SUFFIXES and _is_scale(words, position):
        scale = SUFFIXES[after.low]
        return Numeral(position, position + 2, value * scale, value * scale, scale)
    if after.low == "and" and (part := _half_after(words, position + 1)) is not None:
        return _scaled(words, Numeral(position, part[0], value + part[1], value + part[1]))
    return _scaled(words, Numeral(position, position + 1, value, value, plain=True))


def _is_scale(words: Words, position: int) -> bool:
    """Whether letters on digits are a power of ten rather than a unit ("100m" hurdles, "4K" screen, "5t")."""
    suffix, following = words.at(position + 1), words.at(position + 2)
    if following.glued and following.text[:1].isalnum():
        return False
    money = words.low(position - 1) in SYMBOLS or words.tag(position - 1) == "$" or _after_sum(words, position)
    if money or suffix.low in ("mn", "mln", "bn", "tn", "trn"):
        return True
    if suffix.low == "t":
        return False
    if suffix.low == "k":
        return not (suffix.text == "K" and words.low(position) in ("4", "8", "5", "10")) and following.low != "run"
    if suffix.low == "b":
        return suffix.text == "B" and words.tag(position + 2) == "NNS"
    if any(one in LENGTHS or one in _HEIGHTS for one in words.before(position, 4)):
        return False  # "30cm to 1.1m"
    return following.low not in _METRES and (words.tag(position + 2) in ("NNS", "JJ") or "." in words.low(position))


def _after_sum(words: Words, position: int) -> bool:
    return words.low(position - 1) in (*DASHES, "to", "and") and any(
        one in SYMBOLS for one in words.before(position, 5)
    )


def _scaled(words: Words, found: Numeral) -> Numeral:
    """Multiply by the scale words that follow: "2.3 million", "15 hundred", "several hundred thousand"."""
    end, factor = found.end, 1.0
    while (scale := _scale_at(words, end)) is not None and end - found.start < MAX_WORDS:
        factor *= scale
        end += 1 if words.low(end) not in DASHES else 2
    if end == found.end:
        return found
    return found._replace(
        end=end, low=found.low * factor, high=found.high * factor, scale=found.scale * factor, plain=False
    )


def _scale_at(words: Words, position: int) -> float | None:
    low = words.low(position)
    if low in DASHES and words.at(position).glued:
        return SCALES.get(words.low(position + 1)) if words.low(position + 1) != "dozen" else None
    return SCALES.get(low)


def _vague(words: Words, position: int) -> Numeral | None:
    low, after = words.low(position), words.low(position + 1)
    if low in ("a", "an") and after in VAGUE and after != "several":
        inner = _vague(words, position + 1)
        return inner._replace(start=position) if inner else None
    if low in VAGUE:
        return _few(words, position)
    if low in PLURALS:
        low_end, high_end = PLURALS[low]
        if after in ("upon", "and") and words.low(position + 2) == low:
            return Numeral(position, position + 3, low_end, high_end, 1.0, True)
        end = position + 1
        if low in ("tens", "hundreds", "dozens") and after == "of" and words.low(position + 2) in POWERS:
            scale = POWERS[words.low(position + 2)]
            return Numeral(position, position + 3, low_end * scale, high_end * scale, scale, True)
        if low == "tens" and after == "of":
            end = position + 2
        return Numeral(position, end, low_end, high_end, 1.0, True) if low != "scores" or after in _SCORES else None
    if low in DIGIT_COUNTS and words.low(position + 1 + (after in DASHES)) in ("digits", "digit"):
        return Numeral(position, position + 2 + (after in DASHES), *DIGIT_COUNTS[low], 1.0, True)
    if low in SMALL and after in DASHES and words.low(position + 2) == "figure" and 3 < SMALL[low] < 13:
        power = 10.0 ** (SMALL[low] - 1)
        return Numeral(position, position + 3, power, power * 10 - 1, 1.0, True)
    return None


def _few(words: Words, position: int) -> Numeral | None:
    low, before = words.low(position), words.low(position - 1)
    if low == "few" and before not in ("a", "past", "last", "next", "first", "coming", "these", "those", "another"):
        return None
    if low in ("couple", "handful") and before not in ("a", "last", "next", "past", "another", "first", "only"):
        return None
    end = position + 1
    if words.low(end) == "of" and words.low(end + 1) in ("dozen", "hundred", "thousand", "million", "billion"):
        end += 1
    scaled = _scaled(words, Numeral(position, end, *VAGUE[low], 1.0, True))
    if low in ("couple", "handful") and scaled.end == position + 1:
        if words.low(scaled.end) != "of":  # "a couple were arrested" are two who are married
            return None if words.tag(scaled.end) not in ("NNS", "JJR", "RBR") else scaled
        return scaled._replace(end=scaled.end + 1)
    return scaled


def _half_after(words: Words, position: int) -> tuple[int, float] | None:
    """Read "and a half", "and three quarters" at a position: where it ends, and the part."""
    if words.low(position) != "and":
        return None
    if words.low(position + 1) in ("a", "one") and words.low(position + 2) in PARTS:
        return position + 3, 1 / PARTS[words.low(position + 2)]
    counted, part = SMALL.get(words.low(position + 1)), words.low(position + 2 + (words.low(position + 2) in DASHES))
    if counted and part.removesuffix("s") in PARTS and part.endswith("s"):
        return position + 3 + (words.low(position + 2) in DASHES), counted / PARTS[part.removesuffix("s")]
    return None


def part(words: Words, position: int) -> tuple[int, float] | None:
    """Read a part of one whole, "half", "a third", "two-thirds", "three quarters": where it ends, and its value."""
    low, after = words.low(position), words.low(position + 1)
    if low in GLYPHS and not words.at(position).glued:
        return position + 1, GLYPHS[low]
    if low == "half" or (low == "quarter" and after == "of" and words.low(position + 2) in ("a", "an")):
        return position + 1, 1 / PARTS[low]
    step = 2 if after in DASHES and words.at(position + 1).glued else 1
    name = words.low(position + step)
    if low in ("a", "one") and name in PARTS:
        return position + step + 1, 1 / PARTS[name]
    if low in SMALL and 1 < SMALL[low] < 100 and name.endswith("s") and name[:-1] in PARTS:
        return position + step + 1, SMALL[low] / PARTS[name[:-1]]
    return None


def _parts(words: Words, position: int) -> Numeral | None:
    """Read "half a million", "three quarters of a billion", "a half-dozen"."""
    found = part(words, position)
    return None if found is None else _part_of_scale(words, position, *found)


def _part_of_scale(words: Words, position: int, end: int, value: float) -> Numeral | None:
    after = end + (words.low(end) == "of")
    if words.low(after) in ("a", "an") or words.low(after) in DASHES:
        after += 1
    elif after == end:
        return None
    scale = SCALES.get(words.low(after))
    return None if scale is None else Numeral(position, after + 1, value * scale, value * scale, scale)


def _of_words(words: Words, position: int) -> Numeral | None:
    """Read a number in words, "a hundred and ten", "two hundred and fifty thousand", "one and a half million"."""
    end, total, current, last = position, 0.0, None, 0.0
    if words.low(position) in ("a", "an", "per"):
        if words.low(position + 1) not in SCALES or words.low(position) == "per":
            return None
        current, end = 1.0, position + 1
    largest, decimals = 1.0, False
    while end - position < MAX_WORDS:
        low = words.low(end)
        if low in SMALL and (current is None or _adds(current, SMALL[low], last)):
            current, last = (current or 0.0) + SMALL[low], float(SMALL[low])
        elif low in SCALES and current is not None and not (low == "dozen" and end == position):
            if low == "hundred":
                current *= SCALES[low]
            else:
                total, current = total + current * SCALES[low], 0.0
            last, largest = SCALES[low], max(largest, SCALES[low])
        elif _goes_on(words, end, last):
            pass
        elif low in DASHES and current is not None and words.before(end + 6, 6) == _AND_A_HALF:
            current, end = current + 0.5, end + 5
        elif low == "point" and current is not None and words.low(end + 1) in SMALL and not total:
            decimals = True
            current += SMALL[words.low(end + 1)] / 10
            end += 1
        elif low == "and" and current is not None and (half := _half_after(words, end)) is not None:
            current, end = current + half[1], half[0] - 1
        else:
            break
        end += 1
    if end == position or current is None:
        return None
    value = round(total + current, 6) if decimals else total + current
    return Numeral(position, end, value, value, largest)


_AND_A_HALF = ("-", "and", "-", "a", "-", "half")


def _goes_on(words: Words, position: int, last: float) -> bool:
    """Whether an "and" or a hyphen at a position is within the numeral."""
    low = words.low(position)
    if low == "and":
        return last >= 100 and _continues(words, position + 1, last)
    return low in DASHES and words.at(position).glued and _joins(words, position, last)


def _adds(current: float, small: int, last: float) -> bool:
    """Whether a small number goes on a numeral: "twenty" + "five", "two hundred" + "ten", "thousand" + "six"."""
    return (last >= 100 and small < last) or (20 <= last < 100 and 0 < small < 10 and last % 10 == 0) or not current


def _continues(words: Words, position: int, last: float) -> bool:
    """Whether "and" is within one numeral: not in "one hundred and two hundred"."""
    if words.low(position) not in SMALL or SMALL[words.low(position)] == 0:
        return False
    after = position + 1
    while words.low(after) in SMALL or words.low(after) in DASHES:
        after += 1
    return SCALES.get(words.low(after), 1e18) > last


def _joins(words: Words, position: int, last: float) -> bool:
    after = words.low(position + 1)
    return (20 <= last < 100 and 0 < SMALL.get(after, 0) < 10) or after in ("hundred", "thousand", "million", "billion")
