"""A pair of claims → a verdict with its reasons: the same in either order of the claims.

A cascade, cheapest first. The gate and the rules read every pair (`rules.py`); a model that reads both texts together
is asked about the few that they leave open, and about every contradiction before it is told (`rereading.py`).
"""

from __future__ import annotations

from dataclasses import replace

from msgspec.structs import replace as with_sides

from pipeline.contradictions.decision import Decision
from pipeline.contradictions.features import features, look
from pipeline.contradictions.finding import SideName
from pipeline.contradictions.rereading import Read, ask, is_open, reread
from pipeline.contradictions.rules import by_rules
from pipeline.contradictions.score import chances
from schemas.claim import Claim
from schemas.pair import Pair
from schemas.verdict import Verdict


def judge(pair: Pair, read: Read | None = None, *, thorough: bool = False) -> Verdict:
    """Return the verdict on a pair; without `read` that of the gate and the rules alone.

    A `thorough` judge has every pair read together; a stream cannot afford that.
    """
    found = decide(pair, read, thorough=thorough)
    return Verdict(
        pair_id=pair.pair_id,
        a=pair.a,
        b=pair.b,
        verdict=found.verdict,
        score=round(found.score, 4),
        reasons=found.reasons,
        kind=found.kind,
        denier=found.denier,
        layer=found.layer,
        similarity=pair.similarity,
        near_copy=pair.near_copy,
    )


def decide(pair: Pair, read: Read | None = None, *, thorough: bool = False) -> Decision:
    """Return what is told of a pair, and by which layer; see `judge`."""
    swapped = _key(pair.b) < _key(pair.a)
    found = _decide(with_sides(pair, a=pair.b, b=pair.a) if swapped else pair, read, thorough)
    return replace(found, denier=_swap(found.denier)) if swapped else found


def _decide(pair: Pair, read: Read | None, thorough: bool) -> Decision:
    seen = look(pair.a, pair.b)
    chance = chances(features(seen, pair.similarity))
    ruled = by_rules(seen, pair.similarity, chance)
    if read is None or not is_open(ruled, chance, thorough=thorough):
        return replace(ruled, chance=chance["contradiction"])
    return reread(pair, seen, ruled, chance, ask(read, seen))


def _key(claim: Claim) -> tuple[str, str, str]:
    """The order in which a pair is read, whatever order it came in."""
    return claim.standalone or claim.content or claim.text, claim.claim_id, claim.outlet


def _swap(side: SideName | None) -> SideName | None:
    if side is None:
        return None
    return "b" if side == "a" else "a"
