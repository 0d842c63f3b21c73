"""What the rules read of one claim: its words, names, places, figures, negations and cues, computed once a claim."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.contradictions.cues import denial_cue
from pipeline.contradictions.hedges import Hedge, hedges
from pipeline.contradictions.scopes import Negation, negations
from pipeline.contradictions.tables import COUNTRIES, family
from pipeline.matching.names import NAME_KINDS, given_and_family, last_part, name_key
from pipeline.matching.words import GENERIC_WORDS, STOP_WORDS, tokens
from schemas.claim import Claim, Quantity

READINGS = 20_000
"""Readings kept (about 4 kB each); a claim has a few partners, mostly soon after it came."""

_MARKS = re.compile(r"[\"“”„«»'‘’!;…]|[.,:](?!\d)")
_PROPER = re.compile(r"(?<![.!?:…\n\"“”'‘] )(?<!^)(?<![\"“‘'])\b[A-ZÀ-Þ][\w’'-]+")
_ATTRIBUTION = re.compile(
    r",?\s*(?:according to [^,;.]+|[^,;.\"“”]{3,60}? (?:said|says|told [\w ]{2,30}|reported|(?<!the )reports|announced"
    r"|added|stressed|wrote)"
    r"(?: on \w+day| in a statement)?)\s*\.?\s*$"
)
_ONE_WORD = (
    (re.compile(r"\bpass(?:ed|es|ing) away\b", re.IGNORECASE), "died"),
    (re.compile(r"\bnot guilty\b", re.IGNORECASE), "acquitted"),
)
"""Phrases that mean what one word means and would mislead word by word."""
_PERIOD = re.compile(
    r"\b(?:(?:last|this|next|previous|first|second|third|fourth|past) (?:\w+ )?"
    r"(?:year|month|week|quarter|half|days|weeks|months|hour|season)s?"
    r"|(?:\w+) (?:years?|months?|weeks?|days?) (?:ago|earlier|later|before)|(?:19|20)\d\d"
    r"|in (?:two|three|four|five|ten) (?:years|months|weeks)|a (?:year|month|week|day)"
    r"|january|february|april|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)


@dataclass(frozen=True)
class Reading:
    """One claim as the rules see it. Words are folded: inflection, synonyms, and countries with their towns and people.

    `words` are the content words, `names` the words of its names that say who is meant ("Nordmark" of "Bank of
    Nordmark"), `people` the family names that it gives to persons, `persons` first and family names.
    """

    text: str
    core: str
    words: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]
    people: frozenset[str]
    persons: frozenset[tuple[str, str]]
    quantities: tuple[Quantity, ...]
    negations: tuple[Negation, ...]
    denial: str | None
    hedges: frozenset[Hedge]
    weekdays: frozenset[str]
    periods: frozenset[str]
    """Times that figures are of: "last year", "october", "first nine months"."""
    unmarked: tuple[str, ...]
    """The words of the text without quotation marks, commas, stops and capitals, which outlets set differently."""


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
    names = _name_words(core, tuple(entity for entity in entities if entity[0] in core))
    return Reading(
        text=text,
        core=core,
        words=folded(core),
        names=names,
        places=frozenset(COUNTRIES[word] for word in _bare(core) if word in COUNTRIES),
        people=frozenset(last_part(name_key(name)) for name, kind in entities if kind == "PERSON"),
        persons=frozenset(
            full for name, kind in entities if kind == "PERSON" and (full := given_and_family(name)) is not None
        ),
        quantities=quantities,
        negations=negations(one_word(core)),
        denial=denial_cue(core) or cue,
        hedges=hedges(text),
        weekdays=frozenset(day.lower() for day in _WEEKDAY.findall(core)),
        periods=frozenset(period.lower() for period in _PERIOD.findall(core)),
        unmarked=tuple(_MARKS.sub("", text).lower().split()),
    )


def folded(text: str) -> frozenset[str]:
    """Return the folded content words of `text`."""
    return frozenset(family(word) for word in tokens(one_word(text)) if carries(word))


def one_word(text: str) -> str:
    """Return `text` with phrases put in one word: "found not guilty" → "found acquitted"."""
    for phrase, word in _ONE_WORD:
        text = phrase.sub(word, text)
    return text


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
    return frozenset(
        family(word)
        for word in tokens(spoken)
        if carries(word) and word not in GENERIC_WORDS and not _WEEKDAY.match(word)
    )
