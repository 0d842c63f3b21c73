"""Memory and rate of the connectors with very many feeds: `python -m benchmarks.speed.many_feeds [--feeds 100000]`.

The whole of `connectors.run.run` polls feeds of a web on loopback, each at a host of its own, for some seconds: feeds
known for long, that come due at an even rate and whose cursors remember `--entries` entries. Answers take as long as
on the web (median 0.3 s), one host in a hundred never answers; nine readings in ten find the feed unchanged (304), the
tenth finds other bytes and nothing new. Only the broker is left out: batches are counted and dropped.

Printed are polls a second, CPU of the main process, and memory: of the main process (resident), and of it with its
parser workers (proportional: pages that processes share count once).
"""

from __future__ import annotations

import argparse
import random
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.speed.loopback_web import Reply, Site, serving
from benchmarks.speed.process_tree import children, cpu_seconds, memory
from connectors.base import Batch, FeedSource
from connectors.polling.kept import KeptCursors
from connectors.run import run
from pipeline.config import Kafka, Polling, Settings
from schemas.cursor import Cursor, SeenEntry

MEDIAN_SECONDS, SPREAD = 0.3, 1.0
DEAD_EVERY = 100
NEVER_SECONDS = 600.0
FILLED_A_SECOND = 60_000
"""Entries that are put into cursors in a second, at least: feeds come due when all are there."""
CHANGED_EVERY = 10


def make_site(port: int) -> Site:
    """Return a web in which every host has a feed that lists what it listed before."""
    chance = random.Random(1)  # noqa: S311

    def site(host: str, path: str, headers: Mapping[str, str]) -> Reply:
        number = int(host.partition(".")[0][1:])
        if number % DEAD_EVERY == 0:
            return Reply(delay=NEVER_SECONDS)
        delay = chance.lognormvariate(0, SPREAD) * MEDIAN_SECONDS
        if "if-none-match" in headers and chance.random() > 1 / CHANGED_EVERY:
            return Reply(status=304, delay=delay)
        body = f'<rss version="2.0"><channel><title>{chance.random()}</title></channel></rss>'
        return Reply(body.encode(), headers={"Content-Type": "application/rss+xml", "ETag": '"1"'}, delay=delay)

    return site


class Counting:
    """A publisher that counts batches and drops them."""

    def __init__(self, kafka: Kafka) -> None:
        pass

    def publish(self, batch: Batch) -> None:
        """Drop it."""

    def abandon(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Nothing is open."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=100_000)
    parser.add_argument("--entries", type=int, default=60)
    parser.add_argument("--rate", type=float, default=100_000 / 1_800, help="feeds that come due in a second")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--concurrency", type=int, default=Polling().concurrency)
    options = parser.parse_args()
    with serving(make_site) as port, TemporaryDirectory() as folder:
        _measure(port, Path(folder), options)


def _measure(port: int, folder: Path, options: argparse.Namespace) -> None:
    polling = Polling(allow_private=("127.0.0.1/32",), concurrency=options.concurrency, robots=False)
    sources = [FeedSource(f"http://f{n}.localhost:{port}/feed") for n in range(options.feeds)]
    stop, polls, web = threading.Event(), [0], children()
    began: list[tuple[float, float]] = []

    def load(_: Kafka, kept: KeptCursors) -> None:
        now = datetime.now(UTC)
        begin = now + timedelta(seconds=options.feeds * options.entries / FILLED_A_SECOND)
        for number, source in enumerate(sources):
            kept.put(cursor_of(source.url, options.entries, now, begin + timedelta(seconds=number / options.rate)))
        print(f"{len(kept):,} cursors kept: {memory(web)[0]:.0f} MB", flush=True)
        time.sleep(max((begin - datetime.now(UTC)).total_seconds(), 0))
        began.append((time.monotonic(), cpu_seconds()))
        threading.Thread(target=_watch, args=(stop, polls, began[0], options.seconds, web), daemon=True).start()

    summary = run(
        Settings(data=folder, polling=polling), sources, stop,
        on_progress=lambda it: polls.__setitem__(0, it.polls), connect=Counting, load=load,
    )  # fmt: skip
    print(f"{summary.polls:,} polls, {summary.feeds_failed} feeds failed")


def _watch(
    stop: threading.Event, polls: list[int], began: tuple[float, float], seconds: float, web: frozenset[int]
) -> None:
    before = (0, *began)
    for _ in range(int(seconds / 10)):
        stop.wait(10)
        now = (polls[0], time.monotonic(), cpu_seconds())
        count, wall, cpu = (after - was for after, was in zip(now, before, strict=True))
        main, tree = memory(web)
        print(
            f"{count / wall:6.1f} polls/s, {cpu / wall:4.0%} of a core, {main:.0f} MB, with workers {tree:.0f} MB",
            flush=True,
        )
        before = now
    stop.set()


def cursor_of(url: str, entries: int, now: datetime, due: datetime) -> Cursor:
    """Return the cursor of a feed that remembers so many entries."""

    def fingerprint(kind: str, number: int) -> str:
        return blake2b(f"{kind} {url} {number}".encode(), digest_size=16).hexdigest()

    seen = {
        f"{url}/2026/11/{fingerprint('guid', number)[:12]}": SeenEntry(
            article_id=fingerprint("article", number), content_hash=fingerprint("content", number), revision=1,
            entry_hash=fingerprint("entry", number), last_listed=now,
        )
        for number in range(entries)
    }  # fmt: skip
    return Cursor(feed_url=url, title="A feed", outlet="An outlet", etag='"1"', seen=seen, polled_at=now,
                  succeeded_at=now, next_poll_at=due, interval_seconds=900.0)  # fmt: skip


if __name__ == "__main__":
    main()
