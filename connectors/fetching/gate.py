"""When a host may be asked: a few requests at a time, spaced, and none while it wants to be left alone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from connectors.fetching.hosts import Hosts

LONGEST_WAIT_SECONDS = 60.0
"""A turn further away is not waited for: the poll would hold its place for nothing. It is tried again then."""
HELD_SECONDS = 30.0
"""How long a host is left alone that answered 429 without saying how long."""


class Held(Exception):  # noqa: N818 - it says how the host is
    """The host's next turn is `seconds` away."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the next turn is {seconds:,.0f} s away")
        self.seconds = seconds


@dataclass
class _Room:
    """The connections of one host; forgotten when nobody uses or awaits them."""

    free: asyncio.Semaphore
    users: int = field(default=0)


class Gate:
    """Turns at all hosts, at most `connections` at a time in all."""

    def __init__(self, spacing_seconds: float, per_host: int, connections: int) -> None:
        self._hosts = Hosts(spacing_seconds)
        self._per_host = per_host
        self._all = asyncio.Semaphore(connections)
        self._rooms: dict[str, _Room] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait until the host may be asked and hold a place while it is; raises Held when that is too far away."""
        room = self._rooms.setdefault(host, _Room(asyncio.Semaphore(self._per_host)))
        room.users += 1
        try:
            async with room.free:
                await self._wait(host)
                async with self._all:
                    yield
        finally:
            room.users -= 1
            if not room.users:
                del self._rooms[host]

    def hold(self, host: str, seconds: float | None) -> None:
        """Leave a host alone for some time; None: it did not say how long."""
        self._hosts.hold(host, time.monotonic() + (HELD_SECONDS if seconds is None else seconds))

    def slow(self, host: str, spacing_seconds: float) -> None:
        """Space the requests to a host by so much from now on."""
        self._hosts.slow(host, spacing_seconds)

    async def _wait(self, host: str) -> None:
        """Wait for a turn; one that was booked before the host complained is void."""
        while True:
            now = time.monotonic()
            at = self._hosts.reserve(host, now, LONGEST_WAIT_SECONDS)
            if at - now > LONGEST_WAIT_SECONDS:
                raise Held(at - now)
            if at > now:
                await asyncio.sleep(at - now)
            if self._hosts.held_until(host) <= time.monotonic():
                return
