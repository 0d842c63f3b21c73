"""Connections to hosts, kept for some seconds after their last use: the pages of a feed follow it at once."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpcore
import httpx

from connectors.fetching.guarded import Backend

KEPT_SECONDS = 5.0
MAX_IDLE_HOSTS = 256


class Connections:
    """One pool for each host: a common one looks through all its connections, twice, for every request."""

    def __init__(self, backend: Backend, per_host: int) -> None:
        self._backend = backend
        self._per_host = per_host
        self._ssl = httpx.create_ssl_context(trust_env=False)
        self._busy: dict[str, _Pool] = {}
        self._idle: OrderedDict[str, _Pool] = OrderedDict()

    @asynccontextmanager
    async def to(self, host: str) -> AsyncIterator[httpx.AsyncBaseTransport]:
        """Give the transport for requests to a host, for as long as one of them takes."""
        pool = self._busy.get(host) or self._idle.pop(host, None) or _Pool(self._backend, self._ssl, self._per_host)
        self._busy[host] = pool
        pool.users += 1
        try:
            yield pool
        finally:
            pool.users -= 1
            if not pool.users:
                pool.idle_since = time.monotonic()
                self._idle[host] = self._busy.pop(host)
            await self._close_old()

    async def aclose(self) -> None:
        """Close all connections."""
        for pool in (*self._busy.values(), *self._idle.values()):
            await pool.aclose()

    async def _close_old(self) -> None:
        until = time.monotonic() - KEPT_SECONDS
        while self._idle:
            oldest = next(iter(self._idle.values()))
            if oldest.idle_since > until and len(self._idle) <= MAX_IDLE_HOSTS:
                return
            self._idle.popitem(last=False)
            await oldest.aclose()


class _Pool(httpx.AsyncHTTPTransport):
    """httpx's transport over the guarded backend. httpx has no argument for a backend, httpcore's pool has.

    It is the bare transport, not a client: no cookies, no proxies of the environment, no redirects behind our back.
    """

    def __init__(self, backend: Backend, ssl: object, connections: int) -> None:
        self.users = 0
        self.idle_since = 0.0
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl,  # type: ignore[arg-type]
            max_connections=connections,
            keepalive_expiry=KEPT_SECONDS,
            http2=True,
            network_backend=backend,
        )
