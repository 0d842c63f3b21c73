"""How the labelled texts are read: the one file here that knows the inside of the claims stage.

Quantities and wordings are labelled in sentences whether or not these are worth checking. So that a measure of the one
is not a measure of the other, a sentence can be read as if it were worth checking; all else is as in an article.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from pipeline.claims.assembly import finished
from pipeline.claims.extract import ClaimExtractor, _units
from pipeline.claims.figures.quantities import quantities
from pipeline.claims.saying.speakers import Unit, sayings
from pipeline.claims.selection import MAX_CLAIMS
from schemas import ids
from schemas.article import Article
from schemas.claim import Claim, Quantity

PUBLISHED = datetime(2026, 3, 18, 12, tzinfo=UTC)


def article_of(text: str, published: datetime = PUBLISHED) -> Article:
    """Return an article of an invented outlet."""
    url = "https://outlet.example/a"
    return Article(
        article_id=ids.article_id(url),
        url=url,
        outlet="The Outlet",
        title="",
        text=text,
        published_at=published,
        fetched_at=published,
        content_hash=ids.content_hash("", text),
        language="en",
    )


def figures(extractor: ClaimExtractor, text: str) -> list[Quantity]:
    """Return all quantities of a text; `start` and `end` are offsets in it."""
    units = _worthy(text, lambda unit: True)
    extractor._parse(text, units)
    return [found for unit in units if unit.parsed for found in quantities(unit.parsed, text, 0, len(text))]


def claims_at(extractor: ClaimExtractor, article: Article, start: int, end: int) -> list[Claim]:
    """Return the claims of the sentence between two offsets, as if it were worth checking."""
    units = _worthy(article.text, lambda unit: unit.sentence.start < end and start < unit.sentence.end)
    extractor._parse(article.text, units)
    drafts = extractor._drafts(article, units, sayings(article.text, units))
    claims = finished(article, drafts, MAX_CLAIMS, enough=0.0)
    return [claim for claim in claims if claim.start < end and start < claim.end]


def _worthy(text: str, chosen: Callable[[Unit], bool]) -> list[Unit]:
    units = _units(text)
    for unit in units:
        if chosen(unit):
            unit.worth, unit.kind = 1.0, "factual"
    return units
