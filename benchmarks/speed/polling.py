"""Simulate polling and print what it comes to: load, politeness, known and missed entries, staleness, silence, cost.

    python -m benchmarks.speed.polling --feeds 100000 --days 7
    python -m benchmarks.speed.polling --feeds 4000 --days 70 --silent 0.3    # how well silence is told

We are away ourselves for an hour on the fourth day.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import resource
import time
import tracemalloc
from datetime import timedelta

from benchmarks.speed.polling_report import HOUR, report
from benchmarks.speed.polling_simulation import START, Simulation
from benchmarks.speed.polling_world import DAY, World
from connectors.base import FeedSource
from connectors.fetching.hosts import Hosts
from connectors.polling.outcome import fresh
from connectors.polling.schedule import Schedule
from pipeline.config import Polling
from schemas.codec import encode
from schemas.cursor import Cursor, SeenEntry
from schemas.ids import digest


def main() -> None:
    """Run as the arguments say and print the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=100_000)
    parser.add_argument("--days", type=float, default=7.0)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--silent", type=float, default=0.0, help="share of feeds that fall silent for good")
    parser.add_argument("--concurrency", type=int, default=256, help="polls at a time")
    asked = parser.parse_args()
    world = World(asked.feeds, asked.days, asked.seed, asked.silent)
    simulation = Simulation(world, Polling(), asked.concurrency, (3.5 * DAY, 3.5 * DAY + HOUR))
    print(f"{asked.feeds:,} feeds on {len(world.hosts):,} hosts, {asked.days:g} days, seed {asked.seed}")
    print(f"{os.cpu_count()} cores ({platform.machine()}), {platform.system()}, Python {platform.python_version()}")
    gc.disable()  # nothing here is circular, and looking through all cursors again and again is no cost of polling
    started = time.process_time()
    simulation.run()
    spent = time.process_time() - started
    for line in report(simulation):
        print(line)
    for line in _cost(simulation, spent):
        print(line)


def _cost(simulation: Simulation, spent: float) -> list[str]:
    polls, seconds = sum(simulation.tally.polls.values()), simulation.world.days * DAY
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = (
        ("one core, the played world included", f"{spent:,.0f} s, {100 * spent / seconds:.3f} % of the time"),
        ("  a poll", f"{spent / polls * 1e6:,.0f} µs"),
        ("memory of schedule and hosts", f"{policy_bytes(simulation.world) / 1e6:,.1f} MB"),
        ("  resident, with world and all cursors", f"{resident:,.0f} MB"),
        ("a cursor with 50 entries, with none", f"{cursor_bytes(50):,} bytes, {cursor_bytes(0):,} bytes"),
    )
    return [f"{name:50} {value}" for name, value in lines]


def policy_bytes(world: World) -> int:
    """Return the bytes that schedule and hosts take for all feeds of a world, the addresses included."""
    tracemalloc.start()
    schedule, hosts = Schedule(), Hosts(0.5)
    for number, url in enumerate(world.feeds):
        schedule.add(f"{url}?", START + timedelta(seconds=number, microseconds=number))
    for host in world.hosts:
        hosts.reserve(f"{host.name}?", 0.0)
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return size


def cursor_bytes(entries: int) -> int:
    """Return how long a cursor is as a message, its entries known by addresses of 80 characters."""
    seen = {
        f"https://www.example.org/news/2026/06/{number:043d}": SeenEntry(
            article_id=digest(number),
            content_hash=digest(number),
            revision=1,
            entry_hash=digest(number),
            last_listed=START,
        )
        for number in range(entries)
    }
    cursor = fresh(FeedSource("https://www.example.org/feeds/world.xml", "Example: World", "Example"))
    return len(encode(Cursor(feed_url=cursor.feed_url, title=cursor.title, outlet=cursor.outlet, seen=seen)))


if __name__ == "__main__":
    main()
