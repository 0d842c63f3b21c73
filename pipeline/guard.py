"""The one judge between a topic and a stage: decode, step in a thread, publish, acknowledge; or reject, or stop.

A message is counted once, by its fate: done, duplicate or rejected. It is acknowledged only after everything that
followed from it has been. What is away is waited for; what is wrong with the message goes to `rejected` with its bytes;
anything else is a defect of ours and stops the worker with the message unacknowledged.
"""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from types import UnionType
from typing import Any, Protocol

import structlog

from pipeline import counters
from pipeline.errors import Retryable, Unusable
from pipeline.stage import Output, Position, Stage, rejection
from schemas import codec

log = structlog.get_logger()

FIRST_WAIT_SECONDS = 0.2
LONGEST_WAIT_SECONDS = 15.0
"""A retry waits twice as long as the one before, up to this: short enough to go on soon after an outage."""


class Publish(Protocol):
    """Write messages to their topics; returns when the broker has acknowledged all of them, or raises Retryable."""

    def __call__(self, outputs: Sequence[Output]) -> Awaitable[None]: ...


@dataclass(frozen=True)
class Raw:
    """A message as it came: bytes, key, where it stood."""

    key: bytes | None
    value: bytes | None
    position: Position


class Guard:
    """Runs one stage over raw messages.

    `stop` is called with the defect when the stage has one; the guard then never returns, so that nothing behind the
    message is acknowledged.
    """

    def __init__(
        self, stage: Stage, publish: Publish, executor: Executor, stop: Callable[[BaseException], None]
    ) -> None:
        self._stage, self._publish, self._executor, self._stop = stage, publish, executor, stop
        self._forms = {topic.name: topic.form for topic in stage.sources}

    async def handle(self, raw: Raw, topic: str, acknowledge: Callable[[], object]) -> None:
        """Take one message of `topic` (its name in the table) through the stage, then acknowledge it."""
        try:
            fate = await self._fate(raw, self._forms[topic])
        except asyncio.CancelledError:
            raise
        except BaseException as defect:
            where = raw.position
            log.critical(
                "stopping: a defect in a stage; the message is kept and comes again after the restart",
                stage=self._stage.name, topic=where.topic, partition=where.partition, offset=where.offset,
                error="".join(traceback.format_exception(defect)),
            )  # fmt: skip
            self._stop(defect)
            await asyncio.Event().wait()
            raise
        acknowledge()
        counters.MESSAGES.labels(self._stage.name, fate).inc()
        counters.PROGRESS.labels(self._stage.name).set_to_current_time()

    async def _fate(self, raw: Raw, form: type[Any] | UnionType) -> str:
        try:
            message = codec.decode(raw.value, form)
            outputs = await self._retried(lambda: self._in_thread(self._stage.step, message, raw.position))
        except (codec.DecodeError, Unusable) as error:
            rejected = rejection(self._stage.name, raw.position, raw.key, raw.value or b"", error)
            log.warning("rejected", stage=self._stage.name, topic=raw.position.topic, reason=str(error))
            return await self._finish(raw.position, [rejected], "rejected")
        if outputs is None:
            return await self._finish(raw.position, (), "duplicate")
        return await self._finish(raw.position, outputs, "done")

    async def _finish(self, position: Position, outputs: Sequence[Output], fate: str) -> str:
        if outputs:
            await self._retried(lambda: self._publish(outputs))
        await self._in_thread(self._stage.done, position)
        for output in outputs:
            counters.PUBLISHED.labels(self._stage.name, output.topic.name).inc()
        return fate

    async def _in_thread(self, function: Callable[..., Any], *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._executor, function, *arguments)

    async def _retried(self, attempt: Callable[[], Awaitable[Any]]) -> Any:
        wait = FIRST_WAIT_SECONDS
        while True:
            try:
                return await attempt()
            except Retryable as error:
                counters.RETRIES.labels(self._stage.name).inc()
                log.warning("waiting", stage=self._stage.name, seconds=wait, reason=str(error))
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT_SECONDS)
