"""The fields of each collection, read from the Elasticsearch templates so that both stores agree on them.

`schemas/elasticsearch/<collection>.json` is the one place where a field is defined. Elasticsearch takes it as it is;
the SQLite index derives from it what is searched as text, what is filtered, what is sorted by, and what it refuses.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping as Map
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

import schemas
from pipeline.ports import Collection, Document

TEMPLATES = Path(schemas.__file__).parent / "elasticsearch"
VECTOR = "vector"
"""The one field of vectors; it is searched and never given back."""

LOCALISED = "localised"
"""The object whose field `de` holds the texts of a document in German, and so on: Elasticsearch fills it by itself
(elastic/setup/localising.py), and it is never given back."""

MAX_ID_BYTES = 512
"""Elasticsearch takes no longer id."""

MAX_DOCUMENT_BYTES = 20_000_000
"""Largest document. Elasticsearch reserves four times its size and pushes back, as if it were merely busy, when that is
more than a tenth of its heap: with the smallest sensible heap (1 GB) that is at 26 MB, and would be tried for ever."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Mapping:
    """What is known of one collection's fields.

    `texts` are the searched fields with their weights, `keywords` the filtered ones with the longest value that is
    looked at, `standing` the statuses of documents that stand, which are searched unless a query names others,
    `folded` those of them (outlets, sources) that are also found in another case, `when` the time that
    "newest" and "since" mean, `id_field` the field that repeats the document's id. `localised` says whether texts are
    also analysed in their own language.
    """

    collection: Collection
    properties: Map[str, Map[str, Any]]
    texts: Map[str, float]
    keywords: Map[str, int]
    folded: frozenset[str]
    when: str
    id_field: str
    dimensions: int | None
    standing: tuple[str, ...]
    localised: bool

    @property
    def has_status(self) -> bool:
        """True where documents can lose their standing, and searches see only standing ones unless told otherwise."""
        return "status" in self.properties

    def field(self, name: str) -> str | None:
        """Return the keyword field that a filter called `name` looks at, or None; a cluster's "outlet" is `outlets`."""
        for candidate in (f"{name}s", name):
            path = self.properties.get(candidate, {}).get("path", candidate)
            if path in self.keywords:
                return str(path)
        return None


@cache
def mapping(collection: Collection) -> Mapping:
    """Return the fields of a collection."""
    mappings = template(collection)["template"]["mappings"]
    meta, properties = mappings["_meta"], mappings["properties"]
    keywords = {name: form["ignore_above"] for name, form in properties.items() if _is_filter(form)}
    return Mapping(
        collection=collection,
        properties=properties,
        texts={name: float(weight) for name, weight in meta["weights"].items()},
        keywords=keywords,
        folded=frozenset(keywords.keys() & {"outlet", "outlets", "source", "sources"}),
        when=meta["when"],
        id_field=meta["id"],
        dimensions=properties.get(VECTOR, {}).get("dims"),
        standing=tuple(meta.get("standing", ("open",))),
        localised=LOCALISED in properties,
    )


def template(collection: Collection) -> dict[str, Any]:
    """Return the index template of a collection as it stands in the file, with the languages of languages.json."""
    found: dict[str, Any] = json.loads((TEMPLATES / f"{collection}.json").read_text("utf-8"))
    own = found["template"]["mappings"]["properties"].get(LOCALISED)
    if own is not None:
        own["properties"] = {code: {"type": "text", "analyzer": analyser} for code, analyser in languages().items()}
        analysis = found["template"]["settings"]["index"]["analysis"]
        for kind, known in _languages()["analysis"].items():
            analysis[kind] = analysis.get(kind, {}) | known
    return found


def languages() -> dict[str, str]:
    """Return the languages besides English that have an analyser of their own: ISO 639 code → name of the analyser."""
    found: dict[str, str] = _languages()["fields"]
    return found


def _languages() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((TEMPLATES / "languages.json").read_text("utf-8"))
    return found


def _is_filter(form: Map[str, Any]) -> bool:
    return bool(form["type"] == "keyword" and form.get("index", True))


def milliseconds(value: str) -> int:
    """Return a time in RFC 3339 as milliseconds since 1970; a time without zone is UTC. Raises ValueError."""
    time = datetime.fromisoformat(value)
    return instant(time)


def instant(time: datetime) -> int:
    """Return milliseconds since 1970; a time without zone is UTC."""
    aware = time if time.tzinfo else time.replace(tzinfo=UTC)
    return (aware - EPOCH) // _MILLISECOND


_MILLISECOND = datetime(1970, 1, 1, 0, 0, 0, 1000) - datetime(1970, 1, 1)


def misaddressed(document: Document) -> str | None:
    """Return why a document's id or version can never be written, or None."""
    if not document.id:
        return "its id is empty"
    if len(document.id.encode("utf-8", "replace")) > MAX_ID_BYTES:
        return f"its id is longer than {MAX_ID_BYTES} bytes"
    if not 0 <= document.version < 1 << 63:
        return f"its version is {document.version}, and a version is from 0 to 2**63 - 1"
    return None


def oversized(size: int) -> str | None:
    """Return why a document of `size` bytes can never be written, or None."""
    if size <= MAX_DOCUMENT_BYTES:
        return None
    return f"its {size} bytes are more than the {MAX_DOCUMENT_BYTES} that a document may have"


def misshapen(document: Document) -> str | None:
    """Return why a document's body does not fit its collection, or None: what Elasticsearch would refuse."""
    fields = mapping(document.collection)
    for name, value in document.body.items():
        form = fields.properties.get(name)
        if form is None or form["type"] == "alias":
            return f"field {name!r} is not in schemas/elasticsearch/{document.collection}.json"
        if value is not None and not _FITS[form["type"]](value, form):
            return f"field {name!r} is no {form['type']}: {str(value)[:80]!r}"
    return None


def _scalars(value: Any) -> list[Any]:
    return [item for item in value if item is not None] if isinstance(value, list) else [value]


def _is_scalar(value: Any, _: Map[str, Any]) -> bool:
    return isinstance(value, str) or all(isinstance(item, str | int | float) for item in _scalars(value))


def _is_number(value: Any, _: Map[str, Any]) -> bool:
    return all(isinstance(item, int | float) and not isinstance(item, bool) for item in _scalars(value))


def _is_boolean(value: Any, _: Map[str, Any]) -> bool:
    return all(isinstance(item, bool) for item in _scalars(value))


def _is_date(value: Any, _: Map[str, Any]) -> bool:
    try:
        return all(milliseconds(item) is not None for item in _scalars(value))
    except (TypeError, ValueError):
        return False


def _is_vector(value: Any, form: Map[str, Any]) -> bool:
    try:
        vector = np.asarray(value, np.float32)
    except (TypeError, ValueError):
        return False
    return vector.shape == (form["dims"],) and bool(0 < float(vector @ vector) < math.inf)


_FITS = {
    "keyword": _is_scalar,
    "text": _is_scalar,
    "date": _is_date,
    "integer": _is_number,
    "long": _is_number,
    "float": _is_number,
    "boolean": _is_boolean,
    "object": lambda _value, _form: True,  # kept as it is, not looked into
    "dense_vector": _is_vector,
}
