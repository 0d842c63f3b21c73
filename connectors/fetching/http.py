"""The one fetcher: a URL to bytes, with every limit kept. No other file of the connectors opens a connection."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import httpx

from connectors.fetching.addresses import networks
from connectors.fetching.answers import Asked, Fetched, FetchError, plain, refused, retry_after
from connectors.fetching.asking import basic, checked, origin, redirected, shown
from connectors.fetching.connections import Connections
from connectors.fetching.decompress import ACCEPTED, TooLarge, Undecodable, decompress
from connectors.fetching.gate import Gate, Held
from connectors.fetching.guarded import Backend, Forbidden, Resolve, system_addresses
from pipeline.config import Polling

__all__ = ["Asked", "FetchError", "Fetched", "Fetcher", "retry_after"]

MAX_REDIRECTS = 5
MAX_HEADER_BYTES = 64 * 1024
"""Beyond it an answer is refused; while it is still coming in, h11 and h2 stop reading at about 100 kB."""
SMALL_BYTES = 16 * 1024
"""Compressed bodies up to this size are unpacked on the spot, larger ones in a thread: the loop waits at most 20 ms."""
LARGE_BYTES = 512 * 1024
LARGE_AT_ONCE = 8
"""Answers that are larger, compressed, come in only so many at a time: else hundreds of them could fill the memory."""
_REDIRECTS = (301, 302, 303, 307, 308)
_PERMANENT_REDIRECTS = (301, 308)
_TOO_MANY = 429
_AWAY = 503


@dataclass(frozen=True)
class _Redirect:
    target: str
    permanent: bool


class Fetcher:
    """Reads URLs, for any number of tasks of one event loop. `aclose` it at the end, `stop` it to end all at once.

    Requests to one host are spaced and few at a time (`gate.py`); the wait for that is not the request's time.
    """

    def __init__(
        self,
        polling: Polling,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        resolve: Resolve = system_addresses,
    ) -> None:
        self._polling = polling
        self._clock = clock
        self._deadlines: set[asyncio.Timeout] = set()
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)
        self._stopped = False
        self.gate = Gate(polling.host_spacing_seconds, polling.per_host, polling.concurrency * 2)
        self._connections = Connections(Backend(networks(polling.allow_private), resolve), polling.per_host)

    async def get(self, asked: Asked) -> Fetched:
        """Return the answer (status 2xx, or 304 with `not_modified`), redirects followed.

        Raises FetchError for everything else. The whole takes at most `polling.timeout_seconds`, not counting the
        waits for the hosts' turns.
        """
        if self._stopped:
            raise _stop_of(asked)
        try:
            async with asyncio.timeout(None) as deadline:
                self._deadlines.add(deadline)
                try:
                    return await self._follow(asked, deadline)
                finally:
                    self._deadlines.discard(deadline)
        except TimeoutError as error:
            if self._stopped:
                raise _stop_of(asked) from error
            text = f"no whole answer within {self._polling.timeout_seconds:g} s; tried again later"
            raise FetchError(f"reading {shown(asked.url)}: {text}", "retryable") from error

    def stop(self) -> None:
        """End every request under way; later requests fail with kind "stopped". Call it in the loop's thread."""
        self._stopped = True
        for deadline in tuple(self._deadlines):
            self._end_at(deadline, None)

    async def aclose(self) -> None:
        """Close the idle connections."""
        await self._connections.aclose()

    def _end_at(self, deadline: asyncio.Timeout, when: float | None) -> None:
        """Let a request end at a time of the loop's clock (None: not while it waits), at once after a stop."""
        if not deadline.expired():
            deadline.reschedule(asyncio.get_running_loop().time() if self._stopped else when)

    async def _follow(self, asked: Asked, deadline: asyncio.Timeout) -> Fetched:
        url = checked(asked.url)
        auth = basic(url)
        home = origin(url)
        seen = [str(url)]
        permanent = auth is None
        left = self._polling.timeout_seconds
        while True:
            hop = await self._hop(url, asked, auth if origin(url) == home else None, deadline, left)
            answer, left = hop
            if isinstance(answer, Fetched):
                return replace(answer, permanent_url=seen[-1] if permanent and len(seen) > 1 else None)
            permanent = permanent and answer.permanent
            url = redirected(url, answer.target, asked.url)
            if str(url) in seen:
                raise FetchError(f"reading {shown(asked.url)}: its redirects go in a circle", "permanent")
            if len(seen) > MAX_REDIRECTS:
                text = f"reading {shown(asked.url)}: it redirects more than {MAX_REDIRECTS} times"
                raise FetchError(text, "permanent")
            seen.append(str(url))

    async def _hop(
        self, url: httpx.URL, asked: Asked, auth: str | None, deadline: asyncio.Timeout, left: float
    ) -> tuple[Fetched | _Redirect, float]:
        """One request when it is the host's turn, in the `left` seconds; the answer and the seconds left then."""
        try:
            async with self.gate.turn(url.host):
                until = asyncio.get_running_loop().time() + left
                self._end_at(deadline, until)
                answer = await self._once(url, asked, auth)
                self._end_at(deadline, None)
                return answer, until - asyncio.get_running_loop().time()
        except Held as error:
            text = f"reading {shown(str(url))}: {url.host} asked us to wait; tried again in {error.seconds:,.0f} s"
            raise FetchError(text, "held", retry_after=error.seconds) from error

    async def _once(self, url: httpx.URL, asked: Asked, auth: str | None) -> Fetched | _Redirect:
        where = f"reading {shown(str(url))}"
        try:
            headers = _headers(asked, self._polling.user_agent, auth)
            request = httpx.Request("GET", url.copy_with(userinfo=b"", fragment=None), headers=headers)
            async with self._connections.to(url.host) as transport:
                response = await transport.handle_async_request(request)
                response.request = request
                try:
                    return await self._judge(response, asked, where)
                finally:
                    await response.aclose()
        except FetchError:
            raise
        except Forbidden as error:
            text = f"{where}: {error}; to read it all the same, add that address to polling.allow_private"
            raise FetchError(text, "permanent") from error
        except httpx.HTTPError as error:
            raise FetchError(f"{where}: {plain(error)}; tried again later", "retryable") from error
        except (httpx.InvalidURL, UnicodeError) as error:
            raise FetchError(f"{where}: it is no proper URL ({error}); correct the address", "permanent") from error
        except Exception as error:  # what the protocol libraries raise on foreign bytes is that server's fault
            text = f"{where}: the answer could not be taken in ({type(error).__name__}: {str(error)[:200]})"
            raise FetchError(f"{text}; tried again later", "retryable") from error

    async def _judge(self, response: httpx.Response, asked: Asked, where: str) -> Fetched | _Redirect:
        status = response.status_code
        if sum(len(name) + len(value) for name, value in response.headers.raw) > MAX_HEADER_BYTES:
            raise FetchError(f"{where}: its headers are larger than {MAX_HEADER_BYTES:,} bytes", "permanent", status)
        if status in _REDIRECTS and "location" in response.headers:
            return _Redirect(response.headers["location"], status in _PERMANENT_REDIRECTS)
        headers = {name.lower(): value for name, value in response.headers.items()}
        if status == 304 and (asked.etag or asked.last_modified):
            return Fetched(status, str(response.url), headers, b"", not_modified=True)
        if not 200 <= status < 300:
            error = refused(status, response.headers, where, self._clock())
            if status == _TOO_MANY or (status == _AWAY and error.retry_after):
                self.gate.hold(response.url.host, error.retry_after)
            raise error
        return Fetched(status, str(response.url), headers, await self._body(response, where))

    async def _body(self, response: httpx.Response, where: str) -> bytes:
        """Read compressed bytes up to the cap, then decompress up to the cap: neither can fill the memory."""
        limit = self._polling.max_body_bytes
        too_large = f"{where}: it is larger than polling.max_body_bytes ({limit:,} bytes); raise that to read it"
        try:
            async with AsyncExitStack() as stack:
                raw = await self._raw(response, limit, stack)
                encoding = response.headers.get("content-encoding", "")
                if not encoding or len(raw) <= SMALL_BYTES:
                    return decompress(raw, encoding, limit)
                return await asyncio.to_thread(decompress, raw, encoding, limit)
        except TooLarge as error:
            raise FetchError(f"{too_large} ({error})", "permanent", response.status_code) from error
        except Undecodable as error:
            raise FetchError(f"{where}: {error}", "retryable", response.status_code) from error

    async def _raw(self, response: httpx.Response, limit: int, stack: AsyncExitStack) -> bytes:
        """Return the bytes as they come; from LARGE_BYTES on they take a place of few, which `stack` gives back."""
        raw = bytearray()
        large = False
        async for chunk in response.aiter_raw():
            raw += chunk
            if len(raw) > limit:
                raise TooLarge(f"more than {limit:,} bytes came")
            if not large and len(raw) > LARGE_BYTES:
                large = True
                await stack.enter_async_context(self._large)
        return bytes(raw)


def _stop_of(asked: Asked) -> FetchError:
    return FetchError(f"reading {shown(asked.url)}: stopped", "stopped")


def _headers(asked: Asked, user_agent: str, auth: str | None) -> dict[str, str]:
    headers = {"User-Agent": user_agent, "Accept": asked.accept, "Accept-Encoding": ACCEPTED, **asked.headers}
    if asked.etag:
        headers["If-None-Match"] = asked.etag
    if asked.last_modified:
        headers["If-Modified-Since"] = asked.last_modified
    return {**headers, "Authorization": auth} if auth else headers
