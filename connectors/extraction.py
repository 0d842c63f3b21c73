"""Worker processes for the parsers: a page that hangs, crashes or eats memory costs only itself.

Each worker is an executor of one process, held by one task at a time. So a dead worker's page is known, a timeout
counts only the work itself, and killing one worker harms no other. Workers are replaced after a number of tasks,
because parsers keep memory; we count ourselves, for `max_tasks_per_child` of CPython 3.11 can deadlock an executor.
A new worker imports the program's main module again (the parsers are there already), so that should import little.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import forkserver, resource_tracker
from time import monotonic, sleep
from typing import ParamSpec, TypeVar

from connectors.aside import aside
from pipeline.child import serve_parent
from pipeline.errors import CrossclaimError

P = ParamSpec("P")
R = TypeVar("R")

TASKS_PER_WORKER = 500
TIMEOUT_SECONDS = 20.0
BACKLOG = 64
"""Tasks that may wait for a worker before no more pages are fetched: what waits lies in the memory."""
START_METHOD = "forkserver"
"""A clean process that has the parsers is forked: forking this one, with its threads, could copy a held lock."""
PRELOADED = [
    "connectors.articles.page",
    "connectors.sources.feed",
    "connectors.articles.choice",
    "connectors.articles.spoken",
]
START_SECONDS = 60.0
"""A worker imports the parsers before its first task; a busy machine may take long."""
END_SECONDS = 1.0
"""A start ends some milliseconds after what it waits for was killed."""


class ExtractionError(CrossclaimError):
    """A task took too long or killed its worker, in plain words."""


class ExtractionStopped(CrossclaimError):  # noqa: N818 - nothing went wrong
    """The workers were stopped while the task ran or waited."""


class _Worker:
    """One process, started with its first task."""

    def __init__(self, starts: _Starts) -> None:
        self.tasks = 0
        self._starts = starts
        self._pool: ProcessPoolExecutor | None = None

    async def run(self, timeout_seconds: float, task: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run one task; raises TimeoutError, BrokenExecutor, or what the task raises."""
        future = await self._submitted(task, *args, **kwargs)
        self.tasks += 1
        async with asyncio.timeout(timeout_seconds):
            return await asyncio.wrap_future(future)

    async def _submitted(self, task: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        if self._pool is not None:
            with suppress(BrokenExecutor):  # it was killed while it waited, which is not this page's fault
                return self._pool.submit(task, *args, **kwargs)
            self.retire(kill=True)
        pool = await aside(self._starts.start)
        if self._starts.ended:
            _end(pool, kill=True)
            raise BrokenExecutor("stopped")
        self._pool = pool
        return pool.submit(task, *args, **kwargs)

    def retire(self, kill: bool = False) -> None:
        """End the process, at once when it may hang, and let the next task start a new one."""
        pool, self._pool, self.tasks = self._pool, None, 0
        if pool is not None:
            _end(pool, kill)


class Workers:
    """A fixed number of workers for any number of tasks of one event loop. `stop` it at the end."""

    def __init__(self, count: int, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        self._timeout = timeout_seconds
        self._starts = _Starts()
        self._all = [_Worker(self._starts) for _ in range(count)]
        self._idle = list(self._all)
        self._free = asyncio.Semaphore(count)
        self._waiting = 0
        self._few_wait = asyncio.Event()
        self._few_wait.set()
        self._stopped = False

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    async def run(self, task: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a module-level function in a worker and return what it returns; a CrossclaimError of it comes through.

        Raises ExtractionError when it failed, took longer than the timeout or killed its worker, and ExtractionStopped
        after `stop`.
        """
        await self._turn()
        try:
            if self._stopped:
                raise ExtractionStopped("parsing: stopped")
            return await self._run(self._idle.pop(), task, *args, **kwargs)
        finally:
            self._free.release()

    async def warm_up(self) -> None:
        """Start a worker before there is anything to parse: the first takes seconds."""
        with suppress(ExtractionStopped, ExtractionError):
            await self.run(os.getpid)

    async def few_waiting(self) -> None:
        """Wait until few tasks wait for a worker: fetch what is to be parsed only then."""
        await self._few_wait.wait()

    async def _turn(self) -> None:
        self._count(1)
        try:
            await self._free.acquire()
        finally:
            self._count(-1)

    def _count(self, change: int) -> None:
        self._waiting += change
        if self._waiting < BACKLOG or self._stopped:
            self._few_wait.set()
        else:
            self._few_wait.clear()

    async def _run(self, worker: _Worker, task: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        alive = False
        try:
            result = await worker.run(self._timeout, task, *args, **kwargs)
            alive = True
            return result
        except CrossclaimError:
            alive = True
            raise
        except TimeoutError as error:
            raise self._failed(f"took more than {self._timeout:g} s to parse and was given up") from error
        except BrokenExecutor as error:
            raise self._failed("crashed the parser, or used up its memory") from error
        except Exception as error:  # whatever a parser raises on foreign bytes is that page's fault
            alive = True
            raise self._failed(f"could not be parsed ({type(error).__name__}: {str(error)[:200]})") from error
        finally:
            self._give_back(worker, alive)

    def stop(self) -> None:
        """End all workers at once, those too that are just starting; these drag along the workers of other loops."""
        self._stopped = True
        self._few_wait.set()
        for worker in self._all:
            worker.retire(kill=True)
        self._starts.end()

    def _failed(self, text: str) -> CrossclaimError:
        return ExtractionStopped("parsing: stopped") if self._stopped else ExtractionError(text)

    def _give_back(self, worker: _Worker, alive: bool) -> None:
        if self._stopped or not alive:
            worker.retire(kill=True)
        elif worker.tasks >= TASKS_PER_WORKER:
            worker.retire()
        self._idle.append(worker)


class _Starts:
    """Starts of processes, beside the loop. One may hang at any step, and what it began would outlive the program."""

    def __init__(self) -> None:
        self.ended = False
        self._under_way: set[ProcessPoolExecutor] = set()

    def start(self) -> ProcessPoolExecutor:
        """Start a process and wait for its first answer: starting it is not the page's time.

        The first of all waits until the parsers are imported. Raises BrokenExecutor after `end`.
        """
        pool = _new_pool()
        self._under_way.add(pool)
        try:
            if self.ended:
                raise BrokenExecutor("stopped")
            pool.submit(os.getpid).result(START_SECONDS)
        except BaseException:
            _end(pool, kill=True)
            raise
        finally:
            self._under_way.discard(pool)
        return pool

    def end(self) -> None:
        """Kill what the starts under way have come to; again and again, for one may be between two steps."""
        self.ended = True
        until = monotonic() + END_SECONDS
        while self._under_way and monotonic() < until:
            for pool in tuple(self._under_way):
                _kill(pool)
            _kill_server()
            sleep(0.01)


def _new_pool() -> ProcessPoolExecutor:
    context = multiprocessing.get_context(START_METHOD)
    if START_METHOD == "forkserver":
        context.set_forkserver_preload(PRELOADED)
    # What this thread starts inherits its deafness to the Ctrl-C of a terminal; the tracker's start would end that.
    resource_tracker.ensure_running()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    return ProcessPoolExecutor(max_workers=1, mp_context=context, initializer=serve_parent)


def _end(pool: ProcessPoolExecutor, kill: bool) -> None:
    if kill:
        _kill(pool)
    pool.shutdown(wait=False, cancel_futures=True)


def _kill(pool: ProcessPoolExecutor) -> None:
    # The executor has no public way to end a process that does not answer.
    for process in tuple((getattr(pool, "_processes", None) or {}).values()):
        process.kill()


def _kill_server() -> None:
    # Nor has the module of the fork server. While that imports the parsers it does not see that its parent has ended.
    server = getattr(forkserver, "_forkserver")._forkserver_pid  # noqa: B009
    if START_METHOD == "forkserver" and server is not None:
        with suppress(ProcessLookupError):
            os.kill(server, signal.SIGKILL)
