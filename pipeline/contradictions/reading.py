"""What the rules read of one claim: its words, names, places, figures, negations and cues, computed once a claim."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.contradictions.cues import denial_cue
from pipeline.contradictions.hedges import Hedge, hedges
from pipeline.contradictions.scopes import Negation, negations
from pipeline.contradictions.tables import COUNTRIES, family
from pipeline.matching.names import NAME_KINDS, last_part, name_key
from pipeline.matching.words import STOP_WORDS, tokens
from schemas.claim import Claim, Quantity

READINGS = 20_000
"""Readings kept (about 4 kB each); a claim has a few partners, mostly soon after it came."""

_PROPER = re.compile(r"(?<![.!?:…\n\"“”'‘] )(?<!^)(?<![\"“‘'])\b[A-ZÀ-Þ][\w’'-]+")
_ATTRIBUTION = re.compile(
    r",?\s*(?:according to [^,;.]+|[^,;.\"“”]{3,60}? (?:said|says|told [\w ]{2,30}|reported|reports|announced"
    r"|added|stressed|wrote)"
    r"(?: on \w+day| in a statement)?)\s*\.?\s*$"
)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)


@dataclass(frozen=True)
class Reading:
    """One claim as the rules see it. Words are folded: inflection, synonyms, and countries with their towns and people.

    `words` are the content words, `names` the words of its names, `people` the family names that it gives to persons.
    """

    text: str
    core: str
    words: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]
    people: frozenset[str]
    quantities: tuple[Quantity, ...]
    negations: tuple[Negation, ...]
    denial: str | None
    hedges: frozenset[Hedge]
    weekdays: frozenset[str]


def read(claim: Claim) -> Reading:
    """Return the reading of a claim; the same wording is read once."""
    text = claim.standalone or claim.content or claim.text
    entities = tuple((entity.name, entity.kind) for entity in claim.entities)
    return _read(text, entities, claim.quantities, (claim.cue or "denies") if claim.stance == "denies" else None)


@lru_cache(maxsize=READINGS)
def _read(
    text: str,
    entities: tuple[tuple[str, str], ...],
    quantities: tuple[Quantity, ...],
    cue: str | None,
) -> Reading:
    core = _core(text)
    names = _name_words(text, entities)
    return Reading(
        text=text,
        core=core,
        words=folded(core),
        names=names,
        places=frozenset(COUNTRIES[word] for word in _bare(core) if word in COUNTRIES),
        people=frozenset(last_part(name_key(name)) for name, kind in entities if kind == "PERSON"),
        quantities=quantities,
        negations=negations(core),
        denial=denial_cue(text) or cue,
        hedges=hedges(text),
        weekdays=frozenset(day.lower() for day in _WEEKDAY.findall(core)),
    )


def folded(text: str) -> frozenset[str]:
    """Return the folded content words of `text`."""
    return frozenset(family(word) for word in tokens(text) if carries(word))


def carries(word: str) -> bool:
    """Say whether a lower-case word carries content."""
    return word not in STOP_WORDS and len(word) > 1 and not word[0].isdigit()


def _core(text: str) -> str:
    """Return `text` without who said it at the end ("…, the ministry said on Friday")."""
    core = _ATTRIBUTION.sub("", text)
    return core if len(core) >= len(text) // 3 else text


def _bare(text: str) -> list[str]:
    return [word.removesuffix("'s") for word in tokens(text)]


def _name_words(text: str, entities: tuple[tuple[str, str], ...]) -> frozenset[str]:
    """Return the folded words of names; capitals inside a sentence are names where no entities are known."""
    known = [name for name, kind in entities if kind in NAME_KINDS]
    spoken = " ".join([*known, *_PROPER.findall(text)])
    return frozenset(family(word) for word in tokens(spoken) if carries(word) and not _WEEKDAY.match(word))
