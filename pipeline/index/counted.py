"""What both stores do with counts. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.plain import plain

LONGEST_BEGINNING = 64
"""Characters of a beginning that are looked at."""


def most_frequent(counts: Iterable[tuple[str, int]], size: int) -> tuple[tuple[str, int], ...]:
    """Return the `size` values with the highest numbers, of equals in alphabetical order."""
    return tuple(sorted(counts, key=lambda item: (-item[1], item[0]))[:size])


def beginnings(text: str) -> str:
    """Return what was typed as values are compared with it: one space between words; "" when nothing can be found."""
    words = plain(text)[:LONGEST_BEGINNING]
    return words if any(map(str.isalnum, words)) else ""
