"""Messages as the documents that are kept of them. Pure: no store, no clock.

A body is flat, so that every field of it can be searched and filtered by; what is only shown (members, evidence) is
kept whole beside. The fields are those of `schemas/elasticsearch/`. Versions are the messages' own (revision, version,
time), so a document written twice, or late, changes nothing.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import msgspec
import numpy as np

from connectors.polling.health import health
from pipeline.errors import Unusable
from pipeline.index.mapping import VECTOR, instant
from pipeline.ports import Document
from schemas.alert import Alert
from schemas.article import Article
from schemas.claim import ArticleClaims, Claim
from schemas.cluster import Cluster
from schemas.contradiction import Contradiction
from schemas.cursor import Cursor
from schemas.ids import digest
from schemas.message import Message
from schemas.rejected import Rejected

VECTOR_DECIMALS = 5
"""Half-precision numbers of unit vectors are told apart by fewer; more would only lengthen the JSON."""

KEPT_BYTES = 100_000
"""Bytes of a rejected message that the index keeps: enough to see what it was."""

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def documents(message: Message) -> list[Document]:
    """Return what is kept of a message; of ArticleClaims one document a claim, without its roster (see stage.py).

    Raises Unusable for text that is no Unicode and for vectors that do not fit their claims, TypeError for a message
    that is not kept.
    """
    if isinstance(message, ArticleClaims):
        return claims(message)
    for form, convert in _ONE.items():
        if isinstance(message, form):
            return [convert(message)]
    raise TypeError(f"indexing a message: {type(message).__name__} is not kept in the index")


def article(message: Article) -> Document:
    """An article; its version is its revision."""
    body = _plain(message)
    return Document("articles", message.article_id, message.revision, body)


def claims(message: ArticleClaims) -> list[Document]:
    """The claims of one revision of an article with their vectors; their version is the revision."""
    vectors = _vectors(message)
    return [
        Document("claims", claim.claim_id, message.revision, claim_body(claim, message.revision) | vector)
        for claim, vector in zip(message.claims, vectors, strict=True)
    ]


def claim_body(claim: Claim, revision: int) -> dict[str, Any]:
    """A claim's body without its vector."""
    body = _plain(claim)
    del body["denies"]
    source, reporter, denies = claim.source, claim.reporter, claim.denies
    return body | {
        "revision": revision,
        "status": "open",
        "source": source.name,
        "kind": source.kind,
        "source_text": source.text,
        "reporter": reporter.name if reporter else None,
        "reporter_kind": reporter.kind if reporter else None,
        "who": _distinct((source.name, source.text, reporter.name if reporter else None)),
        "denies_claim_id": denies.claim_id if denies else None,
        "denies_text": denies.text if denies else None,
        "entities": _distinct(entity.name for entity in claim.entities),
        "named": body["entities"],
        "stands_for": _distinct(entity.stands_for for entity in claim.entities),
    }


def cluster(message: Cluster) -> Document:
    """A cluster; merged and empty ones are kept with their status, and searches leave them out."""
    members = message.members
    body = _plain(message) | {
        "quotes": _distinct(member.quote for member in members),
        "titles": _distinct(member.title for member in members),
        "who": _distinct((*message.asserters, *message.deniers)),
        "article_ids": _distinct(member.article_id for member in members),
        "size": len(message.claims),
        "outlet_count": len(message.outlets),
        "sources": _distinct(member.source.name for member in members),
        "kinds": _distinct(member.source.kind for member in members),
        "stances": _distinct(member.stance for member in members),
    }
    return Document("clusters", message.cluster_id, message.version, body)


def contradiction(message: Contradiction) -> Document:
    """A contradiction; its flat fields cover all its evidence, not only the strongest."""
    sides = [message.a, message.b, *(side for proof in message.evidence for side in (proof.a, proof.b))]
    body = _plain(message) | {
        "quotes": _distinct(side.quote for side in sides),
        "titles": _distinct(side.title for side in sides),
        "who": _distinct(side.source for side in sides),
        "evidence_count": len(message.evidence),
        "outlets": _distinct((*message.outlets, *(side.outlet for side in sides))),
        "sources": _distinct(side.source for side in sides),
        "claim_ids": _distinct(side.claim_id for side in sides),
        "article_ids": _distinct(side.article_id for side in sides),
        "cluster_ids": _distinct(side.cluster_id for side in sides),
    }
    return Document("contradictions", message.contradiction_id, message.version, body)


def alert(message: Alert) -> Document:
    """An alert and how far it has come; what its contradiction is about can be searched for."""
    return Document("alerts", message.alert_id, message.version, _plain(message) | _about(message.contradiction))


def rejected(message: Rejected) -> Document:
    """A message that a stage could not use; its bytes are kept up to KEPT_BYTES, the whole lies on the topic."""
    body = {
        **{name: getattr(message, name) for name in ("rejected_id", "stage", "topic", "partition", "offset", "error")},
        "explanation": message.reason,
        "rejected_at": message.rejected_at.isoformat(),
        "key": message.key.decode(errors="replace") if message.key else None,
        "raw": base64.b64encode(message.raw[:KEPT_BYTES]).decode(),
        "bytes": len(message.raw),
        "status": "open",
    }
    return Document("rejected", message.rejected_id, instant(message.rejected_at), body)


def _about(told: Contradiction | None) -> dict[str, Any]:
    if told is None:
        return {}
    sides = (told.a, told.b)
    return {
        "kind": told.kind,
        "kinds": list(told.kinds),
        "score": told.score,
        "outlets": _distinct((*told.outlets, *(side.outlet for side in sides))),
        "sources": _distinct(side.source for side in sides),
        "entities": list(told.entities),
    }


def feed(message: Cursor) -> Document:
    """How a feed is, without the entries seen; its version is the time of the last poll in milliseconds since 1970.

    Its health is that of the last poll: whether polls are overdue depends on when one asks.
    """
    names = (
        "feed_url",
        "title",
        "outlet",
        "polled_at",
        "succeeded_at",
        "next_poll_at",
        "failures",
        "state",
        "articles",
        "interval_seconds",
        "moved_to",
        "ended",
    )
    body = {name: _jsonable(getattr(message, name)) for name in names}
    how = health(message, message.polled_at or _NEVER)
    body |= {
        "entries": len(message.seen),
        "health": how.state,
        "reason": how.reason,
        "expected_per_day": how.expected,
        "real_per_day": how.real,
        "silent_seconds": how.silent_seconds,
        "tolerated_seconds": how.tolerated_seconds,
        "rhythm": msgspec.to_builtins(message.rhythm),
    }
    version = instant(message.polled_at) if message.polled_at else 0
    return Document("feeds", feed_id(message.feed_url), version, body)


def feed_id(feed_url: str) -> str:
    """Id of a feed's document: a digest, for a URL may be longer than an id can be."""
    return digest("feed", feed_url)


def _plain(message: Message) -> dict[str, Any]:
    try:
        body: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(message))
    except UnicodeEncodeError as error:
        raise Unusable(
            f"indexing a {type(message).__name__}: its text is no Unicode ({error}); read it again"
        ) from error
    for envelope in ("message", "v"):
        body.pop(envelope)
    return body


def _jsonable(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _distinct(values: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


def _vectors(message: ArticleClaims) -> list[dict[str, list[float]]]:
    """One {"vector": …} a claim, empty where there is none that can be searched (no direction, not finite)."""
    if not message.vectors:
        return [{} for _ in message.claims]
    expected = len(message.claims) * message.dimensions * 2
    if len(message.vectors) != expected:
        raise Unusable(
            f"indexing claims of article {message.article_id}: {len(message.vectors)} bytes of vectors instead of "
            f"{expected} ({len(message.claims)} claims × {message.dimensions} × 2); extract its claims again"
        )
    rows = np.frombuffer(message.vectors, dtype="<f2").reshape(len(message.claims), message.dimensions)
    return [_vector(row.astype(np.float64)) for row in rows]


def _vector(row: np.ndarray[Any, np.dtype[np.float64]]) -> dict[str, list[float]]:
    rounded = row.round(VECTOR_DECIMALS)
    return {VECTOR: rounded.tolist()} if np.isfinite(rounded).all() and rounded.any() else {}


_ONE: dict[type[Message], Any] = {
    Article: article,
    Cluster: cluster,
    Contradiction: contradiction,
    Alert: alert,
    Cursor: feed,
    Rejected: rejected,
}
