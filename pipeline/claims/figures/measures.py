"""Measures: a numeral or a share with its currency or unit, "£1.2bn", "38 degrees", "half an hour", "5ft 10in".

Also lone sums and shares: "a tenner", "two-thirds", "one in five", "most of".
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.claims.figures import units
from pipeline.claims.figures.numerals import Numeral, numeral, part
from pipeline.claims.figures.shares import share
from pipeline.claims.figures.words import DASHES, Words
from pipeline.claims.wordlist import words as word_list

LONGEST_UNIT = 3
"""Words of the longest unit ("kilometres per hour")."""


class Measure(NamedTuple):
    """Words [start, end); the numeral ends at `bare`, before the unit. `hyphen` says that it describes what follows."""

    start: int
    bare: int
    end: int
    low: float
    high: float
    unit: str | None
    scale: float = 1.0
    vague: bool = False
    hyphen: bool = False
    plain: bool = False


def measure(words: Words, position: int) -> Measure | None:
    """Return the measure that begins at a position (at its currency sign where it has one), or None."""
    currency, after = _currency_before(words, position)
    if currency is None:
        found = _lone_sum(words, position) or _part_of_unit(words, position)
        if found is not None:
            return found
        of_whole = share(words, position)
        if of_whole is not None:
            end, low, high, vague = of_whole
            return Measure(position, end, end, low, high, "percent", 1.0, vague)
    number = numeral(words, after)
    if number is None:
        return None
    if currency is not None:
        return _money(words, position, number, currency)
    found = _with_unit(words, position, number)
    if found.unit is None and words.low(position - 1 - (words.low(position - 1) == "of")) == "magnitude":
        return found._replace(unit="magnitude")
    if found.unit == "point" and _is_share_point(words, found):
        return found._replace(unit="percentage_points")
    return compound(words, found)


def _currency_before(words: Words, position: int) -> tuple[str | None, int]:
    """Read a currency before the digits at a position: its code, and where the number starts."""
    word, after = words.at(position), words.at(position + 1)
    if word.low in units.SYMBOLS:
        return units.SYMBOLS[word.low], position + 1
    if after.low == "$" and after.glued and word.low.replace(".", "") in units.DOLLARS:
        return units.DOLLARS[word.low.replace(".", "")], position + 2
    if after.low and after.low[0].isdigit():
        if word.text in units.CODES:
            return word.text.replace("RMB", "CNY"), position + 1
        if word.text in units.PREFIXES and (after.glued or word.text != "R"):
            return units.PREFIXES[word.text], position + 1
    return None, position


def _money(words: Words, position: int, number: Numeral, currency: str) -> Measure:
    end = number.end
    if words.at(end).glued and words.low(end) in ("p", "c"):
        end += 1
    if words.low(end) in ("dollars", "euros", "pounds"):
        end += 1
    if words.at(end).text in units.CODES:
        currency, end = words.at(end).text, end + 1
    hyphen = words.low(end) in DASHES and words.at(end).glued
    return Measure(
        position, number.end, end, number.low, number.high, currency, number.scale, number.vague, hyphen, number.plain
    )


def _with_unit(words: Words, position: int, number: Numeral) -> Measure:
    after = number.end + (number.vague and words.low(number.end) == "of")  # "tens of millions of dollars"
    found = _money_after(words, after) or _unit_after(words, after)
    end, unit, factor = found or (number.end, None, 1.0)
    low, high = number.low * factor, number.high * factor
    if factor != 1.0:
        low, high = round(low, 9), round(high, 9)
    hyphen = words.low(number.end) in DASHES and words.at(number.end).glued
    return Measure(position, number.end, end, low, high, unit, number.scale, number.vague, hyphen, number.plain)


def _unit_after(words: Words, position: int) -> tuple[int, str, float] | None:
    """Read the unit after a number that ends at a position: where it ends, its name and factor."""
    start = position + (words.low(position) in DASHES)
    if words.low(start) == "of" and words.low(start + 1) in ("a", "an"):
        start += 2
    first = words.at(start)
    letter = first.text in ("t", "g", "l", "C", "F") and not first.glued and words.low(position - 1)[:1].isdigit()
    if letter and words.tag(start + 1)[:2] != "NN":
        name, factor = units.GLUED[first.low]
        return start + 1, name, factor
    if first.glued and start == position and first.low in units.GLUED and _is_glued_unit(words, start):
        name, factor = units.GLUED[first.low]
        return start + 1, name, factor
    for length in range(LONGEST_UNIT, 0, -1):
        spelling = " ".join(words.before(start + length, length)).replace(" - ", " ").replace(" / ", "/")
        if length > 1 and words.at(start + length - 1).glued and spelling[-1:] in "cf°²":
            spelling = spelling.replace(" ", "") if spelling[0] == "°" else spelling
        if spelling in units.UNITS and start + length <= len(words):
            name, factor = units.UNITS[spelling]
            return None if _no_unit(words, start, name) else (start + length, name, factor)
    return None


_SHARES = word_list("% percent cent poll polls lead leads leading rating approval support rate rates swing vote")
_INDICES = word_list("dow nasdaq ftse dax nikkei index index's s&p stoxx sensex nifty shares stocks cac")


def _is_share_point(words: Words, found: Measure) -> bool:
    """Whether points are percentage points: of a poll or rate, not of a share index."""
    lows = {word.low for word in words}
    return found.high < 100 and not _SHARES.isdisjoint(lows) and _INDICES.isdisjoint(lows)


_WEIGHED = word_list("weigh weighs weighed weighing weight heavier lighter lose lost gained overweight")
_ROUNDS = word_list("pistol handgun gun rifle round rounds bullet bullets ammunition ammo shell shells cannon film")


def _is_glued_unit(words: Words, start: int) -> bool:
    letter, digits = words.low(start), words.low(start - 1)
    if words.at(start + 1).glued and words.at(start + 1).text[:1].isalnum():
        return False
    if letter == "s":
        return "." in digits
    if letter == "st":
        return not digits.endswith("1") or digits == "11"
    if letter == "g" and words.at(start).text == "G":
        return False
    return letter not in ("c", "f") or words.at(start).text.isupper()


def _no_unit(words: Words, start: int, name: str) -> bool:
    """Whether what reads as a unit is none: points of a team, a second time, a 9mm pistol, "5 in custody"."""
    low = words.low(start)
    if name == "point":
        return words.low(start + 1) in ("guard", "plan", "man", "manifesto", "programme", "program", "list")
    if low in ("second", "min", "sec", "ms", "gt", "kt", "db", "bp", "hp", "mw", "gw", "ft", "pc", "pp"):
        return low == "second" and words.low(start - 1) not in (*DASHES, "one", "1", "a")
    return name == "mm" and words.low(start + 1) in _ROUNDS


def _money_after(words: Words, position: int) -> tuple[int, str, float] | None:
    """Read "dollars", "Canadian dollars", "Hong Kong dollars", "90p", "cents", "bn-euro" after a number."""
    start = position + (words.low(position) in DASHES and words.at(position).glued)
    for step in range(3):
        low = words.low(start + step)
        if low == "won" and step == 0 and words.low(start - 1) in ("million", "billion", "trillion"):
            return start + 1, "KRW", 1.0
        if low in units.MONEY and not (low == "p" and not words.at(start).glued):
            return _named_money(words, start, start + step)
        if not low.isalpha() or (words.tag(start + step)[:2] not in ("JJ", "NN")):
            return None
    return None


def _named_money(words: Words, start: int, at: int) -> tuple[int, str, float] | None:
    low = words.low(at)
    code, factor = units.MONEY[low]
    name = units.NAMED.get(low, low[:-1] if low.endswith("s") else low)
    if at > start:
        country = words.low(at - 1)
        known = units.COUNTRY_CURRENCY.get((country, name))
        return (at + 1, known, factor) if known else None
    if low in ("pound", "pounds") and _is_weight(words, at):
        return at + 1, "lb", 1.0
    if low in ("real", "lev", "rand", "won", "crown", "penny", "lei", "grand") and words.tag(at + 1)[:2] in (
        "NN",
        "JJ",
    ):
        return None
    if code == "cent":
        code = _cents(words)
    elif code in units.SHARED:
        table = dict(pair.split(":") for pair in units.SHARED[code].split())
        code = next((table[word.low] for word in words if word.low in table), code)
    return at + 1, code, factor


def _is_weight(words: Words, at: int) -> bool:
    after = words.low(at + 1)
    if after == "of":
        return words.low(at + 2) not in ("taxpayer", "taxpayers", "public", "the", "our", "their", "debt", "a")
    return after in ("heavier", "lighter", "overweight") or not _WEIGHED.isdisjoint(words.before(at, 8))


def _cents(words: Words) -> str:
    """Return the currency whose hundredth a cent is: that of the sentence's other sums, or the dollar."""
    for word in words:
        if word.low in units.SYMBOLS and word.low in "$€":
            return units.SYMBOLS[word.low]
        if word.low in ("euro", "euros", "rand", "eur"):
            return "ZAR" if word.low == "rand" else "EUR"
    return "USD"


def _lone_sum(words: Words, position: int) -> Measure | None:
    """Read "a tenner", "a fiver"."""
    if words.low(position) in ("a", "an") and words.low(position + 1) in ("tenner", "fiver"):
        value = units.MONEY[words.low(position + 1)][1]
        return Measure(position, position + 2, position + 2, value, value, "GBP")
    return None


def _part_of_unit(words: Words, position: int) -> Measure | None:
    """Read "half an hour", "three-quarters of a mile", "a half-century", "a quarter-point"."""
    found = part(words, position)
    if found is None:
        return None
    end, value = found
    article = end + (words.low(end) == "of")
    if words.low(article) in ("a", "an") or (article > end and words.low(article) == "one"):
        start = article + 1
    elif article == end and words.low(end) in DASHES:
        start = end + 1
    elif article == end and words.low(position) in ("a", "one") and words.low(end - 1) in ("half", "quarter"):
        start = end
    else:
        return None
    unit = _money_after(words, start) or _unit_after(words, start)
    if unit is None or words.low(start) in DASHES:
        return None
    name = "percentage_points" if unit[1] == "point" else unit[1]
    size = value * unit[2]
    hyphen = words.low(end) in DASHES
    return compound(words, Measure(position, end, unit[0], size, size, name, 1.0, False, hyphen))


def compound(words: Words, first: Measure) -> Measure:
    """Join the second part of one measure: "two hours 40 minutes", "6ft 2in", "a year and a half"."""
    if first.unit is None or first.vague:
        return first
    joint = words.low(first.end)
    start = first.end + (joint in ("and", ","))
    if joint in ("and", ",") and first.unit in ("m", "kg"):
        return first
    if words.low(start) in ("a", "one") and words.low(start + 1) in ("half", "quarter") and start > first.end:
        if words.low(first.end) == "and" and words.low(start + 2) not in ("of", "million", "billion"):
            value = 0.5 if words.low(start + 1) == "half" else 0.25
            return first._replace(end=start + 2, low=first.low + value, high=first.high + value)
        return first
    number = numeral(words, start) if first.unit in _FIRST else None
    if number is None or number.vague:
        return first
    minutes = first.unit == "hour" and start == first.end and number.plain and number.low < 60
    if minutes and words.tag(number.end)[:2] not in ("NN", "JJ"):
        return first._replace(end=number.end, low=first.low + number.low / 60, high=first.high + number.low / 60)
    found = _unit_after(words, number.end)
    size = units.COMPOUND.get((first.unit, found[1])) if found else None
    if found is None or size is None or (joint == "," and first.unit not in ("hour", "minute")):
        return first
    parts = first._replace(end=found[0], low=first.low + number.low / size, high=first.high + number.high / size)
    return compound(words, parts) if found[1] == "minute" else parts


_FIRST = frozenset(first for first, _ in units.COMPOUND)
