"""The phrase or clause that a denying word rejects: from after the word to the end of its clause."""

from __future__ import annotations

from typing import Any

from pipeline.claims.denying.vocabulary import AS_UNTRUE
from pipeline.claims.parsed import text_of
from pipeline.claims.saying.frames import Span
from pipeline.claims.tagging import FINITE
from pipeline.claims.wordlist import words

LONGEST = 60
"""Tokens of a rejected phrase; longer ones are two sentences run together."""
_LINKS = words("but while although though whereas when after before because despite who which whose whom")
_AFTER_PHRASE = words("on in at during when after before following via through yesterday today last this early late")
_OCCASION = words(
    "monday tuesday wednesday thursday friday saturday sunday statement tweet post interview letter speech court "
    "parliament "
    "press email night week month morning evening afternoon conference yesterday today blog video message facebook "
    "twitter reporters testimony briefing call"
)
_SAYING = words("say add insist call describe tell claim argue note stress accuse point maintain blame label explain")


def object_after(doc: Any, start: int, stop: int | None = None) -> Span | None:
    """Return the phrase or clause that begins at a token, to its end, without what is only told beside it."""
    last = min(len(doc) if stop is None else stop, start + LONGEST)
    if start + 2 < last and doc[start].lower_ == "to":  # "denied to the agency that"
        that = next((t.i for t in doc[start + 1 : start + 7] if t.lower_ == "that"), None)
        start = start if that is None else that
    if start + 1 < last and doc[start].lower_ == "that" and _pronoun(doc, start, last):
        return start, start + 1
    while start < last and ((doc[start].is_punct and doc[start].text in "\"'") or doc[start].lower_ in ("both", ",")):
        start += 1
    if start >= last or (doc[start].is_punct and doc[start].text not in "\"'"):
        return None
    clause = doc[start].lower_ == "that" or _finite_after(doc, start, min(last, start + 8))
    end = next((i for i in range(start + 1, last) if _ends(doc, start, i, clause)), last)
    span = _trimmed(doc, start, end)
    return span if span[0] < span[1] else None


def _pronoun(doc: Any, start: int, last: int) -> bool:
    """Whether "that" opens no clause: "denied that in a statement"."""
    end = next((t.i for t in doc[start + 1 : last] if t.is_punct), last)
    return doc[start + 1].pos_ == "ADP" and not any(t.tag_ in FINITE for t in doc[start + 1 : end])


def _finite_after(doc: Any, start: int, end: int) -> bool:
    """Whether a clause without "that" begins here: a subject with its finite verb."""
    first = doc[start]
    if first.dep_ in ("nsubj", "nsubjpass", "expl") and first.pos_ == "PRON":
        return True
    noun = next((t for t in doc[start:end] if t.pos_ in ("NOUN", "PROPN", "VERB", "AUX", "ADP", "PUNCT")), None)
    return noun is not None and noun.dep_ in ("nsubj", "nsubjpass") and noun.head.i > noun.i


def _ends(doc: Any, start: int, i: int, clause: bool) -> bool:
    token = doc[i]
    after = doc[i + 1] if i + 1 < len(doc) else None
    if token.text in (";", ":", "--", "—", "–", "(") or (token.is_punct and token.text in ".!?" and after is None):
        return True
    if token.text == "-" and not (token.i and not doc[i - 1].whitespace_):
        return True
    if token.text == '"' and i > start + 1 and (after is None or after.is_punct or after.tag_ == "VBG"):
        return True
    if token.text == ",":
        if _unfinished(doc, start, i):
            return False
        return after is None or _comma_ends(doc, start, after)
    if token.lower_ in ("and", "but") and after is not None:
        verb = next((t for t in doc[i + 1 : i + 4] if t.pos_ in ("VERB", "AUX", "NOUN", "PRON", "PROPN")), after)
        if verb.lemma_ in _SAYING and verb.tag_ in ("VBD", "VBZ", "VBG"):
            return True
        return not clause and verb.tag_ in FINITE and not _within(doc, start, i)
    if token.lower_ == "as" and AS_UNTRUE.match(text_of(doc)[token.idx :][:160]):
        return True
    if token.lower_ in ("saying", "insisting", "calling", "describing", "telling", "stressing") and i > start:
        return bool(token.dep_ != "acl" and token.head.i < start)
    return not clause and token.lower_ in _AFTER_PHRASE and _beside(doc, start, i)


def _unfinished(doc: Any, start: int, i: int) -> bool:
    """Whether a clause has begun that has no verb yet: "that articles about it, produced by students, were wrong"."""
    that = next((t.i for t in doc[start:i] if t.lower_ == "that"), None)
    return that is not None and not any(t.tag_ in FINITE for t in doc[that:i]) and i - that > 1


def _within(doc: Any, start: int, i: int) -> bool:
    """Whether a conjunction belongs to a clause inside the phrase ("claims that it lied and cheated")."""
    return any(t.lower_ in ("that", "which", "who") for t in doc[start:i])


def _comma_ends(doc: Any, start: int, after: Any) -> bool:
    """Whether the phrase is over at a comma: always, unless the parser sees it go on with more than an aside."""
    if after.lower_ in _LINKS or after.tag_ == "VBG" or after.lemma_ in _SAYING:
        return True
    root = doc[start : after.i].root
    return not any(ancestor.i == root.i for ancestor in after.ancestors) or after.dep_ in ("advcl", "punct")


def _beside(doc: Any, start: int, i: int) -> bool:
    """Whether "on Thursday", "in a statement" follow a phrase that holds no clause."""
    if _within(doc, start, i):
        return False
    return any(t.lower_ in _OCCASION for t in doc[i : i + 4])


def _trimmed(doc: Any, start: int, end: int) -> Span:
    first, last = start, end
    while first < last and doc[first].is_punct and doc[first].text not in ("(", "$", "£", "€"):
        first += 1
    while last > first and (doc[last - 1].is_punct or doc[last - 1].is_space):
        last -= 1
    return first, last
