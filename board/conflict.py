"""Which words of two quotes stand against each other: figures, words that deny, what the reasons quote. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from schemas.claim import Claim, Quantity
from schemas.contradiction import Side

_DENYING = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|cannot|without|\w+n['’]t"
    r"|den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:e|es|ed|ing)|disput(?:e|es|ed|ing)"
    r"|contradict(?:s|ed|ing)?|rebuff(?:s|ed)?|brush(?:es|ed)? aside|rul(?:es|ed|ing) out"
    r"|false|untrue|wrong|incorrect|unfounded|baseless|groundless|fabricated|invented|fiction|fake|hoax|nonsense"
    r"|exaggerat\w+|unchanged|stayed the same|has not changed)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"['‘]([^'‘’]{2,60})['’]")
MOST_QUOTED_WORDS = 6
"""A reason quotes the words that decide, or a whole claim: a long one decides nothing."""

Span = tuple[int, int]


def conflicting(
    kind: str, reasons: Sequence[str], side: Side, claim: Claim | None, *, denies: bool
) -> tuple[Span, ...]:
    """Return where in a side's quote the words stand that the conflict is about, in order, without overlaps.

    Figures where figures disagree; denying words on the side that denies, and in negations; what a reason quotes.
    """
    spans: list[Span] = []
    if kind == "quantity" and claim and claim.text == side.quote:
        spans += [span for quantity in claim.quantities for span in _figure(side.quote, quantity)]
    if denies or kind == "negation":
        spans += [found.span() for found in _DENYING.finditer(side.quote)]
    spans += [span for words in _short_quotes(reasons) for span in _places(side.quote, words)]
    return _merged(span for span in spans if 0 <= span[0] < span[1] <= len(side.quote))


def marked_quote(side: Side, spans: Sequence[Span]) -> Markup:
    """Return the sentence with the quote marked in it, and in the quote the words of the conflict, more strongly."""
    start = side.quote_start if side.sentence[max(side.quote_start, 0) :].startswith(side.quote) else -1
    start = start if start >= 0 else side.sentence.find(side.quote)
    before, behind = (side.sentence[:start], side.sentence[start + len(side.quote) :]) if start >= 0 else ("", "")
    inner, at = Markup(""), 0
    for first, last in spans:
        inner += escape(side.quote[at:first]) + Markup("<strong>{}</strong>").format(side.quote[first:last])
        at = last
    inner += escape(side.quote[at:])
    return escape(before) + Markup("<mark>") + inner + Markup("</mark>") + escape(behind)


def _figure(quote: str, quantity: Quantity) -> list[Span]:
    """Where a figure stands: at its own place, or where its words are found."""
    if quote[quantity.start : quantity.end] == quantity.text:
        return [(quantity.start, quantity.end)]
    return _places(quote, quantity.text)[:1]


def _short_quotes(reasons: Iterable[str]) -> list[str]:
    quoted = [found for reason in reasons for found in _QUOTED.findall(reason)]
    return [words for words in quoted if len(words.split()) <= MOST_QUOTED_WORDS and "…" not in words]


def _places(text: str, words: str) -> list[Span]:
    pattern = r"\s+".join(map(re.escape, words.split()))
    return [found.span() for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE)]


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return tuple(found)
