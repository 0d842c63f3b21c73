"""What a denial rejects, in its article: the claim of another source that it points to.

Which words deny stands in `vocabulary.py`, how they are read in `rejections.py` and `opposition.py`. What is
denied is a claim of the same article by another source: the one that the denial names ("the Journal's report"), the
one whose words it spells out or shares, else, where it only points ("denied the report"), what was last said before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.claims.wordlist import words

_REFERENCE = re.compile(
    r"\b(?:claims?|reports?|allegations?|accusations?|suggestions?|rumou?rs?|stor(?:y|ies)|news|figures?|article|"
    r"information|speculation|assertions?|charges?|statements?)\b",
    re.IGNORECASE,
)
_FIGURES = re.compile(
    r"\b(?:figures?|numbers?|statistics?|data|estimates?|exaggerated|inflated|tolls?)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]{3,}")
_STOP = words(
    "the and that this has have had was were are been being for from with into over about there their they his her "
    "its our not any all absolutely accordance another piece news fake which who will would said says saying claim "
    "report reports claims because than then also more most just many years year but some true after before when while "
    "once during"
)
_NO_NAME = words("who that this those they he she it i we you one people percent others some many")
"""Last words of sources that name nobody."""
_POINTS = re.compile(
    r"\b(?:it|this|(?<!s )that|so(?!-)|these|those|them|such|opposite|contrary|otherwise"
    r"|(?:hit|fired|struck|shot) back)\b",
    re.IGNORECASE,
)
NAME = 4
"""Words up to which a source is a name, not the sentence's subject taken for one."""
SHORT = 5
"""Words up to which a denial stands for an answer: "Absolutely not", "Utter nonsense, he said"."""

NAMED = 3.0
"""Weight of the denial naming the other's source, against one for each shared word stem. The weights were set on the
first case ("the Journal's report" points to the Journal although another claim shares more words), not fitted."""

ABOUT_DENIER = 1.5
"""Weight of the other claim being about the one who denies: people deny what was said of them."""

ABOUT_FIGURES = 2.0
"""Weight of the other claim holding figures where the denial speaks of figures ("the figures are exaggerated")."""

ENOUGH = 2.0
"""The lowest score at which a claim is taken as what is denied; below it only the denial's words are given."""


SHARE = 0.5
"""Share of the stems that a denial spells out which the other claim must have."""

MANY = 6
"""Stems beyond which no more are asked for: a long denied clause is seldom worded as the claim was."""

NEAR = 900
"""Characters before a denial within which it can point to something without naming it."""


ADJACENT = 250
"""Characters before a denial within which "it" or "that" can mean a claim that shares nothing with it: the sentence
before. Of 217 links in 207 real articles this and what must be shared leave out 25, of which 4 were right when read."""

ADJACENT_SAID = 300
"""The same for "the claim", "the rumours"."""


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
    target: str | None = None
    """What a denial spells out as denied."""
    points: bool = False
    """Whether a denial only points to what was said: "it", "the report"."""
    outlet: bool = False
    """Whether the outlet itself says it: a pointer means what somebody is said to say."""


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
    if denial.target is not None:
        spelled = _spelled_out(denial.target, denial, other)
        if spelled or not denial.points:
            return spelled
    own = stems(denial.source) if len(denial.source.split()) <= NAME else frozenset[str]()
    around = float(len((stems(denial.context) & stems(other.content)) - own))
    near = float(len(stems(denial.content) & stems(other.content)))
    named = NAMED * any(_names(denial.context, name) for name in (other.source, other.reporter) if name)
    about = ABOUT_DENIER * _names(other.content, denial.source)
    figures = other.figures and _FIGURES.search(denial.content[:1000]) is not None
    about += ABOUT_FIGURES * figures
    before = _just_before(denial, other) if denial.points and not other.outlet else 0.0
    later = 2.0 if other.position > denial.position else 0.0
    beside = near - len(stems(denial.content) & stems(other.content) & own)
    if not beside and not named and not (before and (around or figures)) and not _answers(denial, other):
        return 0.0
    before = before or (ABOUT_DENIER if _answers(denial, other) else 0.0)
    return max(0.0, near + 0.5 * max(0.0, around - near) + named + about + before - later)


def _answers(denial: Candidate, other: Candidate) -> bool:
    """Whether a denial that shares nothing with a claim points to it: "it", "the report" right after it."""
    said = denial.content[:1000]
    away = denial.position - other.position
    if not denial.points or away <= 0:
        return False
    if refers(said):
        return away <= ADJACENT_SAID and (not other.outlet or _names(other.content, denial.source))
    short = len(said.split()) <= SHORT or _POINTS.search(said) is not None
    return short and away <= ADJACENT and not other.outlet


def _spelled_out(target: str, denial: Candidate, other: Candidate) -> float:
    """Return how much of what a denial spells out the other says."""
    wanted = stems(target)
    shared = wanted & stems(other.content)
    if not wanted or len(shared) < max(1.0, SHARE * min(len(wanted), MANY)):
        return 0.0
    before = _just_before(denial, other)
    if len(shared) == 1 and (other.outlet or not before) and not _more_than(shared, denial, other):
        return 0.0
    return ENOUGH + len(shared) + 0.5 * before


def _more_than(shared: frozenset[str], denial: Candidate, other: Candidate) -> bool:
    """Whether two claims share another word than one of what is spelled out and the name of who denies."""
    return bool((stems(denial.content) & stems(other.content)) - shared - stems(denial.source))


def _just_before(denial: Candidate, other: Candidate) -> float:
    """Return what being said shortly before a denial counts: 2.5 for the sentence before, 0 from NEAR characters on."""
    away = denial.position - other.position
    return max(0.0, 2.5 * (1 - away / NEAR)) + 0.5 if 0 < away < NEAR else 0.0


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
    return (
        len(last) > 2 and last not in _NO_NAME and re.search(rf"\b{re.escape(last)}\b", text[:2000].lower()) is not None
    )
