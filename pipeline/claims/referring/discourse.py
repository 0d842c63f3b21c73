"""What the sentences of an article speak of, one after another, with the pronouns in them resolved.

A deterministic resolver in the spirit of the sieves of Lee et al. (Computational Linguistics 39(4), 2013): few rules,
the surest first, over candidates ordered by nearness and grammatical role; where two fit alike, none is taken.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipeline.claims.naming.names import is_outlet
from pipeline.claims.parsed import Parsed, text_of
from pipeline.claims.referring import genders
from pipeline.claims.referring.genders import Gender
from pipeline.claims.referring.references import referents
from pipeline.claims.referring.referent import Referent, Role
from pipeline.claims.referring.vocabulary import CHARGE, LEADS, ORGANISATION_WORDS

if TYPE_CHECKING:
    from pipeline.claims.naming.registry import Names

REACH = 3
"""Sentences before a pronoun that are searched for what it means. A judgement."""

WIDE = 12
"""Sentences before "the mayor" that are searched for who was called so. A judgement."""

_SUBJECTS = ("nsubj", "nsubjpass")


@dataclass(frozen=True)
class Discourse:
    """The read sentences of an article by their number, and what they speak of (worked out when asked for)."""

    names: Names
    sentences: dict[int, Parsed]
    _numbers: dict[int, int] = field(default_factory=dict)
    _own: dict[int, list[Referent]] = field(default_factory=dict)
    _all: dict[int, list[Referent]] = field(default_factory=dict)
    _genders: dict[str, Gender] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note where each sentence starts."""
        self._numbers.update({parsed.sentence.start: number for number, parsed in self.sentences.items()})

    def quoted(self, offset: int) -> bool:
        """Whether an article offset lies within a quotation."""
        at = bisect_right(self.names.quoted, (offset, len(self.names.text))) - 1
        return at >= 0 and offset < self.names.quoted[at][1]

    def own(self, parsed: Parsed) -> list[Referent]:
        """Return what a sentence names, pronouns aside, in order."""
        key = parsed.sentence.start
        if key not in self._own:
            read = parsed.doc.has_annotation("DEP") and not _headline(parsed.doc)
            found = referents(parsed, self.names.full, self.names.kind) if read else []
            self._own[key] = found
            self._learn(parsed, found)
        return self._own[key]

    def before(self, parsed: Parsed, reach: int = REACH) -> Iterator[list[Referent]]:
        """Yield what each of the sentences before speaks of, the nearest first, up to one that was not read."""
        for sentence in self.sentences_before(parsed, reach):
            yield self._spoken(sentence)

    def sentences_before(self, parsed: Parsed, reach: int = REACH, gaps: bool = False) -> Iterator[Parsed]:
        """Yield the sentences before, the nearest first; up to one that was not read, unless `gaps` may be skipped."""
        number = self._numbers.get(parsed.sentence.start)
        if number is None:
            return
        for other in range(number - 1, max(-1, number - 1 - reach), -1):
            if other in self.sentences:
                yield self.sentences[other]
            elif not gaps:
                return

    def telling(self, parsed: Parsed, lemmas: Iterable[str]) -> list[Parsed]:
        """Return the sentences, up to WIDE before, whose text holds one of the words; the nearest first."""
        told = [(s, text_of(s.doc).lower()) for s in self.sentences_before(parsed, WIDE, gaps=True)]
        return [sentence for sentence, text in told if any(lemma in text for lemma in lemmas)]

    def gender(self, referent: Referent) -> Gender | None:
        """Return whether a person goes by "he" or "she", as far as titles, first names or the article tell."""
        return referent.gender or self._genders.get(referent.key)

    def gender_of(self, name: str) -> Gender | None:
        """Return whether the article calls a person of that name "he" or "she"."""
        return self._genders.get(name.lower())

    def person(self, name: str) -> bool:
        """Whether a name is a person's: by its first name, by what the article calls it, or by a surname used alone."""
        if genders.of_name(name) is not None or self.names.kind(name) == "PERSON":
            return True
        parts = name.lower().split()
        if not parts or not ORGANISATION_WORDS.isdisjoint(parts):
            return False
        if any(one.kind == "person" and one.known and one.wording == name for own in self._own.values() for one in own):
            return True
        alone = rf"(?<!{re.escape(name.split()[0])} ){re.escape(name.split()[-1])}\b"
        return len(parts) == 2 and re.search(alone, self.names.text) is not None

    def affiliation(self, person: str, parsed: Parsed) -> str | None:
        """Return the organisation that the article gives a person to: of "Acme's head Jane Roe", Acme."""
        for sentence in (parsed, *self.sentences_before(parsed, WIDE, gaps=True)):
            if person.rpartition(" ")[2] not in text_of(sentence.doc):
                continue
            spoken = self.own(sentence)
            for one in spoken:
                if one.kind == "person" and one.named and one.wording == person:
                    found = [o for o in spoken if _may_employ(o, one) and _belongs(sentence.doc, one, o)]
                    if found:
                        return found[-1].wording
        return None

    def _spoken(self, parsed: Parsed) -> list[Referent]:
        """Return what a sentence speaks of, pronouns resolved by what stands in the sentences before it."""
        from pipeline.claims.referring.pronouns import antecedent

        key = parsed.sentence.start
        if key not in self._all:
            own = self.own(parsed)
            self._all[key] = own  # what a pronoun in it means must not ask again
            found = [
                _taken_up(parsed, token, one)
                for token in parsed.doc
                if token.tag_ in ("PRP", "PRP$") and (one := antecedent(token, parsed, self)) is not None
            ]
            self._all[key] = [_owned(parsed, one, own, found) for one in own] + found
        return self._all[key]

    def _learn(self, parsed: Parsed, found: list[Referent]) -> None:
        """Note the pronoun that follows the only person a sentence names."""
        people = {one.key for one in found if one.kind == "person" and not one.plural}
        if len(people) != 1:
            return
        person = next(one for one in found if one.kind == "person" and not one.plural)
        for token in parsed.doc[person.last :]:
            gender = genders.of_pronoun(token.lower_)
            if gender is not None and token.tag_ in ("PRP", "PRP$") and person.named:
                self._genders.setdefault(person.key, gender)
                return


def _headline(doc: Any) -> bool:
    """Whether a sentence is a headline in capitals, which no parser reads well."""
    words = [token.text for token in doc if token.is_alpha]
    return len(words) > 4 and sum(word[0].isupper() for word in words) > 0.8 * len(words)


def _taken_up(parsed: Parsed, token: Any, one: Referent) -> Referent:
    role: Role = "subject" if token.dep_ in _SUBJECTS else ("modifier" if token.dep_ == "poss" else "object")
    return Referent(
        one.wording, one.short, parsed.start_of(token), token.i, token.i + 1, token.i, one.kind, role, one.named,
        one.plural, one.gender, one.described, "", one.known,
    )  # fmt: skip


def _owned(parsed: Parsed, one: Referent, own: list[Referent], taken: list[Referent]) -> Referent:
    """Put the owner's name for "their" in "their paper", where the subject or the sentences before say whose."""
    token = parsed.doc[one.first]
    if one.named or token.tag_ != "PRP$":
        return one
    owner = next((o for o in taken if o.head == one.first), None)
    owner = owner or next((o for o in (*own, *taken) if o.role == "subject" and o.last <= one.first), None)
    if owner is None or not owner.named or (owner.plural != (token.lower_ == "their")):
        return one
    _, _, rest = one.wording.partition(" ")
    wording = f"{genitive(owner.wording, owner.plural)} {rest}"
    return Referent(
        wording, wording, one.start, one.first, one.last, one.head, one.kind, one.role, True, one.plural, one.gender,
        one.described, one.preposition, one.known,
    )  # fmt: skip


def genitive(name: str, plural: bool = False) -> str:
    """Return a name or phrase in the genitive."""
    return f"{name}'" if name.endswith("s") and (plural or name[:4] == "the ") else f"{name}'s"


def _may_employ(one: Referent, person: Referent) -> bool:
    kind = one.kind == "name" or (one.kind == "organisation" and one.known)
    if one.kind != "thing" and not person.described.isdisjoint(CHARGE) and one.key != person.key:
        kind = one.kind != "person" or not one.known
    generic = one.wording.lower().removeprefix("the ") in ORGANISATION_WORDS
    return one.named and not one.plural and kind and not generic and not is_outlet(one.wording)


def _belongs(doc: Any, person: Referent, other: Referent) -> bool:
    """Whether an organisation hangs on a person's name or post, or is what the person leads."""
    verb = doc[person.head].head
    if (
        person.role == "subject"
        and other.role == "object"
        and verb.lemma_ in LEADS
        and doc[other.head].head.i == verb.i
    ):
        return True
    token = doc[other.head]
    for _ in range(6):
        if token.i == person.head or (token.i in range(person.first, person.last)):
            return True
        if token.dep_ == "prep" and token.lower_ not in ("of", "at", "from", "for", "with"):
            return False
        if token.dep_ in ("attr", "appos", "nsubj") and person.head in {t.i for t in token.head.children}:
            return bool(token.dep_ != "nsubj")
        if token.dep_ not in ("prep", "pobj", "poss", "compound", "nmod", "attr", "appos", "conj", "amod"):
            return False
        token = token.head
    return False
