"""Worker processes for the parsers: a page that hangs, crashes or eats memory costs only itself.

Each worker is an executor of one process, held by one thread at a time. So a dead worker's page is known, a timeout
counts only the work itself, and killing one worker harms no other. Workers are replaced after a number of tasks,
because parsers keep memory; we count ourselves, for `max_tasks_per_child` of CPython 3.11 can deadlock an executor.
A new worker imports the program's main module again (the parsers are there already), so that should import little.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from multiprocessing.connection import wait
from typing import ParamSpec, TypeVar

from pipeline.errors import CrossclaimError

P = ParamSpec("P")
R = TypeVar("R")

TASKS_PER_WORKER = 500
TIMEOUT_SECONDS = 20.0
START_SECONDS = 60.0
"""A worker imports the parsers before its first task; a busy machine may take long."""
_WAKE_SECONDS = 0.25


class ExtractionError(CrossclaimError):
    """A task took too long or killed its worker, in plain words."""


class ExtractionStopped(CrossclaimError):  # noqa: N818 - nothing went wrong
    """The workers were stopped while the task ran or waited."""


class _Worker:
    """One process, started with its first task."""

    def __init__(self) -> None:
        self.tasks = 0
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, task: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        if self._pool is None:
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload(["connectors.page", "connectors.feed"])
            self._pool = ProcessPoolExecutor(max_workers=1, mp_context=context, initializer=_set_up)
            # The first answer says that the process is up: starting it is not the page's time.
            self._pool.submit(os.getpid).result(START_SECONDS)
        self.tasks += 1
        return self._pool.submit(task, *args, **kwargs)

    def retire(self, kill: bool = False) -> None:
        """End the process, at once when it may hang, and let the next task start a new one."""
        pool, self._pool, self.tasks = self._pool, None, 0
        if pool is None:
            return
        # The executor has no public way to end a process that does not answer.
        for process in tuple((getattr(pool, "_processes", None) or {}).values()) if kill else ():
            process.kill()
        pool.shutdown(wait=False, cancel_futures=True)


class Workers:
    """A fixed number of workers for any number of threads. Close it at the end, or use it in a `with`."""

    def __init__(self, count: int, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        self._timeout = timeout_seconds
        self._all = [_Worker() for _ in range(count)]
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        self._stopped = threading.Event()
        for worker in self._all:
            self._idle.put(worker)

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def run(self, task: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a module-level function in a worker and return what it returns; a CrossclaimError of it comes through.

        Raises ExtractionError when it failed, took longer than the timeout or killed its worker, and ExtractionStopped
        after `stop`.
        """
        worker = self._take()
        alive = False
        try:
            result = worker.submit(task, *args, **kwargs).result(self._timeout)
            alive = True
            return result
        except CrossclaimError:
            alive = True
            raise
        except FutureTimeout as error:
            raise self._failed(f"took more than {self._timeout:g} s to parse and was given up") from error
        except (BrokenExecutor, CancelledError) as error:
            raise self._failed("crashed the parser, or used up its memory") from error
        except Exception as error:  # whatever a parser raises on foreign bytes is that page's fault
            alive = not self._stopped.is_set()
            raise self._failed(f"could not be parsed ({type(error).__name__}: {str(error)[:200]})") from error
        finally:
            self._give_back(worker, alive)

    def stop(self) -> None:
        """End all workers at once."""
        self._stopped.set()
        for worker in self._all:
            worker.retire(kill=True)

    def _take(self) -> _Worker:
        while not self._stopped.is_set():
            try:
                return self._idle.get(timeout=_WAKE_SECONDS)
            except queue.Empty:
                continue
        raise ExtractionStopped("parsing: stopped")

    def _failed(self, text: str) -> CrossclaimError:
        return ExtractionStopped("parsing: stopped") if self._stopped.is_set() else ExtractionError(text)

    def _give_back(self, worker: _Worker, alive: bool) -> None:
        if self._stopped.is_set() or not alive:
            worker.retire(kill=True)
        elif worker.tasks >= TASKS_PER_WORKER:
            worker.retire()
        self._idle.put(worker)


def _set_up() -> None:
    """In the worker: Ctrl-C is the parent's business, and a worker whose parent was killed ends itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
