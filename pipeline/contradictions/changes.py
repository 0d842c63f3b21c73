"""Changes of one thing: told as "most of them", as "from 1,000 to a few dozen", or denied as "has not changed"."""

from __future__ import annotations

import re

from pipeline.contradictions.finding import Finding, clip
from pipeline.contradictions.reading import Reading, folded
from pipeline.contradictions.tables import family

MOST = 0.5
"""Share of a whole above which "most of them" is a fair word for it."""

_MOST = re.compile(
    r"\b(?:most of|the majority of|nearly all|almost all|the bulk of|the vast majority)\b", re.IGNORECASE
)
_CHANGES = frozenset(family(word) for word in ("cut", "rise", "fall", "expand", "close"))
_SAME_AS_EVER = re.compile(
    r"\b(?:(?:has|have|had|was|were|is|are|will|does|do|did)(?: not|n['’]t) (?:been )?chang(?:e|ed)|unchanged"
    r"|no chang(?:e|es)"
    r"|(?:remains?|stay(?:s|ed)?) the same|(?:no|not any) (?:talk|question) of (?:any )?(?:\w+ )?(?:cuts?"
    r"|change|reduction|withdrawal)s?)\b",
    re.IGNORECASE,
)
_STEADY = re.compile(
    r"\b(?:held|holds?|kept|keeps?|left|leaves?|maintain(?:s|ed)?)\b[^.;]{0,60}?\b(?:rates?|levels?|prices?|unchanged"
    r"|steady|stable|on hold|flat|as (?:it is|they are))\b|\bat (?:that|this|the same) level since\b"
    r"|\bno (?:hurry|rush|need|plans?|intention|reason) to (?:raise|lift|increase|cut|lower|reduce|change|move)\b"
    r"|\bstill (?:at work|there|in place|in force|stationed|deployed|employed)\b",
    re.IGNORECASE,
)
MIN_NAMES = 1
"""Names that both must share: "nothing has changed" is said of everything."""


def both_steady(a: Reading, b: Reading) -> bool:
    """Say whether both tell that a thing stays as it is ("held its rate", "unchanged", "no notice of any cut")."""
    return _steady(a) and _steady(b)


def _steady(reading: Reading) -> bool:
    if _SAME_AS_EVER.search(reading.core) or _STEADY.search(reading.core):
        return True
    return any(_CHANGES & folded(negation.scope) for negation in reading.negations)


def unchanged_findings(a: Reading, b: Reading) -> list[Finding]:
    """Find that one side says nothing changed where the other reports a change, of something that both name."""
    found: list[Finding] = []
    for x, y in ((a, b), (b, a)):
        match = _SAME_AS_EVER.search(x.core)
        changed = _CHANGES & y.words
        if (
            match
            and changed
            and y.denial is None
            and not _SAME_AS_EVER.search(y.core)
            and len(x.names & y.names) >= MIN_NAMES
            and not both_steady(x, y)
        ):
            found.append(Finding("negation", 1.0, f"'{match.group()}' against '{clip(y.core)}'", of_change=True))
    return found


def same_change(a: Reading, b: Reading) -> str | None:
    """Return in words that two claims tell one change, one in figures and one as "most of them", or None."""
    for x, y in ((a, b), (b, a)):
        share = _fallen(x)
        told = _MOST.search(y.core)
        if share is None or told is None or share <= MOST or not _CHANGES & x.words & y.words:
            continue
        if x.names & y.names and _thing(x) & y.words:
            return f"'{told.group()}' fits a fall of {share:.0%}"
    return None


def _fallen(reading: Reading) -> float | None:
    """Return by which share something fell, from its figures "from … to …"."""
    ends = {quantity.role: quantity for quantity in reading.quantities if quantity.role in ("from", "to")}
    if len(ends) < 2 or not ends["from"].low or ends["to"].high is None:
        return None
    return 1.0 - ends["to"].high / ends["from"].low


def _thing(reading: Reading) -> frozenset[str]:
    return folded(
        " ".join(quantity.counted or "" for quantity in reading.quantities if quantity.role in ("from", "to"))
    )
