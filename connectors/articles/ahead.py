"""Work done ahead, its results taken in order."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


async def ahead(work: Callable[[T], Awaitable[R]], items: Sequence[T], width: int) -> AsyncGenerator[tuple[T, R], None]:
    """Yield each item with its result, in order, while at most `width` items are worked on.

    An error comes when its item's turn comes. Close the generator (`aclosing`) to cancel what is under way.
    """
    running: deque[tuple[T, asyncio.Future[R]]] = deque()
    waiting = iter(items)

    def fill() -> None:
        for item in waiting:
            running.append((item, asyncio.ensure_future(work(item))))
            if len(running) >= width:
                return

    try:
        fill()
        while running:
            item, task = running[0]
            result = await task
            running.popleft()
            yield item, result
            fill()
    finally:
        for _, task in running:
            task.cancel()
        await asyncio.gather(*(task for _, task in running), return_exceptions=True)
