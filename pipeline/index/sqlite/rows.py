"""A document as the rows that SQLite keeps of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import msgspec
import numpy as np

from pipeline.index.mapping import LOCALISED, VECTOR, Mapping, mapping, milliseconds
from pipeline.index.sqlite.stems import stems
from pipeline.ports import Document

OPEN_MARK, CLOSE_MARK = "\x02", "\x03"
"""What SQLite puts around a found word until the fragment is escaped; these never occur in a kept text."""

_UNMARKED = str.maketrans(dict.fromkeys((OPEN_MARK, CLOSE_MARK, "\x00"), " "))
_encoder = msgspec.json.Encoder(order="deterministic")


@dataclass(frozen=True)
class Rows:
    """All that is kept of a document. `at` is in milliseconds since 1970, `vector` little-endian float16."""

    id: str
    version: int
    status: str
    at: int | None
    digest: bytes
    body: str
    texts: tuple[str, ...]
    keywords: frozenset[str]
    vector: bytes | None


def rows(document: Document) -> Rows:
    """Return the rows of a document that fits its collection. Raises UnicodeEncodeError for half a surrogate pair."""
    fields = mapping(document.collection)
    shown = {name: value for name, value in document.body.items() if name != VECTOR}
    body = _encoder.encode(shown)
    vector = _vector(document.body.get(VECTOR))
    when = document.body.get(fields.when)
    return Rows(
        id=document.id,
        version=document.version,
        status=str(document.body.get("status") or "open"),
        at=milliseconds(when) if when else None,
        digest=blake2b(body + b"\n" + (vector or b""), digest_size=16).digest(),
        body=body.decode(),
        texts=texts(fields, shown),
        keywords=keywords(fields, shown),
        vector=vector,
    )


def columns(fields: Mapping) -> tuple[str, ...]:
    """Return the columns of searched texts: the fields of the mapping in their order, then stems of other languages."""
    return (*fields.texts, LOCALISED) if fields.localised else tuple(fields.texts)


def texts(fields: Mapping, body: Map[str, Any]) -> tuple[str, ...]:
    """Return what stands in each of the `columns`; several values of a field are joined by line breaks."""
    found = tuple("\n".join(_values(body.get(name))).translate(_UNMARKED) for name in fields.texts)
    return (*found, stems("\n".join(dict.fromkeys(found)), body.get("language"))) if fields.localised else found


def keywords(fields: Mapping, body: Map[str, Any]) -> frozenset[str]:
    """Return a key for each value that can be filtered by, and one without regard to case where that is asked for."""
    found: set[str] = set()
    for name, longest in fields.keywords.items():
        for value in _values(body.get(name)):
            if len(value) <= longest:
                found.add(key(name, value))
                if name in fields.folded:
                    found.add(key(name, value, folded=True))
    return frozenset(found)


def key(field: str, value: str, *, folded: bool = False) -> str:
    """Return how a value of a field is kept in the table of keywords."""
    return f"{field}~{value.lower()}" if folded else f"{field}={value}"


def _values(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    values = value if isinstance(value, list) else [value]
    return [item if isinstance(item, str) else str(item) for item in values if item is not None]


def _vector(value: list[float] | None) -> bytes | None:
    if value is None:
        return None
    vector = np.asarray(value, dtype=np.float32)
    return (vector / np.linalg.norm(vector)).astype("<f2").tobytes()
