"""What "the company", "the mayor", "the deal" and "the two leaders" mean, where the article leaves one reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.claims.parsed import Parsed
from pipeline.claims.referring.definite_names import EXPLAINED, named_by
from pipeline.claims.referring.definite_people import person_meant
from pipeline.claims.referring.discourse import Discourse
from pipeline.claims.referring.kinds import aged
from pipeline.claims.referring.referent import Referent, unique
from pipeline.claims.referring.vocabulary import (
    BY_TOPIC,
    DOCUMENTS,
    EVENTS,
    MODIFIED,
    ORGANISATIONS,
    PERSONS,
    PLACES,
    PLURALS,
)
from pipeline.claims.saying.frames import Span
from pipeline.claims.timing.events import of_event
from pipeline.claims.wordlist import words

_POINTING = words("the this that these those both")
_NO_ANSWER = words("attr oprd compound nmod npadvmod")


def definite(noun: Any, parsed: Parsed, discourse: Discourse, kept: Sequence[Span] = ()) -> str | None:
    """Return the name or phrase that a noun with "the" means, or None where it stays as it is.

    `kept` are the token ranges that the reader will see: what is named there before the noun explains it.
    """
    if not points_back(noun):
        return None
    lemma = noun.lemma_.lower()
    inside = [r for r in discourse.own(parsed) if r.last < noun.i and any(s <= r.head < e for s, e in kept)]
    if noun.tag_ == "NNS":
        return _together(lemma, noun, parsed, discourse) or _same_noun(lemma, noun, parsed, discourse, inside)
    if aged(noun) or lemma in PERSONS:
        return person_meant(lemma if not aged(noun) else "old", noun, parsed, discourse, inside)
    if (lemma in ORGANISATIONS or lemma in PLACES) and (found := named_by(lemma, noun, parsed, discourse, inside)):
        return found if found != EXPLAINED else None
    return _same_noun(lemma, noun, parsed, discourse, inside) or _other(lemma, noun, parsed, discourse, inside)


def points_back(noun: Any) -> bool:
    """Whether a noun stands with "the" or "this" and nothing that tells which one is meant."""
    if noun.dep_ in _NO_ANSWER or noun.tag_ not in ("NN", "NNS", "JJ", "CD"):
        return False
    pointing = any(child.dep_ in ("det", "predet") and child.lower_ in _POINTING for child in noun.children)
    return pointing and not any(_restricts(child, noun) for child in noun.children)


def _restricts(child: Any, noun: Any) -> bool:
    """Whether a word tells which one a noun means, so that it need not point back: "the company in Leeds"."""
    if child.dep_ == "nummod":
        return not (noun.tag_ == "NNS" or aged(noun))
    if child.dep_ in ("compound", "amod") and (noun.lemma_ in MODIFIED or noun.lemma_ in BY_TOPIC):
        return not _describes(child)
    return child.dep_ in _RESTRICTING or (child.dep_ == "prep" and child.lower_ not in _OF_VERB)


def _describes(child: Any) -> bool:
    """Whether a word before a noun describes what is known already: "search giant", "Swiss firm", "state-run bank"."""
    if child.tag_ == "NN":
        return bool(child.text.islower())
    return child.lower_ in ("prime", "chief", "vice", "coastal") or child.ent_type_ == "NORP" or child.n_lefts > 1


_RESTRICTING = words("amod compound poss relcl acl appos nmod conj cc")
_OF_VERB = words("according because after before since during until as despite")


def _together(lemma: str, noun: Any, parsed: Parsed, discourse: Discourse) -> str | None:
    """Return whom "the two leaders" and "both countries" mean: those whom a sentence before joins by "and"."""
    if lemma not in PLURALS:
        return None
    person = lemma in PERSONS or lemma in ("leader", "neighbour", "neighbor", "founder", "candidate")
    for spoken in discourse.before(parsed, 2):
        pairs = [one for one in spoken if one.plural and one.named and " and " in one.wording]
        pairs = [one for one in pairs if (one.kind == "person") == person or lemma in ("group", "rival", "side")]
        if pairs:
            return pairs[0].wording if len(unique(pairs)) == 1 else None
        two = unique(o for o in spoken if o.named and o.known and not o.plural and (o.kind == "person") == person)
        two = [
            one for one in two if one.kind == "person" or one.kind == ("place" if lemma in PLACES else "organisation")
        ]
        if len(two) == 2 and any(c.lower_ in ("two", "both") for c in noun.children):
            return f"{two[0].wording} and {two[1].wording}"
    return None


def of_two(latter: bool, parsed: Parsed, discourse: Discourse) -> str | None:
    """Return what "the latter" (or "the former") means: of two named things of a kind in the sentence before, one."""
    spoken = next(discourse.before(parsed, 1), [])
    named = unique(one for one in spoken if one.named and not one.plural)
    if len(named) != 2 or (named[0].kind == "person") != (named[1].kind == "person"):
        return None
    return named[latter].wording


def _same_noun(lemma: str, noun: Any, parsed: Parsed, discourse: Discourse, inside: list[Referent]) -> str | None:
    """Return the fuller phrase of a sentence before with the same noun: "the valley", once "the Lusk valley"."""
    if any(lemma in one.described for one in inside):
        return None
    said = [o for spoken in discourse.before(parsed) for o in spoken if lemma in o.described]
    found = unique(one for one in said if one.plural == (noun.tag_ == "NNS") and one.wording != f"the {lemma}")
    return found[0].wording if len(found) == 1 and _tells_more(found[0], lemma) else None


def _tells_more(one: Referent, lemma: str) -> bool:
    return any(word[:1].isupper() for word in one.wording.split()) or len(one.wording.split()) > 3


_CALLED_THE = words("ship vessel ferry boat tanker yacht trawler liner freighter submarine warship")
"""Things whose names stand with "the": "the Odra"."""


def _other(lemma: str, noun: Any, parsed: Parsed, discourse: Discourse, inside: list[Referent]) -> str | None:
    """Return what a document or an event goes by in a sentence before: "the race", once "the Arden marathon"."""
    group = EVENTS.get(lemma) or DOCUMENTS.get(lemma)
    if group is None or any(not one.described.isdisjoint(group) for one in inside):
        return None
    for sentence, spoken in zip(discourse.sentences_before(parsed), discourse.before(parsed), strict=True):
        found = unique(o for o in spoken if not o.plural and o.kind != "person" and not group.isdisjoint(o.described))
        if len(found) > 1:
            return None
        if not found and lemma in _CALLED_THE:
            found = unique(o for o in spoken if o.named and not o.known and o.wording.startswith("the "))
        if found and found[0].wording != f"the {lemma}" and lemma not in found[0].described:
            return found[0].wording if _tells_more(found[0], lemma) else of_event(lemma, group, sentence, spoken)
        if wording := of_event(lemma, group, sentence, spoken):
            return wording
    return None
