"""Plain words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from board.wording import ago, and_list, count, headline, instant, quantity_words
from schemas.claim import Quantity
from tests.board import stories

NOW = datetime(2019, 6, 4, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "just now"),
        (59, "just now"),
        (-59, "in a moment"),
        (60, "1 minute ago"),
        (7_300, "2 hours ago"),
        (-90_000, "in 1 day"),
    ],
)
def test_how_long_ago(seconds: int, words: str) -> None:
    assert ago(NOW - timedelta(seconds=seconds), NOW) == words


def test_times_are_utc() -> None:
    assert instant(datetime.fromisoformat("2019-06-04T01:05:00+02:00")) == "3 Jun 2019, 23:05 UTC"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (None, None, "any number"),
        (31, None, "at least 31"),
        (None, 1_000, "at most 1,000"),
        (12, 12, "12"),
        (24, 96, "24 to 96"),
        (0.25, 0.25, "0.25"),
        (1_234_567, 1_234_567, "1,234,567"),
        (2_500_000_000, 2_500_000_000, "2,500,000,000"),
    ],
)
def test_figures(low: float | None, high: float | None, words: str) -> None:
    assert quantity_words(Quantity(text="x", low=low, high=high)) == f"{words} (the size of it)"


def test_lists_and_counts() -> None:
    assert and_list([]) == ""
    assert and_list(["a", "b", "c"]) == "a, b and c"
    assert (count(1, "claim"), count(1_204, "claim")) == ("1 claim", "1,204 claims")


def test_headlines_tell_apart_a_source_that_contradicts_itself() -> None:
    assert headline(stories.toll()) == "Interior Ministry and Ana Petrel give figures that do not fit"
    same = stories.rates()
    assert headline(same) == "Norland Business and traders say opposite things"
