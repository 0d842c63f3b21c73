"""The stand-alone wording of a claim: read without its article it says the same.

Pronouns, "the company", "the country", "the deal" and relative days are replaced where the article leaves one reading
only; otherwise they stay, because a wrong name is worse than none. It starts with a capital, ends with a full stop and
has no quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.claims.naming.registry import Names
from pipeline.claims.parsed import Parsed
from pipeline.claims.referring.agreement import agreements
from pipeline.claims.referring.rewording import Speaker, references
from pipeline.claims.saying.frames import Span, together
from pipeline.claims.timing.dates import Edit, dates
from schemas.claim import Source

MAX_STANDALONE = 600
"""Characters kept: beyond some 128 tokens the encoder reads nothing more."""

_SPACE_BEFORE = re.compile(r"\s+([,.;:!?])")


@dataclass(frozen=True)
class Context:
    """What a wording is resolved against. `quoted`: the words are the source's own, so "we" is the source."""

    names: Names
    source: Source
    published_at: datetime
    quoted: bool


def standalone(parsed: Parsed, spans: tuple[Span, ...], context: Context) -> str:
    """Return the token ranges reworded to be read alone."""
    if not spans:
        return ""
    speaker = _speaker(parsed, spans, context)
    edits: dict[int, Edit] = {}
    first_person: list[int] = []
    for edit in (
        *dates(parsed, spans, context.published_at),
        *references(parsed, spans, speaker, context.names, first_person),
    ):
        if all(not edit.overlaps(other) for other in edits.values()):
            edits[edit.first] = edit
    for edit in agreements(parsed.doc, [number for number in first_person if number in edits]):
        edits.setdefault(edit.first, edit)
    wordings = (
        " ".join((*_subject(parsed, start, context), _worded(parsed.doc, start, end, edits))).strip()
        for start, end in spans
    )
    return finish(together(parsed.doc, spans, wordings))


def finish(text: str) -> str:
    """Return a wording with single spaces, a capital at the start and a full stop at the end."""
    plain = _SPACE_BEFORE.sub(r"\1", " ".join(text.replace('"', "").split()))[:MAX_STANDALONE]
    plain = plain.strip(" ,;:–—-'")
    if not plain:
        return ""
    ended = plain if plain.endswith((".", "!", "?")) else plain + "."
    return ended[0].upper() + ended[1:]


def _worded(doc: Any, start: int, end: int, edits: dict[int, Edit]) -> str:
    parts: list[str] = []
    position = start
    while position < end:
        edit = edits.get(position)
        if edit is None:
            parts.append(doc[position].text_with_ws)
            position += 1
            continue
        parts.append((" " if edit.text and doc[position].text[:1] == "'" else "") + edit.text)
        position = max(edit.last, position + 1)
        parts.append(str(doc[position - 1].whitespace_))
    return "".join(parts)


def _speaker(parsed: Parsed, spans: Sequence[Span], context: Context) -> Speaker:
    """Return who speaks, and whether the sentence names him before or after what is said."""
    source = context.source
    at = -1
    if source.text:
        at = context.names.text.find(source.text, parsed.sentence.start, parsed.sentence.end)
    place = "elsewhere"
    if at >= 0:
        place = "before" if at < parsed.start_of(parsed.doc[spans[0][0]]) else "after"
    return Speaker(source, context.quoted, place)


def _subject(parsed: Parsed, start: int, context: Context) -> list[str]:
    """Put the source before a content that begins with its verb: he said he | "has not changed"."""
    token = parsed.doc[start]
    finite = token.tag_ in ("VBZ", "VBD", "MD") and token.pos_ in ("VERB", "AUX")
    subject = any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in token.children)
    headed = token.dep_ in ("aux", "auxpass") and any(c.dep_ in ("nsubj", "nsubjpass") for c in token.head.children)
    return [context.source.name] if finite and not subject and not headed and context.source.kind != "outlet" else []
