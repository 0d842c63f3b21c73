"""How a feed is, in a word and in plain words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, get_args

import msgspec
import pytest
from conftest import NOW

from connectors.base import FeedSource
from connectors.fetching.http import Fetched
from connectors.polling.health import WORST_FIRST, State, health, is_silent, span, tolerated
from connectors.polling.outcome import Gain, failed, fresh, unchanged, updated
from connectors.polling.rhythm import DAY
from pipeline.config import Polling
from schemas.cursor import Cursor, Rhythm

HOUR = timedelta(hours=1)
SILENT = (
    "It reads well but listed nothing new for 7 days; up to 3 days would be its way (4 entries a day lately). "
    "See whether the outlet moved its feed."
)
POLLING = Polling()


def ago(hours: float) -> Any:
    return NOW - hours * HOUR


def rhythm(**fields: Any) -> Rhythm:
    values: dict[str, Any] = {
        "watched_since": ago(999),
        "usual": 4.0,
        "recent": 3.0,
        "window": 20,
        "news_at": ago(1),
        "gaps": 100,
    }
    return Rhythm(**values | {"longest_gap": DAY} | fields)


def cursor(**fields: Any) -> Cursor:
    values: dict[str, Any] = {"feed_url": "u", "title": "t", "outlet": "o", "polled_at": NOW, "succeeded_at": NOW}
    return Cursor(**values | {"next_poll_at": NOW + HOUR, "interval_seconds": 3_600.0, "rhythm": rhythm()} | fields)


@pytest.mark.parametrize(
    ("fields", "state", "reason"),
    [
        ({}, "well", "It reads well, about 4 new entries a day."),
        ({"rhythm": None}, "well", "It reads well."),
        (
            {"rhythm": rhythm(unread=3)},
            "well",
            "It reads well, about 4 new entries a day. It moves fast: 3 times nothing in it was known any more.",
        ),
        (
            {"succeeded_at": None, "next_poll_at": None, "rhythm": None},
            "new",
            "It waits for its first poll.",
        ),
        (
            {"failures": 3, "state": "status 404", "succeeded_at": ago(50)},
            "failing",
            "It failed 3 times in a row, last read 2 days ago: status 404.",
        ),
        (
            {"failures": 1, "state": "no answer", "succeeded_at": None},
            "failing",
            "It failed once, never read: no answer.",
        ),
        ({"ended": True, "failures": 1, "state": "status 410"}, "ended", "It is not polled any more: status 410."),
        ({"next_poll_at": ago(3)}, "overdue", "Its poll was due 3 hours ago; see that crossclaim runs."),
        ({"next_poll_at": ago(0.2)}, "well", "It reads well, about 4 new entries a day."),
        (
            {"rhythm": rhythm(news_at=ago(24 * 7))},
            "silent",
            SILENT,
        ),
    ],
)
def test_states(fields: dict[str, Any], state: State, reason: str) -> None:
    found = health(cursor(**fields), NOW)
    assert (found.state, found.reason) == (state, reason)


def test_every_state_has_its_place() -> None:
    assert set(WORST_FIRST) == set(get_args(State))


def test_rates_and_times_are_told() -> None:
    found = health(cursor(failures=2), NOW)
    assert (found.expected, found.real, found.failures, found.interval_seconds) == (4.0, 3.0, 2, 3_600.0)
    assert (found.succeeded_at, found.next_poll_at) == (NOW, NOW + HOUR)
    assert found.silent_seconds == 3_600
    assert found.tolerated_seconds == pytest.approx(2.65 * (DAY + 3_600))
    unknown = health(cursor(rhythm=None), NOW)
    assert (unknown.expected, unknown.real, unknown.tolerated_seconds) == (None, None, None)


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({}, 2.65 * (1 + 1 / 24)),
        ({"gaps": 9}, None),  # too little is known
        ({"gaps": 10}, 4.0 * (1 + 1 / 24)),
        ({"longest_gap": 60.0}, 1.0),  # a fast feed may be out for a day
        ({"watched_since": ago(24 * 8), "longest_gap": 60.0}, 2.65 * 3),  # no weekend was seen yet
    ],
)
def test_what_silence_is_tolerated(fields: dict[str, Any], days: float | None) -> None:
    found = tolerated(rhythm(**fields), 3_600.0, NOW)
    assert found == (days and pytest.approx(days * DAY))


def test_an_outage_of_ours_silences_no_feed() -> None:
    was = cursor(succeeded_at=ago(24 * 9), polled_at=ago(24 * 9), rhythm=rhythm(news_at=ago(24 * 9 + 1)))
    assert not is_silent(was)
    assert health(was, NOW).state == "well"
    assert is_silent(msgspec.structs.replace(was, succeeded_at=NOW))


def test_a_feed_that_publishes_daily_and_stops_is_told_within_days_and_one_that_goes_on_is_not() -> None:
    now, stopped = NOW, NOW + 30 * 24 * HOUR
    gain = Gain("", "", {}, 20, 0, 0, more=False, new=20, published=[ago(24 * day) for day in range(20)])
    answer = Fetched(200, "u", {}, b"")
    feed = updated(fresh(FeedSource("u")), gain, answer, POLLING, now)
    told = None
    while told is None and now < NOW + 90 * 24 * HOUR:
        assert feed.next_poll_at
        before, now = now, feed.next_poll_at
        day = (now - NOW) // (24 * HOUR)
        news = day > (before - NOW) // (24 * HOUR) and now < stopped and day % 7 < 5
        one = Gain("", "", {}, 1, 0, 0, more=False, new=1, known=19)
        feed = updated(feed, one, answer, POLLING, now) if news else unchanged(feed, POLLING, now, fetched=answer)
        if is_silent(feed):
            told = now
    assert told
    assert timedelta(days=3) < told - stopped < timedelta(days=12)


def test_failures_are_no_silence() -> None:
    feed = cursor(rhythm=rhythm(news_at=ago(24 * 2)))
    for hour in range(24 * 30):
        feed = failed(feed, "away", None, POLLING, NOW + hour * HOUR)
    assert not is_silent(feed)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "1 minute"),
        (59, "1 minute"),
        (150, "2 minutes"),
        (7_199, "120 minutes"),
        (7_200, "2 hours"),
        (172_800, "2 days"),
    ],
)
def test_spans(seconds: float, words: str) -> None:
    assert span(seconds) == words
