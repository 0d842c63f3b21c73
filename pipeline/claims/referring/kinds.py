"""What is spoken of: a person, an organisation, a place or a thing; what it is called and where it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipeline.claims.naming.names import PEOPLES, TITLES, is_outlet
from pipeline.claims.referring import genders
from pipeline.claims.referring.referent import Kind, Role
from pipeline.claims.referring.vocabulary import (
    COLLECTIVE,
    DOCUMENTS,
    EVENTS,
    ORGANISATION_WORDS,
    ORGANISATIONS,
    PERSONS,
    PLACE_WORDS,
    PLACES,
)

_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_OBJECTS = frozenset(("dobj", "dative", "agent"))
_COUNTRIES = frozenset(name.lower() for name in PEOPLES.values())


def aged(token: Any) -> bool:
    """Whether a token is the head of "the 52-year-old"."""
    return bool(token.lower_ == "old" and token.i > 1 and token.nbor(-1).text == "-")


def proper(token: Any) -> bool:
    """Whether a token is part of a name."""
    return token.tag_ in ("NNP", "NNPS") and bool(token.text[:1].isupper() or token.text[:1].isdigit())


def descriptions(doc: Any, token: Any, start: int) -> frozenset[str]:
    """Return the lemmas of the nouns that a name is called by: before it, in apposition, or by "is"."""
    found = {
        child.lemma_.lower()
        for child in token.children
        if child.tag_ in ("NN", "NNP")
        and child.dep_ in ("compound", "nmod", "appos", "amod")
        and not child.text.istitle()
    }
    found |= {
        child.lower_
        for child in token.children
        if child.dep_ == "compound" and (child.lower_ in PERSONS | TITLES or child.lower_ in EVENTS)
    }
    for child in token.children:
        if child.dep_ == "appos" and not proper(child):
            found |= {child.lemma_.lower()} | {c.lemma_.lower() for c in child.conjuncts} | _before(child)
    head = token.head
    if token.dep_ == "appos" and proper(head) and head.dep_ == "pobj":
        head = head.head.head  # "the mayor of Velm, Jon Falk"
    if token.dep_ == "appos" and head.tag_ == "NN":
        found |= {head.lemma_.lower()} | _before(head)
    if token.dep_ in _SUBJECTS and head.lemma_ in _COPULAS:
        found |= {w for c in head.children if c.dep_ == "attr" for w in {c.lemma_.lower()} | _before(c)}
        found |= {t.lemma_.lower() for c in head.children if c.dep_ == "attr" for t in c.conjuncts}
        found |= {g.lemma_.lower() for c in head.children if c.lower_ == "as" for g in c.children if g.dep_ == "pobj"}
    if token.lower_ in EVENTS or token.lower_ in DOCUMENTS:
        found.add(token.lower_)
    return frozenset(found - {"the", "a", "an"})


def _before(noun: Any) -> set[str]:
    """Return the words that a post's noun is modified by: "chief" of "chief executive"."""
    return {child.lower_ for child in noun.children if child.dep_ in ("compound", "amod") and child.i < noun.i}


def kind_of_name(
    doc: Any, token: Any, name: str, described: frozenset[str], kind: Callable[[str], str | None]
) -> tuple[Kind, bool]:
    """Return the kind of a name and whether it is sure."""
    parts = name.lower().split()
    if not described.isdisjoint(PERSONS | (TITLES - {"chief", "executive", "the", "a", "an", "general", "foreign"})):
        return "person", True
    if len(parts) > 1 and (parts[-1] in EVENTS or parts[-1] in DOCUMENTS):
        return "thing", True
    if name.lower() in _COUNTRIES:
        return "place", True
    if len(parts) > 1 and genders.is_first_name(parts[0]) and parts[-1] not in ORGANISATION_WORDS | PLACE_WORDS:
        return "person", True
    if not described.isdisjoint(ORGANISATIONS):
        return "organisation", True
    if (
        not described.isdisjoint(PLACES)
        or parts[-1] in PLACE_WORDS
        or (parts[0] in ("lake", "cape", "port", "mount") and "&" not in parts)
    ):
        return "place", True
    if not ORGANISATION_WORDS.isdisjoint(parts) or is_outlet(name):
        return "organisation", True
    if parts[0] in ("st", "st."):
        return "name", False
    label = kind(name) or token.ent_type_
    if len(parts) == 1 and genders.is_first_name(parts[0]) and label in ("PERSON", "ORG"):
        return "person", True
    if label == "PERSON":
        return ("person", len(parts) > 1) if described.isdisjoint(_THINGS) else ("name", False)
    if label == "GPE" or (label in ("LOC", "FAC") and len(parts) > 1):
        return "place", preposition_of(token) in ("in", "near", "at", "off", "from", "to", "outside")
    if label == "ORG":
        return "organisation", len(parts) > 1 or token.text.isupper()
    return "name", False


_COPULAS = frozenset(("be", "is", "was", "been", "are", "were", "become", "remain", "serve"))
_THINGS = frozenset(("film", "book", "novel", "ferry", "ship", "tanker", "song", "album", "play", "boat", "trawler"))


def common_kind(token: Any, lemma: str) -> tuple[Kind, bool]:
    """Return the kind of a common noun, and whether it is plural."""
    plural = token.tag_ == "NNS" or lemma in COLLECTIVE
    if is_person(lemma) or aged(token) or lemma in ("people", "couple", "duo", "trio"):
        return "person", plural
    if lemma in PLACES and lemma not in ORGANISATIONS:
        return "place", plural
    return ("organisation" if lemma in ORGANISATIONS else "thing"), plural


def is_person(lemma: str) -> bool:
    """Whether a noun means a person, by list or by its ending: "theorist", "salesman"."""
    if lemma in PERSONS or (lemma.endswith(("woman", "person", "ologist")) and len(lemma) > 6):
        return True
    return len(lemma) > 6 and (lemma.endswith("man") or (lemma.endswith("ist") and not lemma.endswith("list")))


def role_of(token: Any) -> Role:
    """Return the grammatical role of a noun in its clause."""
    for _ in range(6):
        if token.dep_ not in ("conj", "appos"):
            break
        token = token.head
    if token.dep_ in _SUBJECTS:
        return "subject"
    if token.dep_ in _OBJECTS or (token.dep_ == "pobj" and token.head.dep_ == "agent"):
        return "object"
    return "oblique" if token.dep_ == "pobj" and token.head.head.pos_ in ("VERB", "AUX") else "modifier"


def preposition_of(token: Any) -> str:
    """Return the preposition that a noun hangs on, or ""."""
    return str(token.head.lower_) if token.dep_ == "pobj" else ""
