"""Turns at hosts: spaced, fair, held when asked, in bounded memory."""

from __future__ import annotations

import math
import time

from hypothesis import given
from hypothesis import strategies as st

from connectors.fetching.hosts import CONTENT_SECONDS, MOST_SPACING_SECONDS, Hosts


def test_turns_are_spaced_host_by_host() -> None:
    hosts = Hosts(0.5)
    assert [hosts.reserve("a", 10.0) for _ in range(3)] == [10.0, 10.5, 11.0]
    assert hosts.reserve("b", 10.0) == 10.0
    assert hosts.reserve("a", 20.0) == 20.0


def test_a_turn_that_nobody_waits_for_is_not_booked() -> None:
    hosts = Hosts(30.0)
    assert [hosts.reserve("a", 0.0, longest=40.0) for _ in range(4)] == [0.0, 30.0, 60.0, 60.0]


def test_a_host_that_complains_is_left_alone_and_then_asked_half_as_often() -> None:
    hosts = Hosts(1.0)
    assert hosts.held_until("a") == -math.inf
    hosts.reserve("a", 0.0)
    hosts.reserve("a", 0.0)
    hosts.hold("a", 100.0)
    hosts.hold("a", 90.0)
    assert hosts.held_until("a") == 100.0
    assert [hosts.reserve("a", 2.0) for _ in range(3)] == [100.0, 102.0, 104.0]
    hosts.hold("a", 200.0)
    assert [hosts.reserve("a", 200.0) for _ in range(2)] == [200.0, 204.0]
    content = 200.0 + CONTENT_SECONDS
    assert [hosts.reserve("a", content) - content for _ in range(2)] == [0.0, 2.0]
    content += CONTENT_SECONDS
    assert [hosts.reserve("a", content) - content for _ in range(2)] == [0.0, 1.0]


def test_complaints_and_crawl_delays_have_an_end() -> None:
    hosts = Hosts(1.0)
    hosts.slow("a", 5.0)
    assert [hosts.reserve("a", 0.0) for _ in range(2)] == [0.0, 5.0]
    hosts.slow("a", 86_400.0)
    now = 1e4
    assert hosts.reserve("a", now) == now
    assert hosts.reserve("a", now) == now + MOST_SPACING_SECONDS
    for _ in range(20):
        now = hosts.reserve("b", now + 1)
        hosts.hold("b", now)
    hosts.reserve("b", now)
    assert hosts.reserve("b", now) <= now + 2 * MOST_SPACING_SECONDS


def test_memory_is_bounded_and_busy_hosts_are_remembered() -> None:
    hosts = Hosts(0.5, max_hosts=1_000)
    hosts.hold("held", 1e9)
    started = time.process_time()
    for number in range(20_000):
        hosts.reserve(f"{number}", float(number))
        assert len(hosts) <= 1_000
    assert hosts.reserve("held", 1e5) == 1e9
    assert time.process_time() - started < 5


def test_even_if_all_are_busy() -> None:
    hosts = Hosts(60.0, max_hosts=100)
    for number in range(1_000):
        hosts.hold(f"{number}", 1e9)
        hosts.reserve(f"{number}", 0.0)
    assert len(hosts) <= 100


CALLS = st.lists(
    st.tuples(
        st.sampled_from("abc"), st.floats(0, 50), st.sampled_from(["ask", "ask", "ask", "hold"]), st.floats(0, 100)
    ),
    max_size=80,
)


@given(st.floats(0, 5), CALLS)
def test_no_host_is_asked_more_often_than_agreed(spacing: float, calls: list[tuple[str, float, str, float]]) -> None:
    hosts = Hosts(spacing)
    now, turns, held = 0.0, dict[str, float](), dict[str, float]()
    for host, passed, what, seconds in calls:
        now += passed
        if what == "hold":
            hosts.hold(host, now + seconds)
            held[host] = max(held.get(host, -math.inf), now + seconds)
            continue
        at = hosts.reserve(host, now, longest=seconds)
        assert at >= max(now, held.get(host, -math.inf))
        assert at >= turns.get(host, -math.inf) + spacing - 1e-9
        if at - now <= seconds:
            turns[host] = at
