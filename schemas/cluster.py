"""A cluster: claims that say the same thing."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from schemas.claim import Source, Stance
from schemas.message import Message, Part


class Origin(Part, frozen=True, kw_only=True):
    """Where the text of a copy comes from; without an article where only the agency's name is known."""

    outlet: str
    article_id: str | None = None
    url: str | None = None


class Member(Part, frozen=True, kw_only=True):
    """One claim of a cluster, as much of it as a list shows."""

    claim_id: str
    article_id: str
    url: str
    outlet: str
    title: str
    source: Source
    stance: Stance
    quote: str
    sentence: str
    published_at: datetime
    role: Literal["asserts", "denies"] = "asserts"
    copy_of: Origin | None = None
    """Whose text the article is, when it is a copy of one; copies count as one independent source."""


class Cluster(Message, frozen=True, kw_only=True, tag="cluster"):
    """Claims that say the same thing, and the claims that deny it.

    `claims` and `members` are in order of publication. `independent_sources` counts outlets; copies of one text and
    sister outlets count once. `asserters` and `deniers` are names of sources. `version` only ever rises; a reader
    keeps the highest. `status` is "open", or "merged" (then `merged_into` names the cluster that holds its claims now),
    or "empty".
    """

    cluster_id: str
    version: int
    headline: str
    claims: tuple[str, ...]
    members: tuple[Member, ...]
    outlets: tuple[str, ...]
    independent_sources: int
    asserters: tuple[str, ...]
    deniers: tuple[str, ...]
    first_seen: datetime
    last_seen: datetime
    entities: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()
    """Ids of claims in other clusters that may say the same: offered to the reader, not joined."""
    contradictions: tuple[str, ...] = ()
    status: Literal["open", "merged", "empty"] = "open"
    merged_into: str | None = None
