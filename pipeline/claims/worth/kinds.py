"""What kind of sentence this is: a report of facts, or opinion, question, forecast, advice, or the page's own.

Told by its wording alone, as the outlet's own assertion. A sentence that reports what somebody says, expects or asks
is a report of fact whatever is said. Only reports of facts are claims of an outlet; a source's forecast or opinion is
that source's claim.
"""

from __future__ import annotations

import re
from typing import Literal

from pipeline.claims.worth import kind_words as known
from pipeline.claims.worth.boilerplate import boilerplate

Kind = Literal["factual", "opinion", "question", "forecast", "advice", "boilerplate"]

MAX_CHARACTERS = 900
"""How much of a sentence is read: the longest that the splitter hands on."""

LEAST_OUTSIDE = 4
"""Letters outside quotation marks from which they count as the sentence: "he said"."""

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+){0,3}")
_QUOTED = re.compile(r"[\"“«][^\"“”«»]{0,600}(?:[\"”»]|$)|''[^'\"]{1,600}''")
_REPORTED = re.compile(known.REPORTED, re.IGNORECASE)
_ADVICE = re.compile(known.ADVICE, re.IGNORECASE)
_OPINION = re.compile(known.OPINION, re.IGNORECASE)
_DUTY = re.compile(known.DUTY, re.IGNORECASE)
_LEGAL = re.compile(known.LEGAL, re.IGNORECASE)
_FORECAST = re.compile(known.FORECAST, re.IGNORECASE)
_NOT_AHEAD = re.compile(known.NOT_AHEAD, re.IGNORECASE)
_SUBORDINATE = re.compile(known.SUBORDINATE, re.IGNORECASE)
_FIRST_PERSON = re.compile(
    r"\b(?:I(?:'m|'ve|'d|'ll)?|my|me|myself|we|our|us|ourselves)\b|^\W{0,3}(?:My|We|Our|Let us)\b"
)


def kind(sentence: str) -> Kind:
    """Return the kind of an English sentence; one in another language is mostly "factual". Some 20 µs."""
    if boilerplate(sentence):
        return "boilerplate"
    head = sentence[:MAX_CHARACTERS].replace("’", "'").strip()
    if _asks(head):
        return "question"
    own = _own_words(head)
    lowered = _WORD.findall(own.lower())
    present = set(lowered)
    personal = bool(_FIRST_PERSON.search(own))
    if not personal and not present.isdisjoint(known.REPORTING) and _REPORTED.search(own):
        return "factual"
    if _advises(own, lowered):
        return "advice"
    if personal or _judges(own, present):
        return "opinion"
    return "forecast" if _foresees(own, present) else "factual"


def _own_words(sentence: str) -> str:
    """Return a sentence with its quotations emptied; one that is nothing else stays as it is."""
    own = _QUOTED.sub(' "" ', sentence)
    return own if sum(map(str.isalpha, own)) >= LEAST_OUTSIDE else sentence


def _asks(sentence: str) -> bool:
    """Whether a sentence asks; one that only ends with somebody's question in quotation marks does not."""
    if not sentence.rstrip("\"'”» )*").endswith("?"):
        return False
    opened = max(sentence.rfind(mark, 1, -1) for mark in '"“«') if sentence[-1] in '"”»' else -1
    return opened <= 1 or sentence[:opened].rstrip()[-1:] not in (":", ",")


def _advises(own: str, lowered: list[str]) -> bool:
    """Whether the reader is told what to do: an imperative, "you should", or a duty of readers in some part."""
    if lowered[:2] in (["do", "not"], ["let", "us"]):
        return lowered[0] == "do"
    start = lowered[1] if len(lowered) > 1 and lowered[0] in known.BEFORE_IMPERATIVE else "".join(lowered[:1])
    if start in known.IMPERATIVE and not (len(lowered) > 1 and lowered[1] in known.AFTER_NOUN):
        return True
    return not known.ADVISING.isdisjoint(lowered) and bool(_ADVICE.search(own)) and not _LEGAL.search(own)


def _judges(own: str, present: set[str]) -> bool:
    if not present.isdisjoint(known.JUDGING):
        return True
    if not present.isdisjoint(known.DUTIES) and _DUTY.search(own) and not _LEGAL.search(own):
        return True
    return not present.isdisjoint(known.EVALUATIVE) and bool(_OPINION.search(own))


def _foresees(own: str, present: set[str]) -> bool:
    """Whether the main clause says what is to come; one that hangs on another verb is part of a report."""
    if present.isdisjoint(known.AHEAD) or _NOT_AHEAD.search(own):
        return False
    return any(not _SUBORDINATE.search(own, _clause(own, at.start()), at.start()) for at in _FORECAST.finditer(own))


def _clause(own: str, before: int) -> int:
    """Return where the clause starts that holds the character `before`: after the last comma, dash or colon."""
    return max(own.rfind(mark, 0, before) for mark in ",;:—–") + 1
