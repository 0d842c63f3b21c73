"""The names of an article: who and what is mentioned where, so that "Zaemsky" and "the envoy" find their full name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from pipeline.claims.naming.names import FUNCTION_WORDS, is_outlet, titled, without_titles
from pipeline.claims.naming.surnames import expansions, without_post
from pipeline.claims.parsed import Parsed
from pipeline.claims.referring.discourse import Discourse
from pipeline.claims.referring.genders import Gender, of_name
from pipeline.claims.referring.vocabulary import ORGANISATION_WORDS
from pipeline.claims.wordlist import words

_CAPITALS = re.compile(r"[^\W\d_a-z][\w’'-]{1,24}(?: [^\W\d_a-z][\w’'-]{1,24}){1,3}")
_WITHIN = re.compile(r"[\w,;] ([^\W\d_a-z][\w’'-]{0,40})")
_LOWER = re.compile(r"(?<![\w-])[^\W\d_A-Z]\w{0,40}")
_SURNAME = re.compile(r"(?<![\w’'-])[^\W\d_a-z][\w-]{1,30}")
_JOINING = words("of for the to at and in")
_MAX_NAMES = 2000
_ROLE_REACH = 90
_NEAR = 400
"""How far back, in characters, a subject is preferred to a nearer mention: two to three sentences."""

_HE_REACH = 1500
"""How far back, in characters, "he" may point: some ten sentences; further off it is left unresolved. A judgement."""


class Mention(NamedTuple):
    """One mention of a name in the article, at a character offset."""

    start: int
    end: int
    name: str
    kind: str
    subject: bool = False
    modifier: bool = False
    """Part of a description: "its Northgate works", "Leith-based", "in Northgate"."""


@dataclass(frozen=True)
class Names:
    """What is known of an article's names. All look-ups are by the name's wording; none raises."""

    text: str
    mentions: tuple[Mention, ...] = ()
    longer: dict[str, str] = field(default_factory=dict)
    initials: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    capitals: frozenset[str] = frozenset()
    """Words that the article writes with a capital wherever they stand."""
    sentences: dict[int, Parsed] = field(default_factory=dict)
    """The sentences read, by their number in the article."""
    quoted: tuple[tuple[int, int], ...] = ()
    """Where quotations stand, as article offsets [start, end), in order."""

    @cached_property
    def discourse(self) -> Discourse:
        """Return what the sentences speak of, one after another."""
        return Discourse(self, self.sentences)

    def full(self, name: str) -> str:
        """Return the longest name the article gives to what `name` calls: "Zaemsky" → "Vladimir Zaemsky"."""
        short = without_titles(name)
        if short.isupper() and 2 <= len(short) <= 6 and short in self.initials:
            return self.initials[short]
        parts = short.split()
        if len(parts) > 2 and parts[-1].lower() not in ORGANISATION_WORDS:
            short = " ".join(without_post(parts))
        return self.longer.get(short.lower(), short)

    def kind(self, name: str) -> str | None:
        """Return the kind (PERSON, ORG, GPE …) that most mentions of the name have, or None."""
        return self.kinds.get(name.lower())

    def person_before(self, offset: int, gender: Gender | None = None) -> str | None:
        """Return the person last mentioned before `offset`, quotations aside: who "he" is, most of the time."""
        fitting = [
            m
            for m in self.mentions
            if m.kind == "PERSON" and m.end <= offset <= m.start + _HE_REACH and not self.discourse.quoted(m.start)
        ]
        fitting = sorted(fitting + self._unread(offset))
        if gender is not None:
            fitting = [m for m in fitting if of_name(m.name) in (None, gender)]
        subjects = [m for m in fitting if m.subject and offset - _NEAR <= m.start]
        best = subjects or fitting
        return best[-1].name if best else None

    def _unread(self, offset: int) -> list[Mention]:
        """Return the surnames of known people shortly before `offset`, also in sentences that were not read."""
        found = []
        for match in _SURNAME.finditer(self.text, max(0, offset - _NEAR), offset):
            name = self.longer.get(match.group().lower())
            if name and self.kind(name) == "PERSON" and not self.discourse.quoted(match.start()):
                opening = self.text[max(0, match.start() - 2) : match.start()].strip() in ("", ".")
                found.append(Mention(match.start(), match.end(), name, "PERSON", opening))
        return found

    def organisation_before(self, offset: int, role: str = "") -> str | None:
        """Return the organisation that "it" or "the `role`" means: so called, else the last subject, else the last."""
        near = [m for m in self.mentions if m.kind == "ORG" and 0 <= offset - m.end <= _HE_REACH]
        called = [m for m in near if role and m.name.lower().split()[-1] == role]
        places = {m.name for m in self.mentions if m.modifier} - {m.name for m in self.mentions if m.subject}
        told = {m.name for m in near if is_outlet(m.name) and not m.subject}
        own = [m for m in near if not m.modifier and m.name not in places | told]
        best = called or [m for m in own if m.subject and offset - m.start <= 2 * _NEAR] or own
        return best[-1].name if best else None

    def outlet_before(self, offset: int) -> str | None:
        """Return the outlet last mentioned before `offset`: who "the newspaper" is."""
        for mention in reversed(self.mentions):
            if mention.start < offset and is_outlet(mention.name):
                return mention.name
        return None

    def by_role(self, role: str, offset: int) -> str | None:
        """Return the person whom the article introduces as `role` ("envoy") last before `offset`."""
        for mention in reversed(self.mentions):
            if mention.start < offset and mention.kind == "PERSON" and self._introduced(mention, role):
                return mention.name
        return None

    def _introduced(self, mention: Mention, role: str) -> bool:
        before = self.text[max(0, mention.start - _ROLE_REACH) : mention.start].rpartition(".")[2].split()
        after = self.text[mention.end : mention.end + _ROLE_REACH].partition(".")[0]
        apposed = after.partition(",")[2].partition(",")[0] if after.startswith(",") else ""
        at = next((n for n in range(len(before) - 1, -1, -1) if before[n].lower().strip(",") == role), None)
        joined = at is not None and all(w[:1].isupper() or w in _JOINING for w in before[at + 1 :])
        return joined or role in apposed.lower().split()


def names(text: str, sentences: Mapping[int, Parsed], quoted: Iterable[tuple[int, int]] = ()) -> Names:
    """Return the names of an article from its text and its sentences, by number, whose entities are recognised."""
    read = list(sentences.values())
    capitals = _always_capital(text)
    found = [mention for sentence in read for mention in _recognised(sentence)]
    found += [mention for sentence in read if (mention := _missed(text, sentence)) is not None]
    found = [mention for mention in found if mention.kind != "PERSON" or _personal(mention, capitals)]
    wordings = [without_titles(m.group()) for m, _ in zip(_CAPITALS.finditer(text), range(_MAX_NAMES), strict=False)]
    wordings += [mention.name for mention in found if mention.kind in ("PERSON", "ORG")]
    longer, initials = expansions(wordings)
    kinds = _kinds(found, longer)
    found += [mention for sentence in read for mention in _again(sentence, longer, kinds)]
    known = tuple(
        mention._replace(name=name, kind=kinds.get(name.lower(), mention.kind))
        for mention in sorted(found)
        for name in (longer.get(mention.name.lower(), mention.name),)
    )
    return Names(text, known, longer, initials, kinds, capitals, dict(sentences), tuple(sorted(set(quoted))))


def _recognised(sentence: Parsed) -> list[Mention]:
    return [
        Mention(
            sentence.start_of(ent[0]),
            sentence.end_of(ent[-1]),
            without_titles(ent.text),
            _label(ent),
            ent.root.dep_ in ("nsubj", "nsubjpass"),
            ent.root.dep_ in ("compound", "amod", "nmod", "npadvmod") or (ent.end < len(ent.doc) and _place(ent)),
        )
        for ent in sentence.doc.ents
        if ent.label_ in ("PERSON", "ORG", "GPE", "NORP", "LOC", "FAC")
    ]


def _label(ent: Any) -> str:
    """Return the recogniser's label, or what stands around the name where that says otherwise."""
    before = ent.doc[ent.start - 1].lower_ if ent.start else ""
    if ent.label_ in ("ORG", "GPE") and titled(f"{ent.doc[ent.start - 1].text if ent.start else ''} {ent.text}"):
        return "PERSON"
    if ent.label_ != "PERSON":
        return str(ent.label_)
    if before in _WHERE:
        return "LOC"
    root = ent.root
    for _ in range(8):
        root = root.head if root.dep_ == "conj" else root
    if root.dep_ == "pobj" and root.head.lower_ in _WHERE:
        return "LOC"
    return "ORG" if before in ("the", "a", "an") or ent[0].lower_ in ("the", "a", "an") else "PERSON"


_WHERE = words("in near at outside across")


def _place(ent: Any) -> bool:
    """Whether a name is no more than where something is: "in Northgate", "at its Northgate works", "Leith-based"."""
    before = ent.doc[ent.start - 1].lower_ if ent.start else ""
    return before in _WHERE or ent.doc[ent.end].text == "-"


def _personal(mention: Mention, capitals: frozenset[str]) -> bool:
    """Whether a mention can be a person's name: capitalised, and not only because a sentence begins with it."""
    words = mention.name.split()
    if not words or not words[-1][:1].isupper() or words[-1].lower() in FUNCTION_WORDS:
        return False
    return len(words) > 1 or words[0] in capitals


def _always_capital(text: str) -> frozenset[str]:
    """Return the words that stand with a capital within a sentence and never without one, so that they are names."""
    within = {match.group(1) for match in _WITHIN.finditer(text)}
    lower = {match.group() for match in _LOWER.finditer(text)}
    return frozenset(word for word in within if word.lower() not in lower)


def _again(sentence: Parsed, longer: dict[str, str], kinds: dict[str, str]) -> list[Mention]:
    """Return the surnames of known people that the recogniser left out."""
    return [
        Mention(sentence.start_of(token), sentence.end_of(token), name, "PERSON", token.dep_ in ("nsubj", "nsubjpass"))
        for token in sentence.doc
        if not token.ent_type_ and token.tag_ == "NNP" and (name := longer.get(token.lower_))
        if kinds.get(name.lower()) == "PERSON"
    ]


def _missed(text: str, sentence: Parsed) -> Mention | None:
    """Return the subject that a sentence begins with where the recogniser missed it: "Trump is Exhibit A …".

    It must stand capitalised in the middle of a line elsewhere too.
    """
    doc = sentence.doc
    head = next((token for token in doc[:3] if token.dep_ == "nsubj"), None)
    if head is None or not all(t.text.istitle() and t.is_alpha and not t.ent_type_ for t in doc[: head.i + 1]):
        return None
    wording = doc[: head.i + 1].text
    alone = head.i == 0
    if head.tag_ not in ("NN", "NNP") or (alone and f" {wording}" not in text) or (not alone and _firm(head, doc)):
        return None
    return Mention(sentence.start_of(doc[0]), sentence.end_of(head), without_titles(wording), "PERSON", True)


_FIRM = words("corp corporation inc ltd group company bank council city county party university police court united")


def _firm(head: Any, doc: Any) -> bool:
    return head.lower_ in _FIRM or any(token.pos_ != "PROPN" for token in doc[: head.i + 1])


def _kinds(found: list[Mention], longer: dict[str, str]) -> dict[str, str]:
    votes: dict[str, Counter[str]] = {}
    for mention in found:
        name = longer.get(mention.name.lower(), mention.name).lower()
        votes.setdefault(name, Counter())[mention.kind] += 1
    kinds = {name: max(count.items(), key=lambda item: (item[1], item[0]))[0] for name, count in votes.items()}
    return {name: "ORG" if is_outlet(name) and kind != "PERSON" else kind for name, kind in kinds.items()}
