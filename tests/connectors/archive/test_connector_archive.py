"""Articles of a file: what is taken, what is made up for, what is refused with its line number."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from connectors.archive import BadLine, read_articles
from schemas.article import Article

NOW = datetime(2026, 1, 2, tzinfo=UTC)
WHOLE = {
    "url": "http://herald.example/a", "title": "On Rostec", "text": "Rostec denies it.", "outlet": "Herald",
    "published_at": "2019-06-03T14:05:00+02:00",
}  # fmt: skip


def read(tmp_path: Path, *lines: Any, name: str = "in.jsonl") -> list[Article | BadLine]:
    raw = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    (tmp_path / name).write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
    return list(read_articles(tmp_path / name, NOW))


@pytest.mark.parametrize("name", ["in.jsonl", "in.jsonl.gz"])
def test_a_whole_line_is_an_article(name: str, tmp_path: Path) -> None:
    (article,) = read(tmp_path, WHOLE, name=name)
    assert isinstance(article, Article)
    assert (article.text, article.outlet, article.revision) == ("Rostec denies it.", "Herald", 1)
    assert (article.published_at, article.published_from) == (datetime(2019, 6, 3, 12, 5, tzinfo=UTC), "given")


def test_the_same_url_with_other_text_is_a_revision(tmp_path: Path) -> None:
    found = read(tmp_path, WHOLE, WHOLE, {**WHOLE, "text": "Rostec does not deny it."})
    assert [a.revision for a in found if isinstance(a, Article)] == [1, 1, 2]
    assert len({a.article_id for a in found if isinstance(a, Article)}) == 1


def test_html_may_stand_in_place_of_text(tmp_path: Path) -> None:
    page = "<html><body><article><p>" + "Rostec cut its staff in Venezuela. " * 20 + "</p></article></body></html>"
    (article,) = read(tmp_path, {**WHOLE, "text": None, "html": page})
    assert isinstance(article, Article)
    assert "cut its staff" in article.text


@pytest.mark.parametrize("cut", [b"", b"no gzip at all"])
def test_a_broken_gzip_file_is_named(cut: bytes, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl.gz"
    file.write_bytes(cut or gzip.compress(json.dumps(WHOLE).encode() * 500)[:-20])
    *_, bad = read_articles(file, NOW)
    assert isinstance(bad, BadLine)
    assert "no whole gzip file" in bad.reason


def test_null_is_as_good_as_missing(tmp_path: Path) -> None:
    named = ("title", "outlet", "published_at", "authors", "section", "credit", "language", "html", "revision")
    (article,) = read(tmp_path, {**WHOLE, **dict.fromkeys(named)})
    assert isinstance(article, Article)
    assert (article.title, article.outlet, article.authors, article.published_from) == ("", "unknown", (), "fetched")


def test_a_time_to_come_is_not_believed(tmp_path: Path) -> None:
    (article,) = read(tmp_path, {**WHOLE, "published_at": "2031-01-01T00:00:00Z"})
    assert isinstance(article, Article)
    assert (article.published_at, article.published_from) == (NOW, "fetched")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "line 2"),
        (b"\xff\xfe\x00", "line 2"),
        (b'["not", "an", "object"]', "line 2"),
        ({**WHOLE, "text": 7}, "text"),
        ({"text": "no name"}, "neither url nor id"),
        ({**WHOLE, "text": None}, "neither text nor html"),
        ({**WHOLE, "published_at": "yesterday"}, "2019-06-03T14:05:00Z"),
        ({**WHOLE, "published_at": "0001-01-01T00:00:00+14:00"}, "2019-06-03T14:05:00Z"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_is_read(line: Any, reason: str, tmp_path: Path) -> None:
    before, bad, after = read(tmp_path, WHOLE, line, {**WHOLE, "url": "http://herald.example/b"})
    assert isinstance(before, Article)
    assert isinstance(after, Article)
    assert isinstance(bad, BadLine)
    assert bad.number == 2
    assert reason in bad.reason
