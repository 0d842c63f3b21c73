"""Pieces of HTML and text to plain text: paragraphs separated by blank lines, nothing invisible in them."""

from __future__ import annotations

import html
import re
import unicodedata

from lxml import etree  # type: ignore[import-untyped]
from lxml import html as lxml_html

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote br dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
        "header hr li main nav ol p pre section table td th tr ul",
    )
)
_UNREAD = frozenset(["script", "style", "noscript", "template", "iframe", "object", "svg", "head"])
# Zero-width characters, soft hyphens, directional marks and byte-order marks: they split words and hide in offsets.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_SPACES = re.compile(r"[^\S\n]+")
_MARKUP = re.compile(r"<[a-zA-Z!/][^<>]*>|&(?:#\w+|\w+);")
_BREAK = "\n"


def tidy(text: str) -> str:
    """Return text as paragraphs: every line that holds something is one, blank lines between them.

    Unicode NFC; control and invisible characters are gone, runs of white space are one space.
    """
    text = _CONTROL.sub(" ", unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n"))
    lines = (_SPACES.sub(" ", line).strip() for line in _INVISIBLE.sub("", text).split("\n"))
    return "\n\n".join(line for line in lines if line)


def one_line(text: str) -> str:
    """Return a title or a name as one line of plain text; markup in it, escaped once or twice, is resolved."""
    for _ in range(2):
        if not _MARKUP.search(text):
            break
        text = html.unescape(re.sub(r"<[a-zA-Z!/][^<>]*>", "", text))
    return tidy(text).replace("\n\n", " ")


def from_html(fragment: str) -> str:
    """Return the readable text of an HTML fragment, block elements as paragraphs; plain text goes through."""
    if not _MARKUP.search(fragment):
        # A line end in plain text is only a wrapped line; a blank line is a paragraph.
        return tidy("\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", fragment)))
    try:
        root = lxml_html.fragment_fromstring(_CONTROL.sub(" ", fragment), create_parent="div")
    except (etree.LxmlError, ValueError):
        return _stripped(fragment)
    # libxml2 gives up below a few hundred levels of elements, and what stands there is gone.
    return tidy("".join(_pieces(root))) or _stripped(fragment)


def _stripped(fragment: str) -> str:
    readable = re.sub(r"<(script|style)\b.*?</\1\s*>", " ", fragment, flags=re.DOTALL | re.IGNORECASE)
    return tidy(html.unescape(re.sub(r"<[a-zA-Z!/][^<>]*>", " ", readable)))


def _pieces(root: etree._Element) -> list[str]:
    pieces: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        unread = not tag or tag in _UNREAD
        if event == "start":
            if unread:
                walk.skip_subtree()
                continue
            pieces += [_BREAK if tag in _BLOCKS else "", _inline(element.text)]
        elif event == "end":
            pieces += [_BREAK if tag in _BLOCKS else "", _inline(element.tail)]
        else:
            pieces.append(_inline(element.tail))
    return pieces


def _inline(text: str | None) -> str:
    return " ".join(("x" + text + "x").split())[1:-1] if text else ""


def cut(text: str, limit: int) -> tuple[str, bool]:
    """Return at most `limit` characters, ended at a paragraph or a sentence where one ends near, and whether it cut."""
    if len(text) <= limit:
        return text, False
    head = text[:limit]
    end = max(head.rfind("\n\n"), head.rfind(". ") + 1)
    return (head[:end] if end > limit * 0.9 else head).rstrip(), True
