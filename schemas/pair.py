"""Two claims worth comparing, and the word that an article was revised."""

from __future__ import annotations

from schemas.claim import Claim
from schemas.message import Message


class Pair(Message, frozen=True, kw_only=True, tag="pair"):
    """Two claims of different articles that may speak of the same thing.

    `a` was published first (ties: the smaller claim_id). `similarity` is the cosine of their vectors in [-1, 1],
    `shared` the names in both, `near_copy` whether their articles are copies of one text, `context` the cosine of the
    mean vectors of their articles' claims (1 within an article, None where not known).
    """

    pair_id: str
    a: Claim
    b: Claim
    similarity: float
    shared: tuple[str, ...] = ()
    near_copy: bool = False
    context: float | None = None


class Retraction(Message, frozen=True, kw_only=True, tag="retraction"):
    """Article `article_id` now stands at `revision`; claims of its earlier revisions no longer count.

    `claims` are the ids that the new revision makes; an earlier claim among them stays.
    """

    article_id: str
    revision: int
    claims: tuple[str, ...] = ()
