"""A sentence as the parser reads it, and the way back from its tokens to the article's characters.

Before parsing, editorial brackets are opened ("withdr(ew)" → "withdrew", "(t)he" → "the"), white space is made
single and control characters dropped; the marks of a quotation that is only part of a clause (he said he was "not
amused") are dropped too, because the parser reads the clause better without. `origin` keeps where each character
came from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.claims.saying.quotations import MARKS, Quotation
from pipeline.claims.sentences import Sentence

WHOLE_QUOTATION = 4
"""From this many words on, a quotation that starts with a capital is read as sentences of its own, not as part of a
clause: shorter ones are mostly scare quotes and titles. A judgement, not measured."""

_PLAIN = {"“": '"', "”": '"', "«": '"', "»": '"', "„": '"', "‘": "'", "’": "'"}
_TRANSLATED = str.maketrans(_PLAIN)
_SPACES = re.compile(r"^\s|\s\s|[^\S ]")
_BRACKETED = re.compile(r"[(\[]([^()\[\]]{0,60})[)\]]")


@dataclass(frozen=True)
class Clean:
    """Cleaned text and, for each of its characters, the offset in the article it came from."""

    text: str
    origin: Sequence[int]


@dataclass(frozen=True)
class Parsed:
    """A sentence with its spaCy document. Token positions go through `start_of` and `end_of` to article offsets."""

    sentence: Sentence
    clean: Clean
    doc: Any

    def start_of(self, token: Any) -> int:
        """Return the article offset of the token's first character."""
        return self.clean.origin[int(token.idx)]

    def end_of(self, token: Any) -> int:
        """Return the article offset just after the token's last character."""
        return self.clean.origin[int(token.idx) + len(token.text) - 1] + 1


_TEXT = "text"


def with_text(doc: Any, text: str) -> Any:
    """Remember a document's text, which spaCy joins anew from its tokens each time, and return the document."""
    doc.user_data[_TEXT] = text
    return doc


def text_of(doc: Any) -> str:
    """Return a document's text."""
    text: str | None = doc.user_data.get(_TEXT)
    return str(doc.text) if text is None else text


def whole_quotation(text: str, quotation: Quotation) -> bool:
    """Whether a quotation stands as sentences of its own rather than as part of the writer's clause."""
    inner = text[quotation.inner_start : quotation.inner_end]
    letters = inner[:8].lstrip("([ ")
    capital = bool(letters) and (letters[0].isupper() or inner.startswith(("(", "[")))
    return capital and len(inner[:200].split()) >= WHOLE_QUOTATION


def clean(text: str, sentence: Sentence, inside: list[Quotation]) -> Clean:
    """Return the sentence cleaned for the parser; `inside` are the quotations that overlap it."""
    dropped = _dropped(text, sentence, inside)
    wording = text[sentence.start : sentence.end]
    if not dropped and wording.isprintable() and not _SPACES.search(wording):
        return Clean(wording.translate(_TRANSLATED), range(sentence.start, sentence.end))
    characters: list[str] = []
    origin: list[int] = []
    for index in range(sentence.start, sentence.end):
        character = text[index]
        if index in dropped:
            continue
        if character.isspace():
            character = " "
            if not characters or characters[-1] == " ":
                continue
        elif not character.isprintable():
            continue
        characters.append(_PLAIN.get(character, character))
        origin.append(index)
    return Clean("".join(characters), tuple(origin))


def _dropped(text: str, sentence: Sentence, inside: list[Quotation]) -> set[int]:
    dropped: set[int] = set()
    for quotation in inside:
        if not whole_quotation(text, quotation):
            dropped.add(quotation.start)
            if quotation.inner_end < quotation.end:
                dropped.add(quotation.inner_end)
    for match in _BRACKETED.finditer(text, sentence.start, sentence.end):
        quoted = any(q.start <= match.start() < q.end for q in inside)
        if _editorial(text, match, quoted):
            dropped.update((match.start(), match.end() - 1))
    return dropped


def _editorial(text: str, match: re.Match[str], quoted: bool) -> bool:
    """Whether brackets hold an editor's wording that belongs into the sentence, not an aside."""
    inner = match.group(1)
    before = text[match.start() - 1] if match.start() else " "
    after = text[match.end()] if match.end() < len(text) else " "
    if before.isalpha() or after.isalpha():
        return bool(inner) and len(inner) <= 4 and inner.isalpha() and inner.islower() | (after.isalpha())
    return quoted and bool(inner) and inner[0].isalpha() and not inner.isupper()


def is_mark(character: str) -> bool:
    """Whether a character is a quotation mark of any kind."""
    return character in MARKS
