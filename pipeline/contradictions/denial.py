"""Denial: one side rejects, in so many words, what the other claims.

Three ways to know, the surest first: the claim points to the other as what it denies; the words that it denies are the
other's; or it carries words of rejection and speaks of the same thing.
"""

from __future__ import annotations

from pipeline.contradictions.cues import denial_cue
from pipeline.contradictions.finding import Finding, SideName, clip
from pipeline.contradictions.reading import Reading, folded
from pipeline.matching.names import one_source
from schemas.claim import Claim

DENIED_SHARE = 0.5
"""Share of the denied words that the other claim must have to be what is denied."""

SURE_SHARE = 0.75
"""The same share for a claim whose source denies just those words."""

_FIGURES = frozenset(folded("figures figure numbers number count tally estimate estimates toll"))


def denial_findings(a: Claim, b: Claim, left: Reading, right: Reading) -> list[Finding]:
    """Find that one side rejects what the other claims; two denials do not reject each other."""
    pointed = [*_pointed(a, b, left, right, "a"), *_pointed(b, a, right, left, "b")]
    if pointed:
        return pointed
    if (_denies(a, left) and _denies(b, right)) or one_source(a, b):
        return []
    return [*_spoken(a, b, left, right, "a"), *_spoken(b, a, right, left, "b")]


def _denies(claim: Claim, reading: Reading) -> bool:
    return claim.stance == "denies" or reading.denial is not None


def _pointed(denier: Claim, other: Claim, own: Reading, others: Reading, side: SideName) -> list[Finding]:
    """The denial names the other claim, or its words, as what it denies."""
    if denier.denies is None or other.denies is not None or other.stance == "denies" or one_source(denier, other):
        return []
    if denier.denies.claim_id == other.claim_id:
        return [_finding(denier, other, own, others, side, 1.0, sure=True)]
    if not denier.denies.text:
        return []
    denied = folded(denier.denies.text)
    if denied >= own.words:
        return []  # only the denial's own words: they do not say what is denied
    smaller = min(len(denied), len(others.words))
    share = len(denied & others.words) / smaller if smaller else 0.0
    return [_finding(denier, other, own, others, side, share, sure=True)] if share >= DENIED_SHARE else []


def _spoken(denier: Claim, other: Claim, own: Reading, others: Reading, side: SideName) -> list[Finding]:
    """The denial has words of rejection; what it rejects is judged by what both speak of."""
    if not _denies(denier, own):
        return []
    rejected = folded(own.core) - folded(own.denial or "")
    share = len(rejected & others.words) / len(rejected) if rejected else 0.0
    sure = share >= SURE_SHARE and _denied_content(denier, own) and not others.negations
    return [_finding(denier, other, own, others, side, share, sure=sure)]


def _denied_content(denier: Claim, own: Reading) -> bool:
    """Say whether the words of a denial are what it denies ("denied | it cut its staff"), not what it says instead."""
    return denier.stance == "denies" and denial_cue(own.text) is None and not own.negations


def _finding(
    denier: Claim, other: Claim, own: Reading, others: Reading, side: SideName, strength: float, *, sure: bool
) -> Finding:
    reason = f"{_who(denier)} rejects what {_outlet(other)} reports: '{clip(own.core)}' against '{clip(others.core)}'"
    return Finding("quantity" if others.quantities and rejects_figures(own) else "denial", strength, reason, side, sure)


def rejects_figures(reading: Reading) -> bool:
    """Say whether it is figures that are rejected ("the figures are exaggerated tens of times")."""
    return bool(reading.words & _FIGURES) and denial_cue(reading.text) is not None


def _who(claim: Claim) -> str:
    return claim.source.name or claim.outlet or "one side"


def _outlet(claim: Claim) -> str:
    return claim.outlet or "the other"
