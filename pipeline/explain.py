"""Why a pair of claims got its verdict: what the index holds of it, and what each layer says of it today.

The index keeps claims, and the verdicts of contradictions; a pair is made again of its two claims as matching makes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from msgspec.structs import replace

from pipeline.claims.stage import Encode
from pipeline.clusters.documents import side_of
from pipeline.contradictions.explained import Explained, explained
from pipeline.contradictions.rereading import Read
from pipeline.errors import Unusable
from pipeline.index.kept import claim_of, contradiction_of, knows_names
from pipeline.index.named import Named, find_claim, find_named
from pipeline.index.stage import listed, roster_id
from pipeline.matching.names import shared_names
from pipeline.matching.stage import pair_between
from pipeline.ports import Index, Query
from schemas import ids
from schemas.claim import ArticleClaims, Claim
from schemas.contradiction import Contradiction, Evidence, Side
from schemas.pair import Pair

ALIKE = 0.02
"""Scores this far apart are one: vectors are kept in half precision."""

MOST = 500
"""Contradictions of one claim or cluster that are explained."""


@dataclass(frozen=True)
class Why:
    """Why two claims got their verdict.

    `told` is the evidence as the index holds it, None for two claims that were not told as a contradiction; `today` is
    what the present rules say and see, None where a claim is not in the index any more; `differs` says in words where
    the two are not one, `notes` what else a reader should know.
    """

    pair_id: str
    a: Side
    b: Side
    told: Evidence | None
    today: Explained | None
    differs: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """A contradiction, or None for two claims that were not told as one; `explained` are those of its evidence."""

    contradiction: Contradiction | None
    explained: tuple[Why, ...]
    notes: tuple[str, ...] = ()


class Explainer:
    """Explains what an index holds. `encode` makes vectors of texts, `read` reads two, as the pipeline does."""

    def __init__(self, index: Index, encode: Encode, read: Read) -> None:
        self._index = index
        self._encode = encode
        self._read = read
        self._rows: dict[str, Any] = {}

    def by_id(self, given: str, *, everything: bool = False) -> list[Case]:
        """Return what an id, or its first characters, stands for; `everything` explains all evidence, not the best.

        A contradiction or a pair gives one case, a claim or a cluster those of all its open contradictions.
        Raises Unusable where nothing, or more than one thing, begins so; Retryable when the store is away.
        """
        named = find_named(self._index, given)
        if named.what in ("claim", "cluster"):
            return self._cases_of(named, everything)
        pair = named.id if named.what == "pair" else None
        return [self._case(contradiction_of(named.body), pair, everything)]

    def two_claims(self, first: str, second: str) -> Case:
        """Return why two claims, each by its id or its first characters, got their verdict. Raises as `by_id` does."""
        one, two = (find_claim(self._index, given).id for given in (first, second))
        if one == two:
            raise Unusable(f"explaining {first}: both ids are of one claim; give those of two")
        wanted = ids.pair_id(one, two)
        for contradiction in self._with("claim_id", one):
            if wanted in {proof.pair_id for proof in contradiction.evidence}:
                return self._case(contradiction, wanted, False)
        bodies = self._index.get("claims", [one, two])
        a, b = sorted((claim_of(bodies[it]) for it in (one, two)), key=lambda it: (it.published_at, it.claim_id))
        note = "the index holds these two as no evidence of a contradiction; other verdicts are not kept there"
        return Case(None, (self._why(side_of(a), side_of(b), None, (note,)),))

    def _cases_of(self, named: Named, everything: bool) -> list[Case]:
        found = self._with(f"{named.what}_id", named.body.get("merged_into") or named.id)
        if not found:
            raise Unusable(
                f"explaining {named.id}: this {named.what} is in no open contradiction; to see what is said of two "
                "claims, give the ids of both"
            )
        claim = named.id if named.what == "claim" else None
        return [self._case(it, _first_with(it, claim), everything) for it in found]

    def _with(self, field: str, value: str) -> list[Contradiction]:
        hits = self._index.search(Query("contradictions", where={field: value}, sort="newest", limit=MOST)).hits
        return [contradiction_of(hit.body) for hit in hits]

    def _case(self, contradiction: Contradiction, pair_id: str | None, everything: bool) -> Case:
        """Explain one pair of a contradiction (None: that which tells it best), or all of them."""
        chosen = [it for it in contradiction.evidence if pair_id is None or it.pair_id == pair_id]
        shown = contradiction.evidence if everything else chosen[:1]
        return Case(contradiction, tuple(self._why(it.a, it.b, it) for it in shown), _standing(contradiction))

    def _why(self, a: Side, b: Side, told: Evidence | None, notes: tuple[str, ...] = ()) -> Why:
        bodies = self._index.get("claims", [a.claim_id, b.claim_id])
        pair_id = ids.pair_id(a.claim_id, b.claim_id)
        notes += tuple(note for side in (a, b) for note in _known(side, bodies.get(side.claim_id)))
        if len(bodies) < 2:
            return Why(pair_id, a, b, told, None, notes=notes)
        pair = self._pair(_whole(bodies[a.claim_id]), _whole(bodies[b.claim_id]))
        today = explained(pair, self._read)
        return Why(pair_id, a, b, told, today, differs(told, today), notes)

    def _pair(self, a: Claim, b: Claim) -> Pair:
        """Return two claims as the pair that matching makes of them, whatever lies between; `a` stays the first.

        All that their articles claim is read beside them: a denial is matched by what it denies, too, and what the
        articles are about is weighed.
        """
        claims = {it.claim_id: it for it in (*self._beside(a, b), a, b)}
        vectors = self._vectors(list(claims.values()))
        wanted = ids.pair_id(a.claim_id, b.claim_id)
        pair = pair_between(list(_articles(list(claims.values()), vectors)), wanted)
        if pair is not None:
            return _in_order(pair, a)
        cosine = np.dot(vectors[a.claim_id].astype(np.float64), vectors[b.claim_id].astype(np.float64))
        return Pair(pair_id=wanted, a=a, b=b, similarity=round(float(cosine), 4), shared=shared_names(a, b))

    def _vectors(self, claims: Sequence[Claim]) -> dict[str, Any]:
        """Return the vectors of claims by id; pairs of a contradiction share articles, and a text is encoded once."""
        new = [text for text in dict.fromkeys(it.standalone for it in claims) if text not in self._rows]
        if new:
            self._rows.update(zip(new, self._encode(new).astype("<f2"), strict=True))
        return {it.claim_id: self._rows[it.standalone] for it in claims}

    def _beside(self, *claims: Claim) -> list[Claim]:
        """Return what the articles of claims claim at present, and what the claims deny."""
        rosters = self._index.get("claims", [roster_id(article) for article in {it.article_id for it in claims}])
        wanted = {claim_id for body in rosters.values() for claim_id in listed(body)}
        wanted |= {it.denies.claim_id for it in claims if it.denies and it.denies.claim_id}
        return [claim_of(body) for body in self._index.get("claims", sorted(wanted)).values()] if wanted else []


def differs(told: Evidence | None, today: Explained) -> str | None:
    """Return in words where what was told is not what the present rules say, or None."""
    if told is None:
        return None
    now = today.verdict
    if (now.verdict, now.kind) == ("contradiction", told.kind) and abs(now.score - told.score) <= ALIKE:
        return None
    kind = f" ({now.kind})" if now.kind else ""
    return (
        f"told as contradiction ({told.kind}), score {told.score:.2f}; "
        f"today's rules say {now.verdict}{kind}, score {now.score:.2f}"
    )


def _first_with(contradiction: Contradiction, claim_id: str | None) -> str | None:
    """Return the pair that tells best what a claim is held against, None without a claim."""
    return next((it.pair_id for it in contradiction.evidence if claim_id in (it.a.claim_id, it.b.claim_id)), None)


def _standing(contradiction: Contradiction) -> tuple[str, ...]:
    if contradiction.status == "superseded":
        return (f"superseded: it is told as {contradiction.superseded_by} now",)
    return ("resolved: a side of it does not stand any more",) if contradiction.status == "resolved" else ()


def _known(side: Side, body: Mapping[str, Any] | None) -> Iterator[str]:
    """Yield what the index lacks of a claim, and whether the claim still stands."""
    if body is None:
        yield f"claim {side.claim_id} ({side.outlet}) is not in the index: only what was told can be shown"
        return
    if body.get("status") == "superseded":
        revision = body["superseded_by_revision"]
        yield f"{side.outlet} does not say this any more, since revision {revision} of its article"
    if not knows_names(body):
        yield f"the index does not hold what the names of {side.outlet}'s claim are: they were read from its words now"


def _whole(body: Mapping[str, Any]) -> Claim:
    """Return a claim of the index, its names read from its words where only those are kept."""
    claim = claim_of(body)
    if knows_names(body):
        return claim
    from pipeline.contradictions import compare  # it loads spaCy, which takes seconds

    return replace(claim, entities=compare.claim_of(claim.standalone or claim.text).entities)


def _articles(claims: Sequence[Claim], vectors: Mapping[str, Any]) -> Iterator[ArticleClaims]:
    """Yield claims by article, as the claims stage sends them."""
    for article_id in dict.fromkeys(it.article_id for it in claims):
        own = [it for it in claims if it.article_id == article_id]
        yield ArticleClaims(
            article_id=article_id,
            revision=1,
            outlet=own[0].outlet,
            url=own[0].url,
            published_at=own[0].published_at,
            claims=tuple(own),
            content_hash="",
            vectors=b"".join(vectors[it.claim_id].tobytes() for it in own),
            dimensions=len(vectors[own[0].claim_id]),
        )


def _in_order(pair: Pair, first: Claim) -> Pair:
    return pair if pair.a.claim_id == first.claim_id else replace(pair, a=pair.b, b=pair.a)
