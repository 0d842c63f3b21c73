"""Entities: the named things of a sentence, by spaCy's recogniser, in their normal form within the article."""

from __future__ import annotations

from typing import Any

from pipeline.claims.names import normal
from pipeline.claims.parsed import Parsed
from pipeline.claims.registry import Names
from pipeline.claims.wordlist import words
from schemas.claim import Entity

KINDS = words("PERSON ORG GPE NORP LOC FAC EVENT PRODUCT LAW DATE WORK_OF_ART")
MAX_ENTITIES = 32
"""A sentence with more names is a list; the rest is left out."""


def entities(parsed: Parsed, names: Names, start: int, end: int) -> tuple[Entity, ...]:
    """Return the named things between article offsets `start` and `end`, each once, in order.

    A surname stands for the full name known from the article; a people or metonym for its country.
    """
    found: dict[tuple[str, str], Entity] = {}
    for mention in parsed.doc.ents:
        inside = start <= parsed.start_of(mention[0]) and parsed.end_of(mention[-1]) <= end
        if inside and mention.label_ in KINDS and len(found) < MAX_ENTITIES:
            entity = _entity(mention, names)
            found.setdefault((entity.name, entity.kind), entity)
    return tuple(found.values())


def _entity(mention: Any, names: Names) -> Entity:
    kind = mention.label_
    if kind == "DATE":
        return Entity(name=mention.text, kind=kind)
    name = normal(mention.text)
    country = name not in mention.text
    expanded = name if country else names.full(name)
    return Entity(name=expanded, kind="GPE" if country else names.kind(expanded) or kind)
