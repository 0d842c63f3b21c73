"""The sentences around a quote, from the article that it stands in. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 320
"""Characters of context on either side."""
_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+")


@dataclass(frozen=True)
class Context:
    """What stands before and behind a sentence, "" where it is the first or last."""

    before: str
    behind: str


def around(text: str, sentence: str) -> Context | None:
    """Return the sentence before and the one behind; None where the sentence is not in the text (it was changed)."""
    at = text.find(sentence)
    if at < 0 or not sentence:
        return None
    before = _END.split(text[max(0, at - 4 * LONGEST) : at].rstrip())[-1]
    behind = _END.split(text[at + len(sentence) : at + len(sentence) + 4 * LONGEST].lstrip())[0]
    return Context(_cut(before.split("\n\n")[-1], keep_end=True), _cut(behind.split("\n\n")[0], keep_end=False))


def _cut(text: str, *, keep_end: bool) -> str:
    text = " ".join(text.split())
    if len(text) <= LONGEST:
        return text
    return "…" + text[-LONGEST:].partition(" ")[2] if keep_end else text[:LONGEST].rpartition(" ")[0] + "…"
