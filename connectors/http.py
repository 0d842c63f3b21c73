"""The one fetcher: a URL to bytes, with every limit kept. No other file of the connectors opens a connection."""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal
from urllib.parse import urljoin

import httpx

from connectors.addresses import networks
from connectors.connections import Connections
from connectors.decompress import ACCEPTED, TooLarge, Undecodable, decompress
from connectors.gate import Gate, Held
from connectors.guarded import Backend, Forbidden, Resolve, system_addresses
from pipeline.config import Polling
from pipeline.errors import CrossclaimError

MAX_REDIRECTS = 5
MAX_HEADER_BYTES = 64 * 1024
"""Beyond it an answer is refused; while it is still coming in, h11 and h2 stop reading at about 100 kB."""
MAX_RETRY_AFTER_SECONDS = 86_400.0
SMALL_BYTES = 16 * 1024
"""Compressed bodies up to this size are unpacked on the spot, larger ones in a thread: the loop waits at most 20 ms."""
_REDIRECTS = (301, 302, 303, 307, 308)
_PERMANENT_REDIRECTS = (301, 308)
_TOO_MANY = 429
_AWAY = 503
_HTTP = re.compile(r"https?://[^/?#]", re.IGNORECASE)
_RETRYABLE = (408, 421, 423, 425, 429)

Kind = Literal["retryable", "permanent", "held", "stopped"]


class FetchError(CrossclaimError):
    """A URL that could not be read, in plain words.

    `kind`: "retryable" may go through later, "permanent" will not, "held" was not asked at all because the host wants
    to be left alone for `retry_after` seconds, "stopped" means that we ended it ourselves.
    `retry_after` is in seconds, None when the server named none; `status` is None when there was no answer.
    """

    def __init__(self, text: str, kind: Kind, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(text)
        self.kind: Kind = kind
        self.status = status
        self.retry_after = retry_after


@dataclass(frozen=True)
class Fetched:
    """An answer. `headers` have lower-case names; `body` is decompressed, empty when `not_modified`.

    `permanent_url` is where only permanent redirects (301, 308) led to, None when it did not move for good.
    """

    status: int
    final_url: str
    headers: Mapping[str, str]
    body: bytes
    not_modified: bool = False
    permanent_url: str | None = None


@dataclass(frozen=True)
class Asked:
    """A request: the URL and the validators of what is known of it already."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    accept: str = "*/*"
    headers: Mapping[str, str] = field(default_factory=dict)


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
            raise FetchError(f"reading {_shown(asked.url)}: {text}", "retryable") from error

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
        url = _checked(asked.url)
        auth = _basic(url)
        home = _origin(url)
        seen = [str(url)]
        permanent = auth is None
        left = self._polling.timeout_seconds
        while True:
            hop = await self._hop(url, asked, auth if _origin(url) == home else None, deadline, left)
            answer, left = hop
            if isinstance(answer, Fetched):
                return replace(answer, permanent_url=seen[-1] if permanent and len(seen) > 1 else None)
            permanent = permanent and answer.permanent
            url = _next(url, answer.target, asked.url)
            if str(url) in seen:
                raise FetchError(f"reading {_shown(asked.url)}: its redirects go in a circle", "permanent")
            if len(seen) > MAX_REDIRECTS:
                text = f"reading {_shown(asked.url)}: it redirects more than {MAX_REDIRECTS} times"
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
            text = f"reading {_shown(str(url))}: {url.host} asked us to wait; tried again in {error.seconds:,.0f} s"
            raise FetchError(text, "held", retry_after=error.seconds) from error

    async def _once(self, url: httpx.URL, asked: Asked, auth: str | None) -> Fetched | _Redirect:
        where = f"reading {_shown(str(url))}"
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
            raise FetchError(f"{where}: {_plain(error)}; tried again later", "retryable") from error
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
            error = _refused(status, response.headers, where, self._clock())
            if status == _TOO_MANY or (status == _AWAY and error.retry_after):
                self.gate.hold(response.url.host, error.retry_after)
            raise error
        return Fetched(status, str(response.url), headers, await self._body(response, where))

    async def _body(self, response: httpx.Response, where: str) -> bytes:
        """Read compressed bytes up to the cap, then decompress up to the cap: neither can fill the memory."""
        limit = self._polling.max_body_bytes
        too_large = f"{where}: it is larger than polling.max_body_bytes ({limit:,} bytes); raise that to read it"
        raw = bytearray()
        async for chunk in response.aiter_raw():
            raw += chunk
            if len(raw) > limit:
                raise FetchError(too_large, "permanent", response.status_code)
        encoding = response.headers.get("content-encoding", "")
        try:
            if not encoding or len(raw) <= SMALL_BYTES:
                return decompress(bytes(raw), encoding, limit)
            return await asyncio.to_thread(decompress, bytes(raw), encoding, limit)
        except TooLarge as error:
            raise FetchError(f"{too_large} ({error})", "permanent", response.status_code) from error
        except Undecodable as error:
            raise FetchError(f"{where}: {error}", "retryable", response.status_code) from error


def _stop_of(asked: Asked) -> FetchError:
    return FetchError(f"reading {_shown(asked.url)}: stopped", "stopped")


def _next(url: httpx.URL, target: str, asked: str) -> httpx.URL:
    """Return where a redirect leads, without the user name and password of where it came from."""
    try:
        joined = urljoin(str(url.copy_with(userinfo=b"")), target)
    except ValueError as error:
        text = f"reading {_shown(asked)}: it redirects to no proper URL ({error})"
        raise FetchError(text, "permanent") from error
    return _checked(joined, f", redirected from {_shown(asked)}")


def _headers(asked: Asked, user_agent: str, auth: str | None) -> dict[str, str]:
    headers = {"User-Agent": user_agent, "Accept": asked.accept, "Accept-Encoding": ACCEPTED, **asked.headers}
    if asked.etag:
        headers["If-None-Match"] = asked.etag
    if asked.last_modified:
        headers["If-Modified-Since"] = asked.last_modified
    return {**headers, "Authorization": auth} if auth else headers


def _basic(url: httpx.URL) -> str | None:
    """Return the Authorization header for a user name and password in the URL."""
    pair = f"{url.username}:{url.password}".encode()
    return "Basic " + base64.b64encode(pair).decode("ascii") if url.userinfo else None


def _checked(url: str, note: str = "") -> httpx.URL:
    """Return the URL when it is of http or https and has a host."""
    where = f"reading {_shown(url)}{note}"
    if not _HTTP.match(url):
        raise FetchError(f"{where}: only http and https addresses with a host are read", "permanent")
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise FetchError(f"{where}: it is no proper URL ({error}); correct the address", "permanent") from error
    if not parsed.host:
        raise FetchError(f"{where}: only http and https addresses with a host are read", "permanent")
    return parsed


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _shown(url: str) -> str:
    """Return the URL as it may be shown: no password, not endless."""
    head, at, tail = url.partition("@")
    hidden = f"{head.partition('://')[0]}://…@{tail}" if at and "/" not in head.partition("://")[2] else url
    return hidden if len(hidden) <= 300 else hidden[:299] + "…"


def _plain(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.ConnectError):
        return f"the connection failed ({error})"
    if isinstance(error, httpx.RemoteProtocolError):
        return f"the server broke the rules of HTTP or hung up ({error})"
    return f"the connection broke ({error or type(error).__name__})"


_MEANING = {
    401: "it asks for a password",
    402: "it asks for payment",
    403: "the server forbids it",
    404: "it does not exist; correct or remove the address",
    410: "it is gone for good; remove the address",
    429: "the server asks us to come less often; raise polling.interval_seconds if this stays",
    451: "it is withheld for legal reasons",
}


def _refused(status: int, headers: httpx.Headers, where: str, now: datetime) -> FetchError:
    kind: Kind = "retryable" if status >= 500 or status in _RETRYABLE or status == 304 else "permanent"
    meaning = _MEANING.get(status, "the server has a fault; tried again later" if status >= 500 else "no usable answer")
    wait = retry_after(headers.get("retry-after"), now)
    return FetchError(f"{where}: status {status}, {meaning}", kind, status, wait)


def retry_after(value: str | None, now: datetime) -> float | None:
    """Read a Retry-After header (seconds or a date) as seconds from `now`, between 0 and one day."""
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            when = parsedate_to_datetime(value)
        except ValueError:
            return None
        seconds = (when.replace(tzinfo=when.tzinfo or UTC) - now).total_seconds()
    return min(max(seconds, 0.0), MAX_RETRY_AFTER_SECONDS) if seconds == seconds else None
