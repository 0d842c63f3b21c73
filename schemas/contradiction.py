"""A contradiction: two sides that cannot both be true."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from schemas.ids import pair_id
from schemas.message import Message, Part
from schemas.verdict import Kind


class Side(Part, frozen=True, kw_only=True):
    """One side's evidence. `quote` stands in `sentence` at character `quote_start`, -1 when not verbatim there."""

    claim_id: str
    article_id: str
    url: str
    outlet: str
    title: str
    source: str
    quote: str
    sentence: str
    quote_start: int
    published_at: datetime
    cluster_id: str


class Evidence(Part, frozen=True, kw_only=True):
    """One pair of quotes that cannot both be true, and why."""

    kind: Kind
    score: float
    reasons: tuple[str, ...]
    a: Side
    b: Side

    @property
    def pair_id(self) -> str:
        """The id of the pair of claims that it was found in."""
        return pair_id(self.a.claim_id, self.b.claim_id)


class Contradiction(Message, frozen=True, kw_only=True, tag="contradiction"):
    """Two clusters, or a cluster and its denials, that cannot both be true.

    `a` and `b` are the sides of the evidence that tells it best (`a` is what is denied, else what came out first);
    `evidence` holds all of it in that order. `kinds` are all kinds, `kind` that of the first, `score` the highest.
    `independent_sources` counts the outlets of both sides, where copies of one text and sister outlets count once (0 in
    messages from before it was counted). `first_seen` is the event time at which both sides had been published.
    `supersedes` are ids that this contradiction had before its clusters were joined or split: whoever was told of one
    of them has been told of this.
    """

    contradiction_id: str
    version: int
    kind: Kind
    kinds: tuple[Kind, ...]
    score: float
    reasons: tuple[str, ...]
    first_seen: datetime
    last_seen: datetime
    a: Side
    b: Side
    evidence: tuple[Evidence, ...]
    outlets: tuple[str, ...] = ()
    independent_sources: int = 0
    entities: tuple[str, ...] = ()
    status: Literal["open", "resolved", "superseded"] = "open"
    superseded_by: str | None = None
    supersedes: tuple[str, ...] = ()
