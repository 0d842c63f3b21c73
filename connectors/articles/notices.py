"""What a site shows in place of its article, or around it: cookie walls, paywalls, robot checks, errors. Pure.

Such a text speaks to the reader ("accept all", "you must be logged in"); an article that tells of cookies or paywalls
does not, or does in one sentence of many. So only wordings that address the reader count, and a text is a notice when
they fill a large part of it. Measured by benchmarks/quality/teasers.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from connectors.articles.notice_address import ADDRESSED, SPOKEN_OF
from connectors.articles.notice_words import BREAKS_OFF, GOES_ON, KINDS, PROMPT
from schemas.article import PartialReason

MAX_NOTICE_CHARS = 1_500
"""Longer texts are no notice alone; walls with a list of two dozen purposes are about so long."""
NOTICE_SHARE = 0.34
"""Share of a text's sentences that address the reader as notices do, from which it is one."""
MAX_EDGE_CHARS = 400
"""A paragraph of a notice before or after an article is shorter."""
MAX_TEASER_CHARS = 2_500
"""A longer text that ends in "Read more" has related links there."""
MAX_BROKEN_CHARS = 1_500
"""A longer text that ends in an ellipsis has an ending left open."""
_EDGE = 3
_SENTENCE = re.compile(r"[^.!?。！？\n]+[.!?。！？\n]*")
_WORD = re.compile(r"[^\W\d_]+")
_FEW_WORDS = 3


@dataclass(frozen=True)
class Judged:
    """A text without the notices around it. `reason` says why it is only a part, `notice` what it was instead."""

    text: str
    reason: PartialReason | None = None

    @property
    def whole(self) -> bool:
        """True for the whole text of an article, as far as can be seen."""
        return bool(self.text) and self.reason is None


def judge(text: str) -> Judged:
    """Return the article in a text: "" with the kind of notice when there is none, its beginning, or all of it."""
    kind = notice_of(text)
    if kind:
        return Judged("", kind)
    paragraphs = text.split("\n\n")
    ending = _prompted(paragraphs)
    if ending is not None:
        shown = _trimmed(paragraphs[:ending])
        return Judged("\n\n".join(shown), "paywall")
    whole = "\n\n".join(_trimmed(paragraphs))
    last = whole[-80:]
    goes_on = len(whole) <= MAX_TEASER_CHARS and GOES_ON.search(last)
    breaks_off = len(whole) <= MAX_BROKEN_CHARS and BREAKS_OFF.search(last)
    return Judged(whole, "teaser" if goes_on or breaks_off else None)


def notice_of(text: str) -> PartialReason | None:
    """Return what kind of notice a text is, None when it is none."""
    if len(text) > MAX_NOTICE_CHARS:
        return None
    sentences = [part for part in _SENTENCE.findall(text) if _WORD.search(part)]
    found = [kind for part in sentences if (kind := kind_of(part) or _addressed(part))]
    # "Accept", "Sign in", "Menu": buttons are no sentences of an article, and of a notice they need not be known.
    counted = max(len(found), sum(len(_WORD.findall(part)) > _FEW_WORDS for part in sentences))
    if not found or len(found) < NOTICE_SHARE * counted:
        return None
    return max(dict.fromkeys(found), key=found.count)


def kind_of(passage: str) -> PartialReason | None:
    """Return the kind of notice whose wording a sentence or paragraph has, None when it has none."""
    passage = passage.replace("’", "'")
    return next((kind for kind, words in KINDS.items() if words.search(passage)), None)


def _addressed(sentence: str) -> PartialReason | None:
    """Return the kind of notice that a sentence may be of: it speaks to the reader, and of what notices speak of."""
    sentence = sentence.replace("’", "'")
    if not ADDRESSED.search(sentence):
        return None
    return next((kind for kind, words in SPOKEN_OF.items() if words.search(sentence)), None)


def _prompted(paragraphs: list[str]) -> int | None:
    """Return where, among the last paragraphs, the reader is asked to pay or register in order to go on."""
    first = max(1, len(paragraphs) - _EDGE)
    for number in range(first, len(paragraphs)):
        paragraph = paragraphs[number].replace("’", "'")
        if len(paragraph) <= MAX_EDGE_CHARS and PROMPT.search(paragraph):
            return number
    return None


def _trimmed(paragraphs: list[str]) -> list[str]:
    """Drop paragraphs of notices before and after the text; never all of it."""
    start, end = 0, len(paragraphs)
    heads = [n for n in range(min(_EDGE, end - 1)) if _is_edge(paragraphs[n])]
    start = heads[-1] + 1 if heads and heads == list(range(heads[-1] + 1)) else 0
    while end - 1 > start and _is_edge(paragraphs[end - 1]):
        end -= 1
    return paragraphs[start:end]


def _is_edge(paragraph: str) -> bool:
    return len(paragraph) <= MAX_EDGE_CHARS and kind_of(paragraph) is not None
