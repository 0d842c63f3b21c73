"""A worker: a Faust app whose agents are wiring, each from a topic through a guard to the next topics.

Two roles, each a consumer group of its own, so that an index that is away does not hold up the analysis:
`analyse` (claims, matching, contradictions, clusters) and `deliver` (index, alerts).

Faust decides what is read and when offsets are committed; it never sees a message's meaning. Streams do not acknowledge
by themselves (an exception in a Faust agent acknowledges its message), topics are declared beforehand by `crossclaim
setup`, no Faust tables are used, and its web port stays closed.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
import traceback
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import faust
import structlog
from aiokafka.errors import KafkaError
from faust.types import TP
from prometheus_client import start_http_server

from pipeline import topics
from pipeline.config import Settings
from pipeline.errors import CrossclaimError, Retryable
from pipeline.guard import Guard, Raw
from pipeline.stage import Output, Position, Stage, Ticking
from schemas.codec import encode
from schemas.topics import Topic, key_of

log = structlog.get_logger()

STOP_SECONDS = 8.0
"""A worker that was told to stop ends within this, also where Faust would wait for ever for a dead broker."""

MAX_POLL_INTERVAL_SECONDS = 600.0
"""How long one message may take before Kafka gives its partition to another worker."""

COMMIT_INTERVAL_SECONDS = 0.5
TICK_SECONDS = 1.0


def build_app(settings: Settings, role: str) -> faust.App:
    """Return a Faust app without agents, set so that it waits for nothing longer than the settings allow."""
    wait = settings.kafka.rebalance_seconds
    return faust.App(
        topics.group_name(settings, role),
        datadir=settings.data / "faust",  # Faust makes it, whether or not anything is to be kept there
        broker=[f"kafka://{address.strip()}" for address in settings.kafka.bootstrap.split(",")],
        store="memory://",
        key_serializer="raw",
        value_serializer="raw",
        consumer_auto_offset_reset="earliest",
        broker_session_timeout=wait * 1.5,
        broker_heartbeat_interval=wait / 2,
        broker_rebalance_timeout=wait,
        broker_request_timeout=max(90.0, wait * 2),
        broker_max_poll_interval=MAX_POLL_INTERVAL_SECONDS,
        broker_commit_interval=COMMIT_INTERVAL_SECONDS,
        producer_max_request_size=topics.MAX_MESSAGE_BYTES,
        producer_max_batch_size=max(1, settings.kafka.batch_bytes),
        producer_acks=-1,
        stream_wait_empty=False,
        stream_buffer_maxsize=64,
        topic_allow_declare=False,
        topic_disable_leader=True,
        web_enabled=False,
    )


def attach(app: faust.App, settings: Settings, stage: Stage, stopper: Stopper) -> None:
    """Add one agent for each topic that the stage reads."""
    executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=stage.name)
    guard = Guard(stage, _Publisher(app, settings), executor, stopper.defect)
    for source in stage.sources:
        _agent(app, settings, stage.name, guard, source)


def tick(app: faust.App, settings: Settings, stage: Ticking, stopper: Stopper) -> None:
    """Call it about once a second; what has topics only while this worker reads the first partition of the first."""
    executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"{stage.name}-tick")
    places = {TP(topics.kafka_name(settings, topic), 0) for topic in stage.sources[:1]}

    @app.task  # type: ignore[untyped-decorator]
    async def ticking() -> None:
        waiting = False
        while not app.should_stop:
            await asyncio.sleep(TICK_SECONDS)
            if not places <= app.consumer.assignment():
                continue
            try:
                await asyncio.get_running_loop().run_in_executor(executor, stage.tick)
                waiting = False
            except CrossclaimError as error:
                if not waiting:
                    log.warning("waiting", stage=stage.name, reason=str(error))
                waiting = True
            except Exception as defect:
                log.critical("stopping: a defect in a stage", stage=stage.name, error=traceback.format_exc())
                stopper.defect(defect)
                return


def _agent(app: faust.App, settings: Settings, name: str, guard: Guard, source: Topic) -> None:
    @app.agent(_faust_topic(app, settings, source), name=f"{name}-of-{source.name}")  # type: ignore[untyped-decorator]
    async def agent(stream: Any) -> None:
        async for event in stream.noack().events():
            await guard.handle(_raw(event.message), source.name, event.ack)


def _faust_topic(app: faust.App, settings: Settings, topic: Topic) -> Any:
    return app.topic(
        topics.kafka_name(settings, topic), key_type=bytes, value_type=bytes, key_serializer="raw",
        value_serializer="raw", partitions=topic.partitions, internal=False,
    )  # fmt: skip


def _raw(message: Any) -> Raw:
    where = Position(message.topic, message.partition, message.offset, int(message.timestamp * 1000))
    return Raw(key=message.key, value=message.value, position=where)


class _Publisher:
    """Writes messages with the app's producer and waits for every acknowledgement."""

    def __init__(self, app: faust.App, settings: Settings) -> None:
        self._app, self._settings = app, settings
        self._topics: dict[str, Any] = {}

    async def __call__(self, outputs: Sequence[Output]) -> None:
        try:
            sent = [
                await self._topic(output.topic).send(
                    key=key_of(output.topic, output.message), value=encode(output.message)
                )
                for output in outputs
            ]
            await asyncio.gather(*sent)
        except KafkaError as error:
            raise Retryable(f"publishing to Kafka at {self._settings.kafka.bootstrap}: {error!r}") from error

    def _topic(self, topic: Topic) -> Any:
        if topic.name not in self._topics:
            self._topics[topic.name] = _faust_topic(self._app, self._settings, topic)
        return self._topics[topic.name]


class Stopper:
    """Ends the process: in good order when Faust manages it, by force when the time for that is over."""

    def __init__(self) -> None:
        self.exit_code = 0
        self._timer: threading.Timer | None = None

    def defect(self, error: BaseException) -> None:
        """Stop because of a defect of ours: exit code 70 tells the supervisor so."""
        self.exit_code = 70
        os.kill(os.getpid(), signal.SIGTERM)

    def begin(self) -> None:
        """Start the clock; called at the first signal."""
        if self._timer is None:
            self._timer = threading.Timer(STOP_SECONDS, self._force)
            self._timer.daemon = True
            self._timer.start()

    def _force(self) -> None:
        log.warning("stopping by force: Faust did not end in time", seconds=STOP_SECONDS)
        os._exit(self.exit_code)


class _Worker(faust.Worker):  # type: ignore[misc]
    stopper: Stopper

    def _schedule_shutdown(self, signal: Any) -> None:
        self.stopper.begin()
        super()._schedule_shutdown(signal)


def run_worker(
    settings: Settings,
    role: str,
    stages: Sequence[Stage],
    metrics_port: int | None = None,
    beside: Sequence[Ticking] = (),
) -> int:
    """Run a worker until it is told to stop; return its exit code (0, or 70 after a defect)."""
    stopper = Stopper()
    settings.data.mkdir(parents=True, exist_ok=True)
    app = build_app(settings, role)
    for stage in stages:
        attach(app, settings, stage, stopper)
    for each in (*beside, *(stage for stage in stages if isinstance(stage, Ticking))):
        tick(app, settings, each, stopper)
    if metrics_port:
        start_http_server(metrics_port, addr="127.0.0.1")
    level = getattr(logging, settings.log_level.upper())
    worker = _Worker(app, loglevel=level, redirect_stdouts=False, daemon=True, quiet=True)
    worker.stopper = stopper
    try:
        worker.execute_from_commandline()
    except SystemExit as end:
        stopper.exit_code = stopper.exit_code or (end.code if isinstance(end.code, int) else 1)
    # Faust may leave threads that never end; everything that matters is written and acknowledged by now.
    os._exit(stopper.exit_code)
