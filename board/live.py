"""What has changed, told to every open page: one look at the index a second, however many pages are open."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import asdict, dataclass
from hashlib import blake2b

import msgspec
from anyio import to_thread

from board import reading, wording
from pipeline.errors import Retryable
from pipeline.ports import Collection, Index, Query
from schemas.contradiction import Contradiction

LOOK_EVERY_SECONDS = 1.0
HEARTBEAT_SECONDS = 10.0
"""How often an idle stream sends a comment: proxies drop silent ones, and a closed page is noticed only by sending."""
VERSIONS_SEEN = 5
"""Documents of each kind, the newest, whose versions are looked at."""
_MARKS: dict[Collection, str] = {"contradictions": "version", "clusters": "version", "feeds": "polled_at"}
MOST_LISTENERS = 200
"""Open streams at once; a local page for a handful of people needs fewer."""


@dataclass(frozen=True)
class State:
    """How much the index holds, what came last, and a fingerprint of both that differs when a page should update."""

    contradictions: int
    clusters: int
    claims: int
    articles: int
    latest_id: str = ""
    latest: str = ""
    fingerprint: str = ""


class TooManyListeners(Exception):  # noqa: N818 - it says what is wrong
    """No further stream is opened until one is closed."""


class Live:
    """Looks at the index and tells listeners. Threads may ask for `state`; all else belongs to the event loop."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._lock = threading.Lock()
        self._state: State | None = None
        self._looked_at = float("-inf")
        self._listeners: set[asyncio.Queue[bytes | None]] = set()
        self._task: asyncio.Task[None] | None = None
        self._last: bytes | None = None
        self._closed = False

    def state(self) -> State:
        """Return the state, at most a second old; raises Retryable when the index is away."""
        with self._lock:
            if self._state is None or time.monotonic() - self._looked_at >= LOOK_EVERY_SECONDS:
                self._state = _look(self._index)
                self._looked_at = time.monotonic()
            return self._state

    def forget(self) -> None:
        """Look anew at the next question: something was changed from here."""
        with self._lock:
            self._looked_at = float("-inf")

    def close(self) -> None:
        """End all streams at once and open no more."""
        self._closed = True
        if self._task:
            self._task.cancel()
        for listener in self._listeners:
            _put(listener, None)

    async def events(self) -> AsyncGenerator[bytes]:
        """Yield server-sent events: the state now, then each change, and a comment when nothing happens."""
        if len(self._listeners) >= MOST_LISTENERS:
            raise TooManyListeners
        listener: asyncio.Queue[bytes | None] = asyncio.Queue(maxsize=1)
        self._listeners.add(listener)
        try:
            self._start()
            if self._last:
                _put(listener, self._last)
            yield b"retry: 2000\n\n"
            while not self._closed:
                event = await _next(listener)
                if event is None:
                    return
                yield event
        finally:
            self._listeners.discard(listener)

    def _start(self) -> None:
        if not self._closed and (self._task is None or self._task.done()):
            self._last = None
            self._task = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        """Look every second while anyone listens; tell everyone what differs from the last look."""
        while self._listeners:
            event = await self._event()
            if event != self._last:
                self._last = event
                for listener in self._listeners:
                    _put(listener, event)
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def _event(self) -> bytes:
        try:
            state = await to_thread.run_sync(self.state)
        except Retryable as error:
            return encode_event("away", {"reason": str(error)})
        return encode_event("state", asdict(state))


async def after(first: bytes, stream: AsyncGenerator[bytes]) -> AsyncIterator[bytes]:
    """Yield an event already taken from `stream`, then the rest; closes it at the end."""
    async with contextlib.aclosing(stream):
        yield first
        async for event in stream:
            yield event


def encode_event(name: str, data: dict[str, str | int]) -> bytes:
    """Return one server-sent event with JSON data, which is one line whatever it holds."""
    return b"event: " + name.encode() + b"\ndata: " + msgspec.json.encode(data) + b"\n\n"


async def _next(listener: asyncio.Queue[bytes | None]) -> bytes | None:
    with contextlib.suppress(TimeoutError):
        return await asyncio.wait_for(listener.get(), HEARTBEAT_SECONDS)
    return b": still here\n\n"


def _put(listener: asyncio.Queue[bytes | None], event: bytes | None) -> None:
    """Leave only the newest event: a slow page needs the state, not its history."""
    with contextlib.suppress(asyncio.QueueEmpty):
        listener.get_nowait()
    listener.put_nowait(event)


def _look(index: Index) -> State:
    latest = reading.newest(index, Contradiction, 1)
    contradiction = latest.messages[0] if latest.items else None
    state = State(
        contradictions=latest.total,
        clusters=reading.total(index, "clusters"),
        claims=reading.total(index, "claims"),
        articles=reading.total(index, "articles"),
        latest_id=contradiction.contradiction_id if contradiction else "",
        latest=wording.headline(contradiction) if contradiction else "",
    )
    return State(**{**asdict(state), "fingerprint": _fingerprint(index, state)})


def _fingerprint(index: Index, state: State) -> str:
    """Fold in the versions of what came last: a growing cluster or a polled feed raises no count.

    Only of the last few, for a cluster's body may be long. What grows behind them shows all the same: a report raises
    the count of claims first, and a page reads itself again some seconds after the last change.
    """
    parts: list[object] = [asdict(state)]
    for collection, field in _MARKS.items():
        hits = index.search(Query(collection, sort="newest", limit=VERSIONS_SEEN)).hits
        parts += [(hit.id, hit.body.get(field)) for hit in hits]
    return blake2b(repr(parts).encode(errors="replace"), digest_size=8).hexdigest()
