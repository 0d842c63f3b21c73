"""`crossclaim feeds health`: silent and failing feeds first, in plain words or as JSON."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from pipeline.cli import build_app
from pipeline.config import load
from pipeline.feed_health import judged, standings
from pipeline.index.open import open_index
from pipeline.index.stage import index_messages
from schemas.cursor import Cursor, Rhythm

NOW = datetime.now(UTC)
DAY = 86_400.0


def cursor(name: str, **how: object) -> Cursor:
    fields = {
        "polled_at": NOW - timedelta(minutes=3), "succeeded_at": NOW - timedelta(minutes=3), "state": "ok",
        "next_poll_at": NOW + timedelta(hours=9, minutes=30), "interval_seconds": 720.0, "articles": 40,
    }  # fmt: skip
    return Cursor(feed_url=f"https://{name}.example/feed", title=name.title(), outlet=name, **fields | how)  # type: ignore[arg-type]


def rhythm(**how: object) -> Rhythm:
    fields = {
        "watched_since": NOW - timedelta(days=40), "usual": 8.0, "recent": 7.5, "window": 30, "gaps": 200,
        "longest_gap": 0.7 * DAY, "news_at": NOW - timedelta(hours=2),
    }  # fmt: skip
    return Rhythm(**fields | how)  # type: ignore[arg-type]


FEEDS = (
    cursor("well", rhythm=rhythm()),
    cursor("silent", rhythm=rhythm(news_at=NOW - timedelta(days=9), recent=0.0)),
    cursor("failing", failures=4, state="status 403, the server forbids it"),
    cursor("ended", ended=True, state="status 410, it is gone for good; remove the address", next_poll_at=None),
    cursor("late", next_poll_at=NOW - timedelta(hours=3)),
    cursor("dropped", next_poll_at=NOW - timedelta(days=6), polled_at=NOW - timedelta(days=6)),
)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder whose index holds the feeds."""
    monkeypatch.setenv("CROSSCLAIM_DATA", str(tmp_path))
    assert not index_messages(open_index(load()), list(FEEDS)).refused
    return tmp_path


def health(*arguments: str | Path) -> Result:
    return CliRunner().invoke(build_app(), ["feeds", "health", *map(str, arguments)])


def test_those_in_trouble_are_told_worst_first_with_the_reason(data: Path) -> None:
    result = health()
    assert result.exit_code == 1
    told = result.stdout
    assert told.startswith("6 feeds: 1 silent, 1 failing, 1 ended, 1 overdue, 1 well, 1 left\n")
    places = [told.index(f"\n{state:<8} {state.title()}") for state in ("silent", "failing", "ended")]
    assert places == sorted(places)
    assert "listed nothing new for 9 days" in told
    # How many minutes have passed since the test began depends on the machine.
    assert re.search(
        r"It failed 4 times in a row, last read \d+ minutes ago: status 403, the server forbids it\.", told
    )
    assert "8 new entries a day are expected, 0 came in the last day" in told
    assert "next poll in 9 hours" in told
    assert "https://well.example/feed" not in told
    assert "Dropped" not in told


def test_all_are_told_when_asked_for(data: Path) -> None:
    told = health("--all").stdout
    assert "https://well.example/feed" in told
    assert "It was last due 6 days ago, and others were read since: it is off the list." in told


def test_a_slow_feeds_rate_is_told_in_days(data: Path) -> None:
    slow = cursor("slow", failures=1, state="status 503", rhythm=rhythm(usual=0.1, recent=0.0))
    index_messages(open_index(load()), [slow])
    assert "one new entry in 10 days is expected, 0 came in the last day" in health().stdout


def test_json_holds_every_figure(data: Path) -> None:
    found = {line["title"]: line for line in map(json.loads, health("--json").stdout.splitlines())}
    assert [*found][:2] == ["Silent", "Failing"]
    assert set(found["Silent"]) == {
        "feed_url", "title", "outlet", "state", "reason", "succeeded_at", "next_poll_at", "interval_seconds",
        "failures", "expected_per_day", "real_per_day", "silent_seconds", "tolerated_seconds", "articles", "moved_to",
    }  # fmt: skip
    assert found["Failing"]["failures"] == 4
    assert found["Silent"]["expected_per_day"] == 8.0
    assert found["Silent"]["silent_seconds"] > found["Silent"]["tolerated_seconds"]


def test_only_the_feeds_of_the_list_count_and_the_unread_are_among_them(data: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("http://www.well.example/feed/\nhttps://unread.example/feed\n")
    result = health("--feeds", mine, "--all")
    assert result.exit_code == 0
    assert result.stdout.startswith("2 feeds: 1 new, 1 well\n")
    assert "unread.example" in result.stdout


def test_an_empty_index_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CROSSCLAIM_DATA", str(tmp_path))
    result = health()
    assert result.exit_code == 0
    assert "no feed is known to the index yet; start `crossclaim run`" in result.stdout


def test_a_feed_that_is_late_like_all_others_is_overdue_not_left() -> None:
    asleep = [cursor(name, next_poll_at=NOW - timedelta(days=6), polled_at=NOW - timedelta(days=6)) for name in "ab"]
    assert {it.state for it in judged(asleep, NOW)} == {"overdue"}


def test_the_index_gives_back_what_the_judgement_needs(data: Path) -> None:
    by_index = {it.feed.feed_url: (it.state, it.health) for it in standings(open_index(load()), NOW).feeds}
    assert by_index == {it.feed.feed_url: (it.state, it.health) for it in judged(FEEDS, NOW)}
