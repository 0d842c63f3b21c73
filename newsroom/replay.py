"""The newsroom without its server: the lines that `crossclaim replay` reads."""

import json
from pathlib import Path
from typing import TypedDict
from urllib.parse import urlsplit

from newsroom import prose
from newsroom.corpus import load
from newsroom.errors import NewsroomError
from newsroom.model import Article, Corpus

DEFAULT_BASE_URL = "http://127.0.0.1:8700"


class ArticleLine(TypedDict):
    """One revision of one article, as `crossclaim replay` takes it."""

    url: str
    title: str
    text: str
    published_at: str
    outlet: str


def articles(
    base_url: str = DEFAULT_BASE_URL, round: int | None = None, *, corpus: Corpus | None = None
) -> list[ArticleLine]:
    """Every revision published up to `round` (all, where it is not given), in the order in which they came out.

    `base_url` is the plain host's; only its port is used, for the outlets' own URLs. A corrected article is there
    twice with one URL, the wrong text first.
    """
    corpus = corpus or load()
    port = _port(base_url)
    released = corpus.released(corpus.last_round if round is None else round)
    return [_line(article, corpus, port) for article in released]


def export(path: Path, base_url: str = DEFAULT_BASE_URL, round: int | None = None) -> int:
    """Write those articles as JSON lines and return how many there are."""
    lines = articles(base_url, round)
    try:
        path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise NewsroomError(f"exporting the articles to {path}: {error.strerror}") from error
    return len(lines)


def _line(article: Article, corpus: Corpus, port: int) -> ArticleLine:
    outlet = corpus.outlets[article.outlet]
    return ArticleLine(
        url=outlet.url(port) + article.path,
        title=article.title,
        text="\n\n".join(prose.plain(paragraph) for paragraph in article.paragraphs),
        published_at=f"{article.published:%Y-%m-%dT%H:%M:%SZ}",
        outlet=outlet.name,
    )


def _port(base_url: str) -> int:
    try:
        return urlsplit(base_url).port or 80
    except ValueError as error:
        raise NewsroomError(f"exporting the articles: {base_url!r} is not a URL with a port: {error}") from error
