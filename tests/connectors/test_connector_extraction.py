"""Parser processes that survive what pages do, and end with who started them."""

from __future__ import annotations

import asyncio
import operator
import os
import signal
import subprocess
import sys
import time

import pytest

from connectors import extraction
from connectors.extraction import ExtractionError, ExtractionStopped, Workers
from pipeline.errors import Unusable

pytestmark = pytest.mark.anyio

PARENT = """
import asyncio, os, time
from connectors.extraction import Workers
async def main():
    print(await Workers(1).run(os.getpid), flush=True)
    time.sleep(60)
asyncio.run(main())
"""


def refuse() -> None:
    raise Unusable("no good")


async def test_a_worker_that_dies_or_fails_costs_its_page_only() -> None:
    with Workers(1) as workers:
        first = await workers.run(os.getpid)
        assert await workers.run(os.getpid) == first
        with pytest.raises(ExtractionError, match="ZeroDivisionError"):
            await workers.run(operator.truediv, 1, 0)
        with pytest.raises(Unusable):
            await workers.run(refuse)
        assert await workers.run(os.getpid) == first
        with pytest.raises(ExtractionError, match="crashed"):
            await workers.run(os._exit, 1)
        assert await workers.run(os.getpid) != first


async def test_a_worker_that_hangs_is_given_up_and_replaced() -> None:
    with Workers(1, timeout_seconds=2.0) as workers:
        first = await workers.run(os.getpid)
        begun = time.monotonic()
        with pytest.raises(ExtractionError, match="more than 2 s"):
            await workers.run(time.sleep, 60)
        assert time.monotonic() - begun < 30
        assert await workers.run(os.getpid) != first


async def test_a_worker_that_was_killed_while_idle_costs_nothing() -> None:
    with Workers(1) as workers:
        os.kill(await workers.run(os.getpid), signal.SIGKILL)
        await asyncio.sleep(0.2)
        assert await workers.run(os.getpid)


async def test_many_tasks_share_the_workers() -> None:
    with Workers(2, timeout_seconds=3.0) as workers:
        tasks = [workers.run(os._exit, 1), workers.run(time.sleep, 60), *(workers.run(os.getpid) for _ in range(20))]
        found = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(it) for it in found[:2]] == [ExtractionError, ExtractionError]
        assert all(isinstance(it, int) for it in found[2:])


async def test_workers_are_replaced_and_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "TASKS_PER_WORKER", 2)
    workers = Workers(1)
    assert len({await workers.run(os.getpid) for _ in range(4)}) == 2
    under_way = [asyncio.ensure_future(workers.run(time.sleep, 60)) for _ in range(3)]
    await asyncio.sleep(0.1)
    begun = time.monotonic()
    workers.stop()
    found = await asyncio.gather(*under_way, return_exceptions=True)
    assert [type(it) for it in found] == [ExtractionStopped] * 3
    assert time.monotonic() - begun < 2
    with pytest.raises(ExtractionStopped):
        await workers.run(os.getpid)


async def test_a_task_that_is_cancelled_leaves_a_worker_for_the_next() -> None:
    with Workers(1) as workers:
        task = asyncio.ensure_future(workers.run(time.sleep, 60))
        await asyncio.sleep(0.5)
        task.cancel()
        await asyncio.wait({task})
        async with asyncio.timeout(10):
            assert await workers.run(os.getpid)


def test_workers_end_with_a_parent_that_was_killed() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE)
    assert parent.stdout
    worker = int(parent.stdout.readline())
    parent.kill()
    parent.wait(10)
    parent.stdout.close()
    until = time.monotonic() + 10
    while _lives(worker) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _lives(worker)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
