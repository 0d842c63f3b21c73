"""The small damages that feeds come with, mended: after one of them libxml2 drops every later entity without a word.

A bare "&" in one title would turn the `&lt;p&gt;` of all texts behind it into "p" and take a piece out of each link.
"""

from __future__ import annotations

import re
from html import escape
from html.entities import html5
from xml.parsers import expat

_UNPRINTED = bytes(code for code in range(32) if code not in (9, 10, 13))
_DECLARATION = re.compile(rb"<\?xml\s")
_ROOT = re.compile(rb"<[A-Za-z]")
_HIDDEN = re.compile(rb"<!\[CDATA\[|<!--|<\?")
_ENDS = {b"<![CDATA[": b"]]>", b"<!--": b"-->", b"<?": b"?>"}
_LOOSE = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)(#\d{1,7};|#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)?")
_HEAD_BYTES = 4_096


def mend(document: bytes) -> tuple[bytes, bool]:
    """Return an XML document in UTF-8 with its small damages mended, and whether it is well-formed now.

    Taken away: what stands before the XML declaration, control characters, references to characters that XML has not.
    Written out: HTML's entities, and each "&" that begins none. A document that is well-formed stays as it is.
    """
    document = _from_its_beginning(document.translate(None, _UNPRINTED))
    sound = is_well_formed(document)
    if sound or b"<!ENTITY" in document[:_HEAD_BYTES]:
        return document, sound
    mended = _with_whole_references(document)
    return (mended, True) if is_well_formed(mended) else (document, False)


def is_well_formed(document: bytes) -> bool:
    """True when an XML parser reads the document to its end without an error; no entity is fetched."""
    try:
        expat.ParserCreate().Parse(document, True)
    except (expat.ExpatError, ValueError):
        return False
    return True


def _from_its_beginning(document: bytes) -> bytes:
    declared = _DECLARATION.search(document, 0, _HEAD_BYTES)
    root = _ROOT.search(document, 0, _HEAD_BYTES)
    if declared and (not root or declared.start() < root.start()):
        return document[declared.start() :]
    return document.lstrip(b"\xef\xbb\xbf \t\r\n")


def _with_whole_references(document: bytes) -> bytes:
    """Mend the references of all that is neither CDATA nor comment."""
    pieces, at = [], 0
    while opens := _HIDDEN.search(document, at):
        ends = document.find(_ENDS[opens[0]], opens.end())
        if ends < 0:
            break
        pieces += [_LOOSE.sub(_whole_reference, document[at : opens.start()]), document[opens.start() : ends]]
        at = ends
    return b"".join((*pieces, _LOOSE.sub(_whole_reference, document[at:])))


def _whole_reference(loose: re.Match[bytes]) -> bytes:
    name = (loose[1] or b"").decode("ascii")
    if name.startswith("#"):
        return loose[0] if _is_character(name[1:-1]) else b""
    known = html5.get(name)
    return escape(known).encode() if known else b"&amp;" + loose[0][1:]


def _is_character(number: str) -> bool:
    code = int(number[1:], 16) if number[0] in "xX" else int(number)
    return code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
