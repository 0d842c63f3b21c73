"""Events told by a verb or a bare noun, and then called "the attack" or "the deal": which one, in a few words."""

from __future__ import annotations

from typing import Any

from pipeline.claims.parsed import Parsed
from pipeline.claims.referring.referent import Referent
from pipeline.claims.referring.vocabulary import PREPOSITION
from pipeline.claims.wordlist import words

_WHERE = words("in at near off outside on over under inside")
_AGREED = words("agree sign reach strike conclude")


def of_event(lemma: str, group: frozenset[str], sentence: Parsed, spoken: list[Referent]) -> str | None:
    """Return "the attack on the convoy near Tal" for `lemma` "attack", if the sentence tells such an event; else None.

    `group` holds the lemmas of the nouns and verbs that the noun takes up.
    """
    told = next((t for t in sentence.doc if t.lemma_.lower() in group and t.pos_ in ("VERB", "NOUN")), None)
    if told is None:
        return None
    if told.pos_ == "VERB":
        detail = _parties(told, spoken) if told.lemma_ in _AGREED else _object(lemma, told, spoken)
        if detail:
            where = _place(sentence, spoken)
            apart = where is not None and where.split(" ", 1)[1] not in detail and told.lemma_ not in _AGREED
            return f"the {lemma} {detail} {where}" if apart else f"the {lemma} {detail}"
    place = _place(sentence, spoken)
    if place:
        return f"the {lemma} {place}"
    return f"the {lemma}{_about(told, spoken)}" if _about(told, spoken) else None


def _object(lemma: str, verb: Any, spoken: list[Referent]) -> str | None:
    preposition = PREPOSITION.get(lemma)
    if preposition is None:
        return None
    heads = {
        c.i for c in verb.children if c.dep_ in ("dobj", "nsubjpass") or (lemma == "explosion" and c.dep_ == "nsubj")
    }
    for one in spoken:
        if one.head in heads:
            return f"{preposition} {one.wording}"
    return None


def _parties(verb: Any, spoken: list[Referent]) -> str | None:
    """Return "between A and B on a swap": who agreed, and on what."""
    subjects = [one for one in spoken if one.role == "subject" and one.named]
    pair = next((one for one in subjects if one.plural and " and " in one.wording), None)
    by_head = {one.head: one for one in spoken}
    other = _governed(verb, "with", by_head)
    about = _governed(verb, "on", by_head)
    who = None
    if pair is not None:
        who = f"between {pair.wording}"
    elif subjects and other is not None:
        who = f"between {subjects[0].wording} and {other.wording}"
    elif subjects:
        who = f"by {subjects[0].wording}"
    on = f"on {about.wording}" if about is not None else None
    return " ".join(part for part in (who, on) if part) or None


def _governed(verb: Any, preposition: str, by_head: dict[int, Referent]) -> Referent | None:
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ == preposition:
            return next((by_head[g.i] for g in child.children if g.i in by_head), None)
    return None


def _place(sentence: Parsed, spoken: list[Referent]) -> str | None:
    """Return where it happened: "off Port Sable"."""
    places = [one for one in spoken if one.named and one.preposition in _WHERE and one.kind in ("place", "name")]
    places = places or [o for o in spoken if o.named and o.preposition in _WHERE and not o.known]
    return f"{places[0].preposition} {places[0].wording}" if len(places) == 1 else None


def _about(told: Any, spoken: list[Referent]) -> str | None:
    subject = next((one for one in spoken if one.role == "subject" and one.named and not one.plural), None)
    if subject is None or subject.head == told.i:
        return None
    return f" involving {subject.wording}" if subject.kind in ("thing", "name", "place") else None
