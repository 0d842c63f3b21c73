"""Pairs of claims for the tests of the judge."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from schemas import ids
from schemas.claim import Claim, Denial, Entity, Quantity, Source
from schemas.pair import Pair

START = datetime(2019, 6, 3, 9, tzinfo=UTC)


def claim(text: str, outlet: str = "Ledger", *, hours: float = 0, **fields: Any) -> Claim:
    """Return a claim that says `text`; `fields` replace the defaults."""
    article = f"{outlet}:{text}"
    values: dict[str, Any] = {
        "claim_id": ids.claim_id(article, 0, len(text), text),
        "article_id": article,
        "revision": 1,
        "url": f"https://{outlet}.example/",
        "outlet": outlet,
        "title": "",
        "published_at": START + timedelta(hours=hours),
        "text": text,
        "start": 0,
        "end": len(text),
        "sentence": text,
        "sentence_start": 0,
        "content": text,
        "standalone": text,
        "source": Source(name=outlet, kind="outlet"),
        "stance": "asserts",
    }
    return Claim(**{**values, **fields})


def pair(a: Claim, b: Claim, similarity: float = 0.75) -> Pair:
    """Return two claims as a pair, the earlier first."""
    first, second = sorted((a, b), key=lambda it: (it.published_at, it.claim_id))
    return Pair(pair_id=ids.pair_id(a.claim_id, b.claim_id), a=first, b=second, similarity=similarity)


def entities(*names: str, kind: str = "GPE") -> tuple[Entity, ...]:
    """Return entities of one kind."""
    return tuple(Entity(name=name, kind=kind) for name in names)


def figure(text: str, low: float | None, high: float | None, counted: str | None, **more: Any) -> Quantity:
    """Return a figure."""
    return Quantity(text=text, low=low, high=high, counted=counted, **more)


def denial_of(other: Claim) -> Denial:
    """Return a denial that points to `other`."""
    return Denial(claim_id=other.claim_id, text=other.text)
