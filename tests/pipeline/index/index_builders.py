"""Messages and documents of a small story, as the tests need them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from pipeline.ports import Document
from schemas.alert import Alert
from schemas.article import Article
from schemas.claim import ArticleClaims, Claim, Denial, Entity, Quantity, Source
from schemas.cluster import Cluster, Member
from schemas.contradiction import Contradiction, Evidence, Side
from schemas.cursor import Cursor, SeenEntry
from schemas.ids import article_id, claim_id
from schemas.rejected import Rejected

NOON = datetime(2019, 6, 3, 12, tzinfo=UTC)
URL = "https://daily.example/russia-venezuela"


def hours(count: float) -> datetime:
    return NOON + timedelta(hours=count)


def direction(place: int, lean: float = 0.0) -> list[float]:
    """A unit vector along one axis, leaning towards the next one: cosines are known by hand."""
    vector = [0.0] * 384
    vector[place] = (1 - lean**2) ** 0.5
    vector[place + 1] = lean
    return vector


def document(id: str, text: str = "Russia cut its staff in Venezuela.", version: int = 1, **fields: Any) -> Document:
    """A claim as handwritten as a claim can be."""
    body = {"claim_id": id, "status": "open", "standalone": text, "published_at": NOON.isoformat()}
    return Document("claims", id, version, body | fields)


def claim(text: str, url: str = URL, revision: int = 1, **fields: Any) -> Claim:
    values: dict[str, Any] = {
        "claim_id": claim_id(article_id(url), 0, len(text), text),
        "article_id": article_id(url),
        "revision": revision,
        "url": url,
        "outlet": "The Daily",
        "title": "Russia withdraws key defence support",
        "published_at": NOON,
        "text": text,
        "start": 0,
        "end": len(text),
        "sentence": f"{text}, a person close to the ministry said.",
        "sentence_start": 0,
        "content": text,
        "standalone": text,
        "source": Source(name="Rostec", kind="organisation", text="the firm"),
        "stance": "asserts",
        "cue": "said",
        "entities": (Entity(name="Venezuela", kind="GPE"), Entity(name="Rostec", kind="ORG")),
        "quantities": (Quantity(text="about 1,000", low=900.0, high=1100.0, approximate=True, counted="staff"),),
        "checkworthy": 0.8,
        "language": "en",
    }
    return Claim(**values | fields)


def full_claim() -> Claim:
    """A claim with every field filled."""
    return claim(
        "no such cuts",
        stance="denies",
        reporter=Source(name="TASS", kind="outlet"),
        denies=Denial(claim_id="ab" * 16, text="cut its staff"),
        credit="Reuters",
        entities=(Entity(name="Moscow", kind="GPE", stands_for="Russia"),),
        event_start=date(2019, 6, 1),
        event_end=date(2019, 6, 30),
    )


def article_claims(*texts: str, url: str = URL, revision: int = 1, vectors: bool = True) -> ArticleClaims:
    rows = np.array([direction(place) for place in range(len(texts))], "<f2")
    return ArticleClaims(
        article_id=article_id(url),
        revision=revision,
        outlet="The Daily",
        url=url,
        published_at=NOON,
        claims=tuple(claim(text, url, revision) for text in texts),
        content_hash=f"{revision:032x}",
        vectors=rows.tobytes() if vectors else b"",
    )


def article(revision: int = 1, **fields: Any) -> Article:
    values: dict[str, Any] = {
        "article_id": article_id(URL),
        "url": URL,
        "outlet": "The Daily",
        "title": "Russia withdraws key defence support",
        "text": "Rostec cut its staff to a few dozen.\n\nThe firm denies it.",
        "published_at": NOON,
        "fetched_at": hours(1),
        "content_hash": "c" * 32,
        "revision": revision,
        "feed": "https://daily.example/rss",
        "language": "en",
        "authors": ("A. Writer",),
        "section": "World",
        "summary": "Few are left.",
        "credit": "Reuters",
    }
    return Article(**values | fields)


def member(claim: Claim) -> Member:
    return Member(
        claim_id=claim.claim_id,
        article_id=claim.article_id,
        url=claim.url,
        outlet=claim.outlet,
        title=claim.title,
        source=claim.source,
        stance=claim.stance,
        quote=claim.text,
        sentence=claim.sentence,
        published_at=claim.published_at,
    )


def cluster(version: int = 1, **fields: Any) -> Cluster:
    claims = (
        claim("Rostec cut its staff to a few dozen"),
        claim("Russia removed most of its people", "https://b.example/1"),
    )
    values: dict[str, Any] = {
        "cluster_id": "c1" * 16,
        "version": version,
        "headline": "Rostec cut its staff in Venezuela to a few dozen",
        "claims": tuple(one.claim_id for one in claims),
        "members": tuple(member(one) for one in claims),
        "outlets": ("The Daily",),
        "independent_sources": 1,
        "asserters": ("Rostec", "Donald Trump"),
        "deniers": ("Vladimir Zaemsky",),
        "first_seen": NOON,
        "last_seen": hours(2),
        "entities": ("Venezuela",),
        "suggested": ("d1" * 16,),
        "contradictions": ("e1" * 16,),
    }
    return Cluster(**values | fields)


def side(claim: Claim, cluster_id: str) -> Side:
    return Side(
        claim_id=claim.claim_id,
        article_id=claim.article_id,
        url=claim.url,
        outlet=claim.outlet,
        title=claim.title,
        source=claim.source.name,
        quote=claim.text,
        sentence=claim.sentence,
        quote_start=0,
        published_at=claim.published_at,
        cluster_id=cluster_id,
    )


def contradiction(version: int = 1, **fields: Any) -> Contradiction:
    a = side(claim("Rostec cut its staff to a few dozen"), "c1" * 16)
    b = side(claim("there is no talk of any cuts", "https://b.example/2", outlet="Envoy Times"), "c2" * 16)
    reasons = ("the envoy denies any cuts",)
    values: dict[str, Any] = {
        "contradiction_id": "e1" * 16,
        "version": version,
        "kind": "denial",
        "kinds": ("denial", "quantity"),
        "score": 0.9,
        "reasons": reasons,
        "first_seen": NOON,
        "last_seen": hours(3),
        "a": a,
        "b": b,
        "evidence": (Evidence(kind="denial", score=0.9, reasons=reasons, a=a, b=b),),
        "outlets": ("The Daily", "Envoy Times"),
        "entities": ("Venezuela",),
    }
    return Contradiction(**values | fields)


def alert() -> Alert:
    return Alert(
        alert_id="f1" * 16,
        contradiction_id="e1" * 16,
        rule="all",
        channel="log",
        text="Rostec against the envoy: a few dozen, or no cuts at all",
        created_at=hours(4),
        told_at=hours(4),
        contradiction=contradiction(),
    )


def rejected() -> Rejected:
    return Rejected(
        rejected_id="d1" * 16, stage="claims", topic="articles", partition=3, offset=17, reason="it is no JSON",
        error="DecodeError", rejected_at=hours(5), key=b"k", raw=b"\xff{",
    )  # fmt: skip


def cursor(**fields: Any) -> Cursor:
    seen = SeenEntry(
        article_id=article_id(URL), content_hash="c" * 32, revision=1, entry_hash="h" * 32, last_listed=NOON
    )
    values: dict[str, Any] = {
        "feed_url": "https://daily.example/rss",
        "title": "The Daily",
        "outlet": "The Daily",
        "seen": {"1": seen},
        "polled_at": hours(1),
        "succeeded_at": hours(1),
        "state": "ok",
    }
    return Cursor(**values | fields)
