"""What a poll leaves behind: waits, back-off, learnt addresses, ends, and whom to believe."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from conftest import NOW
from hypothesis import given
from hypothesis import strategies as st

from connectors.base import FeedSource
from connectors.fetching.http import Fetched
from connectors.polling.outcome import (
    FULL_READING_EVERY,
    JITTER,
    MAX_WAIT_SECONDS,
    Gain,
    failed,
    fresh,
    reads_in_full,
    unchanged,
    updated,
)
from pipeline.config import Polling
from schemas.codec import decode, encode
from schemas.cursor import Cursor, SeenEntry

URL = "https://example.org/feed"
POLLING = Polling(interval_seconds=300, min_interval_seconds=120, max_interval_seconds=21_600)
HOUR = timedelta(hours=1)


def gain(new: int = 0, known: int = 0, **fields: Any) -> Gain:
    values: dict[str, Any] = {"title": "", "outlet": "", "listed": {}, "articles": new}
    return Gain(**values | {"waiting": 0, "rejected": 0, "more": False, "new": new, "known": known} | fields)


def answer(status: int = 200, permanent_url: str | None = None, **headers: str) -> Fetched:
    named = {"etag": '"1"'} | {name.replace("_", "-"): value for name, value in headers.items()}
    return Fetched(status, URL, named, b"", not_modified=status == 304, permanent_url=permanent_url)


def read(cursor: Cursor | None = None, now: datetime = NOW, fetched: Fetched | None = None, **fields: Any) -> Cursor:
    return updated(cursor or fresh(FeedSource(URL)), gain(**fields), fetched or answer(), POLLING, now)


def wait(cursor: Cursor) -> float:
    assert cursor.next_poll_at
    assert cursor.polled_at
    return (cursor.next_poll_at - cursor.polled_at).total_seconds()


SOFT = [300, 600, 1_200, 2_400, 4_800, 9_600, 19_200, 21_600, 21_600]
HARD = [300, 1_200, 4_800, 19_200, 76_800, 86_400, 86_400]
TOO_MANY = [600, 1_200, 2_400, 4_800, 9_600, 19_200, 38_400, 76_800, 86_400]


@pytest.mark.parametrize(
    ("kind", "status", "waits"),
    [
        ("retryable", None, SOFT),
        ("retryable", 503, SOFT),
        ("retryable", 429, TOO_MANY),
        ("permanent", 404, HARD),
        ("permanent", 403, HARD),
        ("permanent", None, HARD),
    ],
)
def test_back_off(kind: str, status: int | None, waits: list[float]) -> None:
    cursor = fresh(FeedSource(URL))
    for number, least in enumerate(waits, 1):
        cursor = failed(cursor, "why", None, POLLING, NOW + number * HOUR, kind=kind, status=status)
        assert least <= wait(cursor) <= least * (1 + JITTER)
        assert (cursor.failures, cursor.state, cursor.succeeded_at) == (number, "why", None)


def test_a_seldom_read_feed_is_tried_again_soon_but_not_where_someone_must_act() -> None:
    slow = msgspec.structs.replace(fresh(FeedSource(URL)), interval_seconds=7_200.0)
    assert 300 <= wait(failed(slow, "", None, POLLING, NOW)) <= 330
    assert 7_200 <= wait(failed(slow, "", None, POLLING, NOW, kind="permanent", status=404)) <= 7_920
    assert 14_400 <= wait(failed(slow, "", None, POLLING, NOW, status=429)) <= 15_840


@given(st.floats(0, 86_400), st.integers(0, 10_000), st.sampled_from([None, 404, 429, 503]))
def test_retry_after_is_never_undercut(seconds: float, second: int, status: int | None) -> None:
    kind = "permanent" if status == 404 else "retryable"
    now = NOW + timedelta(seconds=second)
    cursor = failed(fresh(FeedSource(URL)), "", seconds, POLLING, now, kind=kind, status=status)
    assert seconds - 1e-3 <= wait(cursor) <= max(seconds, 600.0) * (1 + JITTER)


@given(st.integers(0, 10**9), st.sampled_from(["retryable", "permanent"]))
def test_no_number_of_failures_is_too_many(failures: int, kind: str) -> None:
    cursor = msgspec.structs.replace(fresh(FeedSource(URL)), failures=failures)
    assert wait(failed(cursor, "", None, POLLING, NOW, kind=kind)) <= MAX_WAIT_SECONDS * (1 + JITTER)


def test_a_host_that_was_not_asked_is_no_failure() -> None:
    cursor = failed(fresh(FeedSource(URL)), "the host wants to be left alone", 50.0, POLLING, NOW, kind="held")
    assert cursor.failures == 0
    assert 50 <= wait(cursor) <= 55


def test_410_ends_a_feed_and_a_good_reading_begins_it_again() -> None:
    cursor = failed(read(new=20), "gone", None, POLLING, NOW, kind="permanent", status=410)
    assert (cursor.ended, cursor.next_poll_at, cursor.state) == (True, None, "gone")
    assert not read(cursor, NOW + HOUR).ended


def test_a_reading_ends_the_back_off() -> None:
    cursor = failed(read(new=20), "away", None, POLLING, NOW + HOUR)
    for after in (read(cursor, NOW + 2 * HOUR, new=1, known=19), unchanged(cursor, POLLING, NOW + 2 * HOUR)):
        assert (after.failures, after.succeeded_at) == (0, NOW + 2 * HOUR)


# Redirects


def moving(*sightings: tuple[float, str | None]) -> Cursor:
    cursor = read(new=20)
    for hours, url in sightings:
        cursor = unchanged(cursor, POLLING, NOW + hours * HOUR, fetched=answer(304, url))
    return cursor


@pytest.mark.parametrize(
    ("sightings", "learnt"),
    [
        ([(1, "b")], None),
        ([(1, "b"), (2, "b"), (3, "b"), (4, "b")], None),  # often, but all of one day
        ([(1, "b"), (30, "b")], None),  # over time, but twice
        ([(1, "b"), (2, "b"), (25, "b")], "b"),
        ([(1, "b"), (2, None), (25, "b"), (26, "b")], None),  # it answered itself in between
        ([(1, "b"), (2, "c"), (26, "c")], None),
        ([(1, "b"), (2, "c"), (26, "c"), (27, "c")], "c"),
        ([(1, "b"), (2, "b"), (25, "b"), (26, None), (99, None)], "b"),  # now asked there, it answers itself
        ([(1, "b"), (2, "b"), (25, "b"), (26, URL), (51, URL), (52, URL)], None),  # and back again
        ([(1, "x" * 3_000), (2, "x" * 3_000), (25, "x" * 3_000)], None),
    ],
)
def test_permanent_redirects_are_believed_when_they_last(
    sightings: list[tuple[float, str | None]], learnt: str | None
) -> None:
    assert moving(*sightings).moved_to == learnt


@pytest.mark.parametrize("status", [404, 410, None])
def test_a_learnt_address_that_fails_for_good_is_forgotten(status: int | None) -> None:
    cursor = moving((1, "b"), (2, "b"), (25, "b"))
    assert failed(cursor, "away", None, POLLING, NOW, status=503).moved_to == "b"
    after = failed(cursor, "not there", None, POLLING, NOW, kind="permanent", status=status)
    assert (after.moved_to, after.ended) == (None, False)
    assert after.state == "not there; its old address is asked again"


# Whom to believe


def test_a_server_s_word_is_taken_so_many_times() -> None:
    cursor = read(new=20)
    for number in range(1, FULL_READING_EVERY):
        assert not reads_in_full(cursor, NOW)
        cursor = unchanged(cursor, POLLING, NOW, fetched=answer(304))
        assert cursor.believed == number
    assert reads_in_full(cursor, NOW)
    cursor = unchanged(cursor, POLLING, NOW, fetched=answer(200))
    assert (cursor.believed, reads_in_full(cursor, NOW)) == (0, False)


def test_a_silence_longer_than_ever_is_looked_into() -> None:
    cursor = read(new=20, published=[NOW - hour * HOUR for hour in range(1, 21)])
    for hour in range(1, 4):
        cursor = unchanged(cursor, POLLING, NOW + hour * HOUR, fetched=answer(304))
    assert not reads_in_full(cursor, NOW + 3 * HOUR)
    assert reads_in_full(cursor, NOW + 12 * HOUR)


def lie_found_out(cursor: Cursor) -> Cursor:
    while not reads_in_full(cursor, cursor.polled_at or NOW):
        cursor = unchanged(cursor, POLLING, NOW, fetched=answer(304))
    return read(cursor, NOW, new=5, known=15)


def test_a_server_whose_word_does_not_hold_is_believed_less_and_honest_ones_again() -> None:
    cursor = read(new=20)
    polls = []
    for _ in range(5):
        cursor = lie_found_out(cursor)
        polls.append(cursor.full_every)
    assert polls == [10, 5, 2, 2, 2]
    for _ in range(5):
        cursor = read(cursor, NOW, new=1, known=19)  # it says by itself that something is new
    assert cursor.full_every == FULL_READING_EVERY


def test_validators_are_dropped_while_something_is_left() -> None:
    assert read(new=20).etag == '"1"'
    for left in (read(new=20, more=True), read(new=20, waiting=1)):
        assert (left.etag, left.body_hash) == (None, None)


# The first reading, and the spread


def test_the_first_reading_is_no_news_however_many_polls_it_takes() -> None:
    cursor = read(new=50, more=True)
    assert (cursor.rhythm, cursor.next_poll_at) == (None, NOW)
    cursor = read(cursor, NOW + timedelta(seconds=9), new=30, known=50)
    assert cursor.rhythm
    assert (cursor.rhythm.window, cursor.rhythm.usual, cursor.rhythm.gaps) == (80, 0.0, 0)


def waits_of(count: int, late: timedelta) -> list[float]:
    waits = []
    for number in range(count):
        cursor = read(
            fresh(FeedSource(f"{URL}/{number}")), new=20, published=[NOW - day * 24 * HOUR for day in range(20)]
        )
        cursor = msgspec.structs.replace(cursor, interval_seconds=21_600.0, next_poll_at=NOW + HOUR)
        waits.append(wait(unchanged(cursor, POLLING, NOW + HOUR + late)))
    return sorted(waits)


def test_feeds_read_late_together_are_spread_again() -> None:
    in_time, late = waits_of(500, timedelta(seconds=30)), waits_of(500, timedelta(hours=3))
    assert 21_600 <= in_time[0] <= in_time[-1] <= 21_600 * (1 + JITTER)
    assert late[0] < 21_600 - 3 * 3_600 + 600
    assert late[-1] > 21_600 - 600
    assert late[250] == pytest.approx(21_600 - 1.5 * 3_600, rel=0.1)


def test_feeds_first_read_together_are_spread_too() -> None:
    waits = sorted(
        wait(read(fresh(FeedSource(f"{URL}/{n}")), new=20, published=[NOW - day * 24 * HOUR for day in range(20)]))
        for n in range(500)
    )
    assert waits[0] >= 300
    assert waits[125] == pytest.approx(21_600 / 4, rel=0.3)
    assert waits[-1] <= 21_600


def test_what_the_server_asks_for_holds_for_the_first_wait_too() -> None:
    dates = [NOW - day * 24 * HOUR for day in range(20)]
    for number in range(50):
        cursor = fresh(FeedSource(f"{URL}/{number}"))
        assert wait(read(cursor, fetched=answer(cache_control="max-age=9000"), new=20, published=dates)) >= 9_000


def test_ttl_is_remembered_over_answers_without_a_body() -> None:
    cursor = read(new=20, hint_seconds=4_000.0)
    assert unchanged(cursor, POLLING, NOW, fetched=answer(304)).hint_seconds == 4_000.0
    assert read(cursor, new=1).hint_seconds is None


def test_position_is_kept_until_a_lister_gives_another() -> None:
    cursor = read(new=1, position="7")
    assert (cursor.position, read(cursor, new=1).position) == ("7", "7")
    assert read(cursor, new=1, position="").position == ""


# The message


def test_cursors_are_short_and_earlier_ones_still_readable() -> None:
    seen = SeenEntry(article_id="a" * 32, content_hash="c" * 32, revision=2, entry_hash="e" * 32, last_listed=NOW)
    cursor = msgspec.structs.replace(moving((1, "b")), seen={"k": seen})
    raw = encode(cursor)
    assert decode(raw, Cursor) == cursor
    assert b'"known":{"k":["' in raw
    earlier = msgspec.json.encode(
        {
            "message": "cursor",
            "v": 1,
            "feed_url": URL,
            "title": "",
            "outlet": "",
            "seen": {"k": msgspec.structs.asdict(seen)},
        }
    )
    assert decode(earlier, Cursor) == Cursor(feed_url=URL, title="", outlet="", seen={"k": seen})
