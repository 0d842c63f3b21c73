"""What every stage is: a name, the topics it reads, and a step from one message to the messages that follow from it.

Stages know neither Kafka nor Faust. `pipeline.guard` runs them over topics, `pipeline.flow` over a list of articles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, Protocol, TypeVar, runtime_checkable

from schemas import ids
from schemas.message import Message
from schemas.rejected import Rejected
from schemas.topics import REJECTED, Topic

S = TypeVar("S")


@dataclass(frozen=True)
class Position:
    """Where a message stands in the log, and when it was written there (milliseconds since 1970)."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: int


@dataclass(frozen=True)
class Output:
    """A message and the topic that it goes to."""

    topic: Topic
    message: Message


def rejection(stage: str, position: Position, key: bytes | None, raw: bytes, error: Exception) -> Output:
    """Return the dead letter of a message that a stage could not use."""
    return Output(
        REJECTED,
        Rejected(
            rejected_id=ids.rejected_id(stage, position.topic, position.partition, position.offset),
            stage=stage,
            topic=position.topic,
            partition=position.partition,
            offset=position.offset,
            reason=str(error),
            error=type(error).__name__,
            rejected_at=datetime.now(UTC),
            key=key,
            raw=raw,
        ),
    )


class Stage(Protocol):
    """One step of the way."""

    name: str
    sources: tuple[Topic, ...]

    def step(self, message: Any, position: Position) -> Sequence[Output] | None:
        """Return what follows from a message; None says that it is a duplicate, which changes nothing.

        Raises Unusable for a message that can never be used, Retryable when something outside is away.
        """
        ...

    def done(self, position: Position) -> None:
        """Hear that everything that followed from the message at `position` is safely written."""
        ...


@runtime_checkable
class Ticking(Protocol):
    """What acts by itself: it is called once a second where the first partition of its first topic is read, and only
    there; without topics in every worker."""

    name: str
    sources: tuple[Topic, ...]

    def tick(self) -> None:
        """Do what is due. Runs beside `step`, in another thread. Raises Retryable when something outside is away."""
        ...


class Stateless:
    """The part of a stage that remembers nothing has nothing to do when a message is done."""

    def done(self, position: Position) -> None:
        """Nothing is remembered, so there is nothing to move on."""


ReadLog = Callable[[Topic, int, int, int], Iterable[tuple[Position, Message]]]
"""(topic, partition, start, end) → the decodable messages at offsets start ≤ offset < end that are still kept."""


def no_log(topic: Topic, partition: int, start: int, end: int) -> Iterator[tuple[Position, Message]]:
    """The log of a flow without a broker: there is nothing to read back."""
    return iter(())


class LogState(Generic[S]):
    """A state that is nothing but the fold of a topic's partition up to an offset.

    There is no second copy to keep in step with the log: after a restart or a rebalance the gap between what is
    remembered and the message at hand is read from the log itself and folded silently. The messages that followed from
    it had been acknowledged before its offset was committed. See docs/decisions/0003-state-from-the-log.md.
    """

    def __init__(
        self, topic: Topic, new: Callable[[], S], absorb: Callable[[S, Any, Position], object], log: ReadLog
    ) -> None:
        self._topic, self._new, self._absorb, self._log = topic, new, absorb, log
        self._at: dict[int, tuple[S, int]] = {}
        self._lent: dict[int, S] = {}

    def before(self, position: Position) -> S | None:
        """Return the state just before a message, for its step to change, or None when the message is in it already.

        The state is lent, not kept, until `done`: it then holds a message whose consequences are not yet written.
        """
        state, next_offset = self._at.get(position.partition) or (self._new(), 0)
        if next_offset > position.offset:
            return None
        self._at.pop(position.partition, None)
        if next_offset < position.offset:
            for earlier, message in self._log(self._topic, position.partition, next_offset, position.offset):
                self._absorb(state, message, earlier)
        self._lent[position.partition] = state
        return state

    def done(self, position: Position) -> None:
        """Take the state back: it now stands just behind `position`."""
        state = self._lent.pop(position.partition, None)
        if state is not None:
            self._at[position.partition] = (state, position.offset + 1)
