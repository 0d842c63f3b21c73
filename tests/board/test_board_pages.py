"""Every page, against the real index."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from starlette.testclient import TestClient

from board.app import create_app
from board.render import STATIC
from pipeline.index.sqlite import SqliteIndex
from schemas.claim import ArticleClaims
from tests.board import sample, stories
from tests.board.builders import article, cluster
from tests.board.sample import BASE

WITHDRAWAL = stories.withdrawal()

PAGES = [
    "/",
    "/search",
    "/search?q=rostec",
    "/contradictions",
    "/contradictions?kind=quantity",
    f"/contradictions/{WITHDRAWAL.contradiction_id}",
    f"/clusters/{stories.WITHDRAWAL_ID}",
    f"/claims/{stories.ENVOY.claim_id}",
    "/feeds",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_and_light(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.text.count("<h1") == 1
    assert answer.text.count("<main") == 1
    assert "<title>crossclaim</title>" not in answer.text
    assets = sum(file.stat().st_size for file in STATIC.iterdir())
    assert len(answer.content) + assets < 100_000


@pytest.mark.parametrize("path", PAGES)
def test_an_empty_index_has_pages_too(tmp_path: Path, path: str) -> None:
    empty = TestClient(create_app(SqliteIndex(tmp_path / "empty.sqlite")), base_url=BASE)
    asks_for_one = path.count("/") > 1
    assert empty.get(path).status_code == (404 if asks_for_one else 200)


def test_the_overview_shows_both_quotes_of_the_newest(client: TestClient) -> None:
    page = client.get("/").text
    assert "<mark>has cut its staff in Venezuela to just a few dozen, from about 1,000</mark>" in page
    assert "<mark>the composition of its presence in Venezuela has not changed for many years</mark>" in page
    assert page.index("Ana Petrel give figures that do not fit") < page.index("Rostec denies what")


def test_the_overview_sums_up_the_feeds(client: TestClient) -> None:
    page = client.get("/").text
    for words in ("3 feeds read well", "1 waits for a first poll", "1 overdue", "1 fails", "1 fell silent"):
        assert words in page


def test_only_clusters_of_several_reports_grow(client: TestClient) -> None:
    growing = client.get("/").text.split('id="growing-list"')[1]
    assert stories.WITHDRAWAL_HEADLINE in growing
    assert stories.FERRY.quote not in growing


def test_a_contradiction_says_who_why_and_where(client: TestClient) -> None:
    page = client.get(f"/contradictions/{WITHDRAWAL.contradiction_id}").text
    assert "Rostec denies what a person close to the Russian defense ministry says" in page
    for evidence in WITHDRAWAL.evidence:
        for side in (evidence.a, evidence.b):
            assert f'href="{side.url}" rel="noopener noreferrer"' in page
            assert f"<mark>{side.quote}</mark>" in page.replace("<strong>", "").replace("</strong>", "")
    assert "refutes" in page
    assert "0.96" in page
    assert f"/clusters/{stories.WITHDRAWAL_ID}" in page


def test_a_cluster_is_told_in_order(client: TestClient) -> None:
    page = client.get(f"/clusters/{stories.WITHDRAWAL_ID}").text
    days = [page.index(day) for day in ("2 June 2019", "3 June 2019", "4 June 2019")]
    assert days == sorted(days)
    assert page.count('class="said denies"') == 3
    assert page.count('class="said asserts"') == 3
    assert "<b>5</b> independent sources" in page


def test_a_merged_cluster_leads_to_the_one_that_holds_its_claims(client: TestClient, index: SqliteIndex) -> None:
    ferry = cluster(stories.FERRY, headline="Ferry", version=2)
    middle = msgspec.structs.replace(ferry, cluster_id="middle", status="merged", merged_into=stories.WITHDRAWAL_ID)
    sample.keep(index, [msgspec.structs.replace(ferry, status="merged", merged_into="middle"), middle])
    answer = client.get(f"/clusters/{ferry.cluster_id}")
    assert answer.status_code == 302
    assert answer.headers["location"] == f"/clusters/{stories.WITHDRAWAL_ID}"


def test_merges_in_a_ring_end(client: TestClient, index: SqliteIndex) -> None:
    ferry = cluster(stories.FERRY, headline="Ferry")
    ring = [("one", "two"), ("two", "one")]
    sample.keep(index, [msgspec.structs.replace(ferry, cluster_id=a, status="merged", merged_into=b) for a, b in ring])
    assert client.get("/clusters/one").status_code == 200


def test_a_cluster_merged_into_one_not_yet_read_says_so(client: TestClient, index: SqliteIndex) -> None:
    ferry = cluster(stories.FERRY, headline="Ferry", version=2)
    sample.keep(index, [msgspec.structs.replace(ferry, status="merged", merged_into="later")])
    assert "joined with another one" in client.get(f"/clusters/{ferry.cluster_id}").text


def test_a_superseded_contradiction_leads_to_what_stands_for_it(client: TestClient, index: SqliteIndex) -> None:
    old = msgspec.structs.replace(
        WITHDRAWAL, contradiction_id="old", status="superseded", superseded_by=WITHDRAWAL.contradiction_id
    )
    sample.keep(index, [old])
    answer = client.get("/contradictions/old")
    assert answer.headers["location"] == f"/contradictions/{WITHDRAWAL.contradiction_id}"
    assert "All" not in client.get("/").text.split("growing")[0].split("newest-list")[1]


def test_a_resolved_contradiction_says_so(client: TestClient, index: SqliteIndex) -> None:
    sample.keep(index, [msgspec.structs.replace(WITHDRAWAL, version=2, status="resolved")])
    assert "Resolved:" in client.get(f"/contradictions/{WITHDRAWAL.contradiction_id}").text
    assert WITHDRAWAL.contradiction_id not in client.get("/contradictions").text


def test_contradictions_of_one_kind(client: TestClient) -> None:
    page = client.get("/contradictions?kind=quantity").text
    assert "Kelna" in page
    assert "No contradiction of this kind" in client.get("/contradictions?kind=opposite").text


def test_a_claim_is_taken_apart(client: TestClient) -> None:
    page = client.get(f"/claims/{stories.JOURNAL.claim_id}").text
    assert "24 to 96 staff, approximately (where the change ended)" in page
    assert "unnamed source" in page
    assert f"<mark>{stories.JOURNAL.quote}</mark>" in page
    assert WITHDRAWAL.contradiction_id in page
    assert f"/clusters/{stories.WITHDRAWAL_ID}" in page


def test_a_withdrawn_claim_says_so(client: TestClient, index: SqliteIndex) -> None:
    told = article(stories.FERRY)[1]
    assert isinstance(told, ArticleClaims)
    sample.keep(index, [msgspec.structs.replace(told, revision=2, claims=())])
    assert "no longer says this" in client.get(f"/claims/{stories.FERRY.claim_id}").text


@pytest.mark.parametrize("path", ["/claims/nope", "/clusters/nope", "/contradictions/nope", "/nope", "/claims/"])
def test_what_is_unknown_is_said_in_plain_words(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "No such" in answer.text


def test_a_roster_is_no_claim(client: TestClient) -> None:
    assert client.get(f"/claims/roster-{stories.FERRY.article_id}").status_code == 404


def test_feeds_in_trouble_come_first_with_what_to_do(client: TestClient) -> None:
    page = client.get("/feeds").text
    order = ("valleyecho.example", "mirovadaily.example", "marketminute.example", "globalresearch.ca")
    places = [page.index(address) for address in order]
    assert places == sorted(places)
    assert "listed nothing new for 8 days" in page
    assert "It failed 7 times in a row, last read 2 days ago: the server answered 403" in page
    assert "Its poll was due 2 hours ago; see that crossclaim runs." in page


def test_health_is_for_machines(client: TestClient) -> None:
    assert client.get("/health").json() == {
        "status": "ok",
        "articles": 9,
        "claims": 9,
        "clusters": 4,
        "contradictions": 2,
    }


def test_long_lists_come_in_pages(client: TestClient, index: SqliteIndex) -> None:
    many = [msgspec.structs.replace(WITHDRAWAL, contradiction_id=f"c{number}") for number in range(25)]
    sample.keep(index, list(many))
    first = client.get("/contradictions").text
    assert "Page 1 of 2" in first
    assert 'rel="next" href="/contradictions?page=2"' in first
    assert "Page 2 of 2" in client.get("/contradictions?page=2").text


def test_a_told_claim_is_made_of_its_parts() -> None:
    moved = replace(stories.FERRY, url="https://other.example/ferry")
    assert moved.claim_id != stories.FERRY.claim_id
