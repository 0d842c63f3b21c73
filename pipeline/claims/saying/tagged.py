"""The attribution network joined to the rules: what either finds, with the spans of the one that finds them better.

The network sees what the rules found as flags, so it has learnt where they are right. Its cues hold more than saying:
wishes, plans and feelings are attributions in PolNeAR, too. They claim nothing, and what stands within somebody else's
content is that one's claim: both are kept apart as `unclaimed`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from pipeline.claims.parsed import Parsed
from pipeline.claims.saying import cues
from pipeline.claims.saying.frames import Frame, Span, span_of, trim
from pipeline.claims.saying.quotations import Quotation
from pipeline.claims.tagging import FINITE
from pipeline.models.tagger import FLAGS, MAX_WORDS, Tags, Words

SOURCE, CONTENT = 1, 2

CUE = 0.5
"""From this probability on a word begins a cue, though another tag be likelier."""

RULE = 0.15
"""Below it the network holds a cue that only the rules see, and without content, to be none."""


MARKS = 1
"""Tokens between two stretches of one source, such as the comma of an apposition."""


class Found(NamedTuple):
    """One attribution of the network: a range of tokens, and the tokens of source and content."""

    cue: Span
    source: tuple[int, ...]
    content: tuple[int, ...]


def words(parsed: Parsed, inside: Sequence[Quotation], frames: Sequence[Frame]) -> Words:
    """Return a sentence as the network reads it. Flags: in quotation, mark, capital, first; cue, source, content and
    reporter by rule."""
    doc = parsed.doc[:MAX_WORDS]
    flags = np.zeros((len(doc), FLAGS), dtype=np.float32)
    for token in doc:
        start = parsed.start_of(token)
        quoted = any(quotation.holds(start) for quotation in inside)
        flags[token.i, :4] = (quoted, token.is_punct, token.text[:1].isupper(), token.i == 0)
    for frame in frames:
        flags[slice(*frame.cue), 4] = 1
        if frame.source:
            flags[slice(*frame.source), 5] = 1
        for span in frame.content:
            flags[slice(*span), 6] = 1
        if frame.reporter:
            flags[slice(*frame.reporter), 7] = 1
    return Words(
        vectors=np.ascontiguousarray(parsed.doc.tensor[:MAX_WORDS], dtype=np.float32),
        texts=[token.lower_ for token in doc],
        lemmas=[token.lemma_.lower() for token in doc],
        tags=[token.tag_ for token in doc],
        relations=[token.dep_ for token in doc],
        heads=[min(token.head.i, MAX_WORDS - 1) for token in doc],
        flags=flags,
    )


def attributions(tags: Tags) -> list[Found]:
    """Return the attributions that the network found, in order of their cues."""
    best = tags.cue.argmax(axis=1)
    found = []
    position, end = 0, len(best)
    while position < end:
        first, position = position, position + 1
        if best[first] != 1 and tags.cue[first, 1] <= CUE:
            continue
        while position < end and best[position] == 2:
            position += 1
        roles = _smoothed(tags.roles[first])
        roles[first:position] = 0
        source, content = (tuple(np.flatnonzero(roles == role).tolist()) for role in (SOURCE, CONTENT))
        found.append(Found((first, position), source, content))
    return found


def _smoothed(roles: Any) -> Any:
    """Return the roles of a cue's words with every gap of one word between two of one role filled."""
    filled = roles.copy()
    gaps = (filled[1:-1] != filled[:-2]) & (filled[:-2] == filled[2:])
    filled[1:-1][gaps] = filled[:-2][gaps]
    return filled


def joined(parsed: Parsed, frames: Sequence[Frame], tags: Tags) -> tuple[Frame, ...]:
    """Return the frames of rules and network together, in order of their cues."""
    found = attributions(tags)
    kept: list[Frame] = []
    for frame in frames:
        match = next((one for one in found if one.cue[0] < frame.cue[1] and frame.cue[0] < one.cue[1]), None)
        if match is not None:
            found.remove(match)
            kept.append(_with_spans(parsed, frame, match))
        elif frame.cue[0] >= len(tags.cue) or _trusted(frame) or tags.cue[slice(*frame.cue), 1:].max() >= RULE:
            kept.append(frame)
    kept += [_new(parsed, one, kept) for one in found]
    return tuple(sorted(kept, key=lambda frame: frame.cue))


_PHRASES = ("according", ":", "cite")
"""Attributions without a verb of saying, which the rules read off fixed phrases."""


def _trusted(frame: Frame) -> bool:
    return bool(frame.content) or frame.lemma in _PHRASES or frame.denying


def may_claim(doc: Any, frames: Sequence[Frame]) -> bool:
    """Whether the network can change what a sentence claims: without a claiming cue it finds no claim."""
    return not all(map(_settled, frames)) or any(token.lemma_.lower() in _CLAIMING for token in doc)


def _settled(frame: Frame) -> bool:
    """Whether the rules say all there is to say of a frame."""
    return frame.denying or frame.lemma in _PHRASES or frame.lemma in cues.CITING


def _with_spans(parsed: Parsed, frame: Frame, found: Found) -> Frame:
    """Return the rules' frame with what they left open: content, cue, and all that describes the source.

    A content by rule is a clause of the parse: on the articles held out .56 of them are exact, of the network's .43.
    """
    if _settled(frame):
        return frame
    content = frame.content
    if not content and not frame.opens and _finite(parsed.doc, clause := _clause(parsed.doc, found)):
        content = clause
    phrase = _around(runs(parsed.doc, found.source), frame.head)
    cue = min(frame.cue[0], found.cue[0]), max(frame.cue[1], found.cue[1])
    return replace(frame, content=content, phrase=phrase, cue=cue)


def _around(spans: Sequence[Span], head: int | None) -> Span | None:
    """Return the one of `spans` that holds the head of the phrase, with those that only a mark parts from it."""
    for number, (first, last) in enumerate(spans):
        if head is not None and first <= head < last:
            for before, after in reversed(spans[:number]):
                first = before if first - after <= MARKS else first
            for before, after in spans[number + 1 :]:
                last = after if before - last <= MARKS else last
            return first, last
    return None


_CLAIMING = (cues.VERBS | cues.NOUNS) - cues.QUESTIONING - cues.CITING
"""Cues that make a claim of what they govern."""


def _clause(doc: Any, found: Found) -> tuple[Span, ...]:
    """Return the longest stretch of the network's content, as far as the parse has it as one clause."""
    longest = max(runs(doc, found.content), key=lambda span: span[1] - span[0], default=None)
    if longest is None:
        return ()
    root = doc[slice(*longest)].root
    first, last = trim(doc, root.left_edge.i, root.right_edge.i + 1)
    taken = (*range(*found.cue), *found.source)
    return ((longest if any(first <= token < last for token in taken) else (first, last)),)


def _finite(doc: Any, content: Sequence[Span]) -> bool:
    """Whether a content states something rather than names it."""
    return any(token.tag_ in FINITE for span in content for token in doc[slice(*span)])


def _new(parsed: Parsed, found: Found, known: Sequence[Frame]) -> Frame:
    doc = parsed.doc
    phrase = max(runs(doc, found.source), key=lambda span: span[1] - span[0], default=None)
    head = None if phrase is None else doc[slice(*phrase)].root
    content = _clause(doc, found)
    verb = doc[slice(*found.cue)].root
    lemma = verb.lemma_.lower()
    nested = any(start <= verb.i < end for frame in known for start, end in frame.content)
    negated = any(child.dep_ == "neg" for child in verb.children)
    finite = _finite(doc, content)
    named = bool(content) and doc[slice(*content[0])].root.pos_ in ("NOUN", "PROPN")
    nominal = not finite and named and lemma in cues.NOUN_CONTENT
    claims = lemma in _CLAIMING and head is not None and not (nested or negated)
    return Frame(
        cue=found.cue,
        lemma=lemma,
        source=None if head is None else span_of(head, verb),
        head=None if head is None else head.i,
        phrase=phrase,
        content=content,
        nominal=nominal,
        unclaimed=not (claims and (finite or nominal)),
    )


def runs(doc: Any, tokens: Sequence[int]) -> list[Span]:
    """Return the ranges of neighbouring tokens, without marks at their ends; empty ones are left out."""
    found: list[list[int]] = []
    for token in tokens:
        if found and token == found[-1][1]:
            found[-1][1] = token + 1
        else:
            found.append([token, token + 1])
    return [span for first, last in found if (span := trim(doc, first, last))[0] < span[1]]
