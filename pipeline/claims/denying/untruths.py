"""Denials by a name: "called the report false", "dismissed as fake a video that …", "labelled it disinformation"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.claims.denying import vocabulary as dw
from pipeline.claims.denying.proposition import proposition, said_noun
from pipeline.claims.denying.rejected_phrase import object_after
from pipeline.claims.denying.rejection import Rejection, asserted, cue_span, denier, is_passive, tokens_of
from pipeline.claims.parsed import text_of
from pipeline.claims.saying.frames import Span

LITERAL = re.compile(
    r"\b(?:fakes?|forged|staged|misleading|mistaken|inaccurate|incorrect|exaggerat\w+|fantas\w+|erroneous)\b", re.I
)
FALSE = re.compile(rf"\b{dw.FALSE}\b", re.IGNORECASE)
BLUNT = re.compile(r"\b(?:nonsense|rubbish|garbage|lies|fantasy|bunk|hogwash|tosh|rot|fiction)\b", re.IGNORECASE)
LAWSUIT = re.compile(
    r"\b(?:law)?suits?\b|\bcases?\b|\bcomplaints?\b|\bpetition\b|\baction\b|\bclaims?\b", re.IGNORECASE
)


def named_untrue(doc: Any) -> Iterator[Rejection]:
    """Read "called the report false", "dismissed as fake a video that …", "labelled the study disinformation"."""
    text = text_of(doc)
    for match in dw.CALLING.finditer(text):
        span = tokens_of(doc, match)
        if span is None or doc[span[0]].tag_[:2] != "VB" or not asserted(doc, doc[span[0]]) or span[1] >= len(doc):
            continue
        verb = doc[span[0]]
        window = text[: match.end() + 200]
        untrue = dw.AS_UNTRUE.search(window, match.end())
        if untrue is None and dw.BARE_CALLING.match(text, match.start()):
            untrue = _last_untrue(doc, match.end(), window)
        if untrue is None or _crosses(text[match.end() : untrue.start()]):
            continue
        phrase = _named(doc, span[1], untrue)
        passive = is_passive(doc, verb)
        if phrase is None and passive:
            subject = next((c for c in verb.children if c.dep_ in ("nsubjpass", "nsubj")), None)
            phrase = None if subject is None else object_after(doc, subject.left_edge.i, subject.right_edge.i + 1)
        if phrase is None or not _may_be_untrue(doc, phrase, untrue.group()):
            continue
        by = next((c for c in verb.children if c.lower_ == "by"), None) if passive else None
        agent = next((c.i for c in by.children if c.dep_ == "pobj"), None) if by is not None else None
        speaker = agent if passive else denier(doc, verb)
        if speaker is None and not passive:
            continue
        cue, last = cue_span(verb, match, doc), doc.char_span(untrue.start(), untrue.end(), alignment_mode="expand")
        first = phrase[0] if passive else cue[0]
        told = (first, max(phrase[1], last.end)) if phrase[0] >= first else None
        yield Rejection(cue, phrase, proposition(doc, phrase), speaker, told=told, passive=passive)


def _last_untrue(doc: Any, start: int, window: str) -> re.Match[str] | None:
    found = [m for m in dw.UNTRUE_AT_END.finditer(window, start) if _closes(text_of(doc), m.end())]
    return found[0] if found else None


def _closes(text: str, end: int) -> bool:
    """Whether a phrase is over here: the word after it does not go on with it."""
    return (
        re.match(
            r"[\"']?\s?(?:$|[.,;:!?\"')]|and\b|but\b|in\b|on\b|after\b|when\b|-|that\b|to\b|by\b|at\b|while\b|as\b|designed\b|aimed\b|meant\b)",
            text[end:],
        )
        is not None
    )


def _crosses(between: str) -> bool:
    return ";" in between or '." ' in between or between.count(",") > 4


def _named(doc: Any, start: int, untrue: re.Match[str]) -> Span | None:
    """Return what is named: before the untrue word, or after "as false"."""
    stop = doc.char_span(untrue.start(), untrue.end(), alignment_mode="expand")
    if stop is None:
        return None
    if stop.start > start:
        last = stop.start
        while last > start and (doc[last - 1].is_punct or doc[last - 1].lower_ in ("as",)):
            last -= 1
        return (start, last) if last > start else None
    return object_after(doc, stop.end) if stop.end < len(doc) else None


def _may_be_untrue(doc: Any, phrase: Span, untrue: str) -> bool:
    """Whether what is named can be untrue at all: a plan called nonsense or a handbag called fake is not denied."""
    if said_noun(doc, phrase) is not None:
        return True
    lowered = doc[phrase[0]].lower_
    pointer = phrase[1] - phrase[0] == 1 and lowered in ("it", "this", "that", "them", "these", "those", "all")
    if not FALSE.search(untrue):
        return (pointer and (_rejects(doc, phrase) or BLUNT.search(untrue) is not None)) or (
            LAWSUIT.search(doc[phrase[0] : phrase[1]].text) is not None and "merit" in untrue
        )
    if LITERAL.search(untrue):
        return pointer or said_noun(doc, phrase, media=True) is not None
    return doc[phrase[0]].lower_ not in ("him", "her", "me", "us") and doc[phrase[1] - 1].ent_type_ != "PERSON"


def _rejects(doc: Any, phrase: Span) -> bool:
    """Whether the verb before a phrase rejects by itself: "dismissed it as speculation"."""
    return any(
        t.lemma_.lower() in ("dismiss", "reject", "rubbish", "brush", "wave")
        for t in doc[max(0, phrase[0] - 3) : phrase[0]]
    )
