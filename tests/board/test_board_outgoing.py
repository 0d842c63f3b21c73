"""Feeds and tables of what the board shows: valid, stable, and harmless wherever they are opened."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree as Xml

import feedparser
import msgspec
import pytest
from starlette.testclient import TestClient

from pipeline.alerts.stage import would_tell
from pipeline.index.sqlite import SqliteIndex
from schemas.contradiction import Contradiction
from tests.board import sample, stories
from tests.board.builders import article, cluster_id, contradiction, evidence, side
from tests.board.test_board_desk import OURS
from tests.pipeline.alerts.alert_builders import NOON, rules

ATOM = "{http://www.w3.org/2005/Atom}"
OPEN = [m for m in (*stories.venezuela(), *stories.others()) if isinstance(m, Contradiction) and m.status == "open"]
XSS = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>]]>&\x00\x0b\ufffe"


def feed(client: TestClient, path: str) -> Iterator[feedparser.FeedParserDict]:
    answer = client.get(path)
    assert answer.status_code == 200
    parsed = feedparser.parse(answer.content)
    assert not parsed.bozo
    yield parsed


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_contradictions_go_out_as_a_feed_with_both_quotes(client: TestClient, form: str) -> None:
    (parsed,) = feed(client, f"/contradictions.{form}")
    assert len(parsed.entries) == len(OPEN)
    for entry in parsed.entries:
        told = next(each for each in OPEN if each.contradiction_id in entry.id)
        content = entry.summary
        assert told.a.quote.split("'")[0] in content.replace("&#x27;", "'")
        assert told.b.outlet in content
        assert entry.link == f"{sample.BASE}/contradictions/{told.contradiction_id}"


def test_a_kind_and_a_search_have_feeds_of_their_own(client: TestClient) -> None:
    (denials,) = feed(client, "/contradictions.atom?kind=denial")
    assert 0 < len(denials.entries) < len(OPEN) or all(each.kind == "denial" for each in OPEN)
    (found,) = feed(client, "/search.rss?q=rostec&outlet=Tass")
    assert found.entries
    assert all("(Tass)" in entry.title for entry in found.entries)
    assert client.get("/search.atom?since=never").status_code == 400
    assert client.get("/search.exe?q=x").status_code == 404


def test_a_feed_that_is_known_is_not_sent_again(client: TestClient, index: SqliteIndex) -> None:
    first = client.get("/contradictions.atom")
    again = {"If-None-Match": first.headers["etag"]}
    assert client.get("/contradictions.atom", headers=again).status_code == 304
    sample.keep(index, [replace_kind(OPEN[0])])
    assert client.get("/contradictions.atom", headers=again).status_code == 200


def replace_kind(told: Contradiction) -> Contradiction:
    return msgspec.structs.replace(told, version=99, reasons=("something else",))


def test_ids_stay_the_same_from_feed_to_feed(client: TestClient) -> None:
    ids = [{entry.id for entry in parsed.entries} for path in ("/contradictions.atom", "/contradictions.rss")
           for parsed in feed(client, path)]  # fmt: skip
    assert ids[0] == ids[1]


def test_tables_hold_all_columns_and_lines_are_json(client: TestClient) -> None:
    answer = client.get("/contradictions.csv")
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["contradiction_id"] for row in rows} == {each.contradiction_id for each in OPEN}
    assert rows[0]["a_quote"]
    lines = [json.loads(line) for line in client.get("/search.jsonl?q=rostec").content.splitlines()]
    assert len(lines) > 2
    assert all(line["url"].startswith("http") for line in lines)


def hostile(index: SqliteIndex) -> None:
    told = replace(
        stories.JOURNAL, outlet=XSS, url="javascript:alert(1)", title=XSS, sentence=XSS, quote=XSS,
        standalone=f"=cmd|{XSS}", source="=HYPERLINK(1)", entities=(XSS,),
    )  # fmt: skip
    other = replace(told, url="https://evil.example/b", source="@x")
    both = cluster_id(told)
    proof = evidence("denial", 0.9, (XSS,), side(told, both), side(other, both))
    sample.keep(index, [*article(told), *article(other), contradiction(proof)])


@pytest.mark.parametrize("path", ["/search.atom?source=%3DHYPERLINK(1)", "/contradictions.atom", "/contradictions.rss"])
def test_attacks_stay_text_in_feeds(client: TestClient, index: SqliteIndex, path: str) -> None:
    hostile(index)
    raw = client.get(path).content
    document = Xml.fromstring(raw)
    html = [node.text or "" for node in document.iter() if node.tag.endswith(("content", "description"))]
    assert any("alert(1)" in text for text in html)
    for text in html:
        assert "<script" not in text
        assert "<img" not in text
        assert "javascript:" not in text
    assert b"javascript:" not in raw


def test_no_cell_is_a_formula(client: TestClient, index: SqliteIndex) -> None:
    hostile(index)
    for path in ("/search.csv?source=%3DHYPERLINK(1)", "/contradictions.csv"):
        rows = list(csv.reader(io.StringIO(client.get(path).content.decode("utf-8-sig"))))
        cells = [cell for row in rows for cell in row]
        assert any(cell.startswith("'=") for cell in cells)
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_saved_search_has_a_feed(client: TestClient) -> None:
    client.post("/watches?q=rostec", data={"name": XSS}, headers=OURS)
    page = client.get("/watches").text
    address = page.split('.atom"')[0].rpartition('"')[2] + ".atom"
    (parsed,) = feed(client, address)
    assert parsed.entries
    assert client.get("/watches/unheard.atom").status_code == 404


def test_what_was_told_has_a_feed_by_channel(client: TestClient, index: SqliteIndex) -> None:
    told = would_tell(OPEN, rules({"name": "all", "channels": ["desk", "phone"]}, channels=("desk", "phone")), NOON)
    sample.keep(index, list(told))
    (everything,) = feed(client, "/alerts.atom")
    (of_desk,) = feed(client, "/alerts.rss?channel=desk")
    assert len(everything.entries) == 2 * len(of_desk.entries) == 2 * len(OPEN)
    assert len({entry.id for entry in everything.entries}) == 2 * len(OPEN)
    assert all("against" in entry.title for entry in of_desk.entries)
    hostile_alert = msgspec.structs.replace(told[0], alert_id="x", text=f"{XSS}\n{XSS}", rule=XSS)
    sample.keep(index, [hostile_alert])
    for form in ("atom", "rss"):
        assert b"<script" not in client.get(f"/alerts.{form}").content


def test_pages_tell_readers_of_their_feeds(client: TestClient) -> None:
    assert 'rel="alternate" type="application/atom+xml"' in client.get("/contradictions").text
    assert 'href="/search.atom?q=rostec"' in client.get("/search?q=rostec").text
