"""What a denial within one sentence is, and what all its readers ask: who denies, and whether anything is denied."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pipeline.claims.denying.proposition import proposition, widened
from pipeline.claims.saying.frames import Span
from pipeline.claims.wordlist import words


@dataclass(frozen=True)
class Rejection:
    """A denial in a sentence; spans are token ranges of its document.

    `rejected` is the phrase that is denied as it stands, `target` the proposition in it, None where it only points to
    one. `spoken` tells that the words themselves deny, for whoever says them; else `speaker` is the head token of who
    denies, None where nobody is named.
    """

    cue: Span
    rejected: Span | None
    target: Span | None
    speaker: int | None = None
    spoken: bool = False
    told: Span | None = None
    """The denial as told after its speaker, or with him where it is `passive`; None where it is not one stretch."""
    passive: bool = False


_NEGATORS = words(
    "not n't never nobody neither nor none without hardly cannot barely seldom rarely no unable impossible hard "
    "difficult if whether unless decline declined declines declining refuse refused refuses refusing fail failed fails "
    "failing stop stopped stops urged urge asked expected likely ordered hopes hope hoped want wants wanted may might "
    "could would will 'll wo should must shall can ca ready due cannot prepared threatened unwilling powerless "
    "going plans planned chance right power opportunity call calls called refusal failure inability reluctance "
    "reluctant"
)
"""Words before a verb of denying by which nothing is denied: it is negated, foreseen, wished for or made hard."""
_AWAITED = words(
    "asked expected likely ordered hopes hope hoped want wants wanted urge urged ready due prepared threatened going "
    "plans "
    "planned chance right power opportunity call calls called decline declined declines declining refuse refused "
    "refuses "
    "refusing fail failed fails failing"
)
"""Of these, those that only bear on "to deny": a minister who was asked, denies."""
_MODALS = words("will would 'll can could wish want like must shall")
_SELF = words("i we")
_MAX_BEFORE = 7


def tokens_of(doc: Any, match: re.Match[str], group: str | int = 0) -> Span | None:
    span = doc.char_span(match.start(group), match.end(group), alignment_mode="expand")
    return None if span is None else (span.start, span.end)


def by_words(doc: Any, cue: Span, rejected: Span | None, target: Span | None = None) -> Rejection:
    if rejected is not None and target is None:
        target = proposition(doc, rejected)
    return Rejection(cue, rejected, target, spoken=True)


def asserted(doc: Any, verb: Any) -> bool:
    """Whether a denial takes place: not "did not deny", "declined to deny", "may deny", "nobody denies"."""
    start = max(0, verb.i - _MAX_BEFORE)
    for token in reversed(doc[start : verb.i]):
        if token.text in (";", ":", '"', "--", "—", "–") or (token.text == "," and not _aside(doc, token)):
            return True
        if token.lower_ in _AWAITED and not any(t.lower_ == "to" for t in doc[token.i + 1 : verb.i]):
            continue
        if token.lower_ in _NEGATORS and not _other_clause(token, verb):
            own = token.lower_ in _MODALS and any(t.lower_ in _SELF for t in doc[start : token.i])
            if own or (token.lower_ == "no" and not _no_one(doc, token)):
                continue
            return False
    return True


def only_seems(doc: Any, verb: Any) -> bool:
    """Whether two statements are held side by side, or somebody is forced: "appeared to contradict", "made to deny"."""
    if verb.i < 2 or doc[verb.i - 1].lower_ != "to":
        return False
    before = doc[verb.i - 2].lemma_.lower()
    return before == "make" or (before in ("appear", "seem") and verb.lemma_.lower() == "contradict")


def _aside(doc: Any, comma: Any) -> bool:
    return any(t.text == "," for t in doc[max(0, comma.i - 5) : comma.i])


def _no_one(doc: Any, token: Any) -> bool:
    return token.i + 1 < len(doc) and doc[token.i + 1].pos_ in ("NOUN", "PRON", "NUM", "ADJ")


def _other_clause(token: Any, verb: Any) -> bool:
    """Whether a negator belongs to another verb than the one it stands before."""
    if token.dep_ in ("neg", "aux", "det", "mark"):
        head = token.head if token.dep_ != "det" else token.head.head
        return (
            head.i < verb.i - 1
            and verb.dep_ != "xcomp"
            and head.i not in (t.i for t in verb.ancestors if t.i == verb.head.i)
        )
    return False


def is_passive(doc: Any, verb: Any) -> bool:
    if verb.tag_ not in ("VBN", "VBD"):
        return False
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        return True
    by = verb.i + 1 < len(doc) and doc[verb.i + 1].lower_ == "by"
    return by and (verb.tag_ == "VBN" or verb.dep_ in ("acl", "ROOT"))


def cue_span(verb: Any, match: re.Match[str], doc: Any) -> Span:
    """Return the verb with its auxiliaries before and its particles after."""
    helpers = [c.i for c in verb.children if c.dep_ in ("aux", "auxpass") and 0 < verb.i - c.i <= 3]
    span = tokens_of(doc, match) or (verb.i, verb.i + 1)
    return min([*helpers, verb.i]), span[1]


_CLAUSE_STARTS = (";", ":", '"', ",", "that", "said", "says", "say", "and", "but")
_CLIMB = ("conj", "advcl", "xcomp", "acl", "dep", "prep", "pcomp", "ccomp", "dobj")


def denier(doc: Any, verb: Any) -> int | None:
    """Return the head of who denies: the verb's subject, that of the verb it hangs on, else the noun before it."""
    current = verb
    for _ in range(4):
        subject = next((c for c in current.children if c.dep_ in ("nsubj", "nsubjpass") and c.i != verb.i), None)
        if subject is not None:
            if current.dep_ == "relcl" and subject.lower_ in ("who", "which", "that"):
                return int(current.head.i)
            return int(subject.i) if subject.lower_ not in ("it", "there") or current is verb else None
        if current.dep_ == "acl" and current.head.pos_ in ("NOUN", "PROPN"):
            return int(current.head.i)
        if current.dep_ not in _CLIMB or current.head is current or (current.dep_ == "dobj" and current is verb):
            break
        current = current.head
    before = [t for t in doc[max(0, verb.i - 8) : verb.i] if t.pos_ in ("NOUN", "PROPN", "PRON")]
    return int(before[-1].i) if before and verb.tag_ != "VBG" else None


def conditional(doc: Any, at: int) -> bool:
    return any(t.lower_ in ("if", "whether", "unless", "may", "might", "could") for t in doc[max(0, at - 8) : at + 2])


def subject_before(doc: Any, verb: int) -> Span | None:
    """Return the phrase whose verb begins at a token."""
    root = doc[verb] if doc[verb].dep_ not in ("aux", "auxpass", "neg", "punct") else doc[verb].head
    for head in (root, doc[verb].head):
        subject = next((c for c in head.children if c.dep_ in ("nsubj", "nsubjpass", "csubj") and c.i < verb), None)
        if subject is not None:
            return _without_edges(doc, widened(doc, subject.left_edge.i), verb)
    start = verb
    while start > 0 and verb - start < 30 and doc[start - 1].lower_ not in _CLAUSE_STARTS:
        start -= 1
    return (start, verb) if start < verb else None


def _without_edges(doc: Any, start: int, verb: int) -> Span | None:
    end = verb
    while end > start and (
        doc[end - 1].is_punct or doc[end - 1].pos_ in ("ADV",) or doc[end - 1].lower_ in ("have", "has", "had")
    ):
        end -= 1
    while start < end and (doc[start].is_punct or (doc[start].lower_ in ("that", "and", "but") and end - start > 1)):
        start += 1
    return (start, end) if start < end else None
