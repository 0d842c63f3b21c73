"""The gate: claims about another person, place, organisation or day are unrelated, however alike their words are."""

from __future__ import annotations

from pipeline.contradictions.align import Alignment
from pipeline.contradictions.reading import Reading


def other_subject(a: Reading, b: Reading, alignment: Alignment) -> str | None:
    """Return in words why two claims speak of different things, or None when they may speak of one."""
    if a.places and b.places and not a.places & b.places and not alignment.names:
        return f"they speak of different places: {_list(a.places)} against {_list(b.places)}"
    if a.people and b.people and not a.people & b.people and not _share_name(a, b):
        return f"they name different people: {_list(a.people)} against {_list(b.people)}"
    if alignment.apart and not alignment.shared:
        return "they share neither names nor words"
    return None


def _share_name(a: Reading, b: Reading) -> bool:
    return bool(a.names & b.names)


def _list(words: frozenset[str]) -> str:
    return ", ".join(sorted(word.replace("_", " ").title() for word in words))
