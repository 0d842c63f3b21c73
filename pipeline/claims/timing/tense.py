"""Tense around a time expression: does the verb that governs "on Friday" speak of what is to come?

By words alone, no parser: the nearest verb cue in the clause before the expression, then before it in the sentence,
then after it. The direction of a bare weekday follows tense (Mani and Wilson, *Robust temporal processing of news*,
ACL 2000).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from pipeline.claims.wordlist import words

Tense = Literal["past", "future"]
Kind = Literal["future", "finite", "participle"]

REACH = 160
"""Characters of the sentence read to either side; a verb further away seldom governs the time. A judgement."""

_WILL = words("will shall won't can")
_MIGHT = words("would may might could should must")
_INTENDS = words(
    "plan plans planned planning set due expect expects expected expecting scheduled slated likely aim aims aimed "
    "intend intends intended hope hopes hoped hoping agree agrees agreed vow vows vowed promise promises promised "
    "pledge pledges pledged want wants wanted prepare prepares prepared preparing ready poised going about is are "
    "urged asked ordered has have threaten threatens threatened threatening decided voted resolved offered offers "
    "was were be being"
)
"""With "to" after them they speak of what is to come."""

_PLANNED = words("scheduled planned due slated set earmarked booked called invited summoned expected")
_MOVED = words("postponed delayed adjourned pushed moved put extended rescheduled deferred remanded bailed brought")
_EXPECTS = words("expect expects expecting need needs seek seeks await awaits forecast forecasts predict predicts")
_TIMETABLE = words(
    "starts begins begin opens closes ends expires expire meets resumes resume arrives departs faces hosts deadline"
)
"""Present tense of a timetable: "the museum opens on Friday"."""

_TIMETABLE_PAIRS = words(
    "take-place takes-place take-effect takes-effect takes-over take-office takes-office kicks-off goes-on go-on "
    "comes-into falls-on ahead-of"
)
_FINITE = words(
    "was were had said told announced did went came took saw found began fell rose left died made gave got met won "
    "lost held spoke wrote ran hit struck broke brought sent shot stood flew led became grew kept sold bought paid "
    "threw drew fled shut cut put quit beat sank sang knew thought felt fought caught taught built rebuilt withdrew "
    "has have been says tells lay blew swept burst bore chose drove ate forgot froze hid hung rode rang shook slept "
    "spent swore tore woke wore crept dealt dug lent meant sought slid stole swam swung dropped overturned "
    "overthrew undertook overtook"
)
_PLAINLY_PAST = words("was were had said told announced did went")
_HELD = 4
"""Words after "will" in which a verb belongs to it: "will stay shut", "will not be held"."""

_BREAKS = words("that who which after before when while because but if as where though although since")
_ENDS = re.compile(r"[.!?][\"'”’)]* +(?=[A-Z\"“'‘])|\n")
_DUE = (" deadline", "'s deadline", "’s deadline", " at the latest")
_MARKS = "\"'“”‘’()[].…!?"


def tense(text: str, start: int, end: int) -> Tense | None:
    """Return the tense of what stands at characters [start, end) of `text`, None where no verb is seen."""
    if text.startswith(_DUE, end):
        return "future"
    before = _ENDS.split(text[max(0, start - REACH) : start])[-1].replace("’", "'").split()
    cues = list(_cues(before))
    clause = _clause(before)
    found = _nearest([kind for place, kind in cues if place >= clause]) or _nearest([kind for _, kind in cues])
    if found is None and _headline(before):
        return "future"
    after = _ENDS.split(text[end : end + REACH])[0].replace("’", "'").split()
    return found or next((_tense(kind) for _, kind in _cues(after)), None)


def _clause(before: list[str]) -> int:
    """Return the place of the first word of the last clause."""
    for place in range(len(before) - 1, -1, -1):
        if before[place][-1] in ",;:—–" or before[place] in _BREAKS:
            return place + 1
    return 0


def _nearest(kinds: list[Kind]) -> Tense | None:
    """Return the tense of the last finite verb; a participle counts only where there is none."""
    finite = [kind for kind in kinds if kind != "participle"]
    return _tense(finite[-1]) if finite else "past" if kinds else None


def _tense(kind: Kind) -> Tense:
    return "future" if kind == "future" else "past"


def _headline(before: list[str]) -> bool:
    """Whether an infinitive stands for the future: "Union to strike on Monday"."""
    return "to" in before[1:-1] and before[0][:1].isupper()


def _cues(spoken: list[str]) -> Iterator[tuple[int, Kind]]:
    """Yield the verb cues with their places."""
    plain = [word.rstrip(",;:—–").strip(_MARKS) for word in spoken]
    if plain and plain[0] != "May":
        plain[0] = plain[0].lower()
    coming = -_HELD
    for place, word in enumerate(plain):
        kind = _cue(plain, place, word)
        if kind == "future":
            coming = place
        if kind is not None and (kind == "future" or place - coming >= _HELD or word in _PLAINLY_PAST):
            yield place, kind


def _cue(plain: list[str], place: int, word: str) -> Kind | None:
    before = plain[place - 1] if place else ""
    after = plain[place + 1] if place + 1 < len(plain) else ""
    later = plain[place + 1 : place + 4]
    if word in _WILL or word.endswith("'ll"):
        return "future"
    if word in _MIGHT:
        return None if "have" in later[:2] else "future"
    if word == "to":
        return "future" if before in _INTENDS and after != "have" else None
    if word in ("is", "are") or word.endswith("'re"):
        progressive = [one for one in later[:2] if len(one) > 4 and one.endswith("ing") and one != "being"]
        return "future" if progressive else None
    if word in ("until", "till"):
        return "future" if before in ("has", "have", "had", "given", "them", "him", "her", "it", "us", "of") else None
    if word in _PLANNED and after in ("for", "on", "in", "by", "at", "next", "to", ""):
        return "future"
    if word in _MOVED and {"to", "until", "till", "from"} & set(later):
        return "future"
    if word in _TIMETABLE or f"{word}-{after}" in _TIMETABLE_PAIRS or (word in _EXPECTS and after != "to"):
        return "future"
    if word in _FINITE and before != "be":
        return "finite"
    return "participle" if len(word) > 3 and word.endswith("ed") else None
