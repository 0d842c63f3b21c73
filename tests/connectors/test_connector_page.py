"""Pages to text, in workers that survive what pages do."""

from __future__ import annotations

import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import trafilatura
from hostile import SENTENCES, TEXT, page

from connectors import extraction
from connectors.extraction import ExtractionError, ExtractionStopped, Workers
from connectors.page import read_page
from connectors.text import tidy
from pipeline.errors import Unusable

URL = "https://www.example.org/a"
SAMPLE = 60


def sleep_long() -> None:
    time.sleep(60)


def die() -> None:
    os._exit(1)


def fail() -> None:
    raise RecursionError("too deep")


def refuse() -> None:
    raise Unusable("no good")


def answer() -> int:
    return os.getpid()


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


def test_a_worker_that_hangs_dies_or_fails_costs_its_page_only() -> None:
    with Workers(1, timeout_seconds=1.0) as workers:
        first = workers.run(answer)
        assert workers.run(answer) == first
        with pytest.raises(ExtractionError, match="RecursionError"):
            workers.run(fail)
        with pytest.raises(Unusable):
            workers.run(refuse)
        assert workers.run(answer) == first
        begun = time.monotonic()
        with pytest.raises(ExtractionError, match="more than 1 s"):
            workers.run(sleep_long)
        assert time.monotonic() - begun < 5
        second = workers.run(answer)
        with pytest.raises(ExtractionError, match="crashed"):
            workers.run(die)
        assert len({first, second, workers.run(answer)}) == 3


def test_workers_are_replaced_and_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "TASKS_PER_WORKER", 2)
    workers = Workers(1)
    assert len({workers.run(answer) for _ in range(4)}) == 2
    workers.stop()
    with pytest.raises(ExtractionStopped):
        workers.run(answer)
