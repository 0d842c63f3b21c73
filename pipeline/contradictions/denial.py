"""Denial: one side rejects, in so many words, what the other claims.

Three ways to know, the surest first: the claim points to the other as what it denies; the words that it denies are the
other's; or it carries words of rejection and speaks of the same thing.
"""

from __future__ import annotations

import re

from pipeline.contradictions.changes import both_steady
from pipeline.contradictions.cues import denial_cue, spelled_out, without_talk
from pipeline.contradictions.finding import Finding, SideName, clip
from pipeline.contradictions.gate import namesakes
from pipeline.contradictions.reading import Reading, carries, folded
from pipeline.matching.names import one_source
from pipeline.matching.words import tokens
from schemas.claim import Claim
from schemas.verdict import Kind

DENIED_SHARE = 0.5
"""Share of the denied words that the other claim must have to be what is denied."""

SURE_SHARE = 0.75
"""The same share for a claim whose source denies just those words."""

SURE_WORDS = 2
"""Words beyond talk of reports that must be shared, one of them no name, for a denial in another article to be sure."""

_TALK = folded("report claim story account newspaper paper article allegation people person rumour news")
"""Words that any report shares with any denial: they do not say what is denied."""
_SOURCING = re.compile(
    r"\b(?:newspaper|paper|report|article|story|agency)\b[^,.;]{0,20}\b(?:cited|cites|citing|quoted|quotes|quoting)\b",
    re.IGNORECASE,
)
_HALF = re.compile(
    r"(?:\bnot|n['’]t) (?:necessarily|always|entirely|exactly)\b"
    r"|\b(?:people|some|many|others) (?:are|were|have been) (?:saying|claiming|suggesting)\b",
    re.IGNORECASE,
)
"""What nobody claims who says it so: "does not necessarily want it", "people are saying that it is"."""
_SHARE = re.compile(
    r"(?:percent|per cent|majority|minority|half|thirds?|quarters?|\bin (?:three|four|five|six|ten|\d+))$|%",
    re.IGNORECASE,
)
"""Sources that are the part of those asked who gave an answer: other parts gave others, and nobody is wrong."""
_NEGATIVE = re.compile(r"(?:no|not|never|isn|wasn|without|at no)\b", re.IGNORECASE)
"""Cues of denial that are negations themselves: a claim with such a cue negates once, not twice."""
_FIGURES = frozenset(folded("figures figure numbers number count tally estimate estimates toll"))


def denial_findings(a: Claim, b: Claim, left: Reading, right: Reading) -> list[Finding]:
    """Find that one side rejects what the other claims; two denials do not reject each other."""
    if not any(claim.denies or _denies(claim, own) for claim, own in ((a, left), (b, right))):
        return []
    if _polled(a) or _polled(b) or both_steady(left, right):
        return []
    if _agree(a, b, left, right) or _agree(b, a, right, left):
        return []
    pointed = [*_pointed(a, b, left, right, "a"), *_pointed(b, a, right, left, "b")]
    if pointed:
        return pointed
    if (_denies(a, left) and _denies(b, right)) or one_source(a, b):
        return []
    return [*_spoken(a, b, left, right, "a"), *_spoken(b, a, right, left, "b")]


def _polled(claim: Claim) -> bool:
    return _SHARE.search((claim.source.name or "").split(" of ")[0]) is not None


def _denies(claim: Claim, reading: Reading) -> bool:
    return claim.stance == "denies" or reading.denial is not None


def _pointed(denier: Claim, other: Claim, own: Reading, others: Reading, side: SideName) -> list[Finding]:
    """The denial names the other claim, or its words, as what it denies."""
    if denier.denies is None or other.denies is not None or other.stance == "denies" or one_source(denier, other):
        return []
    if namesakes(own, others) is not None:
        return []
    if denier.denies.claim_id == other.claim_id:
        return _by_link(denier, other, own, others, side)
    denied = folded(without_talk(denier.denies.text or ""))
    if not denied or folded(denier.denies.text or "") >= own.words or _SOURCING.search(others.core):
        return []  # only the denial's own words, which do not say what is denied; or who was cited, which nobody denies
    if _negated(others) & denied - _TALK - others.names:
        return []  # the other denies it too
    return _by_words(denier, other, own, others, side, denied)


def _by_link(denier: Claim, other: Claim, own: Reading, others: Reading, side: SideName) -> list[Finding]:
    """The article links the two; the words may show that it is right, or that the denial is of something else."""
    negated, stated = _plainly_negated(own), _starts(others.core)
    if negated and not negated & stated:
        return []
    shared, figures = _specific(own, others), rejects_figures(own)
    if figures or not shared:
        return [_finding(denier, other, own, others, side, 1.0, sure=figures, linked=not shared)]
    share = len(shared) / max(1, min(len(_said(own)), len(_said(others))))
    content = shared - own.names - others.names or negated & stated
    sure = share >= DENIED_SHARE or (len(shared) >= SURE_WORDS and bool(content))
    return [_finding(denier, other, own, others, side, min(1.0, share), sure=sure)]


def _by_words(
    denier: Claim, other: Claim, own: Reading, others: Reading, side: SideName, denied: frozenset[str]
) -> list[Finding]:
    """The denied words are those of the other claim: enough of them, and not only words of talk."""
    shared = denied & others.words
    smaller = min(len(denied), len(others.words))
    if not smaller or len(shared) / smaller < DENIED_SHARE or not shared - _TALK:
        return []
    content = shared - _TALK - others.names - own.names
    told = len(content) >= SURE_WORDS or len(shared) >= DENIED_SHARE * len(denied)
    sure = bool(content) and told and len(shared - _TALK) >= SURE_WORDS
    return [_finding(denier, other, own, others, side, len(shared) / smaller, sure=sure)]


def _plainly_negated(own: Reading) -> frozenset[str]:
    """Return the starts of the words that a plain negative negates, which the other must state ("did not | meet")."""
    if denial_cue(own.core) is not None:
        return frozenset()
    scopes = (negation.scope for negation in own.negations)
    named = frozenset(start for name in own.names for start in _starts(name))
    return frozenset[str]().union(*map(_starts, scopes)) - named


def _starts(text: str) -> frozenset[str]:
    """Return the first six letters of each content word: "support" for "supportive" too."""
    return frozenset(word[:6] for word in tokens(text.replace("-", " ")) if carries(word))


def _said(reading: Reading) -> frozenset[str]:
    """Return the words of a claim without those of talk and of rejecting."""
    return reading.words - _TALK - folded(reading.denial or "")


def _specific(own: Reading, others: Reading) -> frozenset[str]:
    """Return the words, names and figures that both have, words of talk aside."""
    digits = frozenset(word for word in tokens(own.core) if word[0].isdigit())
    return ((own.words & others.words) - _TALK) | (digits & frozenset(tokens(others.core)))


def _agree(claim: Claim, other: Claim, own: Reading, others: Reading) -> bool:
    """Say whether the other claim too says that it is not so: it rejects what the denial rejects once."""
    if not _rejects_once(claim, own):
        return False
    if _HALF.search(others.core) or _negated(others) & own.words - _TALK - own.names:
        return True
    called = _starts(others.denial or "") & _starts(own.core)  # "a doctored image" and "the doctoring"
    return bool(called) and _rejects_once(other, others)


def _rejects_once(claim: Claim, own: Reading) -> bool:
    """Say whether a claim rejects something without rejecting that in turn ("denied that it is not true")."""
    cue = denial_cue(own.core)
    if cue is not None and _NEGATIVE.match(cue):
        return True
    outer = denial_cue(claim.cue or "")
    times = bool(own.negations) + (cue is not None) + (outer is not None and outer != cue)
    return times == 1 or (not times and claim.stance == "denies")


def _negated(reading: Reading) -> frozenset[str]:
    return frozenset[str]().union(*(folded(negation.scope) for negation in reading.negations))


def _spoken(denier: Claim, other: Claim, own: Reading, others: Reading, side: SideName) -> list[Finding]:
    """The denial has words of rejection; what it rejects is judged by what both speak of."""
    if not _denies(denier, own):
        return []
    rejected = _rejected(own)
    share = len(rejected & others.words) / len(rejected) if rejected else 0.0
    if not (rejected & others.words) - others.names - own.names:
        return []  # only names are shared
    sure = share >= SURE_SHARE and _denied_content(denier, own) and not others.negations
    plain = _spells_out(own, others)
    return [_finding(denier, other, own, others, side, max(share, float(plain)), sure=sure, plain=plain)]


def _rejected(own: Reading) -> frozenset[str]:
    """Return the words that a denial may reject: those after "never said", all others of "X, which he denied"."""
    cue = own.denial or ""
    before, _, after = own.core.partition(cue) if _NEGATIVE.match(cue) else ("", "", own.core)
    return (folded(after) or folded(before)) - folded(cue)


def _spells_out(own: Reading, others: Reading) -> bool:
    """Say whether the denial spells out what the other claims ("reports that it cut its staff are false")."""
    what = folded(spelled_out(own.core) or "")
    shared = (what & others.words) - _TALK
    if len(shared) < SURE_WORDS or others.negations or "about_talk" in others.hedges:
        return False
    return bool(shared - own.names - others.names) and len(shared) >= DENIED_SHARE * min(len(what), len(others.words))


def _denied_content(denier: Claim, own: Reading) -> bool:
    """Say whether the words of a denial are what it denies ("denied | it cut its staff"), not what it says instead."""
    return denier.stance == "denies" and denial_cue(own.text) is None and not own.negations


def _finding(
    denier: Claim,
    other: Claim,
    own: Reading,
    others: Reading,
    side: SideName,
    strength: float,
    *,
    sure: bool,
    plain: bool = False,
    linked: bool = False,
) -> Finding:
    reason = f"{_who(denier)} rejects what {_outlet(other)} reports: '{clip(own.core)}' against '{clip(others.core)}'"
    kind: Kind = "quantity" if others.quantities and rejects_figures(own) else "denial"
    return Finding(kind, strength, reason, side, sure, plain=plain, linked=linked)


def rejects_figures(reading: Reading) -> bool:
    """Say whether it is figures that are rejected ("the figures are exaggerated tens of times")."""
    return bool(reading.words & _FIGURES) and denial_cue(reading.text) is not None


def _who(claim: Claim) -> str:
    return claim.source.name or claim.outlet or "one side"


def _outlet(claim: Claim) -> str:
    return claim.outlet or "the other"
