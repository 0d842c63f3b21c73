"""Attribution by set wordings: "as X put it", "the Post quoted X as saying", headlines that end on who says so."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from pipeline.claims.parsed import text_of
from pipeline.claims.saying.frames import Frame, Span, span_of, trim
from pipeline.claims.wordlist import words

TAIL = re.compile(r"(?: [–—-]{1,2} |: )(?=[A-Z])?[^\W\d_][\w.'’ ]{1,40}$")
"""A headline's end that may name who says it: "Taxes to rise next year – minister"."""

_AS_PUT = re.compile(
    r"^as (?P<who>[^,;:\"]{2,60}) (?P<cue>put it|puts it|has put it|once put it|sees it|saw it),", re.IGNORECASE
)
_IN_WORDS = re.compile(r"^(?P<cue>in the words of) (?P<who>[^,;:\"]{2,60}),", re.IGNORECASE)
_PAPERS = words(
    "statement tweet post interview letter email e-mail report release speech message memo blog note video article "
    "filing briefing conference column book"
)
"""What a source says something in: a "that"-clause after it is what is said."""


def set_wordings(doc: Any, found: list[Frame]) -> list[Frame]:
    """Return the frames with those of "as X put it" and of a headline's end, where a sentence has no frame yet."""
    if found:
        return _quoted_as(doc, found)
    opened = _opening(doc)
    if opened is None:
        opened = _tail(doc)
    return [] if opened is None else [opened]


def _opening(doc: Any) -> Frame | None:
    match = _AS_PUT.match(text_of(doc)) or _IN_WORDS.match(text_of(doc))
    if match is None:
        return None
    who, cue = (_tokens(doc, match.start(name), match.end(name)) for name in ("who", "cue"))
    content = trim(doc, max(who[1], cue[1]), len(doc))
    if content[1] - content[0] < 2:
        return None
    return Frame(cue, "put", who, doc[who[0] : who[1]].root.i, (content,))


def _tail(doc: Any) -> Frame | None:
    """Read "Taxes to rise next year: minister": a headline has a verb, no end mark, and a short name last."""
    match = TAIL.search(text_of(doc))
    if match is None or not any(t.pos_ in ("VERB", "AUX") for t in doc):
        return None
    start = next((t.i for t in doc if t.idx >= match.start() and not t.is_punct and not t.is_space), None)
    if start is None or start < 3 or any(t.pos_ not in ("NOUN", "PROPN", "ADJ", "PART", "ADP") for t in doc[start:]):
        return None
    if doc[-1].pos_ not in ("NOUN", "PROPN") or doc[-1].is_punct:
        return None
    content = trim(doc, 0, start - 1)
    if not any(t.pos_ in ("VERB", "AUX") for t in doc[content[0] : content[1]]):
        return None
    return Frame((start - 1, start), ":", (start, len(doc)), len(doc) - 1, (content,))


def _quoted_as(doc: Any, found: list[Frame]) -> list[Frame]:
    """Read "the Post quoted X as saying S": X says it, the Post passes it on."""
    return [_by_quoted(doc, frame) or frame for frame in found]


def _by_quoted(doc: Any, frame: Frame) -> Frame | None:
    cue = doc[frame.cue[1] - 1]
    if cue.tag_ != "VBG" or cue.head.lower_ != "as" or cue.head.head.lemma_ not in ("quote", "cite"):
        return None
    verb = cue.head.head
    children = {child.dep_: child for child in verb.children}
    said, by = children.get("nsubjpass") or children.get("dobj"), children.get("agent")
    passes = next((c for c in by.children if c.dep_ == "pobj"), None) if by is not None else children.get("nsubj")
    if said is None:
        return None
    return replace(
        frame,
        source=span_of(said, verb),
        head=said.i,
        reporter=None if passes is None else span_of(passes, verb),
        reporter_head=None if passes is None else passes.i,
    )


def in_paper(token: Any) -> Span | None:
    """Return the clause that the parser hung on what it was said in: "said in a statement that | …"."""
    for preposition in token.children:
        if preposition.dep_ != "prep" or preposition.i < token.i:
            continue
        paper = next((c for c in preposition.children if c.dep_ == "pobj" and c.lemma_.lower() in _PAPERS), None)
        for clause in paper.children if paper is not None else ():
            that = next((c for c in clause.children if c.lower_ == "that" and c.i < clause.i), None)
            if clause.dep_ in ("acl", "relcl", "ccomp") and that is not None and clause.left_edge.i == that.i:
                return trim(token.doc, that.i + 1, clause.right_edge.i + 1)
    return None


def _tokens(doc: Any, start: int, end: int) -> Span:
    span = doc.char_span(start, end, alignment_mode="expand")
    return span.start, span.end
