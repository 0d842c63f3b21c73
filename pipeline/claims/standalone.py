"""The stand-alone wording of a claim: read without its article it says the same.

Pronouns, "the company", "the country" and relative days are replaced where the article leaves one reading only;
otherwise they stay, because a wrong name is worse than none. It starts with a capital, ends with a full stop and has
no quotation marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from pipeline.claims.frames import Span
from pipeline.claims.names import PEOPLES
from pipeline.claims.parsed import Parsed
from pipeline.claims.registry import Names
from pipeline.claims.sources import FIRM_ROLES, HE
from pipeline.claims.wordlist import words
from schemas.claim import Source

MAX_STANDALONE = 600
"""Characters kept: beyond some 128 tokens the encoder reads nothing more."""

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_AGREES = {"am": "is", "are": "is", "have": "has", "were": "was", "do": "does", "'m": "is", "'re": "is", "'ve": "has"}
_POSSESSIVE = words("his her its their my our")
_SPACE_BEFORE = re.compile(r"\s+([,.;:!?])")


@dataclass(frozen=True)
class Context:
    """What a wording is resolved against. `quoted`: the words are the source's own, so "we" is the source."""

    names: Names
    source: Source
    published_at: datetime
    quoted: bool
    first: int = 0
    """The token that the wording starts with; names before it are not part of it."""


def standalone(parsed: Parsed, spans: tuple[Span, ...], context: Context) -> str:
    """Return the token ranges reworded to be read alone."""
    words: list[str] = []
    context = replace(context, first=spans[0][0] if spans else 0)
    for start, end in spans:
        words.append(" ".join(_subject(parsed, start, context)))
        words.extend(_word(parsed, token, context) for token in parsed.doc[start:end])
        words.append(" ")
    return finish("".join(words))


def finish(text: str) -> str:
    """Return a wording with single spaces, a capital at the start and a full stop at the end."""
    plain = _SPACE_BEFORE.sub(r"\1", " ".join(text.replace('"', "").split()))[:MAX_STANDALONE]
    plain = plain.strip(" ,;:–—-'")
    if not plain:
        return ""
    ended = plain if plain.endswith((".", "!", "?")) else plain + "."
    return ended[0].upper() + ended[1:]


def _subject(parsed: Parsed, start: int, context: Context) -> list[str]:
    """Put the source before a content that begins with its verb: he said he | "has not changed"."""
    token = parsed.doc[start]
    finite = token.tag_ in ("VBZ", "VBD", "MD") and token.pos_ in ("VERB", "AUX")
    subject = any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in token.children)
    headed = token.dep_ in ("aux", "auxpass") and any(c.dep_ in ("nsubj", "nsubjpass") for c in token.head.children)
    return (
        [context.source.name, ""] if finite and not subject and not headed and context.source.kind != "outlet" else []
    )


def _word(parsed: Parsed, token: Any, context: Context) -> str:
    lowered = token.lower_
    if token.pos_ == "PRON" or lowered in _POSSESSIVE:
        return _pronoun(parsed, token, context) + str(token.whitespace_)
    if lowered in _AGREES and token.tag_ in ("VBP", "VBD") and _first_person_singular(token, context):
        return (
            _AGREES[lowered] + str(token.whitespace_)
            if lowered[0] != "'"
            else " " + _AGREES[lowered] + str(token.whitespace_)
        )
    if lowered in _DAYS or lowered in ("today", "yesterday", "tomorrow"):
        return _day(token, context.published_at) + str(token.whitespace_)
    if lowered in ("the", "this") and (name := _definite(parsed, token, context)) is not None:
        return name
    if token.i and token.dep_ != "det" and _replaced(parsed, token, context):
        return ""
    return str(token.text_with_ws)


def _pronoun(parsed: Parsed, token: Any, context: Context) -> str:
    lowered = token.lower_
    name = _who(parsed, token, context)
    if name is None:
        return str(token.text)
    return f"{name}'s" if lowered in _POSSESSIVE and token.dep_ == "poss" else name


def _who(parsed: Parsed, token: Any, context: Context) -> str | None:
    lowered, source = token.lower_, context.source
    if lowered in ("i", "me", "my") and context.quoted and source.kind == "person":
        return source.name
    if lowered in ("we", "us", "our") and source.kind in ("organisation", "place") and context.quoted:
        return source.name
    own = _own_subject(parsed, token, context.first)
    if own or token.dep_ == "expl":
        return None
    if lowered in ("he", "she", "him") or (lowered in ("his", "her") and token.dep_ == "poss"):
        same = source.kind == "person" and not context.quoted
        return source.name if same else context.names.person_before(parsed.start_of(token))
    if lowered in ("it", "its") and source.kind == "organisation":
        return source.name
    return None


def _own_subject(parsed: Parsed, token: Any, first: int) -> bool:
    """Whether a name before the pronoun in its own sentence already says whom it means."""
    return any(
        ent.end <= token.i and ent.label_ in ("PERSON", "ORG", "NORP", "GPE") and ent.start >= first
        for ent in parsed.doc.ents
        if _same_span(parsed, ent, token)
    )


def _same_span(parsed: Parsed, mention: Any, token: Any) -> bool:
    person = token.lower_ in HE or token.lower_ in ("his",)
    return bool((mention.label_ == "PERSON") == person) and mention.root.dep_ not in ("poss",)


def _first_person_singular(token: Any, context: Context) -> bool:
    if token.dep_ not in ("ROOT", "aux", "auxpass", "cop", "ccomp", "conj") or not context.quoted:
        return False
    verb = token.head if token.dep_ in ("aux", "auxpass") else token
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None:
        return False
    singular = subject.lower_ == "i" and context.source.kind == "person"
    return singular or (subject.lower_ == "we" and context.source.kind in ("organisation", "place"))


def _day(token: Any, published: datetime) -> str:
    """Return the date a weekday means, the last one before or on publication; "next Monday" stays as it is."""
    before = token.doc[token.i - 1].lower_ if token.i else ""
    if before in ("next", "last", "every", "each") or token.lower_ + "s" == token.text.lower() + "ss":
        return str(token.text)
    shift = {"today": 0, "yesterday": -1, "tomorrow": 1}.get(token.lower_)
    if shift is None:
        future = any(t.lower_ in ("will", "shall", "would", "to", "next") and t.tag_ == "MD" for t in token.doc)
        if future:
            return str(token.text)
        shift = -((published.weekday() - _DAYS.index(token.lower_)) % 7)
    day = published + timedelta(days=shift)
    if (token.i + 1 < len(token.doc) and token.dep_ == "compound") or token.dep_ in ("poss", "nmod"):
        return str(token.text)
    plain = f"{day.day} {day:%B %Y}"
    return plain if token.lower_ in _DAYS else f"on {plain}"


def _definite(parsed: Parsed, token: Any, context: Context) -> str | None:
    """Resolve "the country" and "the company" where exactly one stands before or is the source."""
    noun = token.head
    if noun.i != token.i + 1 or noun.tag_ != "NN":
        return None
    name = _country(parsed, noun) if noun.lower_ == "country" else _firm(noun, context)
    return None if name is None else name + noun.whitespace_


def _replaced(parsed: Parsed, token: Any, context: Context) -> bool:
    before = token.doc[token.i - 1]
    return (
        before.lower_ in ("the", "this") and before.head.i == token.i and _definite(parsed, before, context) is not None
    )


def _country(parsed: Parsed, noun: Any) -> str | None:
    found = {
        ent.text.removesuffix("'s").removesuffix("’s").strip()
        for ent in parsed.doc.ents
        if ent.label_ == "GPE" and ent.end <= noun.i and ent.text.lower() not in PEOPLES
    }
    return found.pop() if len(found) == 1 else None


def _firm(noun: Any, context: Context) -> str | None:
    modified = any(child.dep_ in ("prep", "relcl", "acl", "amod", "compound") for child in noun.children)
    own = noun.lower_ in FIRM_ROLES and context.source.kind == "organisation" and not modified
    return context.source.name if own else None
