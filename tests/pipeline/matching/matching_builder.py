"""Claims and messages for the tests of matching, with vectors made by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np

from schemas import ids
from schemas.claim import ArticleClaims, Claim, Denial, Entity, Source

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
DIMENSIONS = 8


def claim(
    article: str, text: str, *, denies: Denial | None = None, days: float = 0, names: tuple[str, ...] = ()
) -> Claim:
    """Return a claim that says `text` in `article`, published `days` after START."""
    return Claim(
        claim_id=ids.claim_id(article, 0, len(text), text),
        article_id=article,
        revision=1,
        url=f"https://{article}.example/",
        outlet=article,
        title="",
        published_at=START + timedelta(days=days),
        text=text,
        start=0,
        end=len(text),
        sentence=text,
        sentence_start=0,
        content=text,
        standalone=text,
        source=Source(name="the denier" if denies else "somebody", kind="person"),
        stance="denies" if denies else "asserts",
        denies=denies,
        entities=tuple(Entity(name=name, kind="GPE") for name in names),
    )


def vector(*weights: float) -> np.ndarray:
    """Return a unit vector whose first components are `weights`."""
    row = np.zeros(DIMENSIONS, np.float32)
    row[: len(weights)] = weights
    return row / np.linalg.norm(row)


def message(
    article: str,
    claims: list[Claim],
    vectors: list[np.ndarray],
    *,
    revision: int = 1,
    content: str = "",
    signature: bytes = b"",
) -> ArticleClaims:
    """Return what the claims stage publishes of an article."""
    days = claims[0].published_at if claims else START
    rows = np.stack(vectors) if vectors else np.zeros((0, DIMENSIONS), np.float32)
    return ArticleClaims(
        article_id=article,
        revision=revision,
        outlet=article,
        url=f"https://{article}.example/",
        published_at=days,
        claims=tuple(claims),
        content_hash=content or ids.digest(article, revision, *[it.text for it in claims]),
        vectors=rows.astype("<f2").tobytes(),
        dimensions=DIMENSIONS,
        signature=signature,
    )
