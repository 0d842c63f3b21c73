"""Sources: from the wording of a speaker in the article to its name and kind."""

from __future__ import annotations

import re
from typing import Any

from pipeline.claims.naming.names import PEOPLES, TITLES, is_outlet, without_titles
from pipeline.claims.naming.registry import Names
from pipeline.claims.parsed import Parsed
from pipeline.claims.referring.definites import definite, points_back
from pipeline.claims.referring.genders import of_pronoun
from pipeline.claims.referring.pronouns import antecedent, speaker
from pipeline.claims.referring.vocabulary import DOCUMENTS, NAMED_ONLY, ORGANISATIONS, PERSONS
from pipeline.claims.saying.frames import Span, trim
from pipeline.claims.wordlist import words
from schemas.claim import Source, SourceKind

UNNAMED = words(
    "source official person insider diplomat aide adviser advisor someone somebody witness employee executive worker "
    "resident analyst expert officer man woman neighbor neighbour friend relative bystander investigator "
    "whistleblower spokesman spokeswoman spokesperson representative lawmaker commander soldier"
)
SPEAKS_FOR = words(
    "spokesman spokeswoman spokesperson statement report article story letter tweet post release editorial press "
    "representative study survey poll document memo filing analysis dispatch account website newspaper paper bulletin "
    "communique communiqué headline broadcast"
)
"""Heads that stand for who made or sent them: "a Rostec statement" is Rostec."""

OUTLET_ROLES = words("newspaper paper outlet daily magazine broadcaster site website agency")
FIRM_ROLES = words(
    "company firm group organisation organization corporation bank party agency ministry government court council "
    "committee university hospital team club union"
)
INSTITUTIONS = words(
    "republic ministry university department party union council committee kingdom states federation office embassy "
    "court institute bank agency"
)
HE = words("he she him her")
INSTITUTIONAL = (
    FIRM_ROLES
    | INSTITUTIONS
    | words(
        "federation museum regulator carrier utility coastguard guard authority commission board association league "
        "operator airline service prosecution army navy military centre center institution charity church library "
        "school parliament senate congress cabinet corporation fund exchange watchdog council police newspaper"
    )
)
"""Heads that stand for an organisation, named or not."""

_DETERMINER = re.compile(r"^(?:the|an?|another|one|that|this)\s+(?!of\b)", re.IGNORECASE)
_KIND: dict[str, SourceKind] = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place"}
_KIND |= {"NORP": "group", "FAC": "organisation", "PRODUCT": "organisation"}


def source(text: str, parsed: Parsed, span: Span, head: int, names: Names) -> Source:
    """Return who the tokens `span` with head token `head` stand for; always a source, at worst by its own words."""
    span = _without_adverbs(parsed.doc, span, head) if span[0] < span[1] else _of_marks(parsed.doc[head])
    first, last = parsed.start_of(parsed.doc[span[0]]), parsed.end_of(parsed.doc[span[1] - 1])
    wording = " ".join(text[first:last].split())
    token = parsed.doc[head]
    known = _pronoun(parsed, token, first, names) or _named(parsed, span, token, names)
    known = known or _role(parsed, token, first, names) or _capital(parsed, span, token, names)
    known = known or _proper(token, names)
    name, kind = known or (_plain(parsed, span), _common(token))
    return Source(name=name or wording, kind=kind, text=wording)


def _of_marks(head: Any) -> Span:
    """Return the phrase of a head that is a mark, with the name before it: the "_" of "fryd_"."""
    return (head.head.i if head.dep_ == "appos" and head.head.i < head.i else head.i), head.i + 1


def _without_adverbs(doc: Any, span: Span, head: int) -> Span:
    """Return the phrase without an adverb it opens with: "Finally a striker"."""
    start = span[0]
    while start < head and doc[start].tag_ == "RB" and doc[start + 1].dep_ in ("det", "poss", "compound"):
        start += 1
    return start, span[1]


def outlet_source(outlet: str) -> Source:
    """Return the article's own outlet as a source."""
    return Source(name=outlet, kind="outlet", text=None)


def _pronoun(parsed: Parsed, token: Any, offset: int, names: Names) -> tuple[str, SourceKind] | None:
    if token.pos_ != "PRON" and token.lower_ not in HE:
        return None
    if token.lower_ in HE or token.lower_ in ("i", "who"):
        known = speaker(token, parsed, names.discourse)
        if known is not None:
            return known.wording, "person"
        person = names.person_before(offset, of_pronoun(token.lower_))
        return (person, "person") if person else (token.text, "unnamed")
    if token.lower_ == "it":
        known = antecedent(token, parsed, names.discourse)
        named = known.wording if known is not None and known.named else None
        organisation = named or names.organisation_before(parsed.sentence.start if _after_content(token) else offset)
        return _with_kind(organisation, names) if organisation else None
    if token.lower_ == "they":
        known = antecedent(token, parsed, names.discourse)
        return (token.text if known is None else known.wording), "group"
    return (token.text, "group") if token.lower_ in ("we", "some", "many", "others") else None


def _after_content(token: Any) -> bool:
    """Whether what stands before "it" in its sentence is what it says: "The numbers given by the Journal, it added"."""
    return token.i > 0 and token.nbor(-1).text in (",", '"')


def _named(parsed: Parsed, span: Span, head: Any, names: Names) -> tuple[str, SourceKind] | None:
    mentions = [ent for ent in parsed.doc.ents if ent.start < span[1] and ent.end > span[0]]
    at_head = [ent for ent in mentions if ent.start <= head.i < ent.end]
    people = [ent for ent in mentions if _person(ent, head, names)]
    speaking = [ent for ent in people if ent in at_head or _apposed(ent, head)]
    if speaking:
        return names.full(speaking[-1].text), "person"
    if at_head and at_head[0].label_ in _KIND:
        person = _run_in(at_head[0], head)
        if person:
            return names.full(person), "person"
        return _with_kind(names.full(_head_name(at_head[0], head)), names, at_head[0].label_)
    at_end = [ent for ent in mentions if ent.end == span[1] and ent.start > head.i]
    if at_end and at_end[0] in people and _follows_post(at_end[0], head):
        return names.full(at_end[0].text), "person"
    if at_end and head.lemma_.lower() in TITLES | _POSTS and (person := _run_in(at_end[0], at_end[0][-1])):
        return names.full(person), "person"
    owners = [ent for ent in mentions if ent.label_ in ("ORG", "GPE", "PERSON", "NORP") and not _far(ent, head)]
    if head.lemma_.lower() in SPEAKS_FOR and owners:
        return _owner(owners, head, names)
    return None


def _person(mention: Any, head: Any, names: Names) -> bool:
    if "PERSON" in (mention.label_, names.kind(names.full(mention.text))):
        return True
    # a name of two words beside a post ("minister counselor …, Alexey Seredin") is a person whatever its label
    return len(mention) == 2 and head.lemma_.lower() in TITLES | UNNAMED | _POSTS and mention.root.dep_ == "appos"


def _follows_post(mention: Any, head: Any) -> bool:
    """Whether a person's name closes a description of the person: "envoy to the Republic Jane Roe", "…, Jane Roe"."""
    before = mention.doc[mention.start - 1]
    if before.text == ",":
        return str(head.pos_) == "NOUN"
    post = head.lemma_.lower() in TITLES | _POSTS | UNNAMED
    return bool(post and before.pos_ in ("PROPN", "NOUN") and before.tag_ != "POS")


_POSTS = words("counselor counsellor attache attaché lawyer owner founder author leader activist economist")


def _run_in(mention: Any, head: Any) -> str | None:
    """Return the person whose name the recogniser ran into an institution's: "Bolivarian Republic Vladimir Zaemsky"."""
    words = [token.text for token in mention if token.i <= head.i]
    cut = [number for number, word in enumerate(words[:-1]) if word.lower() in INSTITUTIONS]
    rest = words[cut[-1] + 1 :] if cut else []
    return " ".join(rest) if 2 <= len(rest) <= 3 and all(word[:1].isupper() for word in rest) else None


def _owner(owners: list[Any], head: Any, names: Names) -> tuple[str, SourceKind]:
    best = next((ent for ent in owners if is_outlet(ent.text)), None)
    best = best or next((ent for ent in owners if ent.label_ == "ORG"), owners[-1])
    return _with_kind(names.full(best.text), names, best.label_)


def _far(mention: Any, head: Any) -> bool:
    """Whether a name hangs on the head only through "about" or "on": what the report is about, not whose it is."""
    root = mention.root
    return root.dep_ == "pobj" and root.head.lower_ not in ("of", "by", "from", "for", "at", "with")


def _apposed(mention: Any, head: Any) -> bool:
    root = mention.root
    if mention.label_ not in ("PERSON", "GPE", "ORG"):
        return False
    if (root.dep_ == "appos" and root.head.i == head.i) or (head.dep_ == "appos" and head.head.i == root.i):
        return True
    possessive = any(child.dep_ == "case" for child in root.children)
    return root.head.i == head.i and root.dep_ in ("compound", "nmod", "flat") and not possessive and root.i > head.i


def _head_name(mention: Any, head: Any) -> str:
    """Return the mention's name; a descriptor run into it ("Russian arms producer Rosoboronexport") is cut off."""
    words = [token for token in mention if token.i <= head.i or token.pos_ == "PROPN"]
    lower = [i for i, token in enumerate(words) if token.text[:1].islower() and token.lower_ not in _JOINERS]
    kept = words[lower[-1] + 1 :] if lower and lower[-1] + 1 < len(words) else words
    return " ".join(token.text for token in kept) if lower else str(mention.text)


_JOINERS = words("of the and for de la al bin van von der del di da du el 's")


def _with_kind(name: str, names: Names, label: str | None = None) -> tuple[str, SourceKind]:
    if is_outlet(name):
        return name, "outlet"
    known = names.kind(name) or label or "ORG"
    if known == "NORP" and name.lower() not in PEOPLES and not name.endswith("s"):
        known = "ORG"
    return name, _KIND.get(known, "organisation")


def _role(parsed: Parsed, token: Any, offset: int, names: Names) -> tuple[str, SourceKind] | None:
    """Resolve "the envoy", "the 45-year-old", "the company", "the newspaper" to what was mentioned before."""
    lemma = token.lemma_.lower()
    if not points_back(token):
        return None
    meant = definite(token, parsed, names.discourse)
    if token.tag_ == "NNS" or lemma == "old":
        return (meant, "group" if token.tag_ == "NNS" else "person") if meant else None
    if lemma in OUTLET_ROLES and (outlet := names.outlet_before(offset)):
        return outlet, "outlet"
    if meant and lemma in PERSONS:
        return meant, "person"
    if meant and lemma in DOCUMENTS:
        return meant.removeprefix("the "), _common(token)
    if meant and lemma in INSTITUTIONAL | ORGANISATIONS:
        return _with_kind(meant, names)
    person = None if lemma in INSTITUTIONAL | OUTLET_ROLES else names.by_role(lemma, offset)
    if person:
        return person, "person"
    if lemma in FIRM_ROLES and (organisation := names.organisation_before(offset, lemma)):
        called = lemma not in NAMED_ONLY or lemma in organisation.lower().split()
        return _with_kind(organisation, names) if called else None
    return None


def _capital(parsed: Parsed, span: Span, head: Any, names: Names) -> tuple[str, SourceKind] | None:
    """Take the capitalised words that the phrase ends on where the recogniser saw no name."""
    doc = parsed.doc
    end = span[1]
    start = end
    while start > span[0] and doc[start - 1].text[:1].isupper() and doc[start - 1].pos_ in ("PROPN", "NOUN", "ADJ"):
        start -= 1
    apart = any(token.dep_ in ("prep", "poss") for token in doc[head.i + 1 : end])
    if start == end or doc[end - 1].pos_ != "PROPN" or (apart and head.i < start):
        owner = next((t for t in doc[span[0] : span[1]] if t.pos_ == "PROPN" and t.dep_ in ("compound", "poss")), None)
        if head.pos_ == "PROPN" and head.text[:1].isupper() and (head.i or names.kind(head.text)):
            return _with_kind(names.full(_run(doc, span, head)), names)
        if owner is None or head.lemma_.lower() not in SPEAKS_FOR:
            return None
        return _with_kind(names.full(owner.text), names)
    return _with_kind(names.full(doc[start:end].text), names)


def _proper(head: Any, names: Names) -> tuple[str, SourceKind] | None:
    """Take a head that is written with a capital throughout, whatever its tag."""
    proper = head.text[:1].isupper() and head.tag_[:2] == "NN" and head.text in names.capitals
    return _with_kind(names.full(head.text), names) if proper else None


def _run(doc: Any, span: Span, head: Any) -> str:
    """Return the capitalised words that end on the head: "Rosoboronexport" of "Rosoboronexport, the exporter"."""
    start = head.i
    while start > span[0] and doc[start - 1].pos_ == "PROPN":
        start -= 1
    return str(doc[start : head.i + 1].text)


def _common(token: Any) -> SourceKind:
    if token.tag_ in ("NNS", "NNPS") or token.lemma_.lower() in ("police", "staff", "public", "family", "people"):
        return "group"
    return "organisation" if token.lemma_.lower() in INSTITUTIONAL else "unnamed"


def _plain(parsed: Parsed, span: Span) -> str:
    """Return the phrase itself as a name, without article, quotation marks and "allegedly"."""
    start, end = trim(parsed.doc, *span)
    words = [
        t.text_with_ws
        for t in parsed.doc[start:end]
        if (t.text not in ('"', "'") or t.tag_ == "POS") and t.lower_ != "allegedly"
    ]
    plain = " ".join("".join(words).split())
    without = _DETERMINER.sub("", plain)
    capitals = all(word[:1].isupper() for word in without.split())
    return (without_titles(without) if capitals else without) or plain
