"""Quotations: the outermost quoted stretches of each paragraph, in one pass over the characters.

A quotation that is opened and not closed runs to the end of its paragraph; where the next paragraph opens with the
same mark it goes on there, as newspapers print a quotation of several paragraphs. Marks inside a quotation (‘news’
within “…”) belong to it. An apostrophe is no mark: a single quote opens only before a letter and after a space, and
closes only where such a one is open.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

CLOSING = {"“": "”", '"': '"', "«": "»", "„": "“", "‘": "’", "'": "'", "”": "”"}
MARKS = frozenset("“”\"«»„‘’'")
_SINGLE = frozenset("‘'")

MAX_SINGLE = 400
"""The longest stretch between single quotes taken as a quotation, in characters: beyond it a stray apostrophe is the
likelier reading. A judgement, not measured."""


class Quotation(NamedTuple):
    """[start, end) with its marks, [inner_start, inner_end) without; `goes_on` when it continues the one before."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    goes_on: bool = False

    def holds(self, offset: int) -> bool:
        """Whether the character at `offset` stands within the marks."""
        return self.inner_start <= offset < self.inner_end


def quotations(text: str, spans: Iterable[tuple[int, int]]) -> list[Quotation]:
    """Return the quotations of the paragraphs [start, end) in `spans`, in order, none within another."""
    found: list[Quotation] = []
    text = text.replace("''", ' "')  # typewriters' double mark, at the same length
    open_before = False
    for start, end in spans:
        inside, open_now = _in_paragraph(text, start, end)
        if inside and open_before and inside[0].start == start:
            inside[0] = inside[0]._replace(goes_on=True)
        found.extend(inside)
        open_before = open_now
    return found


def _in_paragraph(text: str, start: int, end: int) -> tuple[list[Quotation], bool]:
    found: list[Quotation] = []
    position = start
    while position < end:
        mark = text[position]
        if mark not in MARKS or not _opens(text, position, start, end):
            position += 1
            continue
        close = _closing(text, position, end)
        if close < 0 and mark in _SINGLE:
            position += 1
            continue
        if close < 0:
            found.append(Quotation(position, end, position + 1, end))
            return found, True
        found.append(Quotation(position, close + 1, position + 1, close))
        position = close + 1
    return found, False


def _opens(text: str, position: int, start: int, end: int) -> bool:
    mark = text[position]
    if position + 1 >= end or text[position + 1].isspace():
        return False
    if mark in "“„«":
        return True
    before = text[position - 1] if position > start else " "
    if mark == '"':
        return not before.isalnum() and before not in ".,!?"
    if mark in _SINGLE:
        return (before.isspace() or before in "([—–:") and text[position + 1].isalpha()
    return False


def _closing(text: str, position: int, end: int) -> int:
    """Return where the quotation opened at `position` closes before `end`, or -1."""
    mark = text[position]
    wanted = CLOSING[mark]
    if mark in _SINGLE:
        return _closing_single(text, position, min(end, position + MAX_SINGLE), wanted)
    if mark == wanted:
        return text.find(wanted, position + 1, end)
    depth = 0
    for index in range(position, end):
        if text[index] == mark:
            depth += 1
        elif text[index] == wanted:
            depth -= 1
            if depth <= 0:
                return index
    # “ opened twice and closed once is a slip of the pen, not a quotation to the end of the paragraph
    return text.rfind(wanted, position + 1, end)


def _closing_single(text: str, position: int, end: int, wanted: str) -> int:
    for index in range(position + 1, end):
        if text[index] != wanted or text[index - 1].isspace():
            continue
        after = text[index + 1] if index + 1 < len(text) else " "
        plural = text[index - 1] == "s" and after == " " and text.find(wanted, index + 1, end) > 0
        if not after.isalnum() and not plural:
            return index
    return -1
