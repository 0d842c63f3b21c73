"""The judgement on a pair."""

from __future__ import annotations

from typing import Literal

from schemas.claim import Claim
from schemas.message import Message

VerdictName = Literal["same", "suggested", "contradiction", "compatible", "unrelated"]
LABELS = ("same", "contradiction", "compatible", "unrelated")
"""The verdicts that pairs are labelled with and models give chances of; "suggested" is a less certain "same"."""
Layer = Literal["gate", "signs", "weights", "model"]
"""Another subject or one text; signs that count; features weighed; the two texts read together by a model."""
Kind = Literal["denial", "negation", "quantity", "opposite", "other"]
RULES: tuple[Kind, ...] = ("denial", "quantity", "negation", "opposite")
"""The kinds that rules find; "other" is what only a model sees."""


class Verdict(Message, frozen=True, kw_only=True, tag="verdict"):
    """What was found of a pair, with a score in [0, 1] and reasons in plain words.

    `kind` is set only for a contradiction. `denier` is "a" or "b" when one side rejects the other in so many words.
    """

    pair_id: str
    a: Claim
    b: Claim
    verdict: VerdictName
    score: float
    reasons: tuple[str, ...]
    kind: Kind | None = None
    denier: Literal["a", "b"] | None = None
    layer: Layer | None = None
    """Which layer of the cascade decided."""
    similarity: float = 0.0
    near_copy: bool = False
