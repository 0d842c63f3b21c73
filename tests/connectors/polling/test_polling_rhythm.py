"""When a feed is read again: by its own rhythm, and by what its publisher and server say."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

import pytest
from conftest import NOW
from hypothesis import given
from hypothesis import strategies as st

from connectors.polling.hints import not_before
from connectors.polling.rhythm import DAY, begun, interval, moved, room
from pipeline.config import Polling
from schemas.cursor import Rhythm

POLLING = Polling(interval_seconds=300, min_interval_seconds=120, max_interval_seconds=21_600)
HOUR = 3_600.0


def ago(hours: float) -> datetime:
    return NOW - timedelta(hours=hours)


def rhythm(busiest: float, window: int = 20, **fields: object) -> Rhythm:
    values = {"watched_since": ago(999), "dated": True, "usual": busiest, "busiest": busiest, "window": window}
    return Rhythm(**values | fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("window", [1, 5, 10, 20, 50, 500])
def test_room_leaves_half_and_three_standard_deviations(window: int) -> None:
    news = room(window)
    assert 0 < news <= window / 2
    assert news + 3 * math.sqrt(news) <= window + 1e-9


@pytest.mark.parametrize(
    ("busiest", "window", "previous", "hint", "floor", "expected"),
    [
        (240.0, 20, HOUR, None, 0.0, HOUR),  # half of 20 entries in an hour at 10 an hour
        (240.0, 40, 2 * HOUR, None, 0.0, 2 * HOUR),
        (1.0, 20, 21_600.0, None, 0.0, 21_600.0),  # quiet: seldom, but within the limit
        (0.0, 20, 21_600.0, None, 0.0, 21_600.0),
        (1e6, 20, HOUR, None, 0.0, 120.0),  # fast: often, but within the limit
        (240.0, 20, 600.0, None, 0.0, 1_200.0),  # at most twice the interval before
        (240.0, 20, HOUR, 4_000.0, 0.0, 4_000.0),  # the publisher's wish …
        (240.0, 20, HOUR, None, 4_000.0, 4_000.0),  # … or the server's, where it loses nothing
        (240.0, 20, HOUR, 86_400.0, 0.0, 20 * 2 / 3 / 10 * HOUR),  # a third stays known whatever is wished
        (1.0, 20, 21_600.0, 864_000.0, 0.0, 21_600.0),
        (1e6, 20, HOUR, 864_000.0, 0.0, 120.0),
        (240.0, 0, HOUR, None, 0.0, 2 * HOUR),  # lists nothing
    ],
)
def test_intervals(
    busiest: float, window: int, previous: float, hint: float | None, floor: float, expected: float
) -> None:
    assert interval(rhythm(busiest, window), previous, hint, floor, POLLING, NOW) == pytest.approx(expected)


def test_a_feed_without_rhythm_is_read_after_the_set_interval_and_often_on_its_first_day_without_dates() -> None:
    assert interval(None, None, None, 0.0, POLLING, NOW) == 300
    young = rhythm(0.0, dated=False, watched_since=ago(23))
    assert interval(young, 21_600, None, 0.0, POLLING, NOW) == HOUR
    assert interval(young, 21_600, None, 0.0, POLLING, NOW + timedelta(hours=2)) == 21_600


@given(
    st.floats(0, 1e7),
    st.integers(0, 2_000),
    st.none() | st.floats(1, 1e6),
    st.none() | st.floats(0, 1e9),
    st.floats(0, 1e9),
    st.booleans(),
)
def test_the_limits_hold_whatever_is_said(
    busiest: float, window: int, previous: float | None, hint: float | None, floor: float, dated: bool
) -> None:
    seconds = interval(rhythm(busiest, window, dated=dated, watched_since=NOW), previous, hint, floor, POLLING, NOW)
    assert 120 <= seconds <= 21_600


def test_the_first_guess_is_made_of_the_newer_dates() -> None:
    hourly = [ago(hours) for hours in range(1, 41)]
    guess = begun(42, [*hourly, ago(9_000), NOW + timedelta(days=400)], NOW)
    assert guess.usual == pytest.approx(24, rel=0.1)
    assert guess.busiest == pytest.approx(24, rel=0.2)
    assert guess.longest_gap == HOUR
    assert (guess.news_at, guess.dated, guess.window) == (NOW, True, 42)


@pytest.mark.parametrize("published", [[], [NOW], [NOW, NOW]])
def test_without_dates_there_is_no_guess(published: list[datetime]) -> None:
    assert begun(20, published, NOW) == Rhythm(watched_since=NOW, window=20, news_at=NOW)


def test_a_feed_that_dates_all_alike_is_not_thought_to_move_without_end() -> None:
    guess = begun(30, [NOW] * 30, NOW)
    assert interval(guess, None, None, 0.0, POLLING, NOW) >= 120
    assert guess.busiest <= 30 * DAY / HOUR * 3
    for hour in range(1, 24 * 28):
        now = NOW + timedelta(hours=hour)
        guess = moved(guess, 0, 30, now - timedelta(hours=1), now, on_time=True)
    assert interval(guess, 21_600, None, 0.0, POLLING, now) > 2 * HOUR


def test_old_entries_alone_say_that_a_feed_is_dead() -> None:
    guess = begun(20, [ago(24 * (700 + number)) for number in range(20)], NOW)
    assert guess.usual < 0.1
    assert guess.gaps == 10
    assert guess.news_at == ago(24 * 700)


def after(start: Rhythm, news: list[int], hours: float = 1.0) -> Rhythm:
    """Return the rhythm after readings with so many new entries each, the first of them when it was watched first."""
    at = start.news_at or NOW
    for new in news:
        start = moved(start, new, start.window if new else 0, at, at + timedelta(hours=hours), on_time=True)
        at += timedelta(hours=hours)
    return start


def test_rates_follow_the_feed() -> None:
    steady = after(rhythm(0.0, window=50, recent=0.0, watched_since=NOW), [4] * 24 * 14)
    assert steady.usual == pytest.approx(96, rel=0.05)
    assert steady.recent == pytest.approx(96, rel=0.05)
    assert steady.busiest == pytest.approx(96, rel=0.05)
    quiet = after(steady, [0] * 24)
    assert quiet.recent < 40
    assert quiet.busiest > 80  # tomorrow morning may be as busy
    assert quiet.longest_gap == steady.longest_gap * 0.5 ** (1 / 30)
    at = NOW + timedelta(hours=24 * 15)
    back = moved(quiet, 1, 50, at, at + timedelta(hours=1), on_time=True)
    assert back.longest_gap == 24 * HOUR  # until the reading before: nobody looked when it ended


def test_a_reading_with_nothing_known_doubles_the_rate_and_is_counted() -> None:
    calm = rhythm(24.0, burst=24.0)
    late = moved(calm, 20, 20, ago(1), NOW, on_time=False)
    assert late.unread == 0
    overrun = moved(calm, 20, 20, ago(1), NOW, on_time=True)
    assert overrun.unread == 1
    assert overrun.busiest == pytest.approx(2 * 20 * 24)
    close = moved(calm, 15, 20, ago(1), NOW, on_time=True)
    assert close.unread == 0
    assert close.busiest == pytest.approx(15 * 24)


def test_silence_is_what_was_looked_at() -> None:
    was = rhythm(24.0, news_at=ago(100), longest_gap=HOUR)
    # We looked 90 hours ago, were away since, and found something: it may have come at once.
    assert moved(was, 1, 20, ago(90), NOW, on_time=False).longest_gap == pytest.approx(10 * HOUR)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": 'public, MAX-AGE = "600", s-maxage=9'}, 600),
        ({"cache-control": "max-age=600", "age": "500"}, 100),
        ({"cache-control": "max-age=600", "age": "5000"}, 0),
        ({"cache-control": "max-age=600", "age": "soon"}, 600),
        ({"cache-control": "no-cache, max-age=600"}, 0),
        ({"cache-control": "no-store", "expires": "Tue, 04 Jun 2019 13:00:00 GMT"}, 0),
        ({"cache-control": "x-max-age=600"}, 0),
        ({"cache-control": "max-age=-1"}, 0),
        ({"cache-control": "max-age=99999999999999"}, 9_999_999_999),
        ({"expires": "Tue, 04 Jun 2019 13:00:00 GMT"}, 3_600),
        ({"expires": "Tue, 04 Jun 2019 13:00:00 GMT", "date": "Tue, 04 Jun 2019 12:59:00 GMT"}, 60),
        ({"expires": "Tue, 04 Jun 2019 13:00:00 GMT", "cache-control": "max-age=5"}, 5),
        ({"expires": "0"}, 0),
        ({"expires": "-1"}, 0),
        ({"expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0),
        ({"expires": "Tue, 99 Jun 99999 13:00:00 GMT"}, 0),
        ({"retry-after": "120", "cache-control": "max-age=60"}, 120),
    ],
)
def test_what_headers_ask_for(headers: dict[str, str], seconds: float) -> None:
    assert not_before(headers, NOW) == seconds


@given(st.dictionaries(st.sampled_from(["cache-control", "expires", "age", "date", "retry-after"]), st.text()))
def test_no_header_makes_trouble(headers: dict[str, str]) -> None:
    assert not_before(headers, NOW) >= 0
