"""Negation: what one claim says is so and the other says is not."""

from __future__ import annotations

import re

from pipeline.contradictions.changes import both_steady
from pipeline.contradictions.cues import spelled_out
from pipeline.contradictions.finding import Finding, SideName, clip
from pipeline.contradictions.reading import Reading, carries, folded
from pipeline.contradictions.tables import family
from pipeline.matching.words import GENERIC_WORDS, stem, tokens

_CAPITAL = re.compile(r"\b[A-Z][\w’'-]*")
_LACKING = re.compile(r"\bwithout (\w+(?: \w+)?)", re.IGNORECASE)
WHOLE = 0.75
"""Share of what is negated that is enough although its first word is not shared."""


def negation_findings(a: Reading, b: Reading) -> list[Finding]:
    """Find words that one claim negates and the other states.

    Whoever negates rejects what the other states: a denial without the word. The strength is the share of what is
    negated that the other claim states: "did not pay" against "paid" is 1.
    """
    found: list[Finding] = []
    if both_steady(a, b):
        return found
    sides: tuple[tuple[SideName, Reading, Reading], ...] = (("a", a, b), ("b", b, a))
    for side, x, y in sides:
        words, share = _negated(x, y)
        if share:
            found.append(Finding("negation", share, f"'{words}' against '{clip(y.core)}'", denier=side))
    return found


def _negated(a: Reading, b: Reading) -> tuple[str, float]:
    """Return the words that `a` negates and `b` states and their share; ("", 0) when there are none."""
    lacking = " ".join([*_LACKING.findall(b.core), spelled_out(b.core) or ""])
    spared = folded(lacking).union(*(folded(negation.scope) for negation in b.negations))
    names = a.names | b.names
    best = ("", 0.0)
    for negation in a.negations:
        if negation.soft:
            continue
        scope = folded(negation.scope)
        if len(scope) == 1 and a.names and b.names and not a.names & b.names:
            continue  # "no protests": one word is negated by too many claims of other things
        hit = (scope & b.words) - spared
        named = names | _common_names(negation.scope)
        share = len(hit) / len(scope) if scope else 0.0
        if hit - named and share > best[1] and (share >= WHOLE or _head(negation.scope) in hit):
            best = (f"{negation.cue} {clip(negation.scope, 7)}".strip(), share)
    return best


def _head(scope: str) -> str | None:
    """Return the first content word that a negation reaches: what is negated, mostly."""
    return next((family(word) for word in tokens(scope) if carries(word)), None)


def _common_names(scope: str) -> frozenset[str]:
    """Return the words of names that many names share: "not the United States" negates nothing that is told of it."""
    words = tokens(" ".join(_CAPITAL.findall(scope)))
    return frozenset(family(word) for word in words if {word, stem(word)} & GENERIC_WORDS)
