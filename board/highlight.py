"""Marked text, safely: nothing but <mark> ever gets through, whatever the index or an article holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape
from urllib.parse import urlsplit

from markupsafe import Markup, escape

_MARK = re.compile(r"(</?mark>)")
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def marked(fragment: str) -> Markup:
    """Return a fragment from the index with its <mark> tags kept, paired, and everything else escaped."""
    parts: list[Markup] = []
    inside = False
    for piece in _MARK.split(fragment):
        if piece == "<mark>":
            parts.append(Markup("") if inside else Markup("<mark>"))
            inside = True
        elif piece == "</mark>":
            parts.append(Markup("</mark>") if inside else Markup(""))
            inside = False
        else:
            parts.append(escape(unescape(piece)))
    return Markup("").join([*parts, Markup("</mark>")] if inside else parts)


def fragment(highlights: Mapping[str, Sequence[str]], fields: Sequence[str], text: str) -> Markup:
    """Return the first highlighted fragment among `fields`, else `text` escaped."""
    for field in fields:
        for found in highlights.get(field, ()):
            return marked(found)
    return escape(text)


def quote_in(sentence: str, quote: str, start: int = -1) -> Markup:
    """Return `sentence` with `quote` marked at character `start`.

    A quote that does not stand there is looked for in the sentence; one that is nowhere in it stands alone, since
    marking other words than were said would be false.
    """
    if not quote:
        return escape(sentence)
    if start < 0 or sentence[start : start + len(quote)] != quote:
        start = sentence.find(quote)
    if start < 0:
        return Markup("<mark>{}</mark>").format(quote)
    end = start + len(quote)
    return Markup("{}<mark>{}</mark>{}").format(sentence[:start], quote, sentence[end:])


def web_address(url: str) -> str | None:
    """Return the address when it is safe to link to (http or https, with a host), else None."""
    if _HIDDEN.search(url) or url != url.strip():
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and host else None
