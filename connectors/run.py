"""The connectors at work: sources that are due are polled on one event loop, and what they give is published."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from connectors.articles.outlets import load_outlets
from connectors.aside import aside
from connectors.base import Batch, FeedSource, PollStopped, Tools
from connectors.extraction import Workers
from connectors.fetching.http import Fetcher
from connectors.fetching.robots import Robots
from connectors.kinds import lister_of
from connectors.listing import ListingConnector
from connectors.polling.cursors import load_into
from connectors.polling.kept import KeptCursors
from connectors.polling.schedule import Schedule
from connectors.publishing.outbox import Outbox, waits
from connectors.publishing.publish import KafkaPublisher, Publisher
from connectors.tally import OnProgress, Summary, Tally
from pipeline.config import Kafka, Settings
from pipeline.errors import Retryable

GRACE_SECONDS = 3.0
"""After a stop, batches under way may take so long to be acknowledged; all in all a stop takes at most 5 s."""
_LAST_SECONDS = 0.5
PUBLISHERS = 8
"""Batches that wait for their acknowledgement at a time; each waits some 10 ms, so that this is hundreds a second."""
_TICK_SECONDS = 0.25
_STOP_TICK_SECONDS = 0.1

Connect = Callable[[Kafka], Publisher]
Load = Callable[[Kafka, KeptCursors], None]
Clock = Callable[[], datetime]


def run(
    settings: Settings,
    sources: Sequence[FeedSource],
    stop: threading.Event,
    once: bool = False,
    on_progress: OnProgress = lambda _: None,
    *,
    connect: Connect = KafkaPublisher,
    load: Load = load_into,
    clock: Clock = lambda: datetime.now(UTC),
) -> Summary:
    """Poll sources and publish what they give until `stop` is set, or until each was read once.

    Returns within 5 s of the stop. While the broker is away it says so through `on_progress` and waits. Raises
    SetupError when the topics do not exist, settings are wrong or nobody lists sources of a kind; any other exception
    is a defect of ours. `on_progress` is called from several threads, one at a time.
    """
    for kind in {source.kind for source in sources}:
        lister_of(kind)
    return asyncio.run(_Run(settings, sources, stop, once, on_progress, connect, clock).all(load))


class _Run:
    """The state of one `run`; only the loop's thread changes it."""

    def __init__(
        self,
        settings: Settings,
        sources: Sequence[FeedSource],
        stop: threading.Event,
        once: bool,
        on_progress: OnProgress,
        connect: Connect,
        clock: Clock,
    ) -> None:
        self._settings = settings
        self._sources = {source.url: source for source in sources}
        self._stop = stop
        self._stopping = asyncio.Event()
        self._once = once
        self._clock = clock
        self._tally = Tally(len(self._sources), on_progress)
        self._outbox = Outbox(lambda: connect(settings.kafka), stop, self._tally.say)
        self._threads = ThreadPoolExecutor(PUBLISHERS, thread_name_prefix="publish")
        self._schedule = Schedule()
        self._workers = Workers(settings.polling.extraction_workers)
        self._cursors = KeptCursors(settings.data)
        self._running: set[asyncio.Task[None]] = set()
        self._defect: BaseException | None = None
        self._wake = asyncio.Event()

    async def all(self, load: Load) -> Summary:
        watch = asyncio.create_task(self._watch())
        warm = asyncio.create_task(self._workers.warm_up())
        try:
            if await self._loaded(load):
                self._begin()
                await self._work()
        finally:
            watch.cancel()
            self._workers.stop()
            warm.cancel()
            self._threads.shutdown(wait=False, cancel_futures=True)
            self._cursors.close()
        return self._tally.end(stopped=self._stop.is_set())

    async def _watch(self) -> None:
        """Bring the stop of other threads into the loop."""
        while not self._stop.is_set():  # noqa: ASYNC110 - it is set by a signal or another thread
            await asyncio.sleep(_STOP_TICK_SECONDS)
        self._stopping.set()
        self._wake.set()

    async def _loaded(self, load: Load) -> bool:
        """Read the cursors as soon as the broker gives them; False when the program stopped before."""
        pause = waits()
        stopping = asyncio.ensure_future(self._stopping.wait())
        while not self._stopping.is_set():
            loading = aside(load, self._settings.kafka, self._cursors)
            either: set[asyncio.Future[Any]] = {loading, stopping}
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            try:
                if loading.done():
                    loading.result()
                    stopping.cancel()
                    return True
            except Retryable as error:
                seconds = pause()
                self._tally.say(f"{error}; tried again in {seconds:g} s")
                await asyncio.wait({stopping}, timeout=seconds)
        return False

    def _begin(self) -> None:
        """Let every source be due when its cursor says; those that ended are not polled."""
        now = self._clock()
        times = {url: at for url, at in self._cursors.due() if url in self._sources}
        ended = frozenset(url for url, at in times.items() if at is None)
        for url in self._sources.keys() - ended:
            self._schedule.add(url, now if self._once else times.get(url))
        if ended:
            self._tally.ended(ended)

    async def _work(self) -> None:
        polling = self._settings.polling
        fetcher = Fetcher(polling, self._clock)
        robots = Robots(fetcher, polling.user_agent, slow=fetcher.gate.slow) if polling.robots else None
        tools = Tools(
            fetcher, self._workers, load_outlets(), polling, self._settings.kafka, self._stopping.is_set, robots
        )
        try:
            await self._loop(tools)
        finally:
            await self._end(fetcher)
        if self._defect:
            raise self._defect

    async def _loop(self, tools: Tools) -> None:
        while not (self._stopping.is_set() or self._defect) and (self._running or len(self._schedule)):
            self._wake.clear()
            room = self._settings.polling.concurrency - len(self._running)
            for url in self._schedule.take(self._clock(), room):
                task = asyncio.create_task(self._poll(url, tools))
                self._running.add(task)
                task.add_done_callback(self._done)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), _TICK_SECONDS)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._wake.set()
        if not task.cancelled() and task.exception() and self._defect is None:
            self._defect = task.exception()

    async def _poll(self, url: str, tools: Tools) -> None:
        """Poll, publish, and remember the cursor: in this order, so that a crash in between only repeats."""
        batch: Batch | None = None
        with suppress(PollStopped):
            batch = await ListingConnector(self._sources[url], tools).poll(self._cursors.get(url), self._clock())
        loop = asyncio.get_running_loop()
        published = batch is not None and await loop.run_in_executor(self._threads, self._outbox.publish, batch)
        now = self._clock()
        self._schedule.done(url, now)
        if batch is None or not published:
            return
        self._cursors.put(batch.cursor)
        if batch.more or not (self._once or batch.cursor.ended):
            self._schedule.add(url, now if batch.more else batch.cursor.next_poll_at or now)
        self._tally.count(batch)

    async def _end(self, fetcher: Fetcher) -> None:
        """Let what is under way be acknowledged, within the time of grace."""
        fetcher.stop()
        self._workers.stop()
        if not await self._through(GRACE_SECONDS):
            self._outbox.give_up()
            await self._through(_LAST_SECONDS)
        for task in self._running:
            task.cancel()
        await asyncio.wait({aside(self._outbox.close)}, timeout=1.0)
        await fetcher.aclose()

    async def _through(self, seconds: float) -> bool:
        """Wait until every poll under way is done; False when some are not by then."""
        late = (await asyncio.wait(self._running, timeout=seconds))[1] if self._running else ()
        return not late
