"""What an attribution is, and the token ranges it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.claims.parsed import Parsed
from pipeline.claims.saying.quotations import Quotation
from pipeline.claims.tagging import FINITE
from pipeline.claims.wordlist import words

Span = tuple[int, int]


@dataclass(frozen=True)
class Frame:
    """One attribution. Spans are token ranges [start, end) of the sentence's document.

    `content` is empty where the content follows (`opens`) or went before in sentences of its own. `nominal` tells that
    the content is a noun phrase ("confirmed the death of …"), `reporter` who passes on what `source` says.

    Of a denial, `denied` is the phrase that is rejected and `target` the proposition in it; `explained` tells that the
    content is what is said instead ("…, saying no unit had been there"); `told` is the denial as it is told after its
    source, or with it where it is `passive`. What is `unclaimed` attributes, but makes no claim (a wish, a plan).
    `phrase` is the source with all that describes it, where the network found it.
    """

    cue: tuple[int, int]
    lemma: str
    source: tuple[int, int] | None
    head: int | None
    content: tuple[tuple[int, int], ...] = ()
    opens: bool = False
    nominal: bool = False
    reporter: tuple[int, int] | None = None
    reporter_head: int | None = None
    denying: bool = False
    negated: bool = False
    denied: tuple[int, int] | None = None
    target: tuple[int, int] | None = None
    explained: bool = False
    told: tuple[int, int] | None = None
    passive: bool = False
    unclaimed: bool = False
    phrase: tuple[int, int] | None = None


def in_quotation(parsed: Parsed, token: Any, whole: list[Quotation]) -> bool:
    """Whether a token stands within a quotation that is a sentence of its own."""
    return bool(whole) and any(quotation.holds(parsed.start_of(token)) for quotation in whole)


def span_of(head: Any, cue: Any | None = None) -> tuple[int, int]:
    """Return the noun phrase of `head` without relative clauses, on the head's side of the cue."""
    keep = [head]
    stack = [child for child in head.children if child.dep_ not in ("relcl", "punct", "cc", "conj", "advcl")]
    conjuncts = [child for child in head.children if child.dep_ in ("cc", "conj")]
    stack += [child for child in conjuncts if child.dep_ == "cc" or child.pos_ in ("NOUN", "PROPN")]
    while stack:
        token = stack.pop()
        keep.append(token)
        stack.extend(child for child in token.children if child.dep_ not in ("relcl", "advcl", "ccomp"))
    positions = {token.i for token in keep}
    start = end = head.i
    gap = 2
    while start > 0 and any(start - step in positions for step in range(1, gap + 1)):
        start = next(start - step for step in range(1, gap + 1) if start - step in positions)
    while any(end + step in positions for step in range(1, gap + 1)):
        end = next(end + step for step in range(1, gap + 1) if end + step in positions)
    if cue is not None and start <= cue.i <= end:
        start, end = (start, cue.i - 1) if head.i < cue.i else (cue.i + 1, end)
    return trim(head.doc, start, _without_day(head.doc, head.i, end + 1))


_DAYS = words("monday tuesday wednesday thursday friday saturday sunday today yesterday tonight night")
_BEFORE_DAY = words("on late early last this earlier")


def _without_day(doc: Any, head: int, end: int) -> int:
    """Return where a phrase ends without "on Monday", which belongs to the verb."""
    start = end
    while start - 1 > head and doc[start - 1].lower_ in _DAYS:
        start -= 1
    if start == end:
        return end
    while start - 1 > head and doc[start - 1].lower_ in _BEFORE_DAY:
        start -= 1
    return start


def trim(doc: Any, start: int, end: int) -> tuple[int, int]:
    """Return the token range without punctuation and a leading "that" or "and"."""
    while start < end and (doc[start].is_punct or doc[start].is_space or _opens(doc[start])):
        start += 1
    while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return start, end


def together(doc: Any, spans: Sequence[Span], wordings: Iterable[str]) -> str:
    """Return the stretches of one content as one text, a clause of its own parted by a mark: "He was patient; it …"."""
    text = ""
    for span, wording in zip(spans, wordings, strict=True):
        mark = ";" if text and _clause(doc, span) and text[-1] not in ",.;:!?" else ""
        text += f"{mark} {wording}" if text and wording else wording
    return text


def _clause(doc: Any, span: Span) -> bool:
    """Whether a stretch begins with the subject of a verb in it."""
    stretch = doc[slice(*span)]
    subject = next((token for token in stretch if token.dep_ in _SUBJECTS and token.head.i < span[1]), None)
    return subject is not None and any(token.tag_ in FINITE for token in stretch if token.i > subject.i)


_SUBJECTS = ("nsubj", "nsubjpass", "expl")


def _opens(token: Any) -> bool:
    """Whether a word only joins what follows to what went before: "and", and a "that" which is nothing's subject."""
    return token.lower_ == "and" or (token.lower_ == "that" and token.dep_ not in ("nsubj", "nsubjpass"))
