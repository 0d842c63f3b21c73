"""Denials that answer or are told of: "Not so", says X; a plea of not guilty; "X's denial that Y"; "begs to differ"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.claims.denying import vocabulary as dw
from pipeline.claims.denying.proposition import points_back, proposition, put_to_speaker, said_noun
from pipeline.claims.denying.rejected_phrase import object_after
from pipeline.claims.denying.rejection import Rejection, asserted, denier, tokens_of
from pipeline.claims.parsed import text_of
from pipeline.claims.saying import cues
from pipeline.claims.saying.frames import Span
from pipeline.claims.wordlist import words


def short_verdicts(doc: Any) -> Iterator[Rejection]:
    """Read "Not so, says the operator"; 'Asked whether he had lied, he said: "Absolutely not."'."""
    match = dw.SHORT_VERDICT.match(text_of(doc))
    colon = text_of(doc).find(": ")
    later = colon > 0 and match is None
    if later:
        match = dw.SHORT_VERDICT.match(text_of(doc)[colon + 2 : colon + 80])
    if match is None or not _ENDS.match(text_of(doc)[(colon + 2 if later else 0) + match.end() :]):
        return
    offset = colon + 2 if later else 0
    found = doc.char_span(offset + match.start("verdict"), offset + match.end("verdict"), alignment_mode="expand")
    if found is None:
        return
    span = (found.start, found.end)
    told = put_to_speaker(doc, (0, span[0]) if later else (span[1], len(doc)))
    speaker = _before_colon(doc, span[0]) if later else _answering(doc, span[1])
    if later and speaker is None:
        return
    yield Rejection(span, None, told, speaker, spoken=speaker is None)


_ENDS = re.compile(
    r"[\"']? ?(?:$|(?:was|is) (?:how|what|the)\b|[,.!;:\"]|"
    r"(?:from|about|and|,|whatsoever|at all)\b[^,.!;:\"]{0,40}[,.!;:\"])"
)


def _before_colon(doc: Any, verdict: int) -> int | None:
    """Return who speaks before a colon: "the minister said: …", "he shook his head: …"."""
    before = doc[max(0, verdict - 24) : verdict]
    verb = next((t for t in reversed(before[-8:]) if t.lower_ in cues.FORMS and t.tag_[:2] == "VB"), None)
    verb = verb or next((t for t in reversed(before) if t.tag_ in ("VBD", "VBZ", "VBP") and t.dep_ != "relcl"), None)
    if verb is None:
        reply = next((t for t in before if t.lower_ in _REPLY), None)
        owner = None if reply is None else next((c for c in reply.children if c.dep_ == "poss"), None)
        return None if owner is None else int(owner.i)
    return denier(doc, verb)


_REPLY = words("verdict response reply answer reaction comment retort message word assessment view")


def _answering(doc: Any, start: int) -> int | None:
    """Return the head of who gives a short verdict: '"Rubbish," said X', '"Nonsense," the minister told reporters'."""
    comma = next(
        (
            t.i
            for t in doc[start : start + 10]
            if t.text in (",", '"', "!", ".") or t.lower_ in cues.FORMS or t.lower_ in ("was", "is")
        ),
        None,
    )
    if comma is None:
        return None
    rest = [t for t in doc[comma : comma + 30] if not t.is_punct]
    if len(rest) > 3 and rest[0].lower_ in ("was", "is") and rest[1].lower_ in ("how", "what"):
        return _last_noun(rest[2:])
    verb = next((n for n, t in enumerate(rest[:16]) if t.tag_[:2] == "VB" and t.lower_ in cues.FORMS), None)
    verb = verb if verb is not None else next((n for n, t in enumerate(rest[:8]) if t.tag_ in ("VBD", "VBZ")), None)
    if len(rest) > 3 and rest[0].lower_ in ("was", "is", "came") and any(t.lower_ in _REPLY for t in rest[1:4]):
        return _last_noun([t for t in rest[3:] if t.lower_ not in ("of", "from", "by")])
    if verb is None:
        return None
    before = [t for t in rest[:verb] if t.pos_ in ("NOUN", "PROPN", "PRON") or t.dep_ in ("nsubj",)]
    if before:
        subject = next((t for t in before if t.dep_ in ("nsubj", "nsubjpass") and t.head.i == rest[verb].i), before[-1])
        return int(subject.i)
    return _last_noun(rest[verb + 1 :])


def _last_noun(after: list[Any]) -> int | None:
    """Return the head of the noun phrase that begins here."""
    head = None
    for token in after:
        if token.tag_ in ("WP", "WDT", "PRP$") and head is not None:
            break
        if token.pos_ in ("NOUN", "PROPN", "PRON"):
            head = token.i
        elif token.pos_ not in ("DET", "ADJ", "NUM", "ADV", "PART") or (head is not None and token.pos_ == "DET"):
            break
    return head


def _deniable(doc: Any, phrase: Span) -> bool:
    """Whether "denial of …" goes on with something told or done, not with a thing: "denial of the ball"."""
    first = doc[phrase[0]]
    named = any(t.lower_ in _DONE for t in doc[phrase[0] : phrase[1]])
    return said_noun(doc, phrase) is not None or first.tag_ == "VBG" or named


_DONE = words("involvement responsibility guilt wrongdoing charges knowledge role link links part blame complicity")


def adamant(doc: Any) -> Iterator[Rejection]:
    """Read "is adamant that it did not", "spoke of a fairy tale", "not 300 but 30"."""
    for match in dw.ADAMANT.finditer(text_of(doc)):
        span = tokens_of(doc, match)
        phrase = None if span is None or span[1] >= len(doc) else object_after(doc, span[1])
        if span is None or phrase is None:
            continue
        negation = next((t.i for t in doc[phrase[0] : phrase[1]] if t.dep_ == "neg"), None)
        speaker = denier(doc, doc[span[0]])
        if negation is not None and negation + 1 < phrase[1] and speaker is not None:
            yield Rejection(span, phrase, (negation + 1, phrase[1]), speaker, told=(span[0], phrase[1]))
    for match in dw.SPOKE_OF.finditer(text_of(doc)):
        span = tokens_of(doc, match)
        speaker = None if span is None else denier(doc, doc[span[0]])
        if span is not None and speaker is not None and asserted(doc, doc[span[0]]):
            told = put_to_speaker(doc, (span[1], len(doc))) or put_to_speaker(doc, (0, span[0]))
            yield Rejection(span, None, told, speaker, told=span)
    for match in dw.NOT_WHO.finditer(text_of(doc)):
        span, what = tokens_of(doc, match), tokens_of(doc, match, "what")
        if span is not None and what is not None:
            yield Rejection((span[0], what[0]), what, what, spoken=True)
    correction = dw.CORRECTION.match(text_of(doc))
    span = None if correction is None else tokens_of(doc, correction)
    wrong = None if correction is None else tokens_of(doc, correction, "not")
    if span is not None and wrong is not None:
        yield Rejection(span, wrong, wrong, spoken=True)


def otherwise(doc: Any) -> Iterator[Rejection]:
    for pattern in (dw.OTHERWISE, dw.HIT_BACK):
        for match in pattern.finditer(text_of(doc)):
            span = tokens_of(doc, match)
            if span is None or doc[span[0]].tag_[:2] not in ("VB", "NN") or not asserted(doc, doc[span[0]]):
                continue
            verb = next((t for t in doc[span[0] : span[1]] if t.tag_[:2] == "VB"), doc[span[0]])
            speaker = denier(doc, verb)
            told = put_to_speaker(doc, (0, span[0]))
            no = re.search(r"\bno$", match.group(), re.IGNORECASE) is not None
            if speaker is not None and (not no or told is not None):
                yield Rejection(span, None, told, speaker)


def pleas(doc: Any) -> Iterator[Rejection]:
    for match in dw.INNOCENCE.finditer(text_of(doc)):
        span = tokens_of(doc, match)
        if span is None or not asserted(doc, doc[span[0]]):
            continue
        speaker = denier(doc, doc[span[0]])
        if speaker is None:
            continue
        to = next((t.i for t in doc[span[1] : span[1] + 3] if t.lower_ in ("to", "of", "on")), None)
        phrase = None if to is None or to + 1 >= len(doc) else object_after(doc, to + 1)
        target = (
            None if phrase is None else (proposition(doc, phrase) or (None if points_back(doc, phrase) else phrase))
        )
        told = (span[0], span[1] if phrase is None else phrase[1])
        yield Rejection(span, phrase, target, speaker, told=told)


def nominals(doc: Any) -> Iterator[Rejection]:
    """Read "X's denial that Y", "issued a denial", "then the denial, by both", "a denial from the palace"."""
    barred = [m.span() for m in dw.NO_NOMINAL.finditer(text_of(doc))]
    for match in dw.NOMINAL.finditer(text_of(doc)):
        if any(a <= match.start() < b for a, b in barred):
            continue
        span = tokens_of(doc, match)
        if (
            span is None
            or doc[span[0]].dep_ in ("compound", "amod")
            or (span[1] < len(doc) and doc[span[1]].text == "-")
        ):
            continue
        noun = doc[span[0]]
        owner = next((c for c in noun.children if c.dep_ == "poss"), None) or _by(doc, noun)
        clause_after = span[1] < len(doc) and doc[span[1]].lower_ == "that"
        if owner is not None and owner.tag_ == "PRP$" and not clause_after:
            continue
        window = text_of(doc)[max(0, match.start() - 40) : match.start()]
        issued = dw.NOMINAL_VERB.search(window) or dw.NOMINAL_AFTER.match(text_of(doc), match.end())
        if owner is None and issued is None:
            continue
        phrase = None
        if span[1] < len(doc) and doc[span[1]].lower_ in ("that", "of"):
            clause = next(
                (c for c in noun.children if c.i > noun.i and c.dep_ in ("acl", "relcl", "ccomp", "prep")), None
            )
            comma = (
                next((t.i for t in doc[span[1] : span[1] + 30] if t.text == ","), None)
                if doc[0].lower_ in ("despite", "in", "amid")
                else None
            )
            stop = (
                comma
                if comma is not None
                else clause.right_edge.i + 1
                if clause is not None and clause.right_edge.i > span[1]
                else None
            )
            phrase = object_after(doc, span[1] + 1, stop)
            if doc[span[1]].lower_ == "of" and phrase is not None and not _deniable(doc, phrase):
                continue
        if phrase is None and any(p.search(text_of(doc)) for p in (dw.VERDICT, dw.NO_TRUTH)):
            continue
        speaker = owner.i if owner is not None else _issuer(doc, noun)
        yield Rejection(
            (noun.left_edge.i if owner is None else span[0], span[1]),
            phrase,
            None if phrase is None else proposition(doc, phrase),
            speaker,
        )


def _by(doc: Any, noun: Any) -> Any | None:
    near = (t for t in doc[noun.i + 1 : noun.i + 5] if t.lower_ in ("by", "from"))
    by = next(near, None)
    if by is None:
        return None
    return next(
        (
            t
            for t in doc[by.i + 1 : by.i + 8]
            if t.dep_ == "pobj" or (t.pos_ in ("NOUN", "PROPN", "PRON", "DET") and t.dep_ == "pcomp")
        ),
        None,
    )


def _issuer(doc: Any, noun: Any) -> int | None:
    verb = next((t for t in noun.ancestors if t.pos_ == "VERB"), None)
    if verb is None or noun.dep_ in ("nsubj", "nsubjpass"):
        return None
    return denier(doc, verb)
