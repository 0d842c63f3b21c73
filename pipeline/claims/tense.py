"""Tense around a time expression: does the verb that governs "on Friday" speak of what is to come?

By words alone, no parser: the nearest verb cue in the clause before the expression, then before it in the sentence,
then after it. TimeML leaves the direction of a bare weekday to tense in the same way (Mani and Wilson, *Robust temporal
processing of news*, ACL 2000).
"""

from __future__ import annotations

import re
from typing import Literal

Tense = Literal["past", "future"]

REACH = 160
"""Characters of the sentence read to either side; a verb further away seldom governs the time. A judgement."""

_TO = (
    r"(?:[Pp]lan(?:s|ned|ning)?|[Ss]et|[Dd]ue|[Ee]xpect(?:ed|s|ing)?|[Ss]cheduled|[Ss]lated|[Ll]ikely|[Aa]im(?:s|ed)?"
    r"|[Ii]ntend(?:s|ed)?|[Hh]op(?:es?|ed|ing)|[Aa]gree[sd]?|[Vv]ow(?:s|ed)|[Pp]romise[sd]?|[Pp]ledge[sd]?"
    r"|[Ww]ants?|[Ww]anted|[Pp]repar(?:es?|ed|ing)|[Rr]eady|[Pp]oised|[Gg]oing|[Aa]bout|[Ii]s|[Aa]re|[Uu]rged|[Aa]sked"
    r"|[Oo]rdered|[Hh]as|[Hh]ave|[Tt]hreaten(?:s|ed|ing)|[Dd]ecided|[Vv]oted|[Rr]esolved|[Oo]ffered|[Oo]ffers)"
)
FUTURE = re.compile(
    r"(?P<future>\b(?:[Ww]ill|[Ss]hall|[Ww]on['’]t|[Cc]an)\b|['’]ll\b"
    r"|\b(?:[Ww]ould|may|[Mm]ight|[Cc]ould|[Ss]hould|[Mm]ust)\b(?! (?:\w+ )?have\b)"
    rf"|\b{_TO} to (?!have\b)[a-z]+"
    r"|\b(?:scheduled|planned|due|slated|set|earmarked|booked|called|invited|summoned|expected)"
    r" (?:for|on|in|by|at|next|to)\b"
    r"|\b(?:postponed|delayed|adjourned|pushed back|moved|put off|extended|put back|rescheduled|deferred|remanded"
    r"|bailed|brought forward)(?: \w+){0,2} (?:to|until|till|from)\b"
    r"|\b(?:is|are|be|'s|’s) (?:due|expected|scheduled|planned|imminent|coming|next)\b"
    r"|\b(?:has|have|had|given|them|him|her|it|us|deadline of) (?:until|till)\b|\bahead of\b|\bdeadline\b"
    r"|\b(?:is|are|['’]re) (?:also )?(?!being\b)[a-z]{2,12}ing\b"
    r"|\b(?:[Ss]tarts|[Bb]egins?|[Oo]pens|[Cc]loses|[Ee]nds|[Ee]xpires?|[Mm]eets|[Tt]akes? (?:place|effect|over|office)"
    r"|[Kk]icks? off|[Rr]esumes?|[Aa]rrives|[Dd]eparts|[Gg]oes on|[Gg]o on|[Cc]omes? into|[Ff]alls on|[Ff]aces"
    r"|[Hh]osts)\b"
    r"|^[A-Z][\w’' ,-]{2,60} to (?!have\b)[a-z]+)"
    r"|(?P<finite>\b(?:was|were|had|said|told|announced|did|went|came|took|saw|found|began|fell|rose|left|died|made"
    r"|gave|got|met|won|lost|held|spoke|wrote|ran|hit|struck|broke|brought|sent|shot|stood|flew|led|became|grew|kept|sold|bought"
    r"|paid|threw|drew|fled|shut|cut|put|set|quit|beat|sank|sang|knew|thought|felt|fought|caught|taught|built|rebuilt"
    r"|withdrew|has|have|['’]d|been|says|tells)\b)"
    r"|(?P<participle>\b[a-z]{2,18}ed\b)"
)
_CLAUSE = re.compile(
    r"[,;:—–]|\b(?:that|who|which|after|before|when|while|because|but|if|as|where|though|although|since)\b"
)
_ENDS = re.compile(r"[.!?][\"'”’)]* +(?=[A-Z\"“'‘])|\n")


def tense(text: str, start: int, end: int) -> Tense | None:
    """Return the tense of what stands at characters [start, end) of `text`, None where no verb is seen."""
    before = _ENDS.split(text[max(0, start - REACH) : start])[-1]
    clause = before[_last_break(before) :]
    after = _ENDS.split(text[end : end + REACH])[0]
    return _nearest(clause) or _nearest(before) or _first(after)


def _last_break(before: str) -> int:
    breaks = [match.end() for match in _CLAUSE.finditer(before)]
    return breaks[-1] if breaks else 0


def _nearest(words: str) -> Tense | None:
    """Return the tense of the last finite verb; a participle counts only where no verb to come stands before it."""
    found = [match.lastgroup for match in FUTURE.finditer(words)]
    finite = [kind for kind in found if kind != "participle"]
    if finite:
        last = finite[-1]
        held = last == "finite" and len(finite) >= 2 and finite[-2] == "future" and _joined(words)
        return "future" if last == "future" or held else "past"
    return "past" if found else None


_JOINED = re.compile(
    r"\b(?:will|shall|would|may|might|could|should|must|can|to|['’]ll|won['’]t)(?: \w+)? be"
    r" (?:\w+ )?\w+\W*(?:\w+\W+){0,2}$"
)


def _joined(words: str) -> bool:
    """Whether the last verb is part of one to come: "will be held"."""
    return _JOINED.search(words) is not None


def _first(words: str) -> Tense | None:
    match = FUTURE.search(words)
    return None if match is None else "future" if match.lastgroup == "future" else "past"
