"""The guard: each message is counted once, by its fate, and acknowledged only behind everything that followed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from pipeline.errors import Retryable, Unusable
from pipeline.guard import Guard, Raw
from pipeline.stage import Output, Position, Stateless
from schemas.codec import encode
from schemas.pair import Retraction
from schemas.rejected import Rejected
from schemas.topics import PAIRS, REJECTED, VERDICTS

GOOD = Retraction(article_id="a", revision=2)
HERE = Position("pairs", 0, 7, 0)


class PassOn(Stateless):
    """A stage that does what the test says, then passes its message on."""

    name = "pass-on"
    sources = (PAIRS,)

    def __init__(self, act: Callable[[], object] = lambda: None) -> None:
        self._act = act

    def step(self, message: Any, position: Position) -> Sequence[Output] | None:
        if self._act() == "duplicate":
            return None
        return [Output(VERDICTS, message)]


class Broker:
    """Remembers what was published and acknowledged, in order; fails as often as told."""

    def __init__(self, failures: int = 0) -> None:
        self.events: list[Any] = []
        self._failures = failures

    async def publish(self, outputs: Sequence[Output]) -> None:
        if self._failures:
            self._failures -= 1
            raise Retryable("the broker is away")
        self.events += [(output.topic, output.message) for output in outputs]

    def acknowledge(self) -> None:
        self.events.append("acknowledged")


def handle(stage: PassOn, broker: Broker, raw: bytes | None) -> list[BaseException]:
    """Take one message through a guard; return the defects that it stopped for."""
    defects: list[BaseException] = []

    async def run() -> None:
        stopped = asyncio.Event()
        with ThreadPoolExecutor(1) as executor:
            guard = Guard(stage, broker.publish, executor, lambda defect: (defects.append(defect), stopped.set()))
            work = asyncio.ensure_future(guard.handle(Raw(b"k", raw, HERE), "pairs", broker.acknowledge))
            await asyncio.wait([work, asyncio.ensure_future(stopped.wait())], return_when="FIRST_COMPLETED")
            if not work.done():
                work.cancel()
            elif error := work.exception():
                raise error

    asyncio.run(run())
    return defects


def test_a_message_is_acknowledged_behind_what_followed() -> None:
    broker = Broker()
    handle(PassOn(), broker, encode(GOOD))
    assert broker.events == [(VERDICTS, GOOD), "acknowledged"]


def test_a_broker_that_is_away_is_waited_for() -> None:
    broker = Broker(failures=2)
    handle(PassOn(), broker, encode(GOOD))
    assert broker.events == [(VERDICTS, GOOD), "acknowledged"]


def test_a_stage_that_must_wait_is_asked_again() -> None:
    answers = iter([Retryable("the index is away"), None])

    def act() -> None:
        if (answer := next(answers)) is not None:
            raise answer

    broker = Broker()
    handle(PassOn(act), broker, encode(GOOD))
    assert broker.events == [(VERDICTS, GOOD), "acknowledged"]


def test_a_duplicate_is_acknowledged_and_says_nothing() -> None:
    broker = Broker()
    handle(PassOn(lambda: "duplicate"), broker, encode(GOOD))
    assert broker.events == ["acknowledged"]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"\x00\xff random bytes", "not a JSON message of ours"),
        (None, "it is empty"),
        (b"", "it is empty"),
        (encode(GOOD).replace(b'"v":1', b'"v":99'), "version 99, this program reads version 1"),
        (b'{"v":1,"message":"pair"}', "missing required field"),
        (b'{"v":1,"message":"alert"}', "Invalid value 'alert'"),
        (b"[" * 100_000, "not a JSON message of ours"),
    ],
)
def test_what_cannot_be_used_goes_to_rejected_with_its_bytes(raw: bytes | None, reason: str) -> None:
    broker = Broker()
    handle(PassOn(), broker, raw)
    (topic, letter), acknowledged = broker.events
    assert (topic, acknowledged) == (REJECTED, "acknowledged")
    assert isinstance(letter, Rejected)
    assert (letter.raw, letter.key, letter.offset) == (raw or b"", b"k", 7)
    assert reason in letter.reason


def test_a_stage_can_refuse_a_message() -> None:
    def act() -> None:
        raise Unusable("its vectors do not fit its claims")

    broker = Broker()
    handle(PassOn(act), broker, encode(GOOD))
    assert [event if event == "acknowledged" else event[0] for event in broker.events] == [REJECTED, "acknowledged"]


def test_a_defect_stops_the_worker_with_the_message_kept() -> None:
    def act() -> None:
        raise ZeroDivisionError

    broker = Broker()
    (defect,) = handle(PassOn(act), broker, encode(GOOD))
    assert isinstance(defect, ZeroDivisionError)
    assert broker.events == []
