"""The extractor, loaded once, and articles to read."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.claims.extract import ClaimExtractor
from schemas import ids
from schemas.article import Article

SHARED = Path(__file__).parents[3] / "../shared/data"
PUBLISHED = datetime(2019, 6, 4, 12, tzinfo=UTC)  # a Tuesday

ArticleOf = Callable[..., Article]


def article_of(text: str, language: str | None = "en") -> Article:
    url = "https://outlet.example/a"
    return Article(
        article_id=ids.article_id(url),
        url=url,
        outlet="The Outlet",
        title="",
        text=text,
        published_at=PUBLISHED,
        fetched_at=PUBLISHED,
        content_hash=ids.content_hash("", text),
        language=language,
    )


@pytest.fixture(scope="session")
def extractor() -> ClaimExtractor:
    return ClaimExtractor()


@pytest.fixture(scope="session")
def make_article() -> ArticleOf:
    return article_of


@pytest.fixture(scope="session")
def seed_text() -> str:
    """The body of the seed article without its markdown."""
    text = (SHARED / "seed/article.md").read_text(encoding="utf-8")
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"^#+\s*|\*+|[<>\\]", "", text, flags=re.MULTILINE)


@pytest.fixture(scope="session")
def shared() -> Path:
    return SHARED
