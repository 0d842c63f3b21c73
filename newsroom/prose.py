"""The little markup that articles use: paragraphs, and *words* in italics."""

import re

from markupsafe import Markup, escape

_ITALIC = re.compile(r"\*([^*]+)\*")
_BLANK_LINES = re.compile(r"\n\s*\n")


def paragraphs(text: str) -> tuple[str, ...]:
    """Split on blank lines; a line break within a paragraph is a space, as in a browser."""
    return tuple(" ".join(part.split()) for part in _BLANK_LINES.split(text) if part.strip())


def plain(paragraph: str) -> str:
    """The words alone, for exports and feeds of plain text."""
    return _ITALIC.sub(r"\1", paragraph)


def html(paragraph: str) -> Markup:
    """The paragraph as HTML without its <p>; everything but the italics is escaped."""
    escaped = str(escape(paragraph))
    return Markup(_ITALIC.sub(r"<em>\1</em>", escaped))  # noqa: S704 - escaped in the line before
