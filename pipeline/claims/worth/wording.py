"""The terms of a sentence that check-worthiness is read from: words, pairs of words, parts of words and its shape.

One definition for training and for use. Figures are replaced by their number of digits, years by one mark, so that a
term says "a figure in thousands" and not which. The names and signs of the shape follow ClaimBuster (Hassan et al.,
KDD 2017).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.claims.wordlist import words

MAX_CHARACTERS = 2_000
"""How much of a sentence is read, in characters."""

PARTS = (3, 4)
"""Lengths of the parts of words; parts of 5 added 10,000 terms and nothing to the precision on dev."""

_TOKEN = re.compile(r"\d[\d,.]*|[^\W\d_]+(?:['’-][^\W_]+){0,4}|[?!%$€£]")
_FIGURES = words(
    "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty "
    "ninety dozen dozens hundred hundreds thousand thousands million millions billion billions percent half twice "
    "double"
)
_PAST = words(
    "was were had did said told made went came took gave found left led held became began brought bought built kept "
    "killed lost met paid put ran rose fell saw sent shot sold spent stood won wrote cut hit set withdrew grew has "
    "have been"
)
_PRESENT = words("is are be being does do")
_OPINION = words(
    "should must ought terrible wonderful great beautiful awful horrible best worst amazing disgusting shameful sadly "
    "fortunately unfortunately hopefully perhaps maybe seems seem arguably clearly obviously surely imposter "
    "diabolical denunciation love hate ridiculous absurd"
)
_FORECAST = words("will would could might may shall going expected likely")
_FIRST = words("i we my our me us i'm we're i've i'd i'll")
_REPORTING = words("according reported said announced confirmed data figures statistics report study")
_ADVICE = words("please see click read watch listen note remember let imagine consider don't try look")
_CLASSES = {
    "figure": _FIGURES,
    "past": _PAST,
    "report": _REPORTING,
    "opinion": _OPINION,
    "forecast": _FORECAST,
    "first person": _FIRST,
    "present": _PRESENT,
    "third person": frozenset[str](),
}
_HAS = {name: 1 << number for number, name in enumerate(_CLASSES)}
_SHAPED = words("figure past report opinion forecast") | {"first person"}
_VERBS = _HAS["past"] | _HAS["present"] | _HAS["forecast"]
_STATES, _SPEAKER = "US", "I"
_YEARS = ("15", "16", "17", "18", "19", "20", "21")


class Word(NamedTuple):
    """A token as it is counted: small letters, a figure by its digits ("0000" for 4,500, "<year>" for 1998)."""

    text: str
    classes: int
    figure: bool
    upper: bool


def read(sentence: str) -> list[Word]:
    """Return the words, figures and telling marks of a sentence, in order."""
    return [_word(token) for token in _TOKEN.findall(sentence[:MAX_CHARACTERS])]


@lru_cache(maxsize=50_000)
def _word(token: str) -> Word:
    if token[0].isdigit():
        return Word(_figure(token), _HAS["figure"], True, False)
    text = "u.s" if token == _STATES else token.lower().replace("’", "'")
    return Word(text, _classes(text), False, token[0].isupper() and token != _SPEAKER)


def _classes(text: str) -> int:
    """Return the bits of the classes that a word belongs to."""
    bits = sum(bit for name, bit in _HAS.items() if text in _CLASSES[name])
    if text.endswith("ed") and len(text) > 4:
        bits |= _HAS["past"]
    if text.endswith("s") and not text.endswith(("ss", "us", "'s")) and len(text) > 3:
        bits |= _HAS["third person"]
    return bits


def _figure(token: str) -> str:
    digits = sum(character.isdigit() for character in token)
    return "<year>" if digits == 4 and len(token) == 4 and token.startswith(_YEARS) else "0" * min(digits, 5)


def word_terms(word: str) -> Iterator[str]:
    """Yield the terms of one word: itself and its parts, a part as often as the word holds it."""
    yield "w " + word
    marked = f"<{word[:40]}>"
    for size in PARTS:
        for start in range(len(marked) - size + 1):
            yield "c " + marked[start : start + size]


def pair_terms(lowered: Sequence[str]) -> list[str]:
    """Return the pairs of neighbouring words, each once; the sentence's start and end count as words."""
    return list(dict.fromkeys(map(" ".join, zip(("^", *lowered), (*lowered, "$"), strict=True))))


def scale(count: int) -> float:
    """Return what the terms of a sentence of `count` tokens are multiplied by, so that a long one does not shout."""
    return 3.0 / math.sqrt(max(1, count))


def shape(sentence: str, found: Sequence[Word]) -> dict[str, float]:
    """Return the features that no single word gives, those that are not 0, most of them 1."""
    bits, inner = 0, 0
    for word in found:
        bits |= word.classes
    for word in found[1:]:
        inner |= word.classes
    figures = sum([word.figure for word in found])
    named = sum([word.upper for word in found[1:]])
    values = {"s bias": 1.0, "s length": math.log(max(1, len(found)))}
    values.update({f"s {name}": 1.0 for name, bit in _HAS.items() if bits & bit and name in _SHAPED})
    if figures:
        values["s figures"] = min(4, figures) / 2
    if named:
        values["s names"] = min(5, named) / 5
    told = {
        "s name": 0 < named < 0.8 * len(found),
        "s long": len(found) >= 15,
        "s short": len(found) < 5,
        "s question": sentence.rstrip("\"'”’ ").endswith("?"),
        "s advice": bool(found) and found[0].text in _ADVICE,
        "s no verb": not bits & _VERBS and not inner & _HAS["third person"],
    }
    values.update({name: 1.0 for name, holds in told.items() if holds})
    return values


def terms(sentence: str) -> dict[str, float]:
    """Return all terms of a sentence with their values: what a linear model of check-worthiness is fitted on."""
    found = read(sentence)
    texts = [word.text for word in found]
    values: dict[str, float] = {}
    for text in dict.fromkeys(texts):
        for term in word_terms(text):
            values[term] = values.get(term, 0.0) + 1.0
    for pair in pair_terms(texts):
        values[f"p {pair}"] = 1.0
    factor = scale(len(found))
    return {**{term: value * factor for term, value in values.items()}, **shape(sentence, found)}
