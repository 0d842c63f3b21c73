"""Denials: which claims reject something, and what they reject.

A claim denies by its cue ("denied", "refuted", "rejected the report") or by its own words ("no truth to", "fake
news", "exaggerated", "nothing to do with reality"). What it denies is a claim of the same article by another source:
the one that the denial names ("the Journal's report"), else the one it shares its words with. Refusing a demand,
deploring an act and stating a negative fact are no denials.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.claims.wordlist import words

_DEGREE = r"(?:(?:also|all|just|not|simply|totally|completely|entirely|absolutely|utterly|wholly|patently|grossly|as) )"
_UNTRUE = (
    r"(?:false|untrue|not true|incorrect|inaccurate|wrong|baseless|groundless|unfounded|fabricated|fabrications?|"
    r"a lie|lies|a hoax|a myth|nonsense|fiction|rubbish|made up|misleading|(?:greatly |vastly )?exaggerated|"
    r"without (?:foundation|merit|basis)|not based on fact)"
)
_CONTENT = re.compile(
    rf"\b(?:is|are|was|were|be|been|being|'s|as|were) {_DEGREE}{{0,2}}{_UNTRUE}\b"
    r"|\bno (?:truth|basis|substance) (?:to|in|for|whatsoever)\b"
    r"|\b(?:fake|false|bogus) ['\"]?(?:news|reports?|claims?|story|stories|rumou?rs?|allegations?|accusations?)\b"
    r"|\bnothing to do with (?:reality|the truth|facts)\b"
    r"|\bno (?:talk|question) of\b|\black(?:s|ed)? (?:any )?(?:credibility|foundation|basis)\b"
    r"|\b(?:never|did not|didn't) (?:happen|happened|took place|take place|occur|occurred|exist|existed)\b"
    r"|\bno such (?:\w+ )?(?:report|order|plan|decision|meeting|deal|agreement|talks?|thing|incident|event|call)s?\b"
    r"|\bdo(?:es)? not (?:correspond to|reflect) (?:reality|the truth|the facts)\b"
    r"|\bpure (?:fiction|invention|fantasy)\b"
    r"|\b(?:have|has|had|was|were) (?:been )?(?:\w+ )?(?:exaggerated|debunked|fabricated|invented)\b",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\b(?:claims?|reports?|allegations?|accusations?|suggestions?|rumou?rs?|stor(?:y|ies)|news|figures?|article|"
    r"information|speculation|assertions?|charges?|statements?)\b",
    re.IGNORECASE,
)
_FIGURES = re.compile(
    r"\b(?:figures?|numbers?|statistics?|data|estimates?|exaggerated|inflated|tolls?)\b", re.IGNORECASE
)
_NEGATED_DENIAL = re.compile(r"\b(?:not|never|neither|n't) (?:\w+ )?(?:den(?:y|ied)|refuted?|disput)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]{3,}")
_STOP = words(
    "the and that this has have had was were are been being for from with into over about there their they his her "
    "its our not any all absolutely accordance another piece news fake which who will would said says saying claim "
    "report reports claims because than then also more most just many years year"
)

NAMED = 3.0
"""Weight of the denial naming the other's source, against one for each shared word stem. The weights were set on the
first case ("the Journal's report" points to the Journal although another claim shares more words), not fitted."""

ABOUT_DENIER = 1.5
"""Weight of the other claim being about the one who denies: people deny what was said of them."""

ABOUT_FIGURES = 2.0
"""Weight of the other claim holding figures where the denial speaks of figures ("the figures are exaggerated")."""

ENOUGH = 2.0
"""The lowest score at which a claim is taken as what is denied; below it only the denial's words are given."""


@dataclass(frozen=True)
class Candidate:
    """What a claim offers for linking. `context` is the denial's neighbourhood: frame sentence and whole quotation."""

    claim_id: str
    position: int
    source: str
    reporter: str | None
    content: str
    context: str
    denies: bool
    figures: bool


def denies_by_content(content: str) -> bool:
    """Whether the words themselves reject something said: "There is no truth to the report"."""
    return bool(_CONTENT.search(content[:1000]))


def negated(wording: str) -> bool:
    """Whether a denial is itself denied: "did not deny that …"."""
    return bool(_NEGATED_DENIAL.search(wording[:1000]))


def refers(wording: str) -> bool:
    """Whether the wording points to something said: a report, a claim, the figures."""
    return bool(_REFERENCE.search(wording[:1000]))


def denied(denial: Candidate, others: Sequence[Candidate]) -> str | None:
    """Return the id of the claim among `others` that `denial` rejects, or None where none is near enough."""
    scored = [(score(denial, other), -abs(denial.position - other.position), other) for other in others]
    scored = [entry for entry in scored if entry[0] >= ENOUGH]
    if not scored:
        return None
    return max(scored, key=lambda entry: (entry[0], entry[1], entry[2].claim_id))[2].claim_id


def score(denial: Candidate, other: Candidate) -> float:
    """Return how well `other` fits as what `denial` rejects; 0 where it cannot be (same source, a denial too)."""
    if other.denies or other.source == denial.source or other.claim_id == denial.claim_id:
        return 0.0
    shared = float(len(stems(denial.context) & stems(other.content)))
    near = float(len(stems(denial.content) & stems(other.content)))
    named = NAMED * any(_names(denial.context, name) for name in (other.source, other.reporter) if name)
    about = ABOUT_DENIER * _names(other.content, denial.source)
    about += ABOUT_FIGURES * (other.figures and _FIGURES.search(denial.content[:1000]) is not None)
    if not shared and not named:
        return 0.0
    later = 2.0 if other.position > denial.position else 0.0
    return max(0.0, near + 0.5 * (shared - min(shared, near)) + named + about - later)


def stems(text: str) -> frozenset[str]:
    """Return the rough stems of a text's content words: six letters, plural and -ing, -ed cut off."""
    return frozenset(_stem(word) for word in _WORD.findall(text[:2000].lower()) if word not in _STOP)


def _stem(word: str) -> str:
    for ending in ("ting", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:6]


def _names(text: str, name: str) -> bool:
    last = name.split()[-1].lower() if name.split() else ""
    return len(last) > 2 and re.search(rf"\b{re.escape(last)}\b", text[:2000].lower()) is not None
