"""Bytes of a feed to UTF-8, whatever it says that it is written in."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_GUESSED_BYTES = 50_000
# Python's codecs that are no character sets of documents; some of them take quadratic time.
_NO_CHARSETS = frozenset(
    ("punycode", "idna", "unicode_escape", "raw_unicode_escape", "raw-unicode-escape", "undefined", "utf-7")
)
# One broken byte in a hundred good multi-byte characters is damage; more of them is another encoding.
_DAMAGE = 0.01


def to_utf8(body: bytes, content_type: str = "") -> bytes:
    """Return a document in UTF-8, its XML declaration made to say so.

    Believed, in this order: a byte-order mark, UTF-8 that is valid (however it is declared: text of another encoding
    hardly ever is), the XML declaration, the Content-Type, a guess from the bytes. Never fails.
    """
    if not body.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and _is_utf8(body):
        return _declare_utf8(body)
    text = _text(body, content_type)
    return _declare_utf8(text.encode("utf-8", "replace"))


def decoded(body: bytes, content_type: str = "") -> str:
    """Return a page as text: a byte-order mark, valid UTF-8, the Content-Type, its <meta charset>, a guess."""
    meta = _META.search(body[:4_000])
    return _text(body, content_type, meta[1].decode("ascii") if meta else None)


def _text(body: bytes, content_type: str, meta: str | None = None) -> str:
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for name in (_declared(body), _charset(content_type), meta):
        readable = _strict(body, name)
        if readable is not None:
            return readable
    return _guessed(body)


def _declared(body: bytes) -> str | None:
    match = _DECLARED.search(body[:1000])
    return match[1].decode("ascii") if match else None


def _charset(content_type: str) -> str | None:
    match = _CHARSET.search(content_type)
    return match[1] if match else None


def _strict(body: bytes, name: str | None) -> str | None:
    # What calls itself Latin-1 is Windows-1252 by the habit of the web (WHATWG), which only adds characters to it.
    known = {"iso8859-1": "cp1252", "ascii": "cp1252"}
    try:
        codec = codecs.lookup(name or "").name
        return None if codec in _NO_CHARSETS else body.decode(known.get(codec, codec))
    except (LookupError, UnicodeError):
        return None


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _guessed(body: bytes) -> str:
    damaged = body.decode("utf-8", "replace")
    broken = damaged.count("\ufffd")
    whole = sum(1 for character in damaged[:_GUESSED_BYTES] if character > "\x7f") - broken
    if broken <= max(1, whole * _DAMAGE) and whole > 0:
        return damaged
    guess = from_bytes(body[:_GUESSED_BYTES]).best()
    return _strict(body, guess.encoding if guess else None) or _strict(body, "cp1252") or damaged


def _declare_utf8(body: bytes) -> bytes:
    match = _DECLARED.search(body[:1000])
    return body[: match.start(1)] + b"utf-8" + body[match.end(1) :] if match else body
