"""Text from outside, fit for a line of a terminal or a message. Pure."""

from __future__ import annotations


def plain(text: str) -> str:
    """Return text on one line, without characters that move a cursor or hide what stands there."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
