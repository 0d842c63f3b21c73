"""What is told of a part of an archive that is no article."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BadLine:
    """A line, record or file that is no article: its number (from 1), its bytes, and what is wrong with it."""

    number: int
    raw: bytes
    reason: str
