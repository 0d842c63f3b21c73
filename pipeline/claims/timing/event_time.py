"""When what is claimed happens, as the claim's own words tell it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from pipeline.claims.parsed import Parsed
from pipeline.claims.timing.times import Time, times
from pipeline.claims.wordlist import words

EventTime = tuple[date | None, date | None]
"""First and last day, inclusive; None on a side that is open or unknown."""

_COMPARED = words("than versus vs against")
_UNTIL = words("until till by through")
_COMPARISON = re.compile(
    r"\b(?:compared (?:with|to)|against|(?:rise|fall|drop|increase|rose|fell|higher|lower|up|down|rising|falling)\b"
    r"[^,;]{0,40} from|percent from|% from|as in|like in)\s(?:that of |the |those of )?$"
)
_SPAN_BEFORE = re.compile(r"\b(?:from|between) (?:the )?$")
_SPAN_LINK = re.compile(r" ?(?:to|and|until|till|through|-|–) ?(?:the )?$")


def event_time(text: str, parts: Sequence[tuple[int, int]], published: datetime) -> EventTime:
    """Return the days that the words of a claim give its event, (None, None) where they give none.

    `text` is its sentence, `parts` the stretches [start, end) of it that are claimed, without who
    said it and when. The first time of the statement counts; one of a comparison
    ("from a year earlier") does not, and a year that only names something ("the 2024 budget") where no other stands.
    """
    found = [
        one
        for one in times(text, published)
        if any(start <= one.start and one.end <= end for start, end in parts) and not _compared(text, one)
    ]
    if not found:
        return None, None
    main = [one for one in found if not _naming(text, one)] or found
    first = main[0]
    at = found.index(first)
    return _bounded(text, first, found[at + 1 :], published.date())


def of_tokens(parsed: Parsed, text: str, spans: Sequence[tuple[int, int]], published: datetime) -> EventTime:
    """Return the days of what the token ranges [first, end) of a sentence of the article `text` claim."""
    start, end = parsed.sentence.start, parsed.sentence.end
    parts = [
        (parsed.start_of(parsed.doc[first]) - start, parsed.end_of(parsed.doc[last - 1]) - start)
        for first, last in spans
        if first < last
    ]
    return event_time(text[start:end], parts, published)


def _bounded(text: str, one: Time, later: list[Time], today: date) -> EventTime:
    before = _word_before(text, one.start)
    other = later[0] if later else None
    if other is not None and _SPAN_BEFORE.search(text, max(0, one.start - 16), one.start) and _linked(text, one, other):
        return one.first, max(one.last, other.last)
    if before == "since":
        return one.first, max(today, one.last)
    if before in ("from", "after"):
        return (one.first if before == "from" else one.last), None
    if before in _UNTIL or before == "before":
        return None, (one.first if before == "before" else one.last)
    first, last = one.first, one.last
    for following in later:
        if not _listed(text, one, following):
            break
        one, first, last = following, min(first, following.first), max(last, following.last)
    return first, last


def _linked(text: str, one: Time, other: Time) -> bool:
    return other.start - one.end < 24 and _SPAN_LINK.search(text, one.end, other.start) is not None


def _listed(text: str, one: Time, other: Time) -> bool:
    return text[one.end : other.start].strip(" ,") in ("", "and", "or", "and on", "or on", "and in")


def _word_before(text: str, start: int) -> str:
    spoken = text[max(0, start - 24) : start].lower().split()
    return spoken[-1] if spoken and text[start - 1 : start] == " " else ""


def _compared(text: str, one: Time) -> bool:
    """Whether a time is only what something is measured against: "from a year earlier", "than last year"."""
    if _word_before(text, one.start) in _COMPARED:
        return True
    return _COMPARISON.search(text[max(0, one.start - 64) : one.start]) is not None


def _naming(text: str, one: Time) -> bool:
    """Whether a time only names a thing: "the 2024 budget"."""
    named = _word_before(text, one.start) in ("the", "a", "an", "its", "his", "her", "their", "our")
    return named and one.wording is None and text[one.end : one.end + 2].strip().isalpha()
