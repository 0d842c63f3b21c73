"""What a sentence speaks of: its noun phrases, named or not, as what a later pronoun or "the company" may mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipeline.claims.naming.names import TITLES, without_titles
from pipeline.claims.parsed import Parsed
from pipeline.claims.referring import genders
from pipeline.claims.referring.kinds import (
    aged,
    common_kind,
    descriptions,
    is_person,
    kind_of_name,
    preposition_of,
    proper,
    role_of,
)
from pipeline.claims.referring.phrases import left_edge, phrase
from pipeline.claims.referring.referent import Kind, Referent
from pipeline.claims.referring.vocabulary import (
    MEASURES,
    ORGANISATION_WORDS,
    PERSONS,
    PLACE_WORDS,
    TIMES,
)


def referents(parsed: Parsed, full: Callable[[str], str], kind: Callable[[str], str | None]) -> list[Referent]:
    """Return what a sentence speaks of, in order; `full` gives a name's longest form, `kind` its label."""
    found: list[Referent] = []
    taken: set[int] = set()
    for token in parsed.doc:
        if token.i in taken or token.tag_ not in ("NN", "NNS", "NNP", "NNPS", "JJ"):
            continue
        if token.tag_ == "JJ" and not aged(token):
            continue
        referent = _referent(parsed, token, taken, full, kind)
        if referent is not None:
            found.append(referent)
    found.sort(key=lambda one: (one.first, one.last))
    return _with_pairs(parsed, found)


def _referent(
    parsed: Parsed, token: Any, taken: set[int], full: Callable[[str], str], kind: Callable[[str], str | None]
) -> Referent | None:
    name = proper(token)
    if token.dep_ in ("compound", "nmod", "amod") and token.head.i > token.i:
        return _modifier(parsed, token, taken, full, kind) if name else None
    if name:
        return _name(parsed, token, taken, full, kind)
    return _common(parsed, token, taken, full, kind)


def _run(token: Any) -> tuple[int, int]:
    """Return the tokens of the name that ends on `token`: capitalised words that hang on it, "of the" between them."""
    doc, start = token.doc, token.i
    while start > 0 and proper(doc[start - 1]) and doc[start - 1].dep_ in ("compound", "nmod", "poss", "amod"):
        start -= 1
    while (
        start > 0
        and doc[start].ent_iob_ == "I"
        and doc[start - 1].text != ","
        and doc[start].ent_type_ in ("ORG", "LAW", "WORK_OF_ART", "FAC")
    ):
        start -= 1
    genitive = start > 1 and doc[start - 1].text == "'" and proper(doc[start - 2])
    if genitive:
        start -= 2
    end = token.i + 1
    if end + 1 < len(doc) and doc[end].lower_ == "of" and proper(doc[end + 1]) and doc[token.i].lower_ in _OF:
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
    if token.dep_ == "poss" and proper(token.head) and doc[token.i + 1].text == "'":
        return None  # "the Teachers' Union" ends on "Union"
    taken.update(range(start, end))
    described = descriptions(doc, token, start)
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
    what, known = kind_of_name(doc, token, name, described, kind)
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
        role=role_of(token),
        named=True,
        plural=token.tag_ == "NNPS" and what not in ("organisation", "place"),
        gender=(genders.of_title(described) or genders.of_name(name)) if people else None,
        described=described,
        preposition=preposition_of(token),
        known=known,
    )


def _modifier(
    parsed: Parsed, token: Any, taken: set[int], full: Callable[[str], str], kind: Callable[[str], str | None]
) -> Referent | None:
    """Return the name before a common noun: "Verano" of "the Verano plant"."""
    if token.head.tag_[:2] != "NN" or proper(token.head):
        return None
    start, end = token.i, token.i + 1
    while start > 0 and proper(token.doc[start - 1]) and token.doc[start - 1].head.i in (token.i, token.head.i):
        start -= 1
    taken.update(range(start, end))
    name = full(without_titles(token.doc[start:end].text))
    what, known = kind_of_name(token.doc, token, name, frozenset(), kind)
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


def _common(
    parsed: Parsed, token: Any, taken: set[int], full: Callable[[str], str], kind: Callable[[str], str | None]
) -> Referent | None:
    lemma = token.lemma_.lower()
    if lemma in TIMES | MEASURES or token.dep_ == "npadvmod":
        return None
    if token.dep_ == "appos" and proper(token.head) and token.head.i < token.i:
        return None
    apposed = next((c for c in token.children if c.dep_ == "appos" and proper(c) and c.i > token.i), None)
    if apposed is not None and token.tag_ == "NN":
        named = _name(parsed, apposed, taken, full, kind)
        if named is not None:
            return _merged(parsed, token, lemma, named)
    first, last, wording = phrase(token)
    what, plural = common_kind(token, lemma)
    return Referent(
        wording=wording,
        short=wording,
        start=parsed.start_of(token.doc[first]),
        first=first,
        last=last,
        head=token.i,
        kind=what,
        role=role_of(token),
        named=False,
        plural=plural,
        gender=genders.of_title(frozenset((lemma,))),
        described=frozenset((lemma,)),
        preposition=preposition_of(token),
        counted=any(child.dep_ == "det" and child.lower_ in ("a", "an", "the") for child in token.children),
    )


def _merged(parsed: Parsed, token: Any, lemma: str, named: Referent) -> Referent:
    """Return "the defendant, Igor Pell" as the person, and "the film Low Tide" with what it is."""
    first = left_edge(token)
    restrictive = named.first == token.i + 1 and named.kind != "person"
    wording = f"the {lemma} {named.wording.removeprefix('the ')}" if restrictive else named.wording
    what, _ = common_kind(token, lemma)
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
        role=role_of(token),
        named=True,
        gender=gender if kind == "person" else None,
        described=named.described | {lemma},
        preposition=preposition_of(token),
    )


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
