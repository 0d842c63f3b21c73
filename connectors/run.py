"""The connectors at work: feeds that are due are polled by a pool of threads, and what they give is published."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from connectors.base import Batch, Connector, FeedSource, PollStopped, Problem
from connectors.cursors import load_cursors
from connectors.extraction import Workers
from connectors.http import Fetcher
from connectors.outbox import Outbox, waits
from connectors.outlets import load_outlets
from connectors.publish import KafkaPublisher, Publisher
from connectors.rss import RssConnector
from connectors.schedule import Schedule
from pipeline.config import Kafka, Settings
from pipeline.errors import Retryable
from schemas.cursor import Cursor

GRACE_SECONDS = 3.0
"""After a stop, batches under way may take so long to be acknowledged; all in all a stop takes at most 5 s."""
_TICK_SECONDS = 0.25
_KEPT_PROBLEMS = 200


@dataclass(frozen=True)
class Summary:
    """What was done so far. Each poll counts once as read, failed or stopped, each entry once by its fate.

    `duplicates` were read again and said what they said; `waiting` could not be read and are tried again. `problems`
    are the last ones, `note` is what there is to say at this moment (the broker is away …), "" mostly.
    """

    feeds: int = 0
    polls: int = 0
    feeds_read: int = 0
    """Feeds that were read well at least once."""
    feeds_failed: int = 0
    """Feeds whose last poll failed."""
    articles: int = 0
    revisions: int = 0
    rejected: int = 0
    duplicates: int = 0
    waiting: int = 0
    problems: tuple[Problem, ...] = ()
    note: str = ""
    stopped: bool = False


OnProgress = Callable[[Summary], None]


def run(
    settings: Settings,
    sources: Sequence[FeedSource],
    stop: threading.Event,
    once: bool = False,
    on_progress: OnProgress = lambda _: None,
    *,
    connect: Callable[[Kafka], Publisher] = KafkaPublisher,
    load: Callable[[Kafka], dict[str, Cursor]] = load_cursors,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Summary:
    """Poll feeds and publish what they give until `stop` is set, or until each was read once.

    Returns within 5 s of the stop. While the broker is away it says so through `on_progress` and waits. Raises
    SetupError when the topics do not exist or settings are wrong; any other exception is a defect of ours.
    `on_progress` is called from several threads, one at a time.
    """
    return _Run(settings, sources, stop, once, on_progress, connect, clock).all(load)


class _Run:
    """The state of one `run`; only the calling thread changes the schedule and the cursors."""

    def __init__(
        self,
        settings: Settings,
        sources: Sequence[FeedSource],
        stop: threading.Event,
        once: bool,
        on_progress: OnProgress,
        connect: Callable[[Kafka], Publisher],
        clock: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._sources = {source.url: source for source in sources}
        self._stop = stop
        self._once = once
        self._on_progress = on_progress
        self._clock = clock
        self._telling = threading.RLock()
        self._summary = Summary(feeds=len(self._sources))
        self._outbox = Outbox(lambda: connect(settings.kafka), stop, self._say)
        self._schedule = Schedule()
        self._running: dict[Future[Batch | None], str] = {}
        self._good: set[str] = set()
        self._bad: set[str] = set()

    def all(self, load: Callable[[Kafka], dict[str, Cursor]]) -> Summary:
        cursors = self._loaded(load)
        if cursors is None:
            return self._told(stopped=True)
        polling = self._settings.polling
        fetcher = Fetcher(polling, self._clock)
        workers = Workers(polling.extraction_workers)
        outlets = load_outlets()
        connectors: dict[str, Connector] = {
            url: RssConnector(source, fetcher, workers, outlets, polling, self._stop.is_set)
            for url, source in self._sources.items()
        }
        threads = ThreadPoolExecutor(polling.concurrency, thread_name_prefix="poll")
        try:
            self._begin(cursors)
            self._loop(threads, connectors, cursors)
        finally:
            self._end(fetcher, workers, threads)
        return self._told(stopped=self._stop.is_set())

    def _loaded(self, load: Callable[[Kafka], dict[str, Cursor]]) -> dict[str, Cursor] | None:
        """Return the cursors as soon as the broker gives them, None when the program stopped before."""
        pause = waits()
        while not self._stop.is_set():
            try:
                return load(self._settings.kafka)
            except Retryable as error:
                seconds = pause()
                self._say(f"{error}; tried again in {seconds:g} s")
                self._stop.wait(seconds)
        return None

    def _begin(self, cursors: dict[str, Cursor]) -> None:
        now = self._clock()
        for url in self._sources:
            known = cursors.get(url)
            self._schedule.add(url, (known.next_poll_at if known and not self._once else None) or now)

    def _loop(self, threads: ThreadPoolExecutor, connectors: dict[str, Connector], cursors: dict[str, Cursor]) -> None:
        while not self._stop.is_set() and (self._running or len(self._schedule)):
            room = self._settings.polling.concurrency - len(self._running)
            for url in self._schedule.take(self._clock(), room):
                self._running[threads.submit(self._poll, connectors[url], cursors.get(url))] = url
            if self._running:
                done, _ = wait(self._running, timeout=_TICK_SECONDS, return_when=FIRST_COMPLETED)
                for future in done:
                    self._finished(future, cursors)
            else:
                self._stop.wait(_TICK_SECONDS)

    def _poll(self, connector: Connector, cursor: Cursor | None) -> Batch | None:
        """In a thread: poll, publish; None when the program stopped before all was acknowledged."""
        try:
            batch = connector.poll(cursor, self._clock())
        except PollStopped:
            return None
        return batch if self._outbox.publish(batch) else None

    def _finished(self, future: Future[Batch | None], cursors: dict[str, Cursor]) -> None:
        url = self._running.pop(future)
        batch = future.result()
        now = self._clock()
        self._schedule.done(url, now)
        if batch is None:
            return
        cursors[url] = batch.cursor
        if batch.more or not self._once:
            self._schedule.add(url, now if batch.more else batch.cursor.next_poll_at or now)
        (self._bad if batch.cursor.failures else self._good).add(url)
        if not batch.cursor.failures:
            self._bad.discard(url)
        self._count(batch)

    def _count(self, batch: Batch) -> None:
        with self._telling:
            was = self._summary
            self._told(
                polls=was.polls + 1,
                feeds_read=len(self._good),
                feeds_failed=len(self._bad),
                articles=was.articles + len(batch.articles),
                revisions=was.revisions + sum(1 for article in batch.articles if article.revision > 1),
                rejected=was.rejected + len(batch.rejected),
                duplicates=was.duplicates + batch.duplicates,
                waiting=was.waiting + batch.waiting,
                problems=(*was.problems, *batch.problems)[-_KEPT_PROBLEMS:],
                note="",
            )

    def _say(self, note: str) -> None:
        self._told(note=note)

    def _told(self, **changes: object) -> Summary:
        with self._telling:
            self._summary = replace(self._summary, **changes)  # type: ignore[arg-type]
            self._on_progress(self._summary)
            return self._summary

    def _end(self, fetcher: Fetcher, workers: Workers, threads: ThreadPoolExecutor) -> None:
        """Let what is under way be acknowledged, within the time of grace, and count it."""
        fetcher.stop()
        workers.stop()
        done, late = wait(self._running, timeout=GRACE_SECONDS)
        if late:
            self._outbox.give_up()
            done |= wait(late, timeout=1.0).done
        for future in done:
            batch = future.result() if not future.exception() else None
            if batch:
                self._count(batch)
        threads.shutdown(wait=False, cancel_futures=True)
        self._outbox.close()
        fetcher.close()
