"""What Ctrl-C and SIGTERM do to a command."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def stopping() -> Iterator[threading.Event]:
    """Yield an event that Ctrl-C and SIGTERM set; a second signal ends the process at once."""
    stop = threading.Event()

    def handle(number: int, _frame: Any) -> None:
        if stop.is_set():
            sys.exit(128 + number)
        stop.set()

    with _handled(handle):
        yield stop


@contextmanager
def ending_at_once() -> Iterator[threading.Event]:
    """End with exit code 0 on Ctrl-C and SIGTERM, also in the middle of a question to the index.

    The event that is yielded is set for where an exception of a signal is swallowed: in callbacks of C code.
    """
    stop = threading.Event()

    def handle(_number: int, _frame: Any) -> None:
        stop.set()
        raise SystemExit(0)

    with _handled(handle):
        yield stop


@contextmanager
def _handled(handle: Callable[[int, Any], None]) -> Iterator[None]:
    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
