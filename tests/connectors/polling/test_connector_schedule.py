"""The queue of feeds: polite to each site, even in load, fair, and nothing lost."""

from __future__ import annotations

import time
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from conftest import NOW
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.polling.schedule import AT_ONCE, LEAST_PER_SECOND, OVERDUE, SPREAD_SECONDS, Schedule


def host(url: str) -> str:
    return url.split("/")[2]


def after(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def test_feeds_never_read_begin_bit_by_bit_and_leave_room_for_those_due_in_time() -> None:
    schedule = Schedule(site=host)
    for number in range(1_000):
        schedule.add(f"http://{number}.org/", None)
    first = schedule.take(NOW, 10_000)
    assert len(first) == AT_ONCE
    schedule.add("http://due.org/", NOW + after(1))
    next_at = schedule.next_at()
    assert next_at is not None
    assert NOW < next_at <= NOW + after(1 / LEAST_PER_SECOND)
    assert len(schedule.take(NOW + after(1), 10_000)) == LEAST_PER_SECOND + 1
    assert len(schedule) == 1_000 - AT_ONCE - LEAST_PER_SECOND


@pytest.mark.parametrize(("feeds", "rate"), [(10_000, LEAST_PER_SECOND), (150_000, 150_000 / SPREAD_SECONDS)])
def test_a_mass_is_through_within_its_time(feeds: int, rate: float) -> None:
    schedule = Schedule(site=host)
    for number in range(feeds):
        schedule.add(f"http://{number}.org/", NOW)
    late = NOW + OVERDUE + after(1)
    counts = []
    for second in range(int(SPREAD_SECONDS) + 2):
        taken = schedule.take(late + after(second), 1_000)
        counts.append(len(taken))
        for url in taken:
            schedule.done(url, late)
    assert sum(counts) == feeds
    assert max(counts[1:]) <= rate + 1


def test_new_and_overdue_feeds_take_turns() -> None:
    schedule = Schedule(site=host)
    for number in range(50):
        schedule.add(f"http://new{number}.org/", None)
        schedule.add(f"http://late{number}.org/", NOW)
    taken = schedule.take(NOW + after(600), 20)
    assert sum("new" in url for url in taken) == 10


def test_a_site_with_many_feeds_does_not_starve_others() -> None:
    schedule = Schedule(per_site=2, site=host)
    for number in range(5_000):
        schedule.add(f"http://big.org/{number}", NOW)
    for number in range(100):
        schedule.add(f"http://{number}.org/", NOW + after(1))
    taken = schedule.take(NOW + after(2), 50)
    assert Counter(map(host, taken))["big.org"] == 2
    assert len(taken) == 50


def test_many_feeds_cost_little() -> None:
    schedule = Schedule(site=host)
    for number in range(100_000):
        schedule.add(f"http://{number % 7_000}.org/{number}", NOW + after(number))
    started = time.process_time()
    for minute in range(1_700):
        now = NOW + after(60 * minute)
        for url in schedule.take(now, 500):
            schedule.done(url, now)
            schedule.add(url, now + after(100_000))
    assert time.process_time() - started < 10


FEED = st.tuples(st.integers(0, 3), st.integers(0, 30))
STEP = st.one_of(
    st.tuples(st.just("add"), FEED, st.one_of(st.none(), st.integers(0, 400))),
    st.tuples(st.just("take"), st.integers(0, 200), st.integers(0, 4)),
    st.tuples(st.just("done"), st.integers(0, 10), st.none()),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(STEP, max_size=60))
def test_nothing_is_lost_doubled_early_or_too_much_for_a_site(steps: list[tuple[str, Any, Any]]) -> None:
    schedule = Schedule(per_site=2, site=host)
    now, waiting, taken = NOW, Counter[str](), list[str]()
    due = dict[str, float]()
    number = 0
    for what, first, second in steps:
        if what == "add":
            site, _ = first
            number += 1
            url = f"http://{site}.org/{number}"
            due[url] = 0.0 if second is None else float(second)
            schedule.add(url, None if second is None else NOW + after(due[url]))
            waiting[url] += 1
        elif what == "take":
            now += after(first)
            given_out = schedule.take(now, second)
            assert len(given_out) <= second
            assert all(NOW + after(due[url]) <= now for url in given_out)
            taken.extend(given_out)
            waiting.subtract(given_out)
        elif taken:
            schedule.done(taken.pop(first % len(taken)), now)
        assert len(schedule) == sum(waiting.values())
        assert min(waiting.values(), default=0) >= 0
        assert max(Counter(map(host, taken)).values(), default=0) <= 2
    rest = Counter[str]()
    for _ in range(2 * number + 2):
        for url in taken:
            schedule.done(url, now)
        now += after(400)
        taken = list(schedule.take(now, 3))
        rest.update(taken)
    assert rest == +waiting
    assert schedule.next_at() is None
