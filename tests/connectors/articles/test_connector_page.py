"""Pages to text."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import trafilatura
from hostile import SENTENCES, TEXT, page

from connectors.articles.page import read_page
from connectors.text import tidy

URL = "https://www.example.org/a"
SAMPLE = 60


def test_a_page_gives_text_and_what_it_says_of_itself() -> None:
    linked = {
        "@graph": [
            {"@type": "WebSite"},
            {"datePublished": "2019-06-03T12:00:00+02:00", "author": [{"name": "Jo Doe"}, {"name": "Al Roe"}],
             "publisher": {"name": "The Post"}, "articleSection": ["World"]},
        ]
    }  # fmt: skip
    head = (
        '<link rel="canonical" href="/story"><meta property="og:description" content="In short.">'
        f'<script type="application/ld+json">{json.dumps(linked)}</script>'
        '<script type="application/ld+json">{</script>'
    )
    standfirst = '<p class="standfirst">An editor says it shorter.</p>'
    found = read_page(page(head=head, lang="en-GB").replace(b"</h1>", b"</h1>" + standfirst.encode()), URL)
    assert (found.text, found.title, found.canonical, found.language) == (TEXT, "Pier closes", "/story", "en-GB")
    assert found.published == datetime(2019, 6, 3, 10, 0, tzinfo=UTC)
    assert (found.authors, found.section, found.site_name) == (("Jo Doe", "Al Roe"), "World", "The Post")
    assert (found.description, found.paid) == ("In short.", False)


@pytest.mark.parametrize("body", [b"", b"%PDF-1.4 ...", b"\x89PNG\r\n", b"\xff\xfe\x00", b"<html>", b"{}", b"plain"])
def test_what_is_no_page_gives_no_text(body: bytes) -> None:
    assert len(read_page(body, URL).text) < 40
    assert read_page(page(), URL, "application/pdf").text == ""


def test_pages_in_other_encodings() -> None:
    text = " ".join(SENTENCES).replace("council", "Rat für Häfen")
    body = page(text=text).decode().replace('<meta charset="utf-8">', "").encode("cp1252")
    assert "Rat für Häfen" in read_page(body, URL, "text/html; charset=iso-8859-1").text


def test_extraction_of_real_pages_is_as_good_as_trafilatura_s_default(shared: Path) -> None:
    """F1 over snippets that must and must not be in the text, on a fixed sample of the evaluation set."""
    rows = [json.loads(line) for line in (shared / "pages/index.jsonl").read_text().splitlines()]
    rows = rows[:: len(rows) // SAMPLE][:SAMPLE]
    counts = {"ours": [0, 0, 0], "default": [0, 0, 0]}
    for row in rows:
        body = (shared / "pages" / row["file"]).read_bytes()
        _count(counts["ours"], row, read_page(body, row["url"]).text)
        _count(counts["default"], row, tidy(trafilatura.extract(body, url=row["url"]) or ""))
    scores = {name: _f1(*count) for name, count in counts.items()}
    print(f"\n{len(rows)} pages, F1: {scores}")
    assert scores["ours"] >= scores["default"] - 0.001
    assert scores["ours"] > 0.88


def _count(count: list[int], row: dict[str, Any], text: str) -> None:
    flat = " ".join(text.split())
    wanted = [" ".join(tidy(part).split()) in flat for part in row.get("with", [])]
    unwanted = [" ".join(tidy(part).split()) in flat for part in row.get("without", [])]
    count[0] += sum(wanted)
    count[1] += sum(unwanted)
    count[2] += len(wanted) - sum(wanted)


def _f1(hits: int, noise: int, missed: int) -> float:
    return round(2 * hits / (2 * hits + noise + missed), 4)
