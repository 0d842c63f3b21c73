"""The proposition in what a denial rejects, within its sentence.

"Rejected a report that | it helped clients evade taxes", "no truth in claims | the princess had moved abroad", "denied
responsibility for | the attack". Where the phrase only points to something said ("denied the report", "refutes the
idea") there is no proposition here, and the article is to be searched.
"""

from __future__ import annotations

import re
from typing import Any

from pipeline.claims.denying.rejected_phrase import object_after
from pipeline.claims.denying.vocabulary import MEDIA, SAID, VERDICT
from pipeline.claims.parsed import text_of
from pipeline.claims.saying.frames import Span, trim
from pipeline.claims.tagging import FINITE
from pipeline.claims.wordlist import words

_SAYS = (
    r"(?:sa(?:ys|y|id|ying)|claim(?:s|ed|ing)?|alleg(?:es|ed|ing|e)|suggest(?:s|ed|ing)?|stat(?:es|ed|ing)|"
    r"impl(?:ies|ied|ying)|show(?:s|ed|ing)?|indicat(?:es|ed|ing)|report(?:s|ed|ing)|assert(?:s|ed|ing)|"
    r"conclud(?:es|ed|ing)|purport(?:s|ed|ing)? to show|accus(?:es|ed|ing)|found|finds|hint(?:s|ed|ing)|"
    r"insinuat(?:es|ed|ing)|argu(?:es|ed|ing)|wr(?:ites|ote)|portray(?:s|ed|ing)|depict(?:s|ed|ing))"
)
_NOUN = rf"(?:{SAID}|{MEDIA})"
_RELATIVE = (
    r"(?!(?:had |has |have |were |was |are |is )?(?:\w+ly )?(?:been )?(?:appear|surfac|emerg|circulat|spread|made|"
    r"swirl|went|go |goes|"
    r"came|come|dogged|published|posted|printed|broadcast|aired|levelled|leveled|shook|rocked|led|arose|being))"
)
_MAKER = r"(?:,? ?(?:made |published |carried |printed |voiced |raised |levelled |reported |first |which )?)"
_WHICH_SAYS = (
    rf"\b{_NOUN}\b{_MAKER}(?:[\w'’.-]+ ){{0,7}}?[\"']?\b(?:that|which|who) (?:\w+ly )?{_SAYS} "
    r"(?:that )?(?P<what>.+)"
)
_ANY = r"^(?:(?:any|all|direct|personal|criminal|prior|its|his|her|their|the|having (?:any|had|played an?)) ){0,3}"
_BEING = r"^(?:being |having been |(?:it|he|she|they) (?:was|were|had been) )?"

PROPOSITIONS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^that {_RELATIVE}(?P<what>.+)",
        _WHICH_SAYS,
        rf"\b(?:{SAID}|fears|concerns|worries),? [\"']?(?:to the effect )?that {_RELATIVE}(?P<what>.+)",
        rf"\b{_NOUN}\b [\"']?{_SAYS} (?:that )?(?!(?:by|in|on|to|at|from|earlier|last|this|yesterday)\b)(?P<what>.+)",
        rf"\b{_NOUN}\b (?:linking|tying|connecting) (?:[\w'’-]+ ){{1,5}}?(?:with|to) (?P<what>.+)",
        rf"\b{_NOUN}\b,? (?:in|according to|under|by) which (?P<what>.+)",
        rf"(?<!\ba )\b{SAID} (?:of|about|regarding|concerning|surrounding|involving|around) (?P<what>.+)",
        rf"\b{SAID}\b{_MAKER}(?:[\w'’.,-]+ ){{1,8}}?that {_RELATIVE}(?P<what>.+)",
        rf"\b{SAID}\b{_MAKER}(?:by|from) (?:[\w'’.-]+ ){{1,6}}?of (?P<what>.+)",
        rf"\b{SAID} (?:over|on) (?P<what>.+)",
        rf"\b{MEDIA} (?:of|about) (?P<what>.+)",
        rf"\b{MEDIA} (?:that|which) (?P<what>\w+(?:s|ed) .+)",
        rf"\b{MEDIA} (?P<what>(?:order|tell|instruct|ask|urg|accus|offer|promis|threaten)ing .+)",
        rf"{_ANY}(?:responsibility|blame|liability|guilt) (?:for|over) (?P<what>.+)",
        rf"{_ANY}(?:involvement|role|part|complicity|knowledge|hand|participation|interest) (?:in|of) (?P<what>.+)",
        r"^(?:having )?(?:anything|something|nothing) to do with (?P<what>.+)",
        rf"{_BEING}(?:behind|involved in|responsible for|to blame for|complicit in) (?P<what>.+)",
        r"^(?:(?:\d{1,3}|[a-z]{3,7}) ){0,2}(?:counts?|charges?|counts? each) of (?P<what>.+)",
    )
)
"""Where the proposition stands in a rejected phrase, the surest wording first."""

PUT_TO_SPEAKER = re.compile(
    r"\b(?:(?:when|after|as|if) [^,;]{0,60}?put (?:it )?to (?:\w+ ){1,3}that|"
    r"(?:asked|questioned|pressed|quizzed|challenged)"
    r" (?:by (?:\w+ ){1,3})?(?:directly |again |repeatedly )?(?:if|whether|about|over|on)"
    r"|(?:when|after) (?:\w+ ){0,2}told that|accus(?:es|ed|ing) (?:\w+ ){0,3}?of) (?P<what>[^,;]+)",
    re.IGNORECASE,
)
"""What a speaker was asked or accused of in the sentence of the answer."""
_SAID_WORD = re.compile(rf"{SAID}\Z", re.IGNORECASE)
_MEDIA_WORD = re.compile(rf"{MEDIA}\Z", re.IGNORECASE)
_PHRASE_ENDS = words("that which who whose of about over from by in on to with as against for after regarding")
_POINTERS = words("it this that them these those so him her they everything anything all both either any")
_EMPTY = words(
    "reality truth fact facts wrongdoing guilt involvement responsibility impropriety misconduct liability blame "
    "culpability fault"
)


def widened(doc: Any, start: int) -> int:
    """Return where "claims that X" begins, for a phrase that the parser began within it."""
    for token in reversed(doc[max(0, start - 25) : start]):
        if token.text in (";", ":", '"', ".") or token.lower_ in ("said", "says", "say"):
            return start
        after = doc[token.i + 1].lower_
        opens = after in (
            "that",
            "of",
            "about",
            "claiming",
            "saying",
            "alleging",
            "suggesting",
            "in",
            "which",
            "purporting",
        )
        if opens and (_SAID_WORD.match(token.text) or (_MEDIA_WORD.match(token.text) and after not in ("of",))):
            first = token.i
            while first > 0 and doc[first - 1].pos_ in ("DET", "ADJ", "NOUN", "PROPN", "NUM"):
                first -= 1
            return int(first)
    return start


def points_back(doc: Any, span: Span) -> bool:
    """Whether a phrase says nothing of its own: "it", "the report", "any wrongdoing", "the allegations against him"."""
    head = said_noun(doc, span)
    rest = [t for t in doc[span[0] : span[1]] if t.pos_ in ("NOUN", "PROPN", "VERB") or t.lower_ in _POINTERS]
    return head is not None or not rest or all(t.lower_ in _POINTERS | _EMPTY for t in rest)


def said_noun(doc: Any, span: Span, media: bool = False) -> int | None:
    """Return the token of what is said where that is what the phrase is about ("the union's claim that …"), or None."""
    for token in doc[span[0] : min(span[1], span[0] + 14)]:
        after = doc[token.i + 1] if token.i + 1 < span[1] else None
        if _SAID_WORD.match(token.text) or (media and _MEDIA_WORD.match(token.text)):
            if after is not None and after.lower_ == "of" and token.i and doc[token.i - 1].lower_ == "a":
                continue  # "a number of"
            single = token.lower_ == "news" or not token.lower_.endswith("s")
            if not (single and after is not None and after.pos_ in ("NOUN", "PROPN")):
                return int(token.i)
        ends = token.lower_ in _PHRASE_ENDS and token.i > span[0] and token.lower_ not in ("as", "in", "of")
        if ends or token.tag_ in ("VBD", "VBZ", "MD") or token.text in (";", ":"):
            return None
    return None


def proposition(doc: Any, span: Span) -> Span | None:
    """Return the tokens of the proposition that a rejected phrase spells out, or None where it only points to one."""
    first, last = doc[span[0]].idx, doc[span[1] - 1].idx + len(doc[span[1] - 1])
    text = text_of(doc)[first:last]
    found = [match for pattern in PROPOSITIONS if (match := pattern.search(text)) is not None]
    if found:
        match = min(found, key=lambda one: one.start())
        return _tokens(doc, first + match.start("what"), first + match.end("what"))
    noun = said_noun(doc, span, media=True)
    if noun is not None:
        return _bare_clause(doc, noun, span[1])
    if points_back(doc, span):
        return None
    return trim(doc, *span)


def _bare_clause(doc: Any, noun: int, end: int) -> Span | None:
    """Return the clause that follows without "that": "claims | children were left unattended"."""
    start = noun + 1
    if start >= end or doc[start].pos_ not in ("DET", "PRON", "NOUN", "PROPN", "ADJ", "NUM"):
        return None
    finite = any(t.tag_ in FINITE and t.i > start for t in doc[start:end])
    return trim(doc, start, end) if finite else None


def put_to_speaker(doc: Any, span: Span) -> Span | None:
    """Return what somebody was told, asked or accused of in these tokens: "said of reports of | a currency reform"."""
    if span[0] >= span[1]:
        return None
    first, last = doc[span[0]].idx, doc[span[1] - 1].idx + len(doc[span[1] - 1])
    match = PUT_TO_SPEAKER.search(text_of(doc), first, last)
    if match is not None:
        asked = _tokens(doc, match.start("what"), match.end("what"))
        return (proposition(doc, asked) or asked) if asked is not None else None
    found = [match for pattern in PROPOSITIONS[1:11] if (match := pattern.search(text_of(doc)[first:last])) is not None]
    if not found:
        return None
    match = min(found, key=lambda one: one.start())
    return _tokens(doc, first + match.start("what"), first + match.end("what"))


def _tokens(doc: Any, start: int, end: int) -> Span | None:
    inner = doc.char_span(start, end, alignment_mode="expand")
    if inner is None:
        return None
    span = object_after(doc, inner.start, inner.end) or (inner.start, inner.end)
    verdict = VERDICT.search(text_of(doc), doc[span[0]].idx, end)
    if verdict is not None and verdict.start() > doc[span[0]].idx and verdict.start() > start:
        kept = doc.char_span(start, verdict.start() - 1, alignment_mode="contract")
        span = (span[0], kept.end) if kept is not None and kept.end > span[0] else span
    span = trim(doc, *span)
    return span if span[0] < span[1] else None
