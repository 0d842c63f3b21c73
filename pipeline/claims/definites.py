"""What "the company", "the mayor", "the deal" and "the two leaders" mean, where the article leaves one reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from pipeline.claims import genders
from pipeline.claims.discourse import REACH, Discourse
from pipeline.claims.events import of_event
from pipeline.claims.frames import Span
from pipeline.claims.names import PEOPLES
from pipeline.claims.parsed import Parsed
from pipeline.claims.reference_words import (
    BY_TOPIC,
    CHARGE,
    COUNTRIES,
    DOCUMENTS,
    EVENTS,
    HINTS,
    LEADS,
    MODIFIED,
    NAMED_ONLY,
    ON_TRIAL,
    ORGANISATIONS,
    PERSONS,
    PLACES,
    PLURALS,
    SETTLEMENTS,
    TRIES,
)
from pipeline.claims.references import Referent
from pipeline.claims.wordlist import words

_POINTING = words("the this that these those both")
_NAME_LIKE = words("organisation place name")
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
    if _aged(noun) or lemma in PERSONS:
        return _person(lemma if not _aged(noun) else "old", noun, parsed, discourse, inside)
    if (lemma in ORGANISATIONS or lemma in PLACES) and (found := _called(lemma, noun, parsed, discourse, inside)):
        return found if found != _EXPLAINED else None
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
        return not (noun.tag_ == "NNS" or _aged(noun))
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


def _aged(noun: Any) -> bool:
    return bool(noun.lower_ == "old" and noun.i > 1 and noun.nbor(-1).text == "-")


def _person(lemma: str, noun: Any, parsed: Parsed, discourse: Discourse, inside: list[Referent]) -> str | None:
    if any(one.kind == "person" and (one.named or lemma in one.described) for one in inside):
        return None
    sentences = discourse.telling(parsed, (lemma,))
    called = {lemma} | {child.lower_ for child in noun.children if child.dep_ in ("compound", "amod")}
    if lemma in BY_TOPIC:
        called = {lemma}
    so_called = _unique(one for s in sentences for one in discourse.own(s) if one.named and called <= one.described)
    if so_called:
        return so_called[0].wording if len(so_called) == 1 and so_called[0].kind == "person" else None
    if lemma in CHARGE and (leader := _leader(parsed, discourse)) is not None:
        return leader
    if lemma != "old" and lemma not in BY_TOPIC:
        return None
    gender = genders.of_title(frozenset((lemma,)))
    if lemma in ON_TRIAL and not _tried(parsed, discourse):
        return None
    for spoken in discourse.before(parsed, 2):
        people = [one for one in spoken if one.kind == "person" and not one.plural]
        people = [one for one in people if gender is None or discourse.gender(one) in (gender, None)]
        if any(not one.named and lemma in one.described for one in people):
            return None
        found = _unique(one for one in people if one.named)
        if len(found) == 1 and all(one.named or not one.described.isdisjoint(found[0].described) for one in people):
            return found[0].wording
        if people:
            return None
    return None


def _tried(parsed: Parsed, discourse: Discourse) -> bool:
    return any(t.lemma_ in TRIES for sentence in discourse.sentences_before(parsed, 2) for t in sentence.doc)


def _leader(parsed: Parsed, discourse: Discourse) -> str | None:
    """Return who leads something in the sentence before: "Vera Stahl runs Harrow Steel. The chairman …"."""
    for sentence in discourse.sentences_before(parsed, 1):
        for one in discourse.own(sentence):
            if one.kind == "person" and one.named and one.role == "subject":
                return one.wording if sentence.doc[one.head].head.lemma_ in LEADS else None
    return None


_EXPLAINED = "\0"


def _called(lemma: str, noun: Any, parsed: Parsed, discourse: Discourse, inside: list[Referent]) -> str | None:
    """Return the organisation or place that the noun means; _EXPLAINED if the reader already sees it."""
    if _elsewhere(lemma, noun):
        return _EXPLAINED
    if lemma in COUNTRIES and (people := _people(parsed, discourse)) is not None:
        return people
    hints = HINTS.get(lemma, frozenset((lemma,))) | {lemma}
    if any(_goes_by(one, hints, lemma) or (one.named and _may_be(lemma)(one)) for one in inside):
        return _EXPLAINED
    spoken = list(discourse.before(parsed, REACH))
    wide = [discourse.own(sentence) for sentence in discourse.telling(parsed, hints)]
    so_called = _unique(one for own in (*spoken, *wide) for one in own if one.named and _goes_by(one, hints, lemma))
    if so_called:
        near = _unique(one for own in spoken for one in own if one.named and _goes_by(one, hints, lemma))
        if len(so_called) == 1:
            return so_called[0].wording
        return near[0].wording if len(near) == 1 else _EXPLAINED
    if lemma in NAMED_ONLY - PLACES or lemma == "state":
        return None
    fits = _may_be(lemma)
    for own in spoken[:3]:
        if any(not one.named and lemma in one.described for one in own):
            return None
        found = _unique(one for one in own if one.named and not one.plural and fits(one) and _stands(one, lemma))
        if found:
            return _one_of(lemma, noun, found)
    return None


def _people(parsed: Parsed, discourse: Discourse) -> str | None:
    """Return the country of the one people that the sentence before speaks of: "the German chancellor"."""
    for sentence in discourse.sentences_before(parsed, 1):
        peoples = {t.lower_ for t in sentence.doc if t.tag_ in ("JJ", "NNP", "NNPS") and t.ent_type_ == "NORP"}
        countries = {PEOPLES[people] for people in peoples if people in PEOPLES}
        if peoples:
            return countries.pop() if len(countries) == 1 and len(peoples) == 1 else _EXPLAINED
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


def _unique(found: Iterable[Referent]) -> list[Referent]:
    return list({one.key: one for one in found}.values())


def _together(lemma: str, noun: Any, parsed: Parsed, discourse: Discourse) -> str | None:
    """Return whom "the two leaders" and "both countries" mean: those whom a sentence before joins by "and"."""
    if lemma not in PLURALS:
        return None
    person = lemma in PERSONS or lemma in ("leader", "neighbour", "neighbor", "founder", "candidate")
    for spoken in discourse.before(parsed, 2):
        pairs = [one for one in spoken if one.plural and one.named and " and " in one.wording]
        pairs = [one for one in pairs if (one.kind == "person") == person or lemma in ("group", "rival", "side")]
        if pairs:
            return pairs[0].wording if len(_unique(pairs)) == 1 else None
        two = _unique(o for o in spoken if o.named and o.known and not o.plural and (o.kind == "person") == person)
        two = [
            one for one in two if one.kind == "person" or one.kind == ("place" if lemma in PLACES else "organisation")
        ]
        if len(two) == 2 and any(c.lower_ in ("two", "both") for c in noun.children):
            return f"{two[0].wording} and {two[1].wording}"
    return None


def of_two(latter: bool, parsed: Parsed, discourse: Discourse) -> str | None:
    """Return what "the latter" (or "the former") means: of two named things of a kind in the sentence before, one."""
    spoken = next(discourse.before(parsed, 1), [])
    named = _unique(one for one in spoken if one.named and not one.plural)
    if len(named) != 2 or (named[0].kind == "person") != (named[1].kind == "person"):
        return None
    return named[latter].wording


def _same_noun(lemma: str, noun: Any, parsed: Parsed, discourse: Discourse, inside: list[Referent]) -> str | None:
    """Return the fuller phrase of a sentence before with the same noun: "the valley", once "the Lusk valley"."""
    if any(lemma in one.described for one in inside):
        return None
    said = [o for spoken in discourse.before(parsed) for o in spoken if lemma in o.described]
    found = _unique(one for one in said if one.plural == (noun.tag_ == "NNS") and one.wording != f"the {lemma}")
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
        found = _unique(o for o in spoken if not o.plural and o.kind != "person" and not group.isdisjoint(o.described))
        if len(found) > 1:
            return None
        if not found and lemma in _CALLED_THE:
            found = _unique(o for o in spoken if o.named and not o.known and o.wording.startswith("the "))
        if found and found[0].wording != f"the {lemma}" and lemma not in found[0].described:
            return found[0].wording if _tells_more(found[0], lemma) else of_event(lemma, group, sentence, spoken)
        if wording := of_event(lemma, group, sentence, spoken):
            return wording
    return None
