"""WARC files, saved feeds and pages, folders of them; what is torn, packed or empty says so."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hostile import item, page, rss
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from connectors.archive import BadLine, read_articles
from schemas.article import Article

NOW = datetime(2026, 1, 2, tzinfo=UTC)
KEPT = datetime(2019, 6, 4, 8, 30, tzinfo=UTC)
TEXT = "The harbour authority denied on Monday that the crane had been inspected before it fell. " * 8


def warc(path: Path, *pages: tuple[str, str, str], gzipped: bool = True) -> Path:
    """Write a WARC file: a warcinfo record, and for each page (path, status, content type) its request and response."""
    packed = io.BytesIO()
    writer = WARCWriter(packed, gzip=gzipped)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    for name, status, kind in pages:
        url = f"https://herald.example/{name}"
        request = StatusAndHeaders(f"GET /{name} HTTP/1.1", [("Host", "herald.example")], is_http_request=True)
        writer.write_record(writer.create_warc_record(url, "request", http_headers=request))
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        body = io.BytesIO(page(name))
        date = {"WARC-Date": "2019-06-04T08:30:00Z"}
        writer.write_record(
            writer.create_warc_record(url, "response", payload=body, http_headers=headers, warc_headers_dict=date)
        )
    path.write_bytes(packed.getvalue())
    return path


def articles(found: list[Article | BadLine]) -> list[Article]:
    return [it for it in found if isinstance(it, Article)]


def bad(found: list[Article | BadLine]) -> list[str]:
    return [it.reason for it in found if isinstance(it, BadLine)]


@pytest.mark.parametrize("gzipped", [True, False])
def test_the_pages_of_a_warc_file_are_articles_of_their_time(gzipped: bool, tmp_path: Path) -> None:
    kinds = [
        ("a", "200 OK", "text/html; charset=utf-8"),
        ("b", "404 Not Found", "text/html"),
        ("c", "200 OK", "image/png"),
    ]
    file = warc(
        tmp_path / ("in.warc.gz" if gzipped else "in.warc"), *kinds, ("a", "200 OK", "text/html"), gzipped=gzipped
    )
    found = list(read_articles(file, NOW))
    assert bad(found) == []
    assert [(it.url, it.revision, it.fetched_at) for it in articles(found)] == [
        ("https://herald.example/a", 1, KEPT)
    ] * 2
    assert "northern pier" in articles(found)[0].text


@pytest.mark.parametrize("gzipped", [True, False])
@pytest.mark.parametrize("cut", [40, 300, 700, 1_500])
def test_a_torn_warc_file_gives_what_is_whole_and_says_where_it_ends(gzipped: bool, cut: int, tmp_path: Path) -> None:
    html = "text/html; charset=utf-8"
    file = warc(tmp_path / "in.warc.gz", ("a", "200 OK", html), ("b", "200 OK", html), gzipped=gzipped)
    file.write_bytes(file.read_bytes()[: -cut if gzipped or cut < 1_500 else -400])
    found = list(read_articles(file, NOW))
    assert [it.url for it in articles(found)][:1] == ["https://herald.example/a"][: len(articles(found))]
    assert len(articles(found)) < 2
    assert len(bad(found)) == 1
    assert "fetch it again" in bad(found)[0]


def test_what_is_no_warc_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "in.warc").write_bytes(b"no such thing\r\n" * 20)
    assert "no whole WARC file" in bad(list(read_articles(tmp_path / "in.warc", NOW)))[0]


def test_a_folder_of_saved_feeds_pages_and_lines(tmp_path: Path) -> None:
    (tmp_path / "2019").mkdir()
    entry = item("https://herald.example/feed-entry", "From a feed", content=f"<p>{TEXT}</p>")
    (tmp_path / "2019" / "feed.xml").write_bytes(rss(entry, item("/relative", "No address", content=f"<p>{TEXT}</p>")))
    head = '<link rel="canonical" href="https://herald.example/saved">'
    (tmp_path / "a.html").write_bytes(page(head=head))
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(page()))
    (tmp_path / "c.jsonl").write_text(json.dumps({"url": "https://herald.example/line", "text": TEXT, "title": "L"}))
    (tmp_path / "notes.txt").write_text("not for us")
    (tmp_path / "d.html").symlink_to("/etc/passwd")
    found = list(read_articles(tmp_path, NOW))
    assert [it.url for it in articles(found)] == [
        "https://herald.example/saved",
        "https://herald.example/line",
        "https://herald.example/feed-entry",
    ]
    assert any(reason.startswith("b.html.gz: line 1: the page does not say its address") for reason in bad(found))
    assert any(reason.startswith("2019/feed.xml: entry 2 (No address)") for reason in bad(found))
    assert len(bad(found)) == 2


def test_a_url_in_two_files_is_one_article(tmp_path: Path) -> None:
    for name, text in (("a.jsonl", "One."), ("b.jsonl", "Two.")):
        (tmp_path / name).write_text(json.dumps({"url": "https://herald.example/a", "text": text}))
    assert [it.revision for it in articles(list(read_articles(tmp_path, NOW)))] == [1, 2]


@pytest.mark.parametrize("name", ["in.zip", "in.tar.gz", "in.jsonl.zst"])
def test_packed_archives_are_to_be_unpacked_first(name: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / name, "w") as file:
        file.writestr("../../evil.html", "x")
    assert "unpack it" in bad(list(read_articles(tmp_path / name, NOW)))[0]


def test_what_holds_nothing_yields_nothing(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(b"\n \n")
    (tmp_path / "empty").mkdir()
    warc(tmp_path / "none.warc.gz")
    assert [list(read_articles(tmp_path / name, NOW)) for name in ("in.jsonl", "empty", "none.warc.gz")] == [[], [], []]


def test_json_lines_under_another_ending_are_read(tmp_path: Path) -> None:
    file = tmp_path / "articles.json"
    file.write_text(json.dumps({"url": "https://herald.example/a", "text": TEXT}) + "\n")
    assert [type(found) for found in read_articles(file, NOW)] == [Article]


def test_an_archive_s_article_has_the_id_credit_and_language_of_live_reading(tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    text = "LONDON (Reuters) - " + TEXT
    lines = [{"url": url, "text": text} for url in ("http://herald.example/a?utm_source=x", "https://herald.example/a")]
    file.write_text("\n".join(map(json.dumps, lines)))
    first, second = (found for found in read_articles(file, NOW) if isinstance(found, Article))
    assert first.article_id == second.article_id
    assert (first.revision, second.revision) == (1, 1)
    assert (first.credit, first.language) == ("Reuters", "en")
