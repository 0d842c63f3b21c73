"""What a person types, and what comes back."""

from __future__ import annotations

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


def test_the_selects_offer_what_was_found_and_keep_what_was_chosen(client: TestClient) -> None:
    page = client.get("/search?q=rostec&outlet=Tass").text
    assert '<option value="Tass" selected>' in page
    assert '<option value="Global Research">' in page
    assert '<option value="Mirova Daily">' not in page


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
