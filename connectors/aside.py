"""Blocking work beside the event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def aside(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> asyncio.Future[R]:
    """Call a function in a daemon thread of its own; the future has what it returns or raises.

    For what may hang and cannot be cancelled: the end of the program does not wait for it, as it does for the threads
    of an executor.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[R] = loop.create_future()

    def work() -> None:
        try:
            result = function(*args, **kwargs)
        except Exception as error:
            tell(answer.set_exception, error)
        else:
            tell(answer.set_result, result)

    def tell(settle: Callable[[Any], None], outcome: R | Exception) -> None:
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(lambda: None if answer.done() else settle(outcome))

    threading.Thread(target=work, daemon=True).start()
    return answer
