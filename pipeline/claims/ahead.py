"""Articles read for their claims by processes beside, ahead of their turn, so that a replay fills all cores.

Nothing but reading is spread: it costs most and remembers nothing. What follows is done in the articles' order, by one
process, so that a replay comes to the same whatever reads for it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from pipeline.child import serve_parent
from pipeline.claims.stage import ReadClaims
from pipeline.errors import CrossclaimError
from schemas.article import Article
from schemas.claim import ArticleClaims

L = TypeVar("L")

AHEAD = 8
"""Articles a process that are read before their turn: enough that none waits for a long one, and little memory."""


class ReadingAhead:
    """Processes that read articles; `articles` passes them on in their order, and `read` gives the claims of each."""

    def __init__(self, processes: int, load: Callable[[Path], ReadClaims], models: Path) -> None:
        """`load` is a module-level function that each process calls once with the folder of models."""
        self._ahead = AHEAD * processes
        self._read: dict[int, Future[ArticleClaims]] = {}
        with _deaf_to_ctrl_c():
            context = multiprocessing.get_context("forkserver")
            self._pool = ProcessPoolExecutor(processes, context, _begin, (load, models))
            for _ in range(processes):  # a process starts with its first task
                self._pool.submit(os.getpid)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def articles(self, lines: Iterable[L]) -> Iterator[L]:
        """Yield the same, articles among them given to the processes some lines before."""
        waiting: deque[L] = deque()
        for line in lines:
            if isinstance(line, Article):
                self._read[id(line)] = self._pool.submit(_claims_of, line)
            waiting.append(line)
            if len(waiting) > self._ahead:
                yield waiting.popleft()
        yield from waiting

    def read(self, article: Article) -> ArticleClaims:
        """Return the claims of an article that `articles` has passed on, once. Raises what reading it raised."""
        try:
            return self._read.pop(id(article)).result()
        except BrokenProcessPool as error:
            raise CrossclaimError(
                "reading articles: a process that reads them died, as for want of memory; use fewer (--workers 1)"
            ) from error


_reader: ReadClaims | None = None


def _begin(load: Callable[[Path], ReadClaims], models: Path) -> None:
    global _reader
    serve_parent()
    _reader = load(models)


def _claims_of(article: Article) -> ArticleClaims:
    assert _reader is not None
    return _reader(article)


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """What is started here inherits it: a Ctrl-C in a terminal goes to all processes, and is this one's business."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
