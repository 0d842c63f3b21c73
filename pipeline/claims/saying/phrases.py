"""Attribution without a saying verb: "according to X", "X: …", and "citing X"."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pipeline.claims.parsed import Parsed
from pipeline.claims.saying import cues
from pipeline.claims.saying.frames import Frame, in_quotation, span_of, trim
from pipeline.claims.saying.quotations import Quotation
from pipeline.claims.wordlist import words

_NOT_CITED = words("need lack reason concern fear example case rule law risk appeal number")
"""What is cited as a ground, not as a source: "citing safety concerns"."""


_TOPICS = words(
    "debate day night week month year update analysis exclusive breaking video photo watch opinion review note "
    "correction live poll summary background news story question answer fact claim rumour rumor leak result verdict "
    "conclusion example reason problem"
)
"""What stands before a colon without speaking: "Last night's debate: …"."""


def according(parsed: Parsed, token: Any, whole: list[Quotation]) -> Frame | None:
    doc = token.doc
    if token.i + 1 >= len(doc) or doc[token.i + 1].lower_ != "to" or in_quotation(parsed, token, whole):
        return None
    if token.i < 3 and (comma := _first_comma(doc, token.i + 2)):
        source, last = trim(doc, token.i + 2, comma), _after_relative(doc, comma)
        head = doc[source[0] : source[1]].root if source[0] < source[1] else None
    else:
        head = next((t for t in doc[token.i + 2 : token.i + 30] if t.dep_ == "pobj" and t.head.i == token.i + 1), None)
        source = span_of(head) if head is not None else (0, 0)
        last = max(source[1], head.right_edge.i + 1 if head is not None and head.right_edge.i - head.i < 25 else 0)
    if head is None:
        return None
    spans = (trim(doc, 0, token.i), trim(doc, last, _without_participle(doc)))
    content = tuple(span for span in spans if span[1] - span[0] > 1)
    return Frame((token.i, token.i + 2), "according", source, head.i, content) if content else None


def _first_comma(doc: Any, start: int) -> int | None:
    """Return where the phrase that opens a sentence ends: the first comma that no short apposition closes again."""
    return next((t.i for t in doc[start : start + 30] if t.text == ","), None)


def _after_relative(doc: Any, comma: int) -> int:
    """Return the comma that ends a relative clause after the source: "the Times, which cited a report,"."""
    if comma + 1 < len(doc) and doc[comma + 1].lower_ in ("which", "who", "whose"):
        return _first_comma(doc, comma + 1) or comma
    return comma


def _without_participle(doc: Any) -> int:
    """Return where the sentence ends, a closing ", adding:" left out."""
    end = len(doc)
    while end > 2 and (doc[end - 1].is_punct or (doc[end - 1].tag_ == "VBG" and doc[end - 1].lemma_ in cues.SAYING)):
        end -= 1
    return end


def colon_frames(parsed: Parsed, found: list[Frame], whole: list[Quotation]) -> list[Frame]:
    """Read "Minister: taxes will rise" and a transcript's "TRUMP: We will …": a short name before a colon."""
    doc = parsed.doc
    colon = next((t.i for t in doc[1:8] if t.text == ":"), None)
    if colon is None or colon + 2 >= len(doc) or (found and found[0].cue[0] < colon):
        return []
    before = doc[:colon]
    named = before[0].text[:1].isupper() and all(t.pos_ in ("PROPN", "NOUN", "ADJ", "PUNCT", "PART") for t in before)
    if not named or in_quotation(parsed, before[0], whole) or not any(t.pos_ in ("VERB", "AUX") for t in doc[colon:]):
        return []
    head = before[-1]
    if head.pos_ == "NOUN" and head.lemma_.lower() in _TOPICS:
        return []
    return [Frame((colon, colon + 1), ":", (0, colon), head.i, (trim(doc, colon + 1, len(doc)),))]


def with_citing(parsed: Parsed, found: list[Frame]) -> list[Frame]:
    """Where the sentence cites somebody, that one is the source and the one who cites is the reporter."""
    for token in parsed.doc:
        if token.lemma_.lower() not in cues.CITING or not (token.tag_ == "VBG" or _which_cites(token, found)):
            continue
        objects = [child for child in token.children if child.dep_ == "dobj"]
        if not objects or objects[0].lemma_.lower() in _NOT_CITED:
            continue
        head = objects[0]
        cited = span_of(head, token)
        said = [f for f in found if f.content and (f.lemma != "according" or token.tag_ != "VBG")]
        if said:
            return [_cited(token.doc, f, cited, head.i) if f is said[0] else f for f in found]
        content = trim(token.doc, 0, token.i)
        return [*found, Frame((token.i, token.i + 1), "cite", cited, head.i, (content,))]
    return found


def _which_cites(token: Any, found: list[Frame]) -> bool:
    """Whether the source of "according to" itself cites somebody: "the Times, which cited a police report"."""
    heads = [frame.head for frame in found if frame.lemma == "according"]
    return token.dep_ == "relcl" and token.tag_ in ("VBD", "VBZ") and token.head.i in heads


def _cited(doc: Any, frame: Frame, cited: tuple[int, int], head: int) -> Frame:
    """Return the frame with who is cited as its source; ", citing X," itself is no content."""
    first = frame.content[0]
    if first[0] < cited[0] < first[1]:
        comma = _first_comma(doc, cited[1])
        start = cited[1] if comma is None else comma + 1
        first = trim(doc, min(start, first[1]), first[1])
    content = (first, *frame.content[1:]) if first[0] < first[1] else frame.content
    return replace(frame, source=cited, head=head, reporter=frame.source, reporter_head=frame.head, content=content)


def with_according(found: list[Frame]) -> list[Frame]:
    """Where "according to X" governs a sentence that goes on with ", adding:", what comes is X's too."""
    according = next((frame for frame in found if frame.lemma == "according"), None)
    if according is None:
        return found
    opens = any(frame.opens and not frame.content for frame in found)
    kept = [frame for frame in found if not (frame.opens and not frame.content) and frame is not according]
    return [*kept, replace(according, opens=opens)]
