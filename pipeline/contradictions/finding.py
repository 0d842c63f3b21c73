"""A sign that two claims cannot both hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from schemas.verdict import Kind

SideName = Literal["a", "b"]


@dataclass(frozen=True)
class Finding:
    """One sign: `strength` in [0, 1], `reason` in plain words, `denier` the side that rejects the other.

    `sure` means that the claims themselves say that one rejects the other; nothing else need be asked.
    """

    kind: Kind
    strength: float
    reason: str
    denier: SideName | None = None
    sure: bool = False
    plain: bool = False
    """True where the words leave little doubt: what is rejected is spelled out, or one frame holds two figures."""
    linked: bool = False
    """True where nothing but the article's own link says what is rejected: the words do not show it."""
    of_change: bool = False
    """True for "nothing has changed" against a change: judged by the names shared, not by the words."""


def clip(text: str, words: int = 12) -> str:
    """Return the first words of `text`, for a reason."""
    heard = text.strip().strip("\"“”'‘’").split()
    return " ".join(heard[:words]) + ("…" if len(heard) > words else "")
