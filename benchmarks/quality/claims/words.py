"""Words compared as bags: token F1, and equality but for small words; precision, recall and F1 of counts."""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"[\w%€$£]+(?:['’]\w+)?")
_SMALL = "a an the that of for to in on at by and or any its his her their it he she they"
SMALL = frozenset(_SMALL.split())
"""Words at the edge of a span on which readers differ."""


def tokens(text: str) -> list[str]:
    """Return the words of a text in lower case."""
    return [word.replace("’", "'") for word in _WORD.findall(text.lower())]


def content_words(text: str) -> list[str]:
    """Return the words without the small ones, or all where only small ones stand."""
    words = tokens(text)
    return [word for word in words if word not in SMALL] or words


def f1(a: list[str], b: list[str]) -> float:
    """Return the F1 of two bags of words."""
    both = (Counter(a) & Counter(b)).total()
    return 2 * both / (len(a) + len(b)) if both else 0.0


def rates(hits: int, found: int, labelled: int) -> tuple[float, float, float]:
    """Return precision, recall and F1 of so many hits among what was found and what is labelled."""
    precision, recall = hits / max(1, found), hits / max(1, labelled)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)
