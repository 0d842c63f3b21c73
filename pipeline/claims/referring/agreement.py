"""Verbs that agree with a name put in place of "I" or "we": "I think" becomes "Stahl thinks"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.claims.timing.dates import Edit

_FORMS = {
    "am": "is", "are": "is", "have": "has", "do": "does", "were": "was", "'m": "is", "'re": "is", "'ve": "has",
    "'ll": "will", "'d": "would",
}  # fmt: skip
_SIBILANT = ("s", "x", "z", "ch", "sh", "o")


def agreements(doc: Any, subjects: Iterable[int]) -> Iterator[Edit]:
    """Yield the new wordings of the finite verbs of first-person subjects that a name has replaced."""
    for number in subjects:
        token = doc[number]
        if token.dep_ not in ("nsubj", "nsubjpass"):
            continue
        for verb in (token.head, *token.head.conjuncts):
            if verb.i != token.head.i and any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
                continue
            finite = next((c for c in verb.children if c.dep_ in ("aux", "auxpass")), verb)
            if finite.i > number and (wording := _third_person(finite)) is not None:
                yield Edit(finite.i, finite.i + 1, wording)


def _third_person(verb: Any) -> str | None:
    lowered = verb.lower_
    if lowered in _FORMS and (verb.tag_ in ("VBP", "VBD", "MD") or lowered[0] == "'"):
        return _FORMS[lowered]
    if verb.tag_ != "VBP":
        return None
    if lowered.endswith("y") and lowered[-2:-1] not in "aeiou":
        return f"{lowered[:-1]}ies"
    return f"{lowered}es" if lowered.endswith(_SIBILANT) else f"{lowered}s"
