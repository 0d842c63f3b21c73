"""Messages to bytes and back: JSON, UTF-8, times in RFC 3339, bytes in base64.

JSON because an operator can read a topic with any tool; msgspec keeps it within a factor of two of a binary form.
"""

from __future__ import annotations

from functools import lru_cache
from types import UnionType
from typing import Any, TypeVar

import msgspec

from schemas.message import VERSION, Message

M = TypeVar("M", bound=Message)


class DecodeError(ValueError):
    """Bytes that are not the message they should be. The text says what is wrong with them."""


class _Envelope(msgspec.Struct):
    message: str | None = None
    v: int | None = None


_encoder = msgspec.json.Encoder(order="deterministic")


def encode(message: Message) -> bytes:
    """Return a message's bytes; equal messages give equal bytes."""
    return _encoder.encode(message)


@lru_cache
def _decoder(form: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(form)


def decode(raw: bytes | None, form: type[M] | UnionType) -> M:
    """Return the message in `raw`.

    Raises DecodeError when it is empty, not JSON, of another type or version, or lacks a field.
    """
    if not raw:
        raise DecodeError("decoding a message: it is empty")
    try:
        message: M = _decoder(form).decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DecodeError(f"decoding a message: {_explain(raw, error)}") from error
    if message.v != VERSION:
        raise DecodeError(f"decoding a message: {_version(message.v)}")
    return message


def _explain(raw: bytes, error: Exception) -> str:
    """Say version before shape: a message of another version fails its shape too, and the version is the cause."""
    try:
        envelope = msgspec.json.decode(raw, type=_Envelope)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return f"not a JSON message of ours ({error})"
    if envelope.v is not None and envelope.v != VERSION:
        return _version(envelope.v)
    return f"{envelope.message or 'an object without a message type'}: {error}"


def _version(version: int) -> str:
    return f"version {version}, this program reads version {VERSION}; upgrade the older side, then replay it"
