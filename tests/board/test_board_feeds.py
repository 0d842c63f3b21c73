"""The page of feeds: worst first over all pages, found by words and by state."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from pipeline.index.sqlite import SqliteIndex
from schemas.cursor import Cursor
from tests.board import sample

NOW = datetime.now(UTC)


def many(number: int) -> list[Cursor]:
    """So many feeds; the one polled longest ago fails."""
    return [
        Cursor(
            feed_url=f"https://outlet{n:04}.example/rss",
            title=f"Outlet {n:04}",
            outlet=f"Outlet {n:04}",
            polled_at=NOW - timedelta(seconds=n),
            succeeded_at=NOW - timedelta(days=2) if n == number - 1 else NOW - timedelta(seconds=n),
            next_poll_at=NOW + timedelta(hours=1),
            failures=3 if n == number - 1 else 0,
            state="status 500, the server has a fault" if n == number - 1 else "ok",
            articles=n,
        )
        for n in range(number)
    ]


@pytest.fixture
def crowded(index: SqliteIndex, client: TestClient) -> TestClient:
    """The sample's seven feeds and 1,000 more."""
    sample.keep(index, list(many(1_000)))
    return client


def listed(page: str) -> list[str]:
    return re.findall(r'<tr data-key="https?://([^"]+?)/', page)


def test_the_worst_of_all_stand_on_the_first_page(crowded: TestClient) -> None:
    page = crowded.get("/feeds").text
    assert listed(page)[:3] == ["valleyecho.example", "mirovadaily.example", "outlet0999.example"]
    assert len(listed(page)) == 50
    assert "1,007 feeds, <b>1 fell silent</b>, <b>2 fail</b>" in page
    assert "Page 1 of 21" in page


def test_every_feed_stands_on_one_page(crowded: TestClient) -> None:
    pages = [listed(crowded.get(f"/feeds?page={number}").text) for number in range(1, 22)]
    assert len({feed for page in pages for feed in page}) == sum(map(len, pages)) == 1_007


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=outlet0123", ["outlet0123.example"]),
        ("q=0123+OUTLET", ["outlet0123.example"]),
        ("state=failing", ["mirovadaily.example", "outlet0999.example"]),
        ("state=failing&q=mirova", ["mirovadaily.example"]),
        ("state=nonsense&q=mirova", ["mirovadaily.example"]),
        ("q=nowhere", []),
    ],
)
def test_feeds_are_found_by_words_and_state(crowded: TestClient, query: str, found: list[str]) -> None:
    assert listed(crowded.get(f"/feeds?{query}").text) == found


def test_pages_keep_what_was_asked(crowded: TestClient) -> None:
    page = crowded.get("/feeds?q=outlet&state=well").text
    assert 'rel="next" href="/feeds?q=outlet&amp;state=well&amp;page=2"' in page
    assert 'href="/feeds?q=outlet&amp;state=failing"' in page


def test_nothing_found_leads_back(crowded: TestClient) -> None:
    assert "See all of them" in crowded.get("/feeds?q=nowhere").text
