"""Sockets that only reach checked addresses, keep a total deadline, and can all be cut at once.

It is a network backend of httpcore, so the host name stays in the request, the certificate check and the pool's key;
only the address that is connected to is decided here, at the moment of connecting.
"""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import httpcore
import httpx

from connectors.addresses import Network, is_loopback_name, refusal

CONNECT_SECONDS = 4.0
"""Longest wait for one address to answer, and for TLS to be agreed: below the five seconds a stop may take."""
_WAKE_SECONDS = 0.25

Option = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


class Forbidden(Exception):  # noqa: N818 - it says what the address is
    """The host's addresses may not be connected to. Not an httpcore error, so that no retry swallows it."""


class Deadlines:
    """The moment (monotonic seconds) by which the present thread's request must be done, and the common stop."""

    def __init__(self) -> None:
        self._local = threading.local()
        self.stopped = threading.Event()

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Give this thread's next operations `seconds` in all."""
        self._local.until = time.monotonic() + seconds
        try:
            yield
        finally:
            del self._local.until

    def left(self, error: type[Exception] = httpcore.ReadTimeout) -> float:
        """Return the seconds left; raise `error` when there are none, or when everything was stopped."""
        if self.stopped.is_set():
            raise httpcore.ReadError("stopped")
        left = float(getattr(self._local, "until", time.monotonic() + CONNECT_SECONDS)) - time.monotonic()
        if left <= 0:
            raise error("the time for the whole request is over")
        return left


class Backend(httpcore.NetworkBackend):
    """Resolve once, judge every address, connect to one of those judged."""

    def __init__(self, allowed: tuple[Network, ...], deadlines: Deadlines) -> None:
        self._allowed = allowed
        self._deadlines = deadlines
        self._inner = httpcore.SyncBackend()
        self._open: set[_Stream] = set()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Option] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to a checked address of `host`; raise Forbidden when one of its addresses is not allowed."""
        addresses = self._resolve(host, port)
        for address in addresses:
            why = refusal(address, self._allowed)
            if why:
                raise Forbidden(f"{host} leads to {why}")
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses:
            seconds = min(self._deadlines.left(httpcore.ConnectTimeout), CONNECT_SECONDS)
            try:
                return _Stream(self._inner.connect_tcp(address, port, seconds, local_address, socket_options), self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Option] | None = None
    ) -> httpcore.NetworkStream:
        """Refuse: no feed lives in a Unix socket."""
        raise Forbidden("Unix sockets are not read")

    def _resolve(self, host: str, port: int) -> tuple[str, ...]:
        """Return the host's addresses. The resolver knows no timeout, so it is asked in a thread of its own."""
        if is_loopback_name(host):
            return ("127.0.0.1",)
        answers: queue.SimpleQueue[tuple[str, ...] | OSError] = queue.SimpleQueue()
        threading.Thread(target=_look_up, args=(host, port, answers), daemon=True).start()
        while True:
            left = self._deadlines.left(httpcore.ConnectTimeout)
            with suppress(queue.Empty):
                answer = answers.get(timeout=min(left, _WAKE_SECONDS))
                if isinstance(answer, OSError):
                    raise httpcore.ConnectError(f"the name {host} cannot be resolved ({answer})") from answer
                return answer

    def left(self, timeout: float | None) -> float:
        """Seconds that an operation may take: its own timeout or what is left of the whole."""
        left = self._deadlines.left()
        return left if timeout is None else min(left, timeout)

    def opened(self, stream: _Stream) -> None:
        """Remember a stream so that it can be cut."""
        self._open.add(stream)

    def closed(self, stream: _Stream) -> None:
        """Forget a stream."""
        self._open.discard(stream)

    def cut(self) -> None:
        """End every operation under way, in whatever thread, at once; nothing can be read afterwards."""
        self._deadlines.stopped.set()
        for stream in tuple(self._open):
            with suppress(OSError):
                stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)


class _Stream(httpcore.NetworkStream):
    """A connection whose every operation keeps the deadline of the thread that asks."""

    def __init__(self, inner: httpcore.NetworkStream, backend: Backend) -> None:
        self._inner = inner
        self._backend = backend
        backend.opened(self)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._backend.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._backend.left(timeout))

    def close(self) -> None:
        self._backend.closed(self)
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        seconds = min(self._backend.left(timeout), CONNECT_SECONDS)
        secured = self._inner.start_tls(ssl_context, server_hostname, seconds)
        self._backend.closed(self)
        return _Stream(secured, self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _look_up(host: str, port: int, answers: queue.SimpleQueue[tuple[str, ...] | OSError]) -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        answers.put(tuple(dict.fromkeys(str(entry[4][0]) for entry in found)))
    except (OSError, UnicodeError) as error:
        answers.put(error if isinstance(error, OSError) else OSError(str(error)))


class Transport(httpx.HTTPTransport):
    """httpx's transport over the guarded backend. httpx has no argument for a backend, httpcore's pool has."""

    def __init__(self, backend: Backend, connections: int) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=15.0,
            http2=True,
            network_backend=backend,
        )
