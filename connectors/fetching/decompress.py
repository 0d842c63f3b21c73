"""Compressed bodies to plain bytes, never more of them than asked for."""

from __future__ import annotations

import io
import zlib

import brotli  # type: ignore[import-untyped]
import zstandard

ACCEPTED = "gzip, deflate, br, zstd"
"""What is offered to servers in Accept-Encoding."""

# A frame may ask for this much memory to be decoded; RFC 9659 bounds it for HTTP at 8 MiB.
_ZSTD_WINDOW_BYTES = 8 * 1024 * 1024
_GZIP_MAGIC = b"\x1f\x8b"


class TooLarge(ValueError):  # noqa: N818 - it says what is wrong
    """More bytes came out than are taken."""


class Undecodable(ValueError):  # noqa: N818 - it says what is wrong
    """The bytes are not what their Content-Encoding says."""


def decompress(raw: bytes, encoding: str, limit: int) -> bytes:
    """Undo a Content-Encoding ("gzip", "br, gzip" …) and return at most `limit` bytes.

    Raises TooLarge as soon as more than `limit` bytes come out, Undecodable when the bytes are not of that encoding or
    the encoding is unknown. A body that stops in the middle gives what could be read of it.
    """
    body = raw
    for name in reversed([part.strip().lower() for part in encoding.split(",")]):
        if name in ("", "identity"):
            continue
        try:
            body = _one(body, name, limit + 1)
        except (zlib.error, brotli.error, zstandard.ZstdError) as error:
            raise Undecodable(f"it says that it is {name}-compressed, and is not ({error})") from error
        if len(body) > limit:
            raise TooLarge(f"more than {limit:,} bytes after decompression")
    return body


def _one(raw: bytes, name: str, limit: int) -> bytes:
    if name in ("gzip", "x-gzip"):
        # Some servers announce gzip and send plain text.
        return _gzip(raw, limit) if raw.startswith(_GZIP_MAGIC) else raw
    if name == "deflate":
        return _deflate(raw, limit)
    if name == "br":
        return bytes(brotli.Decompressor().process(raw, output_buffer_limit=limit))
    if name == "zstd":
        with zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW_BYTES).stream_reader(io.BytesIO(raw)) as reader:
            return reader.read(limit)
    raise Undecodable(f"it is compressed as {name!r}, which was not asked for")


def _gzip(raw: bytes, limit: int) -> bytes:
    """A gzip body may be several members one after the other."""
    parts: list[bytes] = []
    left = limit
    while raw.startswith(_GZIP_MAGIC) and left > 0:
        member = zlib.decompressobj(16 + zlib.MAX_WBITS)
        parts.append(member.decompress(raw, left))
        left -= len(parts[-1])
        raw = member.unused_data
    return b"".join(parts)


def _deflate(raw: bytes, limit: int) -> bytes:
    """Deflate is sent with a zlib header by the standard and without one by habit."""
    try:
        return zlib.decompressobj().decompress(raw, limit)
    except zlib.error:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(raw, limit)
