"""What a person means by an id or its first characters: a contradiction, a cluster, a claim, or a pair of claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.errors import Unusable
from pipeline.index.kept import contradiction_of
from pipeline.ports import Collection, Index, Query

MIN_CHARS = 6
"""Fewest characters of an id: of 100,000 claims one in 170 shares its first six with another."""
TOLD = 10
"""Ids that are told where several begin alike."""
PAGE = 500
SCANNED = 10_000
"""Newest contradictions that are looked through for a pair, which has no document of its own."""

_STATUSES: Mapping[Collection, tuple[str, ...]] = {
    "contradictions": ("open", "resolved", "superseded"),
    "clusters": ("open", "merged"),
    "claims": ("open", "superseded"),
}


@dataclass(frozen=True)
class Named:
    """What was found: `what` is its kind, `body` its document; of a pair that of a contradiction which holds it."""

    what: str
    id: str
    body: Mapping[str, Any]


def find_named(index: Index, given: str) -> Named:
    """Return the one thing whose id begins with `given`; pairs are looked for when nothing else does.

    Raises Unusable when there is none, or more than one; Retryable when the store is away.
    """
    found = [named for collection in _STATUSES for named in _beginning(index, collection, given)]
    return _only(given, found or list(_pairs(index, given)))


def find_claim(index: Index, given: str) -> Named:
    """Return the one claim whose id begins with `given`. Raises as `find_named` does."""
    return _only(given, _beginning(index, "claims", given))


def _beginning(index: Index, collection: Collection, given: str) -> list[Named]:
    query = Query(collection, id_prefix=given, where={"status": _STATUSES[collection]}, limit=TOLD)
    return [Named(collection[:-1], hit.id, hit.body) for hit in index.search(query).hits]


def _pairs(index: Index, given: str) -> Iterator[Named]:
    """Yield the pairs that begin so, each once, with the newest contradiction that holds it, open ones first."""
    seen = set[str]()
    for body in (*_newest(index, "open"), *_newest(index, "resolved", "superseded")):
        for evidence in contradiction_of(body).evidence:
            if evidence.pair_id.startswith(given) and evidence.pair_id not in seen:
                seen.add(evidence.pair_id)
                yield Named("pair", evidence.pair_id, body)


def _newest(index: Index, *statuses: str) -> Iterator[Mapping[str, Any]]:
    for offset in range(0, SCANNED, PAGE):
        query = Query("contradictions", where={"status": statuses}, sort="newest", limit=PAGE, offset=offset)
        hits = index.search(query).hits
        yield from (hit.body for hit in hits)
        if len(hits) < PAGE:
            return


def _only(given: str, found: list[Named]) -> Named:
    if not found:
        raise Unusable(
            f"looking up {given}: no contradiction, cluster or claim in the index begins so, and no pair of its newest "
            f"{SCANNED:,} contradictions; ids stand in alerts and in `crossclaim search WORDS --json`"
        )
    if len(found) > 1:
        named = ", ".join(f"{it.what} {it.id}" for it in found[:TOLD])
        raise Unusable(f"looking up {given}: more than one thing begins so ({named}); give more characters of the id")
    return found[0]
