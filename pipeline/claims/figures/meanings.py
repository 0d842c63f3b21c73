"""What number words and hedges mean, as closed intervals.

The readings that are not plain arithmetic ("a few" is 2 to 5, "hundreds" 200 to 1,000, "about N" is N ± 10 %) are
conventions, chosen so that they are easy to apply and compare, and not measured: the table stands in
benchmarks/quality/claims/quantities/guide.md.
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
    "mn": 1e6, "mln": 1e6, "bn": 1e9, "bln": 1e9, "tn": 1e12, "trn": 1e12, "lakh": 1e5, "crore": 1e7,
}  # fmt: skip
SUFFIXES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "trn": 1e12, "t": 1e12}
"""Letters written onto digits; "m" and "t" may also be metres and tonnes, see numerals.py."""
PLURALS = {
    "tens": (20.0, 100.0), "dozens": (24.0, 100.0), "scores": (40.0, 100.0), "hundreds": (200.0, 1e3),
    "thousands": (2e3, 1e4), "millions": (2e6, 1e7), "billions": (2e9, 1e10), "trillions": (2e12, 1e13),
}  # fmt: skip
POWERS = {"hundreds": 1e2, "thousands": 1e3, "millions": 1e6, "billions": 1e9, "trillions": 1e12}
VAGUE = {"few": (2.0, 5.0), "several": (3.0, 9.0), "couple": (2.0, 3.0), "handful": (2.0, 10.0)}
DIGIT_COUNTS = {"single": (1.0, 9.0), "double": (10.0, 99.0), "triple": (100.0, 999.0)}
PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
GLYPHS = {"¼": 0.25, "½": 0.5, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅕": 0.2, "⅛": 0.125}
FACTORS = {
    **dict.fromkeys(words("double doubled doubles doubling twofold"), 2.0),
    **dict.fromkeys(words("triple tripled triples tripling treble trebled trebles trebling threefold"), 3.0),
    **dict.fromkeys(words("quadruple quadrupled quadruples quadrupling fourfold"), 4.0),
    **dict.fromkeys(words("quintuple quintupled fivefold"), 5.0),
    **dict.fromkeys(words("halve halved halves halving"), 0.5),
    "sixfold": 6.0, "sevenfold": 7.0, "eightfold": 8.0, "ninefold": 9.0, "tenfold": 10.0, "hundredfold": 100.0,
}  # fmt: skip

_DIGITS = re.compile(r"(?:[0-9]{1,3}(?:[, ][0-9]{2,3})+|[0-9]{1,15})?(?:\.[0-9]{1,9})?")


MAX_DIGITS = 24
"""Longest word of digits that is read as a number, marks included; longer ones are keys and accounts."""


def digits(word: str) -> float | None:
    """Return the value of a word of digits with thousands marks and a decimal point, or None."""
    if not word or len(word) > MAX_DIGITS or _DIGITS.fullmatch(word) is None or not word[-1].isdigit():
        return None
    return float(word.replace(",", "").replace(" ", ""))


Hedge = tuple[tuple[str, ...], str]


def _hedges(kind: str, phrases: str) -> list[Hedge]:
    return [(tuple(phrase.split()), kind) for phrase in phrases.split("|")]


_BEFORE: list[Hedge] = [
    *_hedges(
        "about",
        "about|around|roughly|some|approximately|circa|approx|~|estimated|an estimated|close to|in the region of"
        "|something like|an approximate|perhaps|in the order of|on the order of|in the neighbourhood of|ca"
        "|in the vicinity of|an average of about|almost exactly|an estimate of|estimated at|averaging about",
    ),
    *_hedges(
        "below",
        "nearly|almost|just under|just below|just short of|approaching|close on|not quite|a little under|virtually"
        "|slightly under|slightly less than|slightly below|slightly fewer than|a little less than|getting on for"
        "|just less than|just shy of|practically|a shade under|barely under|little short of|verging on",
    ),
    *_hedges(
        "above",
        "just over|just above|slightly over|slightly more than|slightly above|a little over|a little more than"
        "|just more than|a shade over|little more than|fractionally over",
    ),
    *_hedges(
        "least",
        "more than|over|above|exceeding|upwards of|upward of|at least|at the very least|no fewer than|no less than"
        "|not less than|not fewer than|as few as|as little as|in excess of|north of|a minimum of|minimum|well over"
        "|well above|greater than|higher than|much more than|far more than|significantly more than|topping|surpassing"
        "|beyond|anything over|better than|longer than|heavier than|larger than|upwards|an excess of|easily over|>"
        "|a minimum|minimum of|comfortably over|way over|far above|considerably more than",
    ),
    *_hedges(
        "most",
        "less than|fewer than|under|below|up to|as many as|as much as|at most|at the most|no more than|not more than"
        "|a maximum of|maximum|as high as|as long as|lower than|not exceeding|well under|well below|no greater than"
        "|far less than|far fewer than|much less than|short of|shorter than|no longer than|no later than|maximum of"
        "|no higher than|smaller than|south of|as large as|as big as|<|anything up to|considerably less than|way below"
        "|way under|not over|no bigger than|much fewer than|capped at|as far as",
    ),
]
BEFORE: dict[str, list[Hedge]] = {}
"""Hedges before a figure by their last word, the longest first; the second part says which interval they make."""
for _phrase, _kind in sorted(_BEFORE, key=lambda hedge: -len(hedge[0])):
    BEFORE.setdefault(_phrase[-1], []).append((_phrase, _kind))

AFTER: dict[tuple[str, ...], str] = {
    ("or", "so"): "about", ("or", "thereabouts"): "about", ("-", "odd"): "about", ("odd",): "about",
    ("give", "or", "take"): "about", ("-", "ish"): "about", ("ish",): "about",
    ("or", "more"): "least", ("or", "over"): "least", ("or", "above"): "least", ("-", "plus"): "least",
    ("+",): "least", ("and", "counting"): "least", ("or", "higher"): "least", ("or", "longer"): "least",
    ("plus",): "least", ("and", "above"): "least", ("and", "over"): "least", ("or", "greater"): "least",
    ("or", "better"): "least", ("or", "larger"): "least", ("and", "rising"): "least", ("and", "up"): "least",
    ("or", "less"): "most", ("or", "fewer"): "most", ("or", "under"): "most", ("or", "below"): "most",
    ("or", "lower"): "most", ("and", "under"): "most", ("and", "below"): "most", ("or", "shorter"): "most",
    ("at", "least"): "least", ("at", "most"): "most", ("at", "the", "most"): "most", ("maximum",): "most",
    ("minimum",): "least", ("tops",): "most", ("or", "thereabout"): "about", ("approximately",): "about",
}  # fmt: skip
"""Hedges after a figure ("200 or more", "300-odd", "50+")."""
