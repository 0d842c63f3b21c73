"""What a cluster's articles said before they were changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from board import reading
from pipeline.ports import Index, Query
from schemas.cluster import Member

ALIKE = 0.6
"""From this cosine on, what an earlier revision said is shown as the earlier wording of a claim. Chosen by eye, not
measured: nothing is decided by it, and a reader sees both sentences."""

LOOKED_UP = 50
"""Changed articles of a page whose earlier wording is looked for."""


@dataclass(frozen=True)
class Revised:
    """A claim of an article that was changed since it was first read; `before` is what it said then, if otherwise."""

    revision: int
    before: str | None = None


def revised(index: Index, members: Sequence[Member]) -> dict[str, Revised]:
    """Return those members by claim id whose articles were changed."""
    claims = reading.claims(index, [member.claim_id for member in members])
    changed = [member for member in members if member.claim_id in claims and claims[member.claim_id].revision > 1]
    return {
        member.claim_id: Revised(
            claims[member.claim_id].revision, _before(index, member) if place < LOOKED_UP else None
        )
        for place, member in enumerate(changed)
    }


def _before(index: Index, member: Member) -> str | None:
    """Return the sentence of an earlier revision that is most like a claim's, unless it is the same."""
    where = {"article_id": member.article_id, "status": "superseded"}
    hits = index.search(Query("claims", like=member.claim_id, where=where, limit=1)).hits
    said = str(hits[0].body["sentence"]) if hits and hits[0].score >= ALIKE else None
    return said if said and said.split() != member.sentence.split() else None
