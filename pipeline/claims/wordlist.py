"""Word lists, written as running text so that they can be read and extended."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Return the words of a text, split at white space."""
    return frozenset(text.split())
