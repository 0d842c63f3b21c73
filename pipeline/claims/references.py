"""What a sentence speaks of: its noun phrases, named or not, as what a later pronoun or "the company" may mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from pipeline.claims import genders
from pipeline.claims.genders import Gender
from pipeline.claims.names import PEOPLES, TITLES, is_outlet, without_titles
from pipeline.claims.parsed import Parsed
from pipeline.claims.reference_words import (
    COLLECTIVE,
    DOCUMENTS,
    EVENTS,
    MEASURES,
    ORGANISATION_WORDS,
    ORGANISATIONS,
    PERSONS,
    PLACE_WORDS,
    PLACES,
    TIMES,
)

Kind = Literal["person", "organisation", "place", "thing", "name"]
"""What is spoken of; "name" is a name that may be any of these but hardly a person's."""

Role = Literal["subject", "object", "oblique", "modifier"]

MAX_WORDS = 10
"""The longest phrase, in words, that stands in for a pronoun; a longer one is cut to its name or left out."""

_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_OBJECTS = frozenset(("dobj", "dative", "agent"))
_WITHIN_PHRASE = frozenset(("det", "amod", "nummod", "compound", "poss", "case", "nmod", "quantmod", "advmod", "punct"))
_COUNTRIES = frozenset(name.lower() for name in PEOPLES.values())


@dataclass(frozen=True)
class Referent:
    """Something spoken of. `first` and `last` are its tokens [first, last), `start` the article offset of the first.

    `wording` can stand in place of a pronoun, `short` in place of a second one; `described` holds the lemmas of the
    nouns it is called by.
    """

    wording: str
    short: str
    start: int
    first: int
    last: int
    head: int
    kind: Kind
    role: Role
    named: bool
    plural: bool = False
    gender: Gender | None = None
    described: frozenset[str] = field(default_factory=frozenset)
    preposition: str = ""
    known: bool = True
    """Whether the kind is sure."""
    counted: bool = False
    """Whether an unnamed thing stands with an article: "a plant", not "money"."""

    @property
    def key(self) -> str:
        """Return what tells it from others."""
        return self.wording.lower()


def referents(parsed: Parsed, full: Callable[[str], str], kind: Callable[[str], str | None]) -> list[Referent]:
    """Return what a sentence speaks of, in order; `full` gives a name's longest form, `kind` its label."""
    found: list[Referent] = []
    taken: set[int] = set()
    for token in parsed.doc:
        if token.i in taken or token.tag_ not in ("NN", "NNS", "NNP", "NNPS", "JJ"):
            continue
        if token.tag_ == "JJ" and not _aged(token):
            continue
        referent = _referent(parsed, token, taken, full, kind)
        if referent is not None:
            found.append(referent)
    found.sort(key=lambda one: (one.first, one.last))
    return _with_pairs(parsed, found)


def _aged(token: Any) -> bool:
    return bool(token.lower_ == "old" and token.i > 1 and token.nbor(-1).text == "-")


def _referent(
    parsed: Parsed, token: Any, taken: set[int], full: Callable[[str], str], kind: Callable[[str], str | None]
) -> Referent | None:
    proper = _proper(token)
    if token.dep_ in ("compound", "nmod", "amod") and token.head.i > token.i:
        return _modifier(parsed, token, taken, full, kind) if proper else None
    if proper:
        return _name(parsed, token, taken, full, kind)
    return _common(parsed, token, taken, full, kind)


def _proper(token: Any) -> bool:
    return token.tag_ in ("NNP", "NNPS") and bool(token.text[:1].isupper() or token.text[:1].isdigit())


def _run(token: Any) -> tuple[int, int]:
    """Return the tokens of the name that ends on `token`: capitalised words that hang on it, "of the" between them."""
    doc, start = token.doc, token.i
    while start > 0 and _proper(doc[start - 1]) and doc[start - 1].dep_ in ("compound", "nmod", "poss", "amod"):
        start -= 1
    while (
        start > 0
        and doc[start].ent_iob_ == "I"
        and doc[start - 1].text != ","
        and doc[start].ent_type_ in ("ORG", "LAW", "WORK_OF_ART", "FAC")
    ):
        start -= 1
    genitive = start > 1 and doc[start - 1].text == "'" and _proper(doc[start - 2])
    if genitive:
        start -= 2
    end = token.i + 1
    if end + 1 < len(doc) and doc[end].lower_ == "of" and _proper(doc[end + 1]) and doc[token.i].lower_ in _OF:
        end += 2
    return start, end


_OF = frozenset(("university", "bank", "ministry", "republic", "house", "church", "kingdom", "college", "port", "isle"))


def _name(
    parsed: Parsed, token: Any, taken: set[int], full: Callable[[str], str], kind: Callable[[str], str | None]
) -> Referent | None:
    doc = token.doc
    start, end = _run(token)
    if end < len(doc) and doc[end].text == "&" and doc[end].ent_iob_ == "I":
        return None  # "Lake & Sons" ends on "Sons"
    if token.dep_ == "poss" and _proper(token.head) and doc[token.i + 1].text == "'":
        return None  # "the Teachers' Union" ends on "Union"
    taken.update(range(start, end))
    described = _descriptions(doc, token, start)
    institution = doc[end - 1].lower_ in ORGANISATION_WORDS | PLACE_WORDS
    while start < end - 1 and (lowered := doc[start].lower_.strip(".")) in TITLES | PERSONS and not institution:
        described = described | {lowered}
        start += 1
    text = without_titles(doc[start:end].text)
    if end < len(doc) and doc[end].tag_ == "POS" and token.dep_ != "poss" and doc[end].lower_ == "'s":
        text += "'s"
    name = full(text)
    if len(name) < 2 or (token.lower_ in TIMES and " " not in name):
        return None
    what, known = _kind_of(doc, token, name, described, kind)
    article = _article(doc, start, what, token)
    people = what == "person"
    return Referent(
        wording=f"{article}{name}",
        short=name.split()[-1] if people and " " in name else f"{article}{name}",
        start=parsed.start_of(doc[start]),
        first=start,
        last=end,
        head=token.i,
        kind=what,
        role=_role(token),
        named=True,
        plural=token.tag_ == "NNPS" and what not in ("organisation", "place"),
        gender=(genders.of_title(described) or genders.of_name(name)) if people else None,
        described=described,
        preposition=_preposition(token),
        known=known,
    )


def _modifier(
    parsed: Parsed, token: Any, taken: set[int], full: Callable[[str], str], kind: Callable[[str], str | None]
) -> Referent | None:
    """Return the name before a common noun: "Verano" of "the Verano plant"."""
    if token.head.tag_[:2] != "NN" or _proper(token.head):
        return None
    start, end = token.i, token.i + 1
    while start > 0 and _proper(token.doc[start - 1]) and token.doc[start - 1].head.i in (token.i, token.head.i):
        start -= 1
    taken.update(range(start, end))
    name = full(without_titles(token.doc[start:end].text))
    what, known = _kind_of(token.doc, token, name, frozenset(), kind)
    if not name or token.lower_ in TIMES:
        return None
    return Referent(
        name, name, parsed.start_of(token.doc[start]), start, end, token.i, what, "modifier", True, known=known
    )


def _article(doc: Any, start: int, kind: Kind, token: Any) -> str:
    """Return "the " where the name stands with it: "the Lusk valley", "the Dockers' League"."""
    before = doc[start - 1].lower_ if start else ""
    if kind == "person" or doc[start].lower_ == "the":
        return ""
    return "the " if before == "the" else ""


def _descriptions(doc: Any, token: Any, start: int) -> frozenset[str]:
    """Return the lemmas of the nouns that a name is called by: before it, in apposition, or by "is"."""
    found = {
        child.lemma_.lower()
        for child in token.children
        if child.tag_ in ("NN", "NNP")
        and child.dep_ in ("compound", "nmod", "appos", "amod")
        and not child.text.istitle()
    }
    found |= {
        child.lower_
        for child in token.children
        if child.dep_ == "compound" and (child.lower_ in PERSONS | TITLES or child.lower_ in EVENTS)
    }
    for child in token.children:
        if child.dep_ == "appos" and not _proper(child):
            found |= {child.lemma_.lower()} | {c.lemma_.lower() for c in child.conjuncts} | _before(child)
    head = token.head
    if token.dep_ == "appos" and _proper(head) and head.dep_ == "pobj":
        head = head.head.head  # "the mayor of Velm, Jon Falk"
    if token.dep_ == "appos" and head.tag_ == "NN":
        found |= {head.lemma_.lower()} | _before(head)
    if token.dep_ in _SUBJECTS and head.lemma_ in _COPULAS:
        found |= {w for c in head.children if c.dep_ == "attr" for w in {c.lemma_.lower()} | _before(c)}
        found |= {t.lemma_.lower() for c in head.children if c.dep_ == "attr" for t in c.conjuncts}
        found |= {g.lemma_.lower() for c in head.children if c.lower_ == "as" for g in c.children if g.dep_ == "pobj"}
    if token.lower_ in EVENTS or token.lower_ in DOCUMENTS:
        found.add(token.lower_)
    return frozenset(found - {"the", "a", "an"})


def _before(noun: Any) -> set[str]:
    """Return the words that a post's noun is modified by: "chief" of "chief executive"."""
    return {child.lower_ for child in noun.children if child.dep_ in ("compound", "amod") and child.i < noun.i}


def _kind_of(
    doc: Any, token: Any, name: str, described: frozenset[str], kind: Callable[[str], str | None]
) -> tuple[Kind, bool]:
    """Return the kind of a name and whether it is sure."""
    parts = name.lower().split()
    if not described.isdisjoint(PERSONS | (TITLES - {"chief", "executive", "the", "a", "an", "general", "foreign"})):
        return "person", True
    if len(parts) > 1 and (parts[-1] in EVENTS or parts[-1] in DOCUMENTS):
        return "thing", True
    if name.lower() in _COUNTRIES:
        return "place", True
    if len(parts) > 1 and genders.is_first_name(parts[0]) and parts[-1] not in ORGANISATION_WORDS | PLACE_WORDS:
        return "person", True
    if not described.isdisjoint(ORGANISATIONS):
        return "organisation", True
    if (
        not described.isdisjoint(PLACES)
        or parts[-1] in PLACE_WORDS
        or (parts[0] in ("lake", "cape", "port", "mount") and "&" not in parts)
    ):
        return "place", True
    if not ORGANISATION_WORDS.isdisjoint(parts) or is_outlet(name):
        return "organisation", True
    if parts[0] in ("st", "st."):
        return "name", False
    label = kind(name) or token.ent_type_
    if len(parts) == 1 and genders.is_first_name(parts[0]) and label in ("PERSON", "ORG"):
        return "person", True
    if label == "PERSON":
        return ("person", len(parts) > 1) if described.isdisjoint(_THINGS) else ("name", False)
    if label == "GPE" or (label in ("LOC", "FAC") and len(parts) > 1):
        return "place", _preposition(token) in ("in", "near", "at", "off", "from", "to", "outside")
    if label == "ORG":
        return "organisation", len(parts) > 1 or token.text.isupper()
    return "name", False


_COPULAS = frozenset(("be", "is", "was", "been", "are", "were", "become", "remain", "serve"))
_THINGS = frozenset(("film", "book", "novel", "ferry", "ship", "tanker", "song", "album", "play", "boat", "trawler"))


def _common(
    parsed: Parsed, token: Any, taken: set[int], full: Callable[[str], str], kind: Callable[[str], str | None]
) -> Referent | None:
    lemma = token.lemma_.lower()
    if lemma in TIMES | MEASURES or token.dep_ == "npadvmod":
        return None
    if token.dep_ == "appos" and _proper(token.head) and token.head.i < token.i:
        return None
    apposed = next((c for c in token.children if c.dep_ == "appos" and _proper(c) and c.i > token.i), None)
    if apposed is not None and token.tag_ == "NN":
        named = _name(parsed, apposed, taken, full, kind)
        if named is not None:
            return _merged(parsed, token, lemma, named)
    first, last, wording = phrase(token)
    what, plural = _common_kind(token, lemma)
    return Referent(
        wording=wording,
        short=wording,
        start=parsed.start_of(token.doc[first]),
        first=first,
        last=last,
        head=token.i,
        kind=what,
        role=_role(token),
        named=False,
        plural=plural,
        gender=genders.of_title(frozenset((lemma,))),
        described=frozenset((lemma,)),
        preposition=_preposition(token),
        counted=any(child.dep_ == "det" and child.lower_ in ("a", "an", "the") for child in token.children),
    )


def _merged(parsed: Parsed, token: Any, lemma: str, named: Referent) -> Referent:
    """Return "the defendant, Igor Pell" as the person, and "the film Low Tide" with what it is."""
    first = _left(token)
    restrictive = named.first == token.i + 1 and named.kind != "person"
    wording = f"the {lemma} {named.wording.removeprefix('the ')}" if restrictive else named.wording
    what, _ = _common_kind(token, lemma)
    kind: Kind = "person" if is_person(lemma) else (what if what != "person" else named.kind)
    gender = genders.of_title(frozenset((lemma,))) or named.gender
    return Referent(
        wording=wording,
        short=named.short if kind == "person" else wording,
        start=parsed.start_of(token.doc[first]),
        first=first,
        last=named.last,
        head=token.i,
        kind=kind,
        role=_role(token),
        named=True,
        gender=gender if kind == "person" else None,
        described=named.described | {lemma},
        preposition=_preposition(token),
    )


def _common_kind(token: Any, lemma: str) -> tuple[Kind, bool]:
    plural = token.tag_ == "NNS" or lemma in COLLECTIVE
    if is_person(lemma) or _aged(token) or lemma in ("people", "couple", "duo", "trio"):
        return "person", plural
    if lemma in PLACES and lemma not in ORGANISATIONS:
        return "place", plural
    return ("organisation" if lemma in ORGANISATIONS else "thing"), plural


def is_person(lemma: str) -> bool:
    """Whether a noun means a person, by list or by its ending: "theorist", "salesman"."""
    if lemma in PERSONS or (lemma.endswith(("woman", "person", "ologist")) and len(lemma) > 6):
        return True
    return len(lemma) > 6 and (lemma.endswith("man") or (lemma.endswith("ist") and not lemma.endswith("list")))


def _left(token: Any) -> int:
    doc, start = token.doc, int(token.i)
    while start > 0:
        before = doc[start - 1]
        inside = before.dep_ in _WITHIN_PHRASE and start <= before.head.i <= token.i
        if not inside or before.tag_ in (",", ":", "``", "''", "RB", "WRB"):
            break
        start -= 1
    return start


def phrase(token: Any) -> tuple[int, int, str]:
    """Return the tokens of a common noun's phrase and its wording: "a convoy near Tal" as "the convoy near Tal"."""
    doc, start, end = token.doc, _left(token), token.i + 1
    for child in token.rights:
        follows = child.dep_ == "prep" and child.i == end and child.n_rights
        last = child.right_edge.i + 1 if follows else end
        timed = any(g.lower_ in TIMES for g in child.children)
        if (
            not follows
            or timed
            or last - start > MAX_WORDS
            or any(t.text in (",", ";", '"') for t in doc[child.i : last])
        ):
            break
        end = last
    words = doc[start:end].text
    head, _, rest = words.partition(" ")
    if head.lower() in _DETERMINERS:
        words = f"the {rest}"
    elif doc[start].tag_ == "CD" or (token.tag_ == "NN" and doc[start].tag_ in ("NN", "JJ", "VBN")):
        words = f"the {words if start else _lowered(words)}"
    elif start == 0 and doc[start].tag_ not in ("PRP$", "NNP", "NNPS", "POS"):
        words = _lowered(words)
    return start, end, words


def _lowered(words: str) -> str:
    return words if words[:2].isupper() else f"{words[:1].lower()}{words[1:]}"


_DETERMINERS = frozenset(("the", "a", "an", "this", "that", "these", "those", "some", "another", "several", "one"))


def _role(token: Any) -> Role:
    for _ in range(6):
        if token.dep_ not in ("conj", "appos"):
            break
        token = token.head
    if token.dep_ in _SUBJECTS:
        return "subject"
    if token.dep_ in _OBJECTS or (token.dep_ == "pobj" and token.head.dep_ == "agent"):
        return "object"
    return "oblique" if token.dep_ == "pobj" and token.head.head.pos_ in ("VERB", "AUX") else "modifier"


def _preposition(token: Any) -> str:
    return str(token.head.lower_) if token.dep_ == "pobj" else ""


def _with_pairs(parsed: Parsed, found: list[Referent]) -> list[Referent]:
    """Add what "A and B" are together."""
    by_head = {one.head: one for one in found}
    pairs = []
    for one in found:
        head = parsed.doc[one.head]
        if head.dep_ == "conj" or not (one.named or one.kind == "person"):
            continue
        rest = [by_head[t.i] for t in head.conjuncts if t.i in by_head and t.i > head.i]
        joined = any(t.dep_ == "cc" and t.lower_ == "and" for r in (head, *head.conjuncts) for t in r.children)
        if rest and joined and len(rest) <= 3 and _alike([one, *rest]):
            pairs.append(_pair(parsed, [one, *rest]))
    return found + pairs


def _alike(members: list[Referent]) -> bool:
    people = [one.kind == "person" for one in members if one.known and one.kind != "name"]
    return all(people) or not any(people)


def _pair(parsed: Parsed, members: list[Referent]) -> Referent:
    one, last = members[0], members[-1]
    shared = parsed.doc[one.first : one.last].text
    wordings = [m.wording for m in members]
    if one.kind != "person" and last.kind == "person" and " " not in shared:
        one, wordings = last, [shared, *wordings[1:]]
    if last.kind == "person" and len(wordings) == 2 and " " not in shared and " " in last.wording:
        wordings[0] = shared  # "Mateo and Ana Ruiz"
    joined = f"{', '.join(wordings[:-1])} and {wordings[-1]}"
    first = members[0]
    described = frozenset().union(*(m.described for m in members))
    kind: Kind = next((m.kind for m in members if m.kind != "name"), "name")
    return Referent(
        joined, joined, first.start, first.first, last.last, first.head, kind, first.role, one.named, True,
        described=described,
    )  # fmt: skip
