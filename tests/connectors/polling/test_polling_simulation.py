"""The polling policy over two days and 1,500 feeds; benchmarks/speed/polling.py plays 100,000 over a week."""

from __future__ import annotations

from collections import Counter
from statistics import fmean

import pytest

from benchmarks.speed.polling_report import HOUR, hourly, known_share, percentile, report
from benchmarks.speed.polling_simulation import Simulation
from benchmarks.speed.polling_world import DAY, STRICT_REQUESTS, World
from pipeline.config import Polling

DAYS = 2.0
OUTAGE = (1.25 * DAY, 1.25 * DAY + HOUR)


@pytest.fixture(scope="module")
def played() -> Simulation:
    simulation = Simulation(World(1_500, DAYS, seed=7), Polling(), concurrency=64, outage=OUTAGE)
    simulation.run()
    return simulation


def test_load_is_even(played: Simulation) -> None:
    feeds = hourly(played.tally.feeds_asked, DAYS)
    settled = feeds[6:30] + feeds[32:]
    assert max(settled) < 1.5 * fmean(settled)
    assert min(settled) > 0.6 * fmean(settled)
    assert max(feeds[31:33]) < 2.5 * fmean(settled)


def test_nobody_is_hammered(played: Simulation) -> None:
    hosts, spacing = played.world.hosts, played.polling.host_spacing_seconds
    assert min(host.closest for host in hosts) >= spacing - 1e-9
    assert max(host.worst for host in hosts) <= 60 / spacing + 1
    strict = [host for host in hosts if host.strict]
    assert sum(host.complaints for host in strict) > 0
    assert sum(host.disobeyed for host in hosts) == 0
    # A host that complains is soon asked so seldom that it does not again.
    assert max(host.complaints for host in strict) < DAYS * 24 * 60 / STRICT_REQUESTS


def test_no_feed_starves(played: Simulation) -> None:
    assert played.cursors.keys() == played.world.feeds.keys()
    assert percentile(played.tally.late, 0.99) <= 60
    # The most that one waits is for the first pages of all feeds of the largest host, read at its pace.
    assert max(host.latest for host in played.world.hosts if not host.complaints) <= HOUR
    assert max(played.tally.late) <= 6 * HOUR
    longest = played.polling.max_interval_seconds * 1.1 + HOUR + 900
    for cursor in played.cursors.values():
        assert cursor.ended or cursor.next_poll_at
        if not cursor.failures and cursor.succeeded_at and cursor.next_poll_at:
            assert (cursor.next_poll_at - cursor.succeeded_at).total_seconds() <= longest


def test_what_a_site_with_many_feeds_waits_others_do_not(played: Simulation) -> None:
    sizes = Counter(feed.host.name for feed in played.world.feeds.values())
    assert max(sizes.values()) > 100
    small = [feed for feed in played.world.feeds.values() if sizes[feed.host.name] == 1 and feed.rate > 24]
    assert known_share(small) > 50


def test_few_entries_leave_their_feeds_unseen(played: Simulation) -> None:
    tally = played.tally
    assert tally.entries > 10_000
    steady = tally.missed - tally.missed_at_first - tally.missed_late - tally.missed_at_limit
    assert steady < 0.002 * tally.entries
    assert tally.missed < 0.02 * tally.entries


def test_readings_find_both_known_and_new(played: Simulation) -> None:
    feeds = [feed for feed in played.world.feeds.values() if feed.readings and feed.rate * feed.window > 2_000]
    assert 100 / 3 < known_share(feeds) < 85


def test_fast_feeds_are_read_soon(played: Simulation) -> None:
    assert percentile(played.tally.stale_fast, 0.5) < HOUR
    assert percentile(played.tally.stale, 0.99) < played.polling.max_interval_seconds * 1.2


def test_the_report_tells_of_all(played: Simulation) -> None:
    assert len(report(played)) > 25
