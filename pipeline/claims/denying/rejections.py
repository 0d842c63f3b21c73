"""Denials within one sentence, and the frames of those that somebody is said to make.

A verb denies for its subject; words such as "is false" deny for whoever speaks them. Refusing (a demand, an offer),
deploring, and a denial that is itself denied, foreseen or asked for are left out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pipeline.claims.denying.rejection import Rejection
from pipeline.claims.denying.replies import adamant, nominals, otherwise, pleas, short_verdicts
from pipeline.claims.denying.stems import may_deny
from pipeline.claims.denying.untruths import named_untrue
from pipeline.claims.denying.verbs import denying_verbs, split_verbs
from pipeline.claims.denying.verdicts import clefts, contrary, no_truth, verdicts
from pipeline.claims.parsed import Parsed, text_of
from pipeline.claims.saying import cues
from pipeline.claims.saying.frames import Frame, Span, span_of, trim


def rejections(parsed: Parsed) -> tuple[Rejection, ...]:
    """Return the denials of a sentence in order of their cues; none for a question or a condition."""
    doc = parsed.doc
    text = text_of(doc)
    if not may_deny(text) or text.rstrip("\"' )").endswith("?"):
        return ()
    found: list[Rejection] = []
    for reader in (
        pleas,
        named_untrue,
        denying_verbs,
        split_verbs,
        nominals,
        otherwise,
        contrary,
        short_verdicts,
        clefts,
        no_truth,
        verdicts,
        adamant,
    ):
        for one in reader(doc):
            if not any(_overlap(one, other) for other in found):
                found.append(one)
    return tuple(sorted(found, key=lambda one: one.cue))


def _overlap(one: Rejection, other: Rejection) -> bool:
    """Whether two cues are one, or the second stands within what the first rejects."""
    start = one.cue[0]
    inside = other.rejected is not None and other.rejected[0] <= start < other.rejected[1]
    return (other.cue[0] < one.cue[1] and start < other.cue[1]) or (inside and not one.spoken)


def same_speaker(subject: Any) -> bool:
    """Whether the one who denies within somebody's words is likely that one: "he said he had denied it"."""
    return bool(subject.lower_ in ("i", "we", "he", "she", "it", "they"))


def with_denials(parsed: Parsed, found: list[Frame], rejected: tuple[Rejection, ...]) -> list[Frame]:
    """Return the frames with those of the denials that have a speaker, in place of any that share their cue."""
    mine = [_frame(parsed.doc, one) for one in rejected if not one.spoken and one.speaker is not None]
    found = found + _unread(parsed.doc, found, rejected)
    free = [f for f in found if not any(f.cue[0] < m.cue[1] and m.cue[0] < f.cue[1] for m in mine)]
    return [_with_cue(parsed.doc, frame, rejected) for frame in free] + mine


def _unread(doc: Any, found: list[Frame], rejected: tuple[Rejection, ...]) -> list[Frame]:
    """Return "X said" before words that deny where the parser saw no clause: "said a letter in which … was forged"."""
    for one in rejected:
        if not one.spoken or any(a <= one.cue[0] < b for f in found for a, b in f.content):
            continue
        verb = next(
            (t for t in reversed(doc[: one.cue[0]]) if t.lemma_ in cues.SAYING and t.tag_ in ("VBD", "VBZ", "VBP")),
            None,
        )
        subject = None if verb is None else next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
        taken = verb is None or any(f.cue[0] <= verb.i < f.cue[1] for f in found)
        if verb is not None and subject is not None and not taken and verb.dep_ != "relcl":
            span = trim(doc, verb.i + 1, len(doc))
            return [Frame((verb.i, verb.i + 1), str(verb.lemma_), span_of(subject, verb), subject.i, (span,))]
        if verb is None and (after := _said_after(doc, one, found)) is not None:
            return [after]
    return []


def _said_after(doc: Any, one: Rejection, found: list[Frame]) -> Frame | None:
    """Return "…," X said" after words that deny."""
    verb = next((t for t in doc[one.cue[1] :] if t.lemma_ in cues.SAYING and t.tag_ in ("VBD", "VBZ", "VBP")), None)
    subject = None if verb is None else next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if verb is None or subject is None or any(f.cue[0] <= verb.i < f.cue[1] for f in found):
        return None
    end = min(verb.i, subject.left_edge.i)
    span = trim(doc, 0, end)
    if not span[0] <= one.cue[0] < span[1] or doc[end - 1].text not in (",", '"'):
        return None
    return Frame((verb.i, verb.i + 1), str(verb.lemma_), span_of(subject, verb), subject.i, (span,))


def _with_cue(doc: Any, frame: Frame, rejected: tuple[Rejection, ...]) -> Frame:
    """Widen what is said over the words that deny it: "It is not true | that we close schools, she said"."""
    if not frame.content or frame.source is None:
        return frame
    first = frame.content[0]
    for one in rejected:
        between = range(one.cue[0], first[0])
        apart = frame.source[0] in between or frame.cue[0] in between or first[0] - one.cue[0] > 25
        if (
            one.spoken
            and one.cue[0] < first[0]
            and not apart
            and not any(a <= one.cue[0] < b for a, b in frame.content)
        ):
            return replace(frame, content=((one.cue[0], first[1]), *frame.content[1:]))
    return frame


def _without_adverb(doc: Any, span: Span, head: int) -> Span:
    end = span[1]
    while end - 1 > head and doc[end - 1].pos_ == "ADV":
        end -= 1
    return span[0], end


def _frame(doc: Any, one: Rejection) -> Frame:
    verb = doc[one.cue[0] : one.cue[1]].root
    head = doc[one.speaker]
    plain = one.rejected is not None and one.target is not None and one.target == one.rejected
    clause = plain and one.rejected is not None and doc[one.rejected[0] - 1].lower_ == "that"
    answer = _answer_after(doc, one)
    return Frame(
        cue=one.cue,
        lemma=str(verb.lemma_.lower()),
        source=_without_adverb(doc, span_of(head, verb), head.i),
        head=head.i,
        content=(answer,) if answer is not None else _content(doc, one),
        nominal=not clause,
        denying=True,
        denied=one.rejected or one.cue,
        target=one.target,
        explained=answer is not None,
        told=one.told,
        passive=one.passive,
    )


def _content(doc: Any, one: Rejection) -> tuple[Span, ...]:
    """Return what is rejected, as far as it is told: "the report false" of "called the report false"."""
    if one.rejected is None:
        return ()
    after = one.told is not None and not one.passive and one.rejected[0] >= one.cue[1]
    span = trim(doc, one.rejected[0], one.told[1] if after and one.told is not None else one.rejected[1])
    return (span,) if span[0] < span[1] else ()


def _answer_after(doc: Any, one: Rejection) -> Span | None:
    """Return what is said after "hit back: …"."""
    end = one.cue[1]
    if one.rejected is not None or end + 2 >= len(doc) or doc[end].text != ":":
        return None
    span = trim(doc, end + 1, len(doc))
    return span if span[1] - span[0] > 1 else None
