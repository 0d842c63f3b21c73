"""What number words mean, as closed intervals; the readings that are not plain arithmetic are documented here.

"a few" is 2 to 5 ("a few dozen" = [24, 60]), "several" 3 to 9, a bare plural from two of its kind up to the next
power ("hundreds" = [200, 999]), "about N" N ± 10 %. These are conventions, chosen and not measured.
"""

from __future__ import annotations

import re

from pipeline.claims.wordlist import words

ABOUT = 0.1
"""Half-width of "about N" as a share of N."""

SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "mn": 1e6, "bn": 1e9, "tn": 1e12, "lakh": 1e5, "crore": 1e7,
}  # fmt: skip
SUFFIXES = {
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "bn": 1e9,
    "b": 1e9,
    "tn": 1e12,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
}
PLURALS = {
    "tens": (20.0, 99.0), "dozens": (24.0, 99.0), "scores": (40.0, 99.0), "hundreds": (200.0, 999.0),
    "thousands": (2e3, 9999.0), "millions": (2e6, 999e6), "billions": (2e9, 999e9), "trillions": (2e12, 999e12),
}  # fmt: skip
VAGUE = {"few": (2.0, 5.0), "several": (3.0, 9.0), "couple": (2.0, 3.0)}

ABOUT_WORDS = words("about around approximately roughly some circa approx estimated ~ nearly almost")
BELOW_WORDS = words("nearly almost")
OVER = (("more", "than"), ("at", "least"), ("over",), ("above",), ("exceeding",), ("upwards", "of"), ("upward", "of"))
UNDER = (
    ("fewer", "than"),
    ("less", "than"),
    ("at", "most"),
    ("up", "to"),
    ("under",),
    ("below",),
    ("no", "more", "than"),
)

CURRENCIES = {
    "$": "USD", "us$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "dollar": "USD", "euro": "EUR",
    "pound": "GBP", "sterling": "GBP", "yen": "JPY", "rupee": "INR", "ruble": "RUB", "rouble": "RUB", "yuan": "CNY",
    "usd": "USD", "eur": "EUR", "gbp": "GBP", "a$": "AUD", "c$": "CAD", "peso": "MXN", "franc": "CHF",
}  # fmt: skip
UNITS = {
    "%": "percent", "percent": "percent", "pc": "percent", "km": "kilometre", "kilometer": "kilometre",
    "kilometre": "kilometre", "mile": "mile", "meter": "metre", "metre": "metre", "foot": "foot", "feet": "foot",
    "kg": "kilogram", "kilogram": "kilogram", "kilo": "kilogram", "tonne": "tonne", "ton": "ton", "barrel": "barrel",
    "hour": "hour", "minute": "minute", "second": "second", "day": "day", "week": "week", "month": "month",
    "year": "year", "decade": "decade", "acre": "acre", "hectare": "hectare", "degree": "degree", "mph": "mph",
    "gallon": "gallon", "litre": "litre", "liter": "litre", "pound": "pound", "megawatt": "megawatt", "mw": "megawatt",
    "kph": "km/h", "inch": "inch", "point": "point",
}  # fmt: skip
MONTHS = words(
    "january february march april may june july august september october november december jan feb mar apr jun jul "
    "aug sep sept oct nov dec jan. feb. mar. apr. aug. sept. oct. nov. dec."
)
NUMBERED = words(
    "no no. number section article chapter page part paragraph clause phase room flight route highway interstate "
    "channel version episode season level item rule figure table volume grade day week title area district unit aged "
    "age ages resolution category stage round verse game gate pier war"
)
"""Nouns before a figure that make it a label: "section 5", "flight 370", "aged 45"."""

CHANGES = words(
    "cut reduce raise rise fall drop increase decrease grow shrink slash lower lift climb jump surge plunge decline "
    "slip boost trim soar tumble expand double triple change go come gain lose slide swell dip ease edge up hike "
    "downgrade upgrade exaggerate inflate overstate understate revise"
)
FACTORS = {"double": 2.0, "doubled": 2.0, "twice": 2.0, "thrice": 3.0, "tripled": 3.0, "quadrupled": 4.0, "halved": 0.5}
NOT_NONE = words(
    "way doubt one longer matter idea reason comment need question wonder surprise problem secret sense point means "
    "time other such more less place word evidence sign indication"
)
"""Nouns after "no" that do not make a figure of zero ("no doubt", "no comment"); "no evidence" is doubt."""

_DIGITS = re.compile(
    r"^(\d{1,3}(?:[,\u202f\u00a0]\d{3})+|\d{1,15})(\.\d{1,6})?(k|m|mn|bn|b|tn|million|billion|trillion)?$",
    re.IGNORECASE,
)


def number(word: str) -> float | None:
    """Return what one word of digits or a number word stands for, or None."""
    lowered = word.lower()
    if lowered in SMALL:
        return float(SMALL[lowered])
    tens, _, ones = lowered.partition("-")
    if tens in SMALL and ones in SMALL and SMALL[tens] >= 20 and 0 < SMALL[ones] < 10:
        return float(SMALL[tens] + SMALL[ones])
    match = _DIGITS.match(word)
    if match is None:
        return None
    value = float(re.sub(r"[,\u202f\u00a0]", "", match.group(1)) + (match.group(2) or ""))
    return value * SUFFIXES.get((match.group(3) or "").lower(), 1.0)
