"""Which sentences without a claim are read too, because a pronoun or "the company" in a claim points back to them."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.claims.referring.vocabulary import DOCUMENTS, EVENTS, ORGANISATIONS, PERSONS, PLACES, PLURALS
from pipeline.claims.saying.speakers import Unit
from pipeline.claims.wordlist import words

MAX_PARSED_FOR_CONTEXT = 2
"""Sentences parsed in an article only because a later one points back to them, at 2.3 ms each."""

MAX_NAMED_FOR_CONTEXT = 5
"""Sentences whose names are recognised only for that, at 1.3 ms each."""

_POINTING = words("the this that these those both")
_NOUNS = (
    words("latter former brother sister")
    | ORGANISATIONS
    | PLACES
    | PERSONS
    | PLURALS
    | frozenset(EVENTS)
    | frozenset(DOCUMENTS)
    | {"old"}
)


def sentences_before(units: Sequence[Unit], wanted: Sequence[int]) -> list[int]:
    """Return the numbers of the sentences to read besides `wanted`, which hold claims; in order, within the bounds."""
    reach = {n: _points_back(units[n]) for n in wanted}
    chosen: list[int] = []
    parsed = 0
    known = set(wanted)
    for distance in (1, 2, 3):
        for number, far in reach.items():
            other = number - distance
            if far < distance or other < 0 or other in known or len(chosen) >= MAX_NAMED_FOR_CONTEXT:
                continue
            if any(between not in known for between in range(other + 1, number)):
                continue
            if units[other].parsed is None:
                if parsed >= MAX_PARSED_FOR_CONTEXT:
                    continue
                parsed += 1
            known.add(other)
            chosen.append(other)
    return sorted(chosen)


def _points_back(unit: Unit) -> int:
    """Return how many sentences back a sentence may point: 0 if everything in it is explained by itself."""
    reach = 0
    if unit.parsed is None:
        return 0
    doc = unit.parsed.doc
    singular = plural = person = False
    for token in doc:
        lowered = token.lower_
        if lowered in ("he", "she", "him", "her", "his") and not person:
            return 3
        if (lowered in ("it", "its") and not singular) or (lowered in ("they", "them", "their") and not plural):
            reach = 2
        elif lowered in ("there", "we", "our", "us") and token.tag_ != "EX":
            reach = max(reach, 1)
        elif lowered in _POINTING and token.head.i > token.i and token.head.lemma_.lower() in _NOUNS:
            reach = 2
        singular = singular or token.tag_ in ("NN", "NNP")
        plural = plural or token.tag_ == "NNS"
        if token.ent_type_ == "PERSON" and not person:
            person = not any(quotation.holds(unit.parsed.start_of(token)) for quotation in unit.inside)
    return reach
