"""Who "the mayor", "the singer" and "the 45-year-old" are."""

from __future__ import annotations

from typing import Any

from pipeline.claims.parsed import Parsed
from pipeline.claims.referring import genders
from pipeline.claims.referring.discourse import Discourse
from pipeline.claims.referring.referent import Referent, unique
from pipeline.claims.referring.vocabulary import (
    BY_TOPIC,
    CHARGE,
    LEADS,
    ON_TRIAL,
    TRIES,
)


def person_meant(lemma: str, noun: Any, parsed: Parsed, discourse: Discourse, inside: list[Referent]) -> str | None:
    """Return the person that a noun with "the" means, or None."""
    if any(one.kind == "person" and (one.named or lemma in one.described) for one in inside):
        return None
    sentences = discourse.telling(parsed, (lemma,))
    called = {lemma} | {child.lower_ for child in noun.children if child.dep_ in ("compound", "amod")}
    if lemma in BY_TOPIC:
        called = {lemma}
    so_called = unique(one for s in sentences for one in discourse.own(s) if one.named and called <= one.described)
    if so_called:
        return so_called[0].wording if len(so_called) == 1 and so_called[0].kind == "person" else None
    if lemma in CHARGE and (leader := _leader(parsed, discourse)) is not None:
        return leader
    if lemma != "old" and lemma not in BY_TOPIC:
        return None
    gender = genders.of_title(frozenset((lemma,)))
    if lemma in ON_TRIAL and not _tried(parsed, discourse):
        return None
    for spoken in discourse.before(parsed, 2):
        people = [one for one in spoken if one.kind == "person" and not one.plural]
        people = [one for one in people if gender is None or discourse.gender(one) in (gender, None)]
        if any(not one.named and lemma in one.described for one in people):
            return None
        found = unique(one for one in people if one.named)
        if len(found) == 1 and all(one.named or not one.described.isdisjoint(found[0].described) for one in people):
            return found[0].wording
        if people:
            return None
    return None


def _tried(parsed: Parsed, discourse: Discourse) -> bool:
    return any(t.lemma_ in TRIES for sentence in discourse.sentences_before(parsed, 2) for t in sentence.doc)


def _leader(parsed: Parsed, discourse: Discourse) -> str | None:
    """Return who leads something in the sentence before: "Vera Stahl runs Harrow Steel. The chairman …"."""
    for sentence in discourse.sentences_before(parsed, 1):
        for one in discourse.own(sentence):
            if one.kind == "person" and one.named and one.role == "subject":
                return one.wording if sentence.doc[one.head].head.lemma_ in LEADS else None
    return None
