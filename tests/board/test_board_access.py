"""Elsewhere than on the loopback only those see the board who have its token."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from board.access import token_of
from board.app import create_app
from pipeline.config import Board
from pipeline.errors import SetupError
from pipeline.index.sqlite import SqliteIndex
from tests.board.sample import BASE

TOKEN = "a-token-that-is-long-enough"
CLOSED = ["/", "/search?q=rostec", "/contradictions", "/contradictions.atom", "/search.csv?q=x", "/events", "/watches"]


@pytest.fixture
def client(index: SqliteIndex) -> TestClient:
    return TestClient(create_app(index, token=TOKEN), base_url=BASE, follow_redirects=False)


@pytest.mark.parametrize("path", CLOSED)
@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer wrong"}, {"Cookie": "crossclaim=wrong"}, {"Cookie": "crossclaim=\xff; ="}]
)
def test_a_stranger_sees_nothing(client: TestClient, path: str, headers: dict[str, str]) -> None:
    answer = client.get(path, headers={name: value.encode("latin-1") for name, value in headers.items()})
    assert answer.status_code == 401
    assert "board.token" in answer.text
    assert "Rostec" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_stranger_changes_nothing(client: TestClient) -> None:
    ours = {"Sec-Fetch-Site": "same-origin"}
    assert client.post("/watches?q=x", data={"name": "x"}, headers=ours).status_code == 401


def test_the_token_in_the_address_leaves_a_cookie_and_goes(client: TestClient) -> None:
    answer = client.get(f"/search?q=rostec&token={TOKEN}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=rostec")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert TOKEN not in cookie
    assert client.get("/").status_code == 200


def test_machines_give_the_token_in_a_header(client: TestClient) -> None:
    assert client.get("/search.jsonl?q=x", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert client.get("/", headers={"Authorization": f"bearer {TOKEN}"}).status_code == 200


def test_a_feed_has_a_key_of_its_own_that_opens_feeds_only(client: TestClient, index: SqliteIndex) -> None:
    page = client.get("/contradictions", headers={"Authorization": f"Bearer {TOKEN}"}).text
    key = re.search(r"contradictions\.atom\?key=(\w+)", page)
    assert key
    stranger = TestClient(create_app(index, token=TOKEN), base_url=BASE)
    feed = stranger.get(f"/contradictions.atom?key={key[1]}")
    assert feed.status_code == 200
    assert key[1] not in feed.text
    assert stranger.get(f"/contradictions?key={key[1]}").status_code == 401
    assert stranger.get(f"/contradictions.csv?key={key[1]}").status_code == 401


def test_what_tells_nothing_is_open(client: TestClient) -> None:
    assert client.get("/health").status_code == 200
    assert client.get("/static/board.css").status_code == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "desk.example"])
def test_another_host_needs_a_token(host: str) -> None:
    with pytest.raises(SetupError, match=r"set board\.token"):
        token_of(Board(host=host))
    assert token_of(Board(host=host, token=TOKEN)) == TOKEN
    with pytest.raises(SetupError, match="fewer than 16"):
        token_of(Board(host=host, token="short"))


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.1.2.3"])
def test_the_loopback_needs_none(host: str) -> None:
    assert token_of(Board(host=host)) is None
