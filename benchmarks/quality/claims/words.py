"""Words compared as bags: token F1, and equality but for small words."""

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
