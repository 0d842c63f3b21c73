"""Batches on their way to the broker: retried until they are acknowledged or the program stops."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from connectors.base import Batch
from connectors.publishing.publish import Publisher
from pipeline.errors import Retryable

FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 30.0


def waits(first: float = FIRST_WAIT_SECONDS, longest: float = LONGEST_WAIT_SECONDS) -> Callable[[], float]:
    """Return a function that gives the next wait each time: doubling, up to the longest."""
    following = first

    def wait() -> float:
        nonlocal following
        present, following = following, min(following * 2, longest)
        return present

    return wait


class Outbox:
    """One publisher shared by all threads; a new one is made when the broker was away."""

    def __init__(self, connect: Callable[[], Publisher], stop: threading.Event, tell: Callable[[str], None]) -> None:
        self._connect = connect
        self._stop = stop
        self._tell = tell
        self._lock = threading.Lock()
        self._publisher: Publisher | None = None
        self._given_up = threading.Event()

    def publish(self, batch: Batch) -> bool:
        """Publish a batch, however long it takes; False when the program stopped before it was acknowledged."""
        wait = waits()
        while not self._given_up.is_set():
            publisher: Publisher | None = None
            try:
                publisher = self._current()
                publisher.publish(batch)
                return True
            except Retryable as error:
                self._drop(publisher)
                if self._stop.is_set():
                    return False
                seconds = wait()
                self._tell(f"{error}; tried again in {seconds:g} s")
                self._stop.wait(seconds)
        return False

    def give_up(self) -> None:
        """End the attempts under way: the program has no more time."""
        self._given_up.set()
        publisher = self._publisher
        if publisher:
            publisher.abandon()

    def close(self) -> None:
        """Flush and close the publisher."""
        self._drop(self._publisher)

    def _current(self) -> Publisher:
        with self._lock:
            if self._publisher is None:
                self._publisher = self._connect()
            return self._publisher

    def _drop(self, publisher: Publisher | None) -> None:
        """Close a publisher once, though several threads may find it broken."""
        with self._lock:
            if publisher is None or publisher is not self._publisher:
                return
            self._publisher = None
        with suppress(Retryable):
            publisher.close()
