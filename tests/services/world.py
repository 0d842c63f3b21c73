"""A small world to test the whole way in: newsroom, broker, index, and our parts as real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import msgspec

from benchmarks.quality.newsroom import newsroom_articles
from connectors.base import FeedSource
from connectors.lists.feedlist import read_feed_list
from connectors.run import run as run_connectors
from newsroom import Newsroom
from pipeline import compose, topics
from pipeline.config import Settings, load
from pipeline.errors import Retryable
from pipeline.index.open import open_index
from pipeline.ports import Collection, Query
from pipeline.replay import replay
from pipeline.run.progress import SOURCES, Progress, look
from pipeline.setup import set_up

WAIT_SECONDS = 240.0
"""A bound on waiting, not a measurement: test machines are small and busy."""

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass
class World:
    """Settings under which everything runs, and what was started."""

    settings: Settings
    newsroom: Newsroom
    folder: Path
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def read_feeds(self) -> None:
        """Read every feed once, as `crossclaim connect --once` does."""
        sources: tuple[FeedSource, ...] = read_feed_list(self.newsroom.opml_path)
        run_connectors(self.settings, sources, threading.Event(), once=True)

    def start(self, role: str) -> subprocess.Popen[bytes]:
        """Start a worker as its own process; its log is in the folder."""
        with (self.folder / f"{role}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "pipeline.cli", "worker", "--role", role],
                env={**os.environ, **self._environment()}, stdout=log, stderr=log,
            )  # fmt: skip
        self.running.append(process)
        return process

    def run(self, *arguments: str) -> str:
        """Run `crossclaim ARGUMENTS…` under these settings and return what it printed."""
        command = [sys.executable, "-m", "pipeline.cli", *arguments]
        done = subprocess.run(
            command, env={**os.environ, **self._environment()}, check=True, capture_output=True, timeout=WAIT_SECONDS
        )
        return done.stdout.decode()

    def settle(self, articles: int) -> None:
        """Wait until that many articles are found in the index and every message is through."""
        index, deadline = open_index(self.settings), monotonic() + WAIT_SECONDS
        progress: Progress | Retryable
        while True:
            try:
                progress = look(self.settings, index, LONG_AGO)
                if progress.settled(0) and progress.counts["articles"] == articles:
                    return
            except Retryable as error:  # a group has no coordinator before its first member came
                progress = error
            assert monotonic() < deadline, f"not settled: {progress}\n{self.logs()}"
            assert all(process.poll() is None for process in self.running), f"a worker ended\n{self.logs()}"
            sleep(0.3)

    def until_through(self, role: str) -> None:
        """Wait until a role has acknowledged everything there is for it."""
        deadline = monotonic() + WAIT_SECONDS
        while True:
            try:
                if topics.lag(self.settings, {role: SOURCES[role]}) == 0:
                    return
            except Retryable:
                pass  # a group has no coordinator before its first member came
            assert monotonic() < deadline, self.logs()
            sleep(0.3)

    def until(self, collection: Collection, count: int) -> None:
        """Wait until the index holds that many documents of a collection."""
        index, deadline = open_index(self.settings), monotonic() + WAIT_SECONDS
        while index.search(Query(collection, limit=0)).total < count:
            assert monotonic() < deadline, f"never {count} {collection}\n{self.logs()}"
            sleep(0.1)

    def until_told(self) -> None:
        """Wait until no alert of a contradiction is due; updates of one are held for longer."""
        index, deadline = open_index(self.settings), monotonic() + WAIT_SECONDS
        waiting = Query("alerts", where={"status": ("due", "sending"), "subject": "contradiction"}, limit=0)
        quiet_since = monotonic()
        while monotonic() - quiet_since < 2:  # a store may need a second until a search sees what was written
            if index.search(waiting).total:
                quiet_since = monotonic()
            assert monotonic() < deadline, f"alerts still wait\n{self.logs()}"
            sleep(0.2)

    def ids(self, collection: Collection) -> set[str]:
        """Return the ids of the open documents of a collection."""
        return {hit.id for hit in self.documents(collection)}

    def documents(self, collection: Collection) -> list[Any]:
        """Return the open documents of a collection."""
        return list(open_index(self.settings).search(Query(collection, limit=5000, sort="newest")).hits)

    def alerts(self) -> list[dict[str, Any]]:
        """Return the lines of the alerts file."""
        file = self.settings.data / "alerts.jsonl"
        return [msgspec.json.decode(line) for line in file.read_bytes().splitlines()] if file.exists() else []

    def logs(self) -> str:
        """Return the ends of the workers' logs."""
        return "\n".join(
            f"--- {log.name}\n" + "\n".join(log.read_text(errors="replace").splitlines()[-30:])
            for log in sorted(self.folder.glob("*.log"))
        )

    def stop(self) -> None:
        """End the workers that still run, and hold them to the ten seconds that are promised."""
        for process in self.running:
            process.send_signal(signal.SIGTERM)
        deadline = monotonic() + 10
        for process in self.running:
            process.wait(max(0.1, deadline - monotonic()))
        self.running.clear()

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """End a worker as a power cut would."""
        process.kill()
        process.wait()
        self.running.remove(process)

    def _environment(self) -> dict[str, str]:
        s = self.settings
        return {
            "CROSSCLAIM_PROFILE": s.profile,
            "CROSSCLAIM_DATA": str(s.data),
            "CROSSCLAIM_KAFKA__BOOTSTRAP": s.kafka.bootstrap,
            "CROSSCLAIM_KAFKA__TOPIC_PREFIX": s.kafka.topic_prefix,
            "CROSSCLAIM_KAFKA__BATCH_BYTES": str(s.kafka.batch_bytes),
            "CROSSCLAIM_ELASTICSEARCH__URL": s.elasticsearch.url,
            "CROSSCLAIM_ELASTICSEARCH__PREFIX": s.elasticsearch.prefix,
        }


@contextmanager
def world(folder: Path, bootstrap: str, elasticsearch: str | None = None) -> Iterator[World]:
    """A world of its own on a broker (and an Elasticsearch, else SQLite), with a newsroom that stands at round 1."""
    name = f"t{os.getpid()}-{folder.name}-".lower().replace("_", "-")
    settings = load(
        profile="services" if elasticsearch else "embedded",
        data=folder / "data",
        kafka={"bootstrap": bootstrap, "topic_prefix": name, "batch_bytes": 16_384 if elasticsearch else 0},
        elasticsearch={"url": elasticsearch or "http://127.0.0.1:9", "prefix": name},
        polling={"allow_private": ["127.0.0.0/8"], "interval_seconds": 1, "host_spacing_seconds": 0},
    )
    set_up(settings)
    newsroom = Newsroom()
    newsroom.start(0)
    this = World(settings, newsroom, folder)
    try:
        yield this
    finally:
        newsroom.stop()
        this.stop()


def replayed(base_url: str) -> tuple[set[str], set[str]]:
    """Return the ids of the clusters and contradictions that a replay of the newsroom's articles gives."""
    settings = load()
    lines = newsroom_articles(datetime.now(UTC), base_url)
    summary = replay(lines, compose.analysis(settings), compose.rules_of(settings), out=None)
    return set(summary.clusters), set(summary.contradictions)
