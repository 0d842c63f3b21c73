"""Entities: the named things of a sentence, by spaCy's recogniser, in a normal form that is one across articles."""

from __future__ import annotations

from typing import Any

from pipeline.claims.naming import gazetteer
from pipeline.claims.naming.metonyms import acts, situated
from pipeline.claims.naming.names import bare, initials, lowered, organisation, without_titles
from pipeline.claims.naming.registry import Names
from pipeline.claims.parsed import Parsed
from pipeline.claims.wordlist import words
from schemas.claim import Entity

KINDS = words("PERSON ORG GPE NORP LOC FAC EVENT PRODUCT LAW DATE WORK_OF_ART")
MAX_ENTITIES = 32
"""A sentence with more names is a list; the rest is left out."""


def entities(parsed: Parsed, names: Names, start: int, end: int) -> tuple[Entity, ...]:
    """Return the named things between article offsets `start` and `end`, each once, in order.

    A surname stands for the full name known from the article, an abbreviation for what the article or the table of
    organisations says, another name of a country for its usual one. A people, and a capital or seat of government that
    speaks or acts, keeps its own name and says which country it stands for.
    """
    found: dict[tuple[str, str], Entity] = {}
    for mention in parsed.doc.ents:
        inside = start <= parsed.start_of(mention[0]) and parsed.end_of(mention[-1]) <= end
        if inside and mention.label_ in KINDS and len(found) < MAX_ENTITIES:
            entity = _entity(mention, names)
            known = found.get((entity.name, entity.kind))
            if known is None or known.stands_for is None:
                found[entity.name, entity.kind] = entity
    return tuple(found.values())


def _entity(mention: Any, names: Names) -> Entity:
    kind = str(mention.label_)
    if kind == "DATE":
        return Entity(name=mention.text, kind=kind)
    plain = bare(mention.text)
    if kind != "PERSON" or (plain.lower() not in _GIVEN_NAMES and names.full(plain) == plain):
        placed = _place(mention, plain, kind)
        if placed is not None:
            return placed
    return _named(lowered(plain, names.text), kind, names)


_GIVEN_NAMES = words("jordan chad georgia sofia paris lima juba malta israel")
"""Countries and capitals that people are called, so that the recogniser's word counts."""


def _place(mention: Any, plain: str, kind: str) -> Entity | None:
    """Return a country, a people, a capital or a house of government; None for what is in no table."""
    key = plain.lower()
    country = gazetteer.COUNTRIES.get(key)
    if country is not None and plain != "us":
        return Entity(name=country, kind="GPE" if kind in ("ORG", "NORP", "PERSON") else kind)
    if key in gazetteer.PEOPLES and kind != "PERSON":
        adjective, country = gazetteer.PEOPLES[key]
        return Entity(name=adjective, kind="NORP", stands_for=country)
    if key in gazetteer.HOUSES:
        name, country = gazetteer.HOUSES[key]
        return Entity(name=name, kind="ORG", stands_for=None if situated(mention) else country)
    if key in gazetteer.CAPITALS:
        name, country = gazetteer.CAPITALS[key]
        return Entity(name=name, kind="GPE", stands_for=country if acts(mention) else None)
    return None


def _named(plain: str, kind: str, names: Names) -> Entity:
    """Return a person, an organisation or another thing under the longest name that is surely its own."""
    long = initials(names.text).get(plain.lower().replace(".", "")) if plain.isupper() else None
    if long is not None:
        return Entity(name=organisation(bare(long)), kind="ORG")
    full = names.full(plain)
    if kind == "PERSON" or names.kind(full) == "PERSON":
        return Entity(name=full, kind=names.kind(full) or kind)
    if kind in ("ORG", "FAC", "PRODUCT"):
        own = organisation(plain)
        grown = (
            names.full(own) if " " not in own and own == plain and own.lower() not in gazetteer.ORGANISATIONS else own
        )
        return Entity(name=organisation(grown), kind=names.kind(plain) or kind)
    return Entity(
        name=organisation(plain) if plain.isupper() else plain, kind=names.kind(without_titles(plain)) or kind
    )
