"""Sockets that only reach checked addresses.

It is a network backend of httpcore, so the host name stays in the request, the certificate check and the pool's key;
only the address that is connected to is decided here, at the moment of connecting.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterable

import httpcore

from connectors.aside import aside
from connectors.fetching.addresses import Network, is_loopback_name, refusal

CONNECT_SECONDS = 4.0
"""Longest wait for one address to answer: several may be tried within a request's time."""
LOOK_UPS_AT_ONCE = 32
"""Names looked up at a time. A name server that is away holds each for some ten seconds, so it takes many."""

Option = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
Resolve = Callable[[str, int], tuple[str, ...]]
"""A host's addresses, asked in a thread; raises OSError when it has none."""


class Forbidden(Exception):  # noqa: N818 - it says what the address is
    """The host's addresses may not be connected to. Not an httpcore error, so that no retry swallows it."""


class Backend(httpcore.AsyncNetworkBackend):
    """Resolve once, judge every address, connect to one of those judged."""

    def __init__(self, allowed: tuple[Network, ...], resolve: Resolve) -> None:
        self._allowed = allowed
        self._names = Names(resolve)
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's port has it
        local_address: str | None = None,
        socket_options: Iterable[Option] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to a checked address of `host`; raise Forbidden when one of its addresses is not allowed."""
        addresses = await self._names.addresses(host, port)
        for address in addresses:
            why = refusal(address, self._allowed)
            if why:
                raise Forbidden(why if host == address else f"{host} leads to {address}: {why}")
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                return await self._inner.connect_tcp(address, port, CONNECT_SECONDS, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's port has it
        socket_options: Iterable[Option] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: no feed lives in a Unix socket."""
        raise Forbidden("Unix sockets are not read")


class Names:
    """Looks names up in daemon threads: a resolver knows no timeout, and must hold up neither the loop nor the end."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self._room = asyncio.Semaphore(LOOK_UPS_AT_ONCE)

    async def addresses(self, host: str, port: int) -> tuple[str, ...]:
        """Return the host's addresses; raises httpcore.ConnectError when it has none."""
        if is_loopback_name(host):
            return ("127.0.0.1",)
        await self._room.acquire()
        answer = aside(self._resolve, host, port)
        # The room is given back when the look-up is over, though nobody may wait for it any more.
        answer.add_done_callback(lambda _: self._room.release())
        try:
            return await asyncio.shield(answer)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host} cannot be resolved ({error})") from error


def system_addresses(host: str, port: int) -> tuple[str, ...]:
    """Return the addresses that the system's resolver gives, each once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
