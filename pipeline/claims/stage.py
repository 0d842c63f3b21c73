"""An article's claims with what is needed to compare them: one vector a claim, one signature for the article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import numpy.typing as npt

from pipeline.claims.signature import signature
from schemas.article import Article
from schemas.claim import ArticleClaims

if TYPE_CHECKING:
    from pipeline.claims.extract import ClaimExtractor  # it loads spaCy, which takes seconds

Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]
"""n texts → (n, dimensions) float32, rows of unit length."""

ReadClaims = Callable[[Article], ArticleClaims]


def claims_reader(extractor: ClaimExtractor, encode: Encode) -> ReadClaims:
    """Return the function that reads an article's claims."""

    def read(article: Article) -> ArticleClaims:
        claims = tuple(
            msgspec.structs.replace(claim, credit=article.credit, owner=article.owner)
            if article.credit or article.owner
            else claim
            for claim in extractor.extract(article)
        )
        vectors: npt.NDArray[Any] = encode([claim.standalone for claim in claims]).astype("<f2")
        return ArticleClaims(
            article_id=article.article_id,
            revision=article.revision,
            outlet=article.outlet,
            url=article.url,
            published_at=article.published_at,
            content_hash=article.content_hash,
            credit=article.credit,
            owner=article.owner,
            claims=claims,
            vectors=vectors.tobytes(),
            dimensions=vectors.shape[1],
            signature=signature(article.text),
        )

    return read
