"""Which organisation or place "the company" and "the city" are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipeline.claims.naming.names import PEOPLES
from pipeline.claims.parsed import Parsed
from pipeline.claims.referring.discourse import REACH, Discourse
from pipeline.claims.referring.referent import Referent, unique
from pipeline.claims.referring.vocabulary import (
    COUNTRIES,
    HINTS,
    NAMED_ONLY,
    PLACES,
    SETTLEMENTS,
)
from pipeline.claims.wordlist import words

EXPLAINED = "\0"


def named_by(lemma: str, noun: Any, parsed: Parsed, discourse: Discourse, inside: list[Referent]) -> str | None:
    """Return the organisation or place that the noun means; EXPLAINED if the reader already sees it."""
    if _elsewhere(lemma, noun):
        return EXPLAINED
    if lemma in COUNTRIES and (people := _people(parsed, discourse)) is not None:
        return people
    hints = HINTS.get(lemma, frozenset((lemma,))) | {lemma}
    if any(_goes_by(one, hints, lemma) or (one.named and _may_be(lemma)(one)) for one in inside):
        return EXPLAINED
    spoken = list(discourse.before(parsed, REACH))
    wide = [discourse.own(sentence) for sentence in discourse.telling(parsed, hints)]
    so_called = unique(one for own in (*spoken, *wide) for one in own if one.named and _goes_by(one, hints, lemma))
    if so_called:
        near = unique(one for own in spoken for one in own if one.named and _goes_by(one, hints, lemma))
        if len(so_called) == 1:
            return so_called[0].wording
        return near[0].wording if len(near) == 1 else EXPLAINED
    if lemma in NAMED_ONLY - PLACES or lemma == "state":
        return None
    fits = _may_be(lemma)
    for own in spoken[:3]:
        if any(not one.named and lemma in one.described for one in own):
            return None
        found = unique(one for one in own if one.named and not one.plural and fits(one) and _stands(one, lemma))
        if found:
            return _one_of(lemma, noun, found)
    return None


def _people(parsed: Parsed, discourse: Discourse) -> str | None:
    """Return the country of the one people that the sentence before speaks of: "the German chancellor"."""
    for sentence in discourse.sentences_before(parsed, 1):
        peoples = {t.lower_ for t in sentence.doc if t.tag_ in ("JJ", "NNP", "NNPS") and t.ent_type_ == "NORP"}
        countries = {PEOPLES[people] for people in peoples if people in PEOPLES}
        if peoples:
            return countries.pop() if len(countries) == 1 and len(peoples) == 1 else EXPLAINED
    return None


def _goes_by(one: Referent, hints: frozenset[str], lemma: str) -> bool:
    if one.plural:
        return False
    return lemma in one.described or (one.kind != "person" and not hints.isdisjoint(one.wording.lower().split()))


def _stands(one: Referent, lemma: str) -> bool:
    """Whether a name is spoken of itself, not only within another's: "Virginia" in "Virginia delegate Jane Roe"."""
    return one.role != "modifier" or bool(one.preposition) or one.known or lemma in PLACES


def _may_be(lemma: str) -> Callable[[Referent], bool]:
    if lemma in PLACES:
        return lambda one: one.kind in ("place", "name") or (one.kind in ("organisation", "person") and not one.known)
    return lambda one: one.kind in ("organisation", "name") or (one.kind in ("place", "person") and not one.known)


def _one_of(lemma: str, noun: Any, found: list[Referent]) -> str | None:
    if lemma in PLACES:
        return _place(lemma, noun, found)
    subjects = [one for one in found if one.role == "subject"]
    sure = [one for one in found if one.kind == "organisation" and one.known]
    if len(found) == 1 and (found[0].role != "oblique" or sure):
        return found[0].wording
    aside = [one for one in found if one.preposition in _WHERE or (one.role == "modifier" and not one.preposition)]
    rest = [one for one in found if one not in aside or (one in sure and one.role != "modifier")]
    if len(rest) == 1 and rest in (subjects, sure):
        return rest[0].wording
    return None


_WHERE = words("in near at off outside around on")
_AMBIGUOUS = words(
    "bank party club band chain plant network exchange side bar paper fund trust site store mine mill firm"
)


def _elsewhere(lemma: str, noun: Any) -> bool:
    """Whether a noun of two meanings is used in the other: "on the bank", "the party lasted"."""
    where = noun.dep_ == "pobj" and noun.head.lower_ in (
        "on",
        "along",
        "across",
        "over",
        "in",
        "into",
        "under",
        "to",
        "with",
    )
    lasts = noun.dep_ == "nsubj" and noun.head.lemma_ in (
        "last",
        "begin",
        "start",
        "end",
        "break",
        "grow",
        "flower",
        "bloom",
        "wither",
        "need",
    )
    return lemma in _AMBIGUOUS and (where or lasts)


def _place(lemma: str, noun: Any, found: list[Referent]) -> str | None:
    subject = noun.dep_ in ("nsubj", "nsubjpass")
    if lemma in COUNTRIES and not subject:
        found = [one for one in found if one.known and one.kind == "place" and one.preposition]
    if lemma == "capital" and not (subject or (noun.dep_ == "pobj" and noun.head.lower_ in _WHERE)):
        return None
    if lemma in SETTLEMENTS and len(found) > 1:
        apart = [one for one in found if one.role == "modifier" and not one.preposition]
        found = [one for one in found if one not in apart]
    return found[0].wording if len(found) == 1 else None
