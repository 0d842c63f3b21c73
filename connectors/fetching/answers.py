"""What is asked of a server and what comes of it: an answer, or an error in plain words. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Literal

import httpx

from pipeline.errors import CrossclaimError
from schemas.ids import bytes_hash

MAX_RETRY_AFTER_SECONDS = 86_400.0
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

    @cached_property
    def body_hash(self) -> str:
        """Fingerprint of the body, worked out once."""
        return bytes_hash(self.body)


@dataclass(frozen=True)
class Asked:
    """A request: the URL and the validators of what is known of it already."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    accept: str = "*/*"
    headers: Mapping[str, str] = field(default_factory=dict)


def plain(error: httpx.HTTPError) -> str:
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


def refused(status: int, headers: httpx.Headers, where: str, now: datetime) -> FetchError:
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
