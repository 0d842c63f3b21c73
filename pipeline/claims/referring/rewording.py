"""Which words of a claim are replaced by what they mean: pronouns, "the company", "there", "we"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.claims.naming.gazetteer import HOUSES
from pipeline.claims.naming.names import PEOPLES
from pipeline.claims.naming.registry import Names
from pipeline.claims.parsed import Parsed
from pipeline.claims.referring import genders
from pipeline.claims.referring.definites import definite, of_two, points_back
from pipeline.claims.referring.discourse import Discourse, genitive
from pipeline.claims.referring.pronouns import antecedent, fits, generic, impersonal
from pipeline.claims.referring.referent import Referent
from pipeline.claims.referring.vocabulary import NAMED_ONLY, ORGANISATIONS
from pipeline.claims.saying.frames import Span
from pipeline.claims.timing.dates import Edit
from pipeline.claims.wordlist import words
from schemas.claim import Source

_CLASS = {
    "he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "it": "it", "its": "it", "they": "they",
    "them": "they", "their": "they", "i": "i", "me": "i", "my": "i", "we": "we", "us": "we", "our": "we",
}  # fmt: skip
_POSSESSIVE = words("his her its their my our")
_SUBJECTS = ("nsubj", "nsubjpass")


@dataclass(frozen=True)
class Speaker:
    """Who says the claim; `quoted` if in the source's own words; `place` is where the sentence names the source."""

    source: Source
    quoted: bool
    place: Literal["before", "after", "elsewhere"] | str

    @property
    def named(self) -> bool:
        """Whether the source is known by a name."""
        return self.source.name[:1].isupper() and self.source.kind not in ("unnamed", "outlet")


@dataclass(frozen=True)
class _Name:
    wording: str
    short: str


def references(
    parsed: Parsed, spans: Sequence[Span], speaker: Speaker, names: Names, first_person: list[int]
) -> Iterator[Edit]:
    """Yield the replacements, in order; `first_person` collects the tokens of subjects "I" and "we" among them."""
    discourse = names.discourse
    said: dict[str, _Name] = {}
    nouns: set[str] = set()
    for start, end in spans:
        for token in parsed.doc[start:end]:
            group = _CLASS.get(token.lower_)
            if group is not None and token.tag_ in ("PRP", "PRP$"):
                edit = _pronoun(token, group, parsed, spans, speaker, discourse, said)
                if edit is not None:
                    plural = group == "we" and speaker.source.kind == "group"
                    if group in ("i", "we") and token.dep_ in _SUBJECTS and not plural:
                        first_person.append(token.i)
                    yield edit
            elif token.lower_ == "there" and token.tag_ == "RB" and token.dep_ == "advmod":
                if (place := _there(token, parsed, spans, discourse)) is not None:
                    yield Edit(token.i, token.i + 1, place)
            elif token.lower_ in ("latter", "former") and token.i and token.nbor(-1).lower_ == "the":
                alone = token.dep_ in (*_SUBJECTS, "dobj", "pobj")
                if alone and (one := of_two(token.lower_ == "latter", parsed, discourse)) is not None:
                    yield Edit(token.i - 1, token.i + 1, one)
            elif token.tag_ in ("NN", "NNS", "JJ") and token.lemma_ not in nouns and points_back(token):
                nouns.add(token.lemma_)
                wording = _definite(token, parsed, spans, speaker, discourse)
                if wording is not None:
                    first = min(c.i for c in token.children if c.dep_ in ("det", "predet", "nummod", "npadvmod"))
                    yield Edit(first, token.i + 1, wording)


def _pronoun(
    token: Any,
    group: str,
    parsed: Parsed,
    spans: Sequence[Span],
    speaker: Speaker,
    discourse: Discourse,
    said: dict[str, _Name],
) -> Edit | None:
    possessive = token.lower_ in _POSSESSIVE and token.dep_ == "poss"
    if group in said and group not in ("i", "we"):
        again = token.dep_ in _SUBJECTS and not impersonal(token)
        return Edit(token.i, token.i + 1, said[group].short) if again else None
    name = said.get(group) or _means(token, group, parsed, spans, speaker, discourse)
    if name is None:
        return None
    wording = name.short if group in said else name.wording
    said[group] = name
    return Edit(token.i, token.i + 1, genitive(wording, group == "they") if possessive else wording)


def _means(
    token: Any, group: str, parsed: Parsed, spans: Sequence[Span], speaker: Speaker, discourse: Discourse
) -> _Name | None:
    source = speaker.source
    if group in ("i", "we"):
        return _first_person(token, group, parsed, speaker, discourse)
    fitting = fits(token, discourse)
    if fitting is None or impersonal(token) or generic(token):
        return None
    kept = [r for r in discourse.own(parsed) if any(s <= r.head < e for s, e in spans) and r.last <= token.i]
    if any(fitting(one) or (group == "they" and one.kind in ("organisation", "place", "name")) for one in kept):
        return None
    if group == "it" and any(_headless(t) and any(s <= t.i < e for s, e in spans) for t in parsed.doc[: token.i]):
        return None
    if speaker.place == "before" and not speaker.quoted:
        if _is_speaker(group, source, discourse):
            rivals = [r for r in _outside(parsed, spans, token, discourse) if fitting(r) and r.named]
            rivals = [r for r in rivals if r.key != source.name.lower()]
            told = [r for r in rivals if r.role == "object"]
            return None if told else _name(source.name, source.kind == "person")
        if source.kind == "unnamed" and group in ("he", "she"):
            return None
    if not speaker.quoted:
        outside = {r.key: r for r in _outside(parsed, spans, token, discourse) if fitting(r)}
        if outside:
            one = next(iter(outside.values()))
            return _Name(one.wording, one.short) if len(outside) == 1 and one.named else None
    barred = frozenset((source.name.lower(), f"the {source.name.lower()}"))
    known = antecedent(token, parsed, discourse, spans, barred if speaker.place != "before" else frozenset())
    if known is None or any(one.key == known.key for one in kept):
        return None
    if not known.named and (speaker.quoted or (token.dep_ == "poss" and known.role != "subject")):
        return None
    if speaker.quoted and group in ("it", "they") and known.role != "subject":
        return None
    if group in ("he", "she") and any(_may_be_person(one) for one in _before(parsed, token, discourse)):
        return None
    subject = token.dep_ in _SUBJECTS
    if speaker.place == "after" and not speaker.quoted and not subject and _is_speaker(group, source, discourse):
        return None
    return _Name(known.wording, known.short)


def _headless(token: Any) -> bool:
    """Whether a subject has no noun: "the latter", "this", "two"."""
    return token.dep_ in _SUBJECTS and token.tag_ in ("JJ", "JJR", "JJS", "CD", "DT", "VBG", "RB")


def _before(parsed: Parsed, token: Any, discourse: Discourse) -> list[Referent]:
    return [one for one in discourse.own(parsed) if one.last <= token.i]


def _may_be_person(one: Referent) -> bool:
    """Whether a name of unknown kind stands where a person's may: "Trump" in "Trump fans"."""
    return one.named and not one.known and one.role in ("subject", "modifier") and not one.preposition


def _outside(parsed: Parsed, spans: Sequence[Span], token: Any, discourse: Discourse) -> list[Referent]:
    return [r for r in discourse.own(parsed) if not any(s <= r.head < e for s, e in spans) and r.last <= token.i]


def _is_speaker(group: str, source: Source, discourse: Discourse) -> bool:
    if not source.name[:1].isupper():
        return False
    if group in ("he", "she"):
        gender = genders.of_name(source.name) or discourse.gender_of(source.name)
        return source.kind == "person" and gender in (None, group)
    if group == "it":
        return source.kind in ("organisation", "place") and not discourse.person(source.name)
    return source.kind == "group" or (source.kind == "organisation" and source.name.endswith("s"))


def _name(name: str, person: bool) -> _Name:
    return _Name(name, name.split()[-1] if person else name)


def _first_person(token: Any, group: str, parsed: Parsed, speaker: Speaker, discourse: Discourse) -> _Name | None:
    source = speaker.source
    if not speaker.quoted or source.kind == "outlet":
        return None
    person = source.kind == "person" or discourse.person(source.name)
    if group == "i":
        return _name(_with_article(source), False) if person or source.kind == "unnamed" else None
    if not person and source.kind in ("organisation", "place", "group"):
        return _name(_with_article(source), False)
    employer = discourse.affiliation(source.name, parsed) if person else None
    return None if employer is None or _everybody(token) else _name(employer, False)


def _with_article(source: Source) -> str:
    bare = source.name[:1].islower() and source.name.split()[0] not in ("the", "a", "an", "unnamed", "some")
    return f"the {source.name}" if bare else source.name


def _everybody(token: Any) -> bool:
    """Whether "we" hardly means those a speaker speaks for: "we all", "we must", "if we look"."""
    verb = token.head
    if any(child.lower_ in ("must", "should", "ought", "all", "if") for child in verb.children):
        return True
    return any(child.lower_ in ("all", "both") for child in token.children)


def _there(token: Any, parsed: Parsed, spans: Sequence[Span], discourse: Discourse) -> str | None:
    """Return "in X" for "there", where one place only was spoken of before."""
    own = [r for r in discourse.own(parsed) if r.last <= token.i and any(s <= r.head < e for s, e in spans)]
    if any(one.kind == "place" for one in own):
        return None
    for spoken in discourse.before(parsed, 2):
        if any(r.wording.lower().removeprefix("the ") in HOUSES for r in spoken):
            return None  # "close to the Kremlin" names a government, not where something is
        sure = {r.key: r for r in spoken if r.named and not r.plural and r.kind == "place"}
        found = {
            r.key: r for r in spoken if r.named and not r.plural and r.preposition in _WHERE and not r.known
        } | sure
        found = found or {
            r.key: r
            for r in spoken
            if r.named and not r.plural and (r.preposition in _WHERE | _WAYS and (r.kind == "name" or not r.known))
        }
        found = found or {r.key: r for r in spoken if r.kind == "name" and r.role == "subject" and r.named}
        if found:
            one = next(iter(found.values()))
            return (
                f"{one.preposition if one.preposition in _WHERE else 'in'} {one.wording}" if len(found) == 1 else None
            )
    return None


_WAYS = words("to from into around through across")
_WHERE = words("in at near on outside off")


def _definite(noun: Any, parsed: Parsed, spans: Sequence[Span], speaker: Speaker, discourse: Discourse) -> str | None:
    source, lemma = speaker.source, noun.lemma_.lower()
    own = speaker.named and source.kind == "organisation" and noun.tag_ == "NN" and lemma in ORGANISATIONS - NAMED_ONLY
    if own and speaker.place != "after" and not discourse.person(source.name):
        return source.name
    found = definite(noun, parsed, discourse, spans)
    if found is not None:
        return found if found.lower() != source.name.lower() or source.kind != "person" else None
    return _country(parsed, noun) if lemma == "country" and noun.tag_ == "NN" else None


def _country(parsed: Parsed, noun: Any) -> str | None:
    found = {
        ent.text.removesuffix("'s").removesuffix("’s").strip()
        for ent in parsed.doc.ents
        if ent.label_ == "GPE" and ent.end <= noun.i and ent.text.lower() not in PEOPLES and ent.root.dep_ != "compound"
    }
    return found.pop() if len(found) == 1 else None
