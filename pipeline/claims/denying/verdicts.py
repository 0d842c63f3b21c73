"""Words that deny for whoever says them: "the reports are false", "no truth to", "not true that", "contrary to"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pipeline.claims.denying import vocabulary as dw
from pipeline.claims.denying.proposition import proposition, put_to_speaker, said_noun
from pipeline.claims.denying.rejected_phrase import object_after
from pipeline.claims.denying.rejection import Rejection, by_words, conditional, subject_before, tokens_of
from pipeline.claims.denying.untruths import BLUNT, FALSE, LAWSUIT, LITERAL
from pipeline.claims.parsed import text_of
from pipeline.claims.saying.frames import Span
from pipeline.claims.wordlist import words

_SURE = re.compile(
    r"\b(?:untrue|not (?:true|the truth|correct|accurate|the case|so\b)|n't (?:true|correct|accurate|the case|so\b)|"
    r"fabricat|baseless|groundless|"
    r"unfounded|bogus|made[ -]up|concocted|hoax|fake news|disinformation|misinformation|debunked|pack of lies|"
    r"tissue of lies|without (?:any )?(?:foundation|merit|basis|substance)|misquoted|out of context|misrepresented|"
    r"misinterpreted|mischaracteri|misreported|misconstrued|no basis|nothing to do with|foundation|a lie\b|slander|"
    r"libel)",
    re.IGNORECASE,
)
_THAT = words("that this it these those they all which both everything none")


def verdicts(doc: Any) -> Iterator[Rejection]:
    """Read "the reports are false", "accounts of X are overblown", "that is simply not true"."""
    for match in dw.VERDICT.finditer(text_of(doc)):
        span = tokens_of(doc, match)
        if span is None or match.groupdict().get("not") or conditional(doc, span[0]) or _describes(doc, span[1]):
            continue
        subject = subject_before(doc, span[0])
        if subject is None or not _verdict_on(doc, subject, match.group()):
            continue
        one = by_words(doc, span, subject, _clause_after(doc, span[1], subject))
        yield one if one.target is not None else replace(one, target=put_to_speaker(doc, (span[1], len(doc))))


def _describes(doc: Any, end: int) -> bool:
    """Whether "not true" goes on with a noun: "it is not true love"."""
    return (
        end < len(doc)
        and doc[end - 1].lower_ in ("true", "real", "right", "genuine", "correct")
        and doc[end].pos_ in ("NOUN", "PROPN")
    )


def _clause_after(doc: Any, end: int, subject: Span) -> Span | None:
    """Return what an empty subject stands for: "it is a lie that | he fled"."""
    if doc[subject[0]].lower_ != "it" or end >= len(doc) or doc[end].lower_ != "that":
        return None
    return object_after(doc, end + 1)


_SAYS_WHAT = re.compile(
    r"(?:what|that which|all that|everything) .{1,60}\b(?:says?|said|wr(?:ite|ites|ote)|claims?|"
    r"claimed|alleg|report|told|tells?)",
    re.IGNORECASE,
)


def _verdict_on(doc: Any, subject: Span, verdict: str) -> bool:
    lowered = doc[subject[0]].lower_
    pointer = subject[1] - subject[0] <= 2 and lowered in _THAT
    if "merit" in verdict.lower():
        return (
            pointer
            or said_noun(doc, subject) is not None
            or LAWSUIT.search(doc[subject[0] : subject[1]].text) is not None
        )
    if re.search(
        r"come from|originate|belong|\b(?:hers|theirs|ours|mine|his)$|authentic|genuine", verdict, re.IGNORECASE
    ):
        return pointer or said_noun(doc, subject, media=True) is not None
    if re.search(
        r"been (?:\w+ )?(?:exaggerat|overstat|overblown|overdone)|overstated|overdone|overblown", verdict, re.IGNORECASE
    ):
        return True
    if re.search(r"\b(?:from|by)$", verdict, re.IGNORECASE):
        return pointer or said_noun(doc, subject, media=True) is not None
    if _SURE.search(verdict):
        return pointer or doc[subject[0]].lower_ != "there"
    if doc[subject[1] - 1].dep_ != "nsubj" and verdict.lower().startswith("never") and not pointer:
        return False
    happened = re.match(r"(?:never|did ?n[o']t|does ?n[o']t|do ?n[o']t)", verdict, re.IGNORECASE)
    said = said_noun(doc, subject) is not None or _SAYS_WHAT.match(doc[subject[0] : subject[1]].text) is not None
    if happened:
        return said or pointer or verdict.lower().startswith("never") or "hold" in verdict
    if said:
        return True
    if FALSE.search(verdict) and not LITERAL.search(verdict):
        return (
            pointer
            or said_noun(doc, subject, media=True) is not None
            or "false" in verdict.lower()
            or "lie" in verdict.lower()
        )
    if LITERAL.search(verdict):
        return (
            (pointer and "fake" in verdict.lower())
            or said_noun(doc, subject, media=True) is not None
            or ("exaggerat" in verdict.lower() and pointer)
        )
    return (
        pointer
        and lowered in ("that", "this", "all", "it", "these", "those")
        and (
            BLUNT.search(verdict) is not None
            or (lowered in ("that", "this") and "ridiculous" not in verdict and "absurd" not in verdict)
        )
    )


def no_truth(doc: Any) -> Iterator[Rejection]:
    for pattern in (dw.NO_TRUTH, dw.FAR_FROM_TRUE):
        for match in pattern.finditer(text_of(doc)):
            span = tokens_of(doc, match)
            if span is None or any(t.lower_ in ("if", "whether", "unless") for t in doc[max(0, span[0] - 8) : span[0]]):
                continue
            if pattern is dw.NO_TRUTH and not _of_truth(doc, match, span):
                continue
            if pattern is dw.FAR_FROM_TRUE and not _pointed(doc, match, span):
                continue
            after = (
                object_after(doc, span[1])
                if span[1] < len(doc) and re.search(r"(?:to|in|for|behind|about|of|with)$", match.group(), re.I)
                else None
            )
            subject = subject_before(doc, span[0]) if after is None and pattern is dw.FAR_FROM_TRUE else None
            such = re.match(r"no such|nothing", match.group(), re.I)
            one = by_words(doc, span, after if after is not None else (None if such else subject))
            yield one if one.rejected is not None else replace(one, target=put_to_speaker(doc, (span[1], len(doc))))


def _of_truth(doc: Any, match: re.Match[str], span: Span) -> bool:
    strong = re.search(r"truth|substance|veracity|reality", match.group(), re.I)
    if strong:
        return True
    after = object_after(doc, span[1]) if span[1] < len(doc) else None
    return (after is not None and (said_noun(doc, after) is not None or doc[after[0]].lower_ in _THAT)) or (
        any(said_noun(doc, (t.i, t.i + 1)) is not None for t in doc[max(0, span[0] - 8) : span[0]])
    )


def _pointed(doc: Any, match: re.Match[str], span: Span) -> bool:
    """Whether "nothing to do with", "no part in" is said by somebody of himself or of what is told."""
    if not re.match(
        r"(?:had|have|has)\b.*(?:to do with|in|of)$|(?:quite|just|the very|precisely|exactly)", match.group(), re.I
    ):
        return True
    subject = subject_before(doc, span[0])
    if re.match(r"(?:quite|just|the very|precisely|exactly)", match.group(), re.I):
        return subject is None or doc[subject[0]].lower_ in _THAT
    return subject is not None and doc[subject[0]].pos_ in ("PRON", "PROPN", "DET")


def clefts(doc: Any) -> Iterator[Rejection]:
    """Read "it is not true that X", "it would be wrong to say that X"."""
    for match in dw.IT_IS_FALSE_THAT.finditer(text_of(doc)):
        span = tokens_of(doc, match)
        wording = match.group().lower()
        negated = re.search(r"\bnot\b|n't|never", wording)
        positive = re.search(r"\b(?:true|correct|accurate|right|the case)\b(?! not)", wording)
        if span is None or bool(negated) != bool(positive) or conditional(doc, span[0]) or span[1] >= len(doc):
            continue
        if (
            "wrong" in wording
            and "that" in wording
            and not re.search(r"\bto (?:say|claim|suggest|state|assert|think|imply)", wording)
        ):
            continue  # "it is wrong that" deplores
        phrase = object_after(doc, span[1])
        if phrase is not None:
            yield Rejection(span, phrase, phrase, spoken=True)


def contrary(doc: Any) -> Iterator[Rejection]:
    for match in dw.CONTRARY.finditer(text_of(doc)):
        span = tokens_of(doc, match)
        if span is None:
            continue
        start = next(t.i for t in doc[span[0] : span[1]] if t.lower_ == "to") + 1
        if match["contrary"] or match["that"]:
            yield Rejection(span, None, None, spoken=True)
            continue
        phrase = object_after(doc, start)
        target = None if phrase is None else (_after_says(doc, phrase) if match["what"] else proposition(doc, phrase))
        yield Rejection((span[0], start), phrase, target, spoken=True)


_SAYS_END = re.compile(
    r"\b(?:said|says|claims?|claimed|reported|reports|wrote|writes|suggested|alleged) (?:that )?(?P<what>.+)", re.I
)


def _after_says(doc: Any, phrase: Span) -> Span | None:
    first, last = doc[phrase[0]].idx, doc[phrase[1] - 1].idx + len(doc[phrase[1] - 1])
    match = _SAYS_END.search(text_of(doc)[first:last])
    span = None if match is None else doc.char_span(first + match.start("what"), last, alignment_mode="expand")
    return None if span is None else (span.start, span.end)
