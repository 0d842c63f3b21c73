"""State that is the fold of a log: whatever is lost or delivered again, the state before a message is the same."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from pipeline.stage import LogState, Position
from schemas.message import Message
from schemas.pair import Retraction
from schemas.topics import VERDICTS, Topic


class Log:
    """A topic of one partition in memory; offsets may have gaps, as compaction leaves them."""

    def __init__(self, offsets: list[int]) -> None:
        self.offsets = offsets
        self.reads: list[tuple[int, int]] = []

    def read(self, topic: Topic, partition: int, start: int, end: int) -> Iterator[tuple[Position, Message]]:
        self.reads.append((start, end))
        for offset in self.offsets:
            if start <= offset < end:
                yield at(offset), item(offset)


def at(offset: int) -> Position:
    return Position("verdicts", 0, offset, offset)


def item(offset: int) -> Retraction:
    return Retraction(article_id=str(offset), revision=2)


def state_over(log: Log) -> LogState[list[str]]:
    return LogState(VERDICTS, list, lambda held, message, _: held.append(message.article_id), log.read)


def take(states: LogState[list[str]], offset: int) -> list[str] | None:
    """One message through a stage: what it saw before itself."""
    held = states.before(at(offset))
    seen = None if held is None else list(held)
    if held is not None:
        held.append(str(offset))
    states.done(at(offset))
    return seen


def test_messages_in_order_read_nothing_back() -> None:
    log = Log([0, 1, 2])
    states = state_over(log)
    assert [take(states, n) for n in range(3)] == [[], ["0"], ["0", "1"]]
    assert log.reads == []


def test_a_restart_reads_the_log_up_to_the_message() -> None:
    log = Log([0, 1, 2, 3, 4])
    assert take(state_over(log), 3) == ["0", "1", "2"]
    assert log.reads == [(0, 3)]


def test_a_message_delivered_again_is_a_duplicate() -> None:
    states = state_over(Log([0, 1]))
    take(states, 0)
    take(states, 1)
    assert take(states, 0) is None
    assert take(states, 2) == ["0", "1"]


def test_what_was_not_finished_is_not_remembered() -> None:
    states = state_over(Log([0, 1, 2]))
    take(states, 0)
    held = states.before(at(1))
    assert held is not None
    held.append("half done")
    assert take(states, 1) == ["0"]


@given(st.lists(st.integers(0, 12), min_size=1, max_size=40), st.sets(st.integers(0, 12)))
def test_any_order_of_deliveries_sees_the_log_before_each_message(deliveries: list[int], holes: set[int]) -> None:
    offsets = [offset for offset in range(13) if offset not in holes]
    states = state_over(Log(offsets))
    for offset in deliveries:
        if offset in offsets:
            seen = take(states, offset)
            assert seen is None or seen == [str(n) for n in offsets if n < offset]
