"""What the pages ask of the index, as messages rather than dictionaries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import msgspec

from pipeline.ports import Collection, Index, Query
from schemas.claim import Claim
from schemas.cluster import Cluster
from schemas.contradiction import Contradiction
from schemas.cursor import Cursor
from schemas.message import Message

M = TypeVar("M", bound=Message)

Encode = Callable[[str], Sequence[float]]
"""Words to a vector of unit length."""

_FORMS: dict[type[Message], Collection] = {
    Claim: "claims",
    Cluster: "clusters",
    Contradiction: "contradictions",
    Cursor: "feeds",
}

_HOPS = 32
"""Merges followed before giving up; a chain this long has never been seen, an endless one must end."""


@dataclass(frozen=True)
class Found(Generic[M]):
    """One message found, with its highlighted fragments by field."""

    message: M
    highlights: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Listing(Generic[M]):
    """The messages asked for and how many there are in all."""

    items: tuple[Found[M], ...] = ()
    total: int = 0

    @property
    def messages(self) -> tuple[M, ...]:
        return tuple(item.message for item in self.items)


def search(index: Index, form: type[M], query: Query) -> Listing[M]:
    """Return what the query finds, as messages of `form`."""
    results = index.search(query)
    return Listing(tuple(Found(_read(hit.body, form), hit.highlights) for hit in results.hits), results.total)


def newest(index: Index, form: type[M], limit: int, offset: int = 0, **where: str | Sequence[str]) -> Listing[M]:
    """Return the newest messages whose keyword fields hold what `where` says."""
    query = Query(_FORMS[form], where=where, sort="newest", limit=limit, offset=offset)
    return search(index, form, query)


def one(index: Index, form: type[M], message_id: str) -> M | None:
    """Return a message by its id, None when there is none."""
    return some(index, form, (message_id,)).get(message_id)


def some(index: Index, form: type[M], ids: Sequence[str]) -> dict[str, M]:
    """Return those messages that exist, by id and in the order asked for."""
    if not ids:
        return {}
    bodies = index.get(_FORMS[form], list(dict.fromkeys(ids)))
    return {key: _read(bodies[key], form) for key in ids if key in bodies}


def total(index: Index, collection: Collection) -> int:
    """Return how many documents there are that still stand."""
    return index.search(Query(collection, sort="newest", limit=1)).total


def current_cluster(index: Index, cluster_id: str) -> Cluster | None:
    """Return the cluster that holds this one's claims now, merges followed."""
    return _follow(index, Cluster, cluster_id, lambda cluster: cluster.merged_into)


def current_contradiction(index: Index, contradiction_id: str) -> Contradiction | None:
    """Return the contradiction that stands for this one now."""
    return _follow(index, Contradiction, contradiction_id, lambda contradiction: contradiction.superseded_by)


def _follow(index: Index, form: type[M], start: str, successor: Callable[[M], str | None]) -> M | None:
    """Return the last message of the chain that can be read; a chain that bites its tail ends after `_HOPS`."""
    found = one(index, form, start)
    for _ in range(_HOPS):
        following = successor(found) if found else None
        after = one(index, form, following) if following else None
        if after is None:
            break
        found = after
    return found


def claims(index: Index, ids: Sequence[str]) -> dict[str, Claim]:
    """Return those claims that exist, by id, whether their articles still make them or not."""
    return {id: _read(body, Claim) for id, body in index.get("claims", ids).items() if "claim_id" in body}


def texts(index: Index, article_ids: Sequence[str]) -> dict[str, str]:
    """Return the texts of those articles that exist."""
    return {id: str(body.get("text") or "") for id, body in index.get("articles", list(article_ids)).items()}


def claim(index: Index, claim_id: str) -> tuple[Claim, bool] | None:
    """Return a claim and whether its article still makes it."""
    body = index.get("claims", [claim_id]).get(claim_id)
    if body is None or "claim_id" not in body:
        # Beside claims the collection holds rosters, which list an article's claims and are no page of their own.
        return None
    return _read(body, Claim), body.get("status", "open") == "open"


def _read(body: Mapping[str, Any], form: type[M]) -> M:
    return msgspec.convert(_unflattened(body) if form is Claim else dict(body), form)


def _unflattened(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a claim's body in the shape of its message: the index keeps source, reporter and denial as flat fields."""
    reporter, kind = body.get("reporter"), body.get("reporter_kind")
    denial = {"claim_id": body.get("denies_claim_id"), "text": body.get("denies_text")}
    return {
        **body,
        "source": {"name": body["source"], "kind": body["kind"], "text": body.get("source_text")},
        "reporter": {"name": reporter, "kind": kind or "outlet"} if reporter else None,
        "denies": denial if any(denial.values()) else None,
        "entities": [{"name": name, "kind": ""} for name in body.get("entities", ())],
    }
