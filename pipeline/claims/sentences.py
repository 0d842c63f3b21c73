"""Sentences with character offsets, aware of paragraphs, bounded on any input.

The scan is linear: each run of end marks is looked at once, with a bounded look to either side. Abbreviations and
initials do not end a sentence; end marks inside a quotation do, so that each sentence of a long quotation can be a
claim of its own.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.claims.wordlist import words

MAX_CHARACTERS = 60_000
"""How much of an article is read, in characters: some 10,000 words. None of the 2,888 articles of the development set
is longer; it bounds time and memory on hostile input."""

MAX_SENTENCE = 900
"""The longest sentence handed on, in characters; a longer one is cut at a space. In a tenth of the development set 1
sentence of 6,829 is longer; the parser's time and memory grow with it."""

CLOSERS = "\"'”’»)]"
OPENERS = "\"'“‘«([„—–- "
_END_MARKS = re.compile(r"[.!?…。！？؟۔]+")
_LINE = re.compile(r"[^\n]+")
_CITY = r"[A-ZÀ-Þ]{3,}(?:[ '’-][A-ZÀ-Þ]{2,}){0,3}"
_DATELINE = re.compile(
    rf"[A-Z]{{3,}}[^—–\n\"“”:]{{0,60}}? ?(?:[—–]|--?)\s+|{_CITY}(?:, [^—–\n\"“”:.;]{{2,40}})?\s?[—–]"
    rf"|{_CITY}(?:, [^()\n]{{2,40}})? \([^()\n]{{2,40}}\)(?:[:.]| ?[—–-])\s|{_CITY}\.\s(?=[A-ZÀ-Þ\"“])"
)
_LOOK_BACK = 24

_ABBREVIATIONS = words(
    "mr mrs ms dr prof gen sen rep gov lt col sgt capt maj cmdr adm hon rev st mt ft jr sr vs no nos etc e.g i.e cf "
    "inc ltd co corp llc bros dept est approx fig al jan feb mar apr jun jul aug sep sept oct nov dec pres min sec "
    "amb messrs mme mlle ste ave blvd rd"
)
_OFTEN_BEFORE_NAMES = words("u.s u.k u.n e.u d.c a.m p.m u.s.a ph.d b.c a.d")
_STARTERS = words(
    "the a an in on at it he she they we this that these those but and as for if when while after before his her its "
    "their there meanwhile however according since what who i you"
)


class Sentence(NamedTuple):
    """Characters [start, end) of the article's text, and the number of the paragraph they stand in."""

    start: int
    end: int
    paragraph: int


def paragraphs(text: str, limit: int = MAX_CHARACTERS) -> list[tuple[int, int]]:
    """Return [start, end) of each paragraph. A line that goes on in the middle of a sentence joins the next one."""
    found: list[tuple[int, int]] = []
    for match in _LINE.finditer(text, 0, min(len(text), limit)):
        start, end = _trim(text, match.start(), match.end())
        if start == end:
            continue
        if found and _goes_on(text, found[-1], start):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def sentences(text: str, limit: int = MAX_CHARACTERS) -> list[Sentence]:
    """Return the sentences of the first `limit` characters in order; they do not overlap."""
    return [
        Sentence(start, end, number)
        for number, (first, last) in enumerate(paragraphs(text, limit))
        for start, end in _split(text, _after_dateline(text, first, last), last)
    ]


def _after_dateline(text: str, start: int, end: int) -> int:
    """Return where a paragraph's first sentence starts after a dateline: "LONDON, June 3 (Agency) - ", "PARIS — "."""
    match = _DATELINE.match(text[start : min(end, start + 90)])
    return start + match.end() if match is not None and start + match.end() < end else start


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _goes_on(text: str, before: tuple[int, int], start: int) -> bool:
    last = text[before[1] - 1]
    if last in ".!?:…" or last in CLOSERS:
        return False
    if text[start].islower():
        return True
    line_start = text.rfind("\n", before[0], before[1]) + 1 or before[0]
    wrapped = text.count("\n", before[1], start) == 1 and before[1] - line_start >= 60
    return wrapped and (text[start].isalnum() and last != ";")


def _split(text: str, first: int, last: int) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    start = first
    for match in _END_MARKS.finditer(text, first, last):
        end = match.end()
        while end < last and end - match.end() < 4 and text[end] in CLOSERS:
            end += 1
        if end >= last or not _ends(text, match, end, last):
            continue
        pieces.extend(_cut(text, start, end))
        start = end
    pieces.extend(_cut(text, start, last))
    return pieces


def _ends(text: str, mark: re.Match[str], end: int, last: int) -> bool:
    if mark.group() in "。！？":
        return True
    if not text[end].isspace():
        return False
    following = end
    while following < last and following - end < 8 and (text[following].isspace() or text[following] in OPENERS):
        following += 1
    if following >= last or text[following].islower():
        return False
    return mark.group() != "." or not _abbreviated(text, mark.start(), following, last)


def _abbreviated(text: str, dot: int, following: int, last: int) -> bool:
    words = text[max(0, dot - _LOOK_BACK) : dot].split()
    word = words[-1].lstrip("(\"'“‘[") if words else ""
    if len(word) == 1 and word.isupper() and word != "I":
        return True
    if word.lower() in _ABBREVIATIONS:
        return not (word.lower() == "no" and text[following].isalpha())
    if word.lower() in _OFTEN_BEFORE_NAMES:
        after = re.match(r"[^\W\d_]{1,20}", text[following : min(last, following + 20)])
        return not (after and after.group().lower() in _STARTERS)
    return False


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    start, end = _trim(text, start, end)
    pieces = []
    while end - start > MAX_SENTENCE:
        space = text.rfind(" ", start + MAX_SENTENCE // 2, start + MAX_SENTENCE)
        middle = space if space > 0 else start + MAX_SENTENCE
        pieces.append(_trim(text, start, middle))
        start, end = _trim(text, middle, end)
    if start < end:
        pieces.append((start, end))
    return [piece for piece in pieces if piece[0] < piece[1]]
