"""What a figure counts, in which unit, and what it does in its sentence: read off the dependency parse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.claims import quantity_words as words
from schemas.claim import QuantityRole


@dataclass(frozen=True)
class Figure:
    """Token range [start, end) with its interval; `head` is the token that stands for it in the parse."""

    start: int
    end: int
    low: float | None
    high: float | None
    approximate: bool
    head: int


_WITHIN = frozenset({"nummod", "quantmod", "compound", "amod", "advmod", "det", "npadvmod", "nmod", "attr", "conj"})


def unit_of(doc: Any, figure: Figure) -> str | None:
    first = doc[figure.end - 1]
    currency = [t for t in doc[figure.start : figure.end] if t.lower_ in words.CURRENCIES]
    if currency:
        return words.CURRENCIES[currency[0].lower_]
    after = doc[figure.end] if figure.end < len(doc) else None
    if after is not None and after.text == "-" and figure.end + 1 < len(doc):
        after = doc[figure.end + 1]
    if after is None:
        return None
    lemma = after.lemma_.lower()
    if after.lower_ == "per" and lower(doc, figure.end + 1) == "cent":
        return "percent"
    if lemma in words.CURRENCIES and (after.pos_ == "NOUN" or after.is_upper):
        return words.CURRENCIES[lemma]
    if after.pos_ == "ADJ" and figure.end + 1 < len(doc) and doc[figure.end + 1].lemma_.lower() in words.CURRENCIES:
        return words.CURRENCIES[doc[figure.end + 1].lemma_.lower()]
    return words.UNITS.get(lemma) if first.i != after.i else None


def counted(doc: Any, figure: Figure, unit: str | None) -> str | None:
    token = doc[figure.head]
    if doc[figure.end - 1].lower_ == "times" and (verb := _verb(token)) is not None:
        return _object(verb, token)
    for _ in range(4):
        of = _of(token)
        if of is not None and (
            token.i == figure.head or token.lemma_.lower() in (*words.UNITS, "talk", "plan", "sign")
        ):
            return None if of.pos_ == "PRON" else str(of.lemma_.lower())
        if token.pos_ in ("NOUN", "PROPN") and token.i != figure.head and token.lemma_.lower() not in _MEASURES:
            return str(token.lemma_.lower())
        if token.dep_ in (
            "nummod",
            "quantmod",
            "compound",
            "amod",
            "advmod",
            "det",
            "npadvmod",
            "nmod",
            "attr",
            "conj",
        ):
            if token.head.pos_ in ("VERB", "AUX"):
                return _object(token.head, token)
            token = token.head
            continue
        break
    if token.dep_ == "pobj" and token.head.dep_ == "prep":
        verb = token.head.head
        while verb.pos_ in ("ADP", "NUM") and verb.head is not verb:
            verb = verb.head
        return _object(verb, token) if verb.pos_ == "VERB" else _noun(verb)
    return _object(token.head, token) if token.dep_ in ("dobj", "npadvmod", "nsubj", "ccomp") else None


_MEASURES = frozenset([*words.UNITS, *words.CURRENCIES, *words.SCALES, *words.PLURALS, "time", "rate", "level"])


def _of(token: Any) -> Any | None:
    for child in token.children:
        if child.lower_ == "of" and child.i > token.i:
            return next((grandchild for grandchild in child.children if grandchild.dep_ == "pobj"), None)
    return None


def _noun(token: Any) -> str | None:
    return str(token.lemma_.lower()) if token.pos_ == "NOUN" else None


def _object(verb: Any, figure: Any) -> str | None:
    if verb.pos_ not in ("VERB", "AUX"):
        return None
    for relation in ("dobj", "nsubjpass", "nsubj"):
        for child in verb.children:
            if child.dep_ == relation and child.pos_ == "NOUN" and child.i != figure.i:
                return str(child.lemma_.lower())
    return None


def role(doc: Any, figure: Figure) -> QuantityRole:
    after = lower(doc, figure.end)
    if (
        after in ("times", "fold", "-fold")
        or doc[figure.end - 1].lower_ == "times"
        or doc[figure.start].lower_ in words.FACTORS
    ):
        return "factor"
    # "to just a few dozen": the preposition may stand before an adverb or article
    before = [t.lower_ for t in doc[max(0, figure.start - 3) : figure.start]]
    near = next((w for w in reversed(before) if w not in ("just", "only", "a", "the", "its", "an")), "")
    if near == "from":
        return "from"
    verb = _verb(doc[figure.head])
    changes = verb is not None and verb.lemma_.lower() in words.CHANGES
    if near == "to" and (changes or any(t.lower_ == "from" for t in doc)):
        return "to"
    if changes and (near == "by" or (verb is not None and near == verb.lower_ and after in ("%", "percent", "per"))):
        return "change"
    return "value"


def _verb(token: Any) -> Any | None:
    for _ in range(6):
        if token.pos_ == "VERB":
            return token
        if token.head is token:
            return None
        token = token.head
    return None


def lower(doc: Any, position: int) -> str:
    return str(doc[position].lower_) if 0 <= position < len(doc) else ""
