"""The one fetcher: a URL to bytes, with every limit kept. No other file of the connectors opens a connection."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal
from urllib.parse import urljoin

import httpx

from connectors.addresses import networks
from connectors.decompress import ACCEPTED, TooLarge, Undecodable, decompress
from connectors.guarded import Backend, Deadlines, Forbidden, Transport
from pipeline.config import Polling
from pipeline.errors import CrossclaimError

MAX_REDIRECTS = 5
MAX_HEADER_BYTES = 64 * 1024
"""Beyond it an answer is refused; while it is still coming in, h11 and h2 stop reading at about 100 kB."""
MAX_RETRY_AFTER_SECONDS = 86_400.0
_REDIRECTS = (301, 302, 303, 307, 308)
_HTTP = re.compile(r"https?://[^/?#]", re.IGNORECASE)
_RETRYABLE = (408, 421, 423, 425, 429)

Kind = Literal["retryable", "permanent", "stopped"]


class FetchError(CrossclaimError):
    """A URL that could not be read, in plain words.

    `kind`: "retryable" may go through later, "permanent" will not, "stopped" means that we ended it ourselves.
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


class Fetcher:
    """Reads URLs; safe to share between threads. `close` it at the end, `stop` it to end all reading at once."""

    def __init__(self, polling: Polling, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._polling = polling
        self._clock = clock
        self._deadlines = Deadlines()
        self._backend = Backend(networks(polling.allow_private), self._deadlines)
        # The bare transport, not a client: no cookies, no proxies of the environment, no redirects behind our back.
        self._transport = Transport(self._backend, polling.concurrency * 2)

    def get(self, asked: Asked) -> Fetched:
        """Return the answer (status 2xx, or 304 with `not_modified`), redirects followed.

        Raises FetchError for everything else. The whole takes at most `polling.timeout_seconds`.
        """
        try:
            with self._deadlines.within(self._polling.timeout_seconds):
                return self._follow(asked)
        except FetchError:
            if self._deadlines.stopped.is_set():
                raise FetchError(f"reading {_shown(asked.url)}: stopped", "stopped") from None
            raise

    def stop(self) -> None:
        """End every request under way, in all threads; later requests fail with kind "stopped"."""
        self._backend.cut()

    def close(self) -> None:
        """Close the idle connections."""
        self._transport.close()

    def _follow(self, asked: Asked) -> Fetched:
        url = _checked(asked.url)
        auth = _basic(url)
        home = _origin(url)
        seen = [str(url)]
        while True:
            answer = self._once(url, asked, auth if _origin(url) == home else None)
            if isinstance(answer, Fetched):
                return answer
            url = _checked(urljoin(str(url.copy_with(userinfo=b"")), answer), f", redirected from {_shown(asked.url)}")
            if str(url) in seen:
                raise FetchError(f"reading {_shown(asked.url)}: its redirects go in a circle", "permanent")
            if len(seen) > MAX_REDIRECTS:
                text = f"reading {_shown(asked.url)}: it redirects more than {MAX_REDIRECTS} times"
                raise FetchError(text, "permanent")
            seen.append(str(url))

    def _once(self, url: httpx.URL, asked: Asked, auth: str | None) -> Fetched | str:
        """One request; a redirect's target is returned as text."""
        where = f"reading {_shown(str(url))}"
        try:
            timeouts = httpx.Timeout(self._polling.timeout_seconds).as_dict()
            headers = _headers(asked, self._polling.user_agent, auth)
            bare = url.copy_with(userinfo=b"", fragment=None)
            request = httpx.Request("GET", bare, headers=headers, extensions={"timeout": timeouts})
            response = self._transport.handle_request(request)
            response.request = request
            try:
                return self._judge(response, asked, where)
            finally:
                response.close()
        except Forbidden as error:
            text = f"{where}: {error}; to read it all the same, add that address to polling.allow_private"
            raise FetchError(text, "permanent") from error
        except httpx.TimeoutException as error:
            text = f"{where}: no whole answer within {self._polling.timeout_seconds:g} s; tried again later"
            raise FetchError(text, "retryable") from error
        except httpx.HTTPError as error:
            raise FetchError(f"{where}: {_plain(error)}; tried again later", "retryable") from error
        except (httpx.InvalidURL, UnicodeError, ValueError) as error:
            raise FetchError(f"{where}: it is no proper URL ({error}); correct the address", "permanent") from error

    def _judge(self, response: httpx.Response, asked: Asked, where: str) -> Fetched | str:
        status = response.status_code
        if sum(len(name) + len(value) for name, value in response.headers.raw) > MAX_HEADER_BYTES:
            raise FetchError(f"{where}: its headers are larger than {MAX_HEADER_BYTES:,} bytes", "permanent", status)
        if status in _REDIRECTS and "location" in response.headers:
            return response.headers["location"]
        headers = {name.lower(): value for name, value in response.headers.items()}
        if status == 304 and (asked.etag or asked.last_modified):
            return Fetched(status, str(response.url), headers, b"", not_modified=True)
        if not 200 <= status < 300:
            raise _refused(status, response.headers, where, self._clock())
        return Fetched(status, str(response.url), headers, self._body(response, where))

    def _body(self, response: httpx.Response, where: str) -> bytes:
        """Read compressed bytes up to the cap, then decompress up to the cap: neither can fill the memory."""
        limit = self._polling.max_body_bytes
        too_large = f"{where}: it is larger than polling.max_body_bytes ({limit:,} bytes); raise that to read it"
        raw = bytearray()
        for chunk in response.iter_raw():
            raw += chunk
            if len(raw) > limit:
                raise FetchError(too_large, "permanent", response.status_code)
            self._deadlines.left(httpx.ReadTimeout)
        try:
            return decompress(bytes(raw), response.headers.get("content-encoding", ""), limit)
        except TooLarge as error:
            raise FetchError(f"{too_large} ({error})", "permanent", response.status_code) from error
        except Undecodable as error:
            raise FetchError(f"{where}: {error}", "retryable", response.status_code) from error


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
