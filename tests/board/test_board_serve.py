"""The board as a server: streams, and ending at once."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import pytest

from board.serve import serve
from pipeline.config import Settings
from pipeline.errors import SetupError
from pipeline.index.sqlite import SqliteIndex
from pipeline.ports import Index
from tests.board import sample, stories

STOP_SECONDS = 3


@contextmanager
def served(index: Index) -> Iterator[tuple[str, Callable[[], float]]]:
    """Serve in a thread; yields the address, and how to stop, which returns the seconds it took."""
    stop, ready, addresses = threading.Event(), threading.Event(), []

    def on_ready(address: str) -> None:
        addresses.append(address)
        ready.set()

    thread = threading.Thread(target=serve, args=(Settings(board={"port": 0}), index, stop, on_ready))
    thread.start()

    def end() -> float:
        began = time.monotonic()
        stop.set()
        thread.join(10)
        assert not thread.is_alive()
        return time.monotonic() - began

    try:
        assert ready.wait(10)
        yield addresses[0], end
    finally:
        stop.set()
        thread.join(10)


def _states(lines: Iterator[str]) -> Iterator[tuple[str, dict[str, object]]]:
    name = ""
    for line in lines:
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


def test_a_stream_tells_what_is_there_and_what_comes(index: SqliteIndex) -> None:
    with served(index) as (address, _), httpx.stream("GET", f"{address}/events", timeout=10) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        states = _states(stream.iter_lines())
        name, state = next(states)
        assert (name, state["contradictions"], state["articles"]) == ("state", 2, 9)
        sample.keep(index, stories.rate_decision())
        while state["articles"] != 11 or state["contradictions"] != 3:
            name, state = next(states)
        assert state["fingerprint"] != ""


def test_an_index_that_goes_away_is_told(index: SqliteIndex) -> None:
    with served(index) as (address, _), httpx.stream("GET", f"{address}/events", timeout=10) as stream:
        states = _states(stream.iter_lines())
        next(states)
        index.close()
        assert next(states)[0] == "away"


def test_streams_end_with_the_board(index: SqliteIndex) -> None:
    ended: list[float] = []

    def listen(address: str) -> None:
        with httpx.stream("GET", f"{address}/events", timeout=30) as stream:
            for line in stream.iter_lines():
                if line.startswith("event:"):
                    listening.release()
        ended.append(time.monotonic())

    listening = threading.Semaphore(0)
    with served(index) as (address, end):
        threads = [threading.Thread(target=listen, args=(address,)) for _ in range(5)]
        for thread in threads:
            thread.start()
        for _ in threads:
            assert listening.acquire(timeout=10)
        assert end() < STOP_SECONDS
        for thread in threads:
            thread.join(STOP_SECONDS)
    assert len(ended) == 5


def test_an_open_connection_does_not_hold_it_up(index: SqliteIndex) -> None:
    with served(index) as (address, end):
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as silent:
            silent.sendall(b"GET / HT")
            time.sleep(0.3)
            assert end() < STOP_SECONDS


def test_many_pages_share_one_look(index: SqliteIndex) -> None:
    looks: list[float] = []

    class Counting:
        def __getattr__(self, name: str) -> object:
            return getattr(index, name)

        def search(self, query: object) -> object:
            looks.append(time.monotonic())
            return index.search(query)  # type: ignore[arg-type]

    with served(Counting()) as (address, _):  # type: ignore[arg-type]
        clients = [httpx.Client() for _ in range(8)]
        streams = [client.stream("GET", f"{address}/events", timeout=10) for client in clients]
        for stream in streams:
            next(stream.__enter__().iter_lines())
        time.sleep(2.5)
        for client in clients:
            client.close()
    assert len(looks) <= 4 * 7


def test_a_taken_port_says_what_to_do(index: SqliteIndex) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SetupError, match=rf"serving the board: port {port} on 127.0.0.1 is taken.*board.port"):
            serve(Settings(board={"port": port}), index, threading.Event(), print)


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid"])
def test_a_host_that_is_not_ours_says_what_to_do(index: SqliteIndex, host: str) -> None:
    with pytest.raises(SetupError, match=r"set board\.host"):
        serve(Settings(board={"port": 0, "host": host, "token": "x" * 16}), index, threading.Event(), print)


def test_stopped_before_it_began(index: SqliteIndex) -> None:
    stop = threading.Event()
    stop.set()
    began = time.monotonic()
    serve(Settings(board={"port": 0}), index, stop, print)
    assert time.monotonic() - began < STOP_SECONDS
