"""The gate: claims about another person, place, organisation or day are unrelated, however alike their words are."""

from __future__ import annotations

from pipeline.contradictions.align import Alignment
from pipeline.contradictions.reading import Reading
from pipeline.matching.names import one_given

FRAME = 3
"""Names and words, at least one of each and beside what is counted, that two claims share to be one frame."""


def other_subject(a: Reading, b: Reading, alignment: Alignment) -> str | None:
    """Return in words why two claims speak of different things, or None when they may speak of one."""
    if a.places and b.places and not a.places & b.places and not alignment.names:
        return f"they speak of different places: {_list(a.places)} against {_list(b.places)}"
    if a.people and b.people and not a.people & b.people and not _share_name(a, b):
        return f"they name different people: {_list(a.people)} against {_list(b.people)}"
    others = namesakes(a, b)
    if others is not None:
        return f"they name different people of one family name: {others[0]} and {others[1]}"
    if alignment.apart and not alignment.shared:
        return "they share neither names nor words"
    return None


def other_times(a: Reading, b: Reading) -> bool:
    """Say whether both give days or periods ("October", "last year") and share none."""
    sorts = [(a.weekdays, b.weekdays)]
    sorts += [(_of_sort(a, sort), _of_sort(b, sort)) for sort in ("month", "year", "relative")]
    return any(x and y and not x & y for x, y in sorts)


def _of_sort(reading: Reading, sort: str) -> frozenset[str]:
    """Return the periods of one sort; "October" and "last month" cannot be told apart."""
    return frozenset(it for it in reading.periods if _sort(it) == sort)


def _sort(period: str) -> str:
    return "year" if period.isdigit() else "relative" if " " in period else "month"


def forecast(a: Reading, b: Reading) -> bool:
    """Say whether one tells what is planned or expected and the other what is: both can be true."""
    return ("planned" in a.hedges) != ("planned" in b.hedges)


def one_frame(a: Reading, b: Reading, alignment: Alignment, counted: str = "") -> bool:
    """Say whether two claims tell one thing but for its outcome or the figure of what is `counted`.

    Names, words and times agree, and neither is less certain than the other.
    """
    if other_times(a, b) or a.hedges != b.hedges:
        return False
    names = len(a.names & b.names)
    words = len(alignment.shared - a.names - b.names - {counted})
    return names >= 1 and words >= 1 and names + words >= FRAME


def namesakes(a: Reading, b: Reading) -> tuple[str, str] | None:
    """Return two people of one family name of whom each claim names only one, or None.

    Claims that share another whole name may still be about one thing: a family's affairs.
    """
    if a.persons & b.persons:
        return None
    for given, family in sorted(a.persons):
        same_family = [first for first, last in sorted(b.persons) if last == family]
        if same_family and not any(one_given(given, first) for first in same_family):
            return f"{given} {family}".title(), f"{same_family[0]} {family}".title()
    return None


def _share_name(a: Reading, b: Reading) -> bool:
    return bool(a.names & b.names)


def _list(words: frozenset[str]) -> str:
    return ", ".join(sorted(word.replace("_", " ").title() for word in words))
