"""What a person types, and what comes back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from board.app import create_app
from pipeline.index.sqlite import SqliteIndex
from tests.board import stories
from tests.board.sample import BASE


def test_words_are_found_and_marked(client: TestClient) -> None:
    page = client.get("/search?q=ferry").text
    assert "<mark>ferry</mark>" in page
    assert f"/claims/{stories.FERRY.claim_id}" in page
    assert stories.ENVOY.claim_id not in page


@pytest.mark.parametrize(
    ("parameters", "found", "left_out"),
    [
        ("stance=denies", stories.ENVOY, stories.JOURNAL),
        ("outlet=Tass", stories.ENVOY, stories.ROSTEC),
        ("source=Rostec", stories.ROSTEC, stories.ENVOY),
        ("kind=unnamed", stories.JOURNAL, stories.ENVOY),
        ("since=2019-06-04", stories.ROSTEC, stories.JOURNAL),
        ("q=venezuela&stance=reports", stories.HARBOR, stories.PRESIDENT),
    ],
)
def test_filters_narrow(client: TestClient, parameters: str, found: stories.Told, left_out: stories.Told) -> None:
    page = client.get(f"/search?{parameters}").text
    assert f"/claims/{found.claim_id}" in page
    assert f"/claims/{left_out.claim_id}" not in page


def test_facets_count_what_was_found_and_offer_what_else_could_be_chosen(client: TestClient) -> None:
    page = client.get("/search?q=rostec&outlet=Tass").text
    facets = page.split('class="facets"')[1].split("</nav>")[0]
    chosen = re.search(r'<a href="/search\?q=rostec" aria-current="true">.*?Tass.*?<span class="number">(\d+)', facets)
    assert chosen, "the chosen value leads to the search without it"
    assert int(chosen[1]) > 0
    assert "/search?q=rostec&amp;outlet=Global+Research" in facets
    assert "Mirova Daily" not in facets
    assert '<input type="hidden" name="outlet" value="Tass">' in page


def test_what_is_found_over_time_narrows_the_time(client: TestClient) -> None:
    page = client.get("/search?q=venezuela").text
    bars = re.findall(r'<a href="(/search\?q=venezuela&amp;since=[^"]+)" aria-label="(\d+) claim', page)
    assert len(bars) > 1
    narrowed = client.get(bars[0][0].replace("&amp;", "&")).text
    assert f"{bars[0][1]} claim" in narrowed


def test_names_are_suggested(client: TestClient) -> None:
    found = client.get("/suggest?q=ros").json()
    assert found[0]["value"] == "Rostec"
    assert found[0]["number"] > 1
    assert client.get("/suggest?q=%00%22").json() == []
    assert client.get("/suggest").json() == []


def test_claims_of_one_cluster_are_folded_and_each_is_named(client: TestClient) -> None:
    page = client.get("/search?q=staff+Venezuela").text
    assert "; found, too: <a href=" in page
    claims = re.findall(r'href="(/claims/\w+)"', page)
    assert len(set(claims)) > page.count('class="card hit"') - 3


def test_more_like_a_claim(client: TestClient) -> None:
    page = client.get(f"/search?like={stories.JOURNAL.claim_id}").text
    assert "Claims that mean the same" in page
    assert stories.JOURNAL.standalone in page
    assert client.get("/search?like=unheard").status_code == 200


def test_nothing_found_says_what_to_try(client: TestClient) -> None:
    assert "Try fewer or other words" in client.get("/search?q=zzzzqq").text


@pytest.mark.parametrize(
    ("parameters", "remedy"),
    [
        ("since=yesterday", "Write the day as year-month-day"),
        ("since=2019-13-45", "Write the day as year-month-day"),
        ("stance=shouts", "Choose a stance"),
        ("kind=ghost", "Choose a kind of source"),
        (f"q={'x' * 400}", "Shorten the search"),
    ],
)
def test_a_search_that_cannot_be_made_says_how_to_mend_it(client: TestClient, parameters: str, remedy: str) -> None:
    answer = client.get(f"/search?{parameters}")
    assert answer.status_code == 400
    assert remedy in answer.text


@pytest.mark.parametrize(
    "words", ['"', "'", "*", "(", "NEAR(", "a AND", "-", "%", "\x00", "\ud800", "🙂", "?!", "' OR 1=1 --", '""', "^x"]
)
def test_nothing_typed_breaks_the_search(client: TestClient, words: str) -> None:
    raw = quote(words.encode("utf-8", "surrogatepass"))
    assert client.get(f"/search?q={raw}").status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "abc", "99999999999", "1e9", "٣", "500", ""])
def test_a_page_that_is_none_is_answered(client: TestClient, page: str) -> None:
    for path in ("/search?q=rostec&page=", "/contradictions?page=", "/feeds?page="):
        assert client.get(path + page).status_code == 200


def test_the_days_of_other_zones_are_taken(client: TestClient) -> None:
    assert client.get("/search?since=0001-01-01T00:00:00%2B14:00").status_code in (200, 400)
    assert client.get("/search?since=2019-06-04T00:00:00%2B02:00").status_code == 200


def test_words_are_encoded_for_claims_only(index: SqliteIndex) -> None:
    asked: list[str] = []

    def encode(words: str) -> Sequence[float]:
        asked.append(words)
        return [1.0] + [0.0] * 383

    client = TestClient(create_app(index, encode=encode), base_url=BASE)
    assert client.get("/search?q=ferry").status_code == 200
    assert client.get("/search?outlet=Tass").status_code == 200
    assert asked == ["ferry"]
