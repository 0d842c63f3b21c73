"""What a site's robots.txt lets us read (RFC 9309), by protego. Asked before pages; feeds are there to be polled.

A site without one (4xx) allows all. One whose robots.txt cannot be had (5xx, no answer, 429) might forbid anything, so
its pages wait, unless its rules of before are known: those hold until it answers again, for STALE_SECONDS at most.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx
from protego import Protego

from connectors.fetching.http import Asked, Fetched, FetchError

LIFETIME_SECONDS = 86_400.0
UNREACHABLE_SECONDS = 600.0
"""So long after a failure the file is not asked for again."""
STALE_SECONDS = 30 * 86_400.0
MAX_BYTES = 500 * 1024
"""So much of the file is heeded: what RFC 9309 asks for at least."""
MAX_ORIGINS = 20_000
MAX_CHARS = 2_000_000
"""Text of all rules remembered. Parsed they take up to 25 times as much: less than 50 MB."""
_PARSED_AT_ONCE = 16_384
_TOKEN = re.compile(r"[A-Za-z_-]+")
_TOO_MANY = 429


class Getter(Protocol):
    """What reads a URL; see `http.Fetcher`."""

    async def get(self, asked: Asked) -> Fetched:
        """Return the answer, redirects followed; raises FetchError."""
        ...


@dataclass(frozen=True)
class _Rules:
    """What is known of an origin. `parsed` is None when everything is allowed, `error` says why nothing is known."""

    asked_again_at: float
    read_at: float
    parsed: Any = None
    chars: int = 0
    error: str | None = None


@dataclass
class _Asking:
    """Those who wait for the rules of one origin; the first of them asks."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0


class Robots:
    """The rules of all sites, each read once a day. For the tasks of one event loop; memory is bounded.

    `clock` gives seconds that never run backwards. `slow(host, seconds)` is told of crawl-delays.
    """

    def __init__(
        self,
        fetcher: Getter,
        user_agent: str,
        clock: Callable[[], float] = time.monotonic,
        slow: Callable[[str, float], None] = lambda host, seconds: None,
    ) -> None:
        self._fetcher = fetcher
        self._clock = clock
        self._slow = slow
        name = _TOKEN.match(user_agent)
        self._token = name[0] if name else "*"
        self._known: OrderedDict[str, _Rules] = OrderedDict()
        self._chars = 0
        self._asking: dict[str, _Asking] = {}

    async def allows(self, url: str) -> bool:
        """Return whether we may read a page.

        Raises FetchError when that cannot be known for now ("retryable"; "held", "stopped" as the fetcher does).
        """
        try:
            parts = httpx.URL(url)
        except (httpx.InvalidURL, UnicodeError):
            return True  # the fetcher says better what is wrong with it
        if parts.scheme not in ("http", "https") or not parts.host:
            return True
        origin = f"{parts.scheme}://{parts.netloc.decode('ascii')}"
        rules = await self._rules(origin, parts.host)
        if rules.error:
            raise FetchError(f"reading {url[:300]}: {rules.error}", "retryable", retry_after=self._wait(rules))
        return rules.parsed is None or bool(rules.parsed.can_fetch(url, self._token))

    def _wait(self, rules: _Rules) -> float:
        return max(rules.asked_again_at - self._clock(), 0.0)

    async def _rules(self, origin: str, host: str) -> _Rules:
        known = self._fresh(origin)
        if known:
            return known
        asking = self._asking.setdefault(origin, _Asking())
        asking.users += 1
        try:
            async with asking.lock:
                return self._fresh(origin) or self._remembered(origin, await self._read(origin, host))
        finally:
            asking.users -= 1
            if not asking.users:
                del self._asking[origin]

    def _fresh(self, origin: str) -> _Rules | None:
        known = self._known.get(origin)
        if known is None or known.asked_again_at <= self._clock():
            return None
        self._known.move_to_end(origin)
        return known

    async def _read(self, origin: str, host: str) -> _Rules:
        try:
            fetched = await self._fetcher.get(Asked(f"{origin}/robots.txt", accept="text/plain, */*;q=0.5"))
        except FetchError as error:
            if error.kind in ("stopped", "held"):
                raise
            return self._without(origin, error)
        text = fetched.body[:MAX_BYTES].decode("utf-8-sig", "replace")
        parse = Protego.parse
        parsed = parse(text) if len(text) <= _PARSED_AT_ONCE else await asyncio.to_thread(parse, text)
        spacing = _spacing(parsed, self._token)
        if spacing:
            self._slow(host, spacing)
        now = self._clock()
        return _Rules(now + LIFETIME_SECONDS, now, parsed, len(text))

    def _without(self, origin: str, error: FetchError) -> _Rules:
        """Return what holds while there is no file to be had."""
        now = self._clock()
        if error.kind == "permanent" and error.status != _TOO_MANY:
            return _Rules(now + LIFETIME_SECONDS, now)
        again = now + max(UNREACHABLE_SECONDS, error.retry_after or 0.0)
        before = self._known.get(origin)
        if before and not before.error and now - before.read_at < STALE_SECONDS:
            return _Rules(again, before.read_at, before.parsed, before.chars)
        return _Rules(again, now, error=f"whether its site allows that is not known ({error})")

    def _remembered(self, origin: str, rules: _Rules) -> _Rules:
        before = self._known.pop(origin, None)
        self._chars += rules.chars - (before.chars if before else 0)
        self._known[origin] = rules
        while len(self._known) > MAX_ORIGINS or (self._chars > MAX_CHARS and len(self._known) > 1):
            self._chars -= self._known.popitem(last=False)[1].chars
        return rules


def _spacing(parsed: Any, token: str) -> float:
    """Return the seconds between two requests that the file asks for, 0 when it asks for none."""
    delay, rate = parsed.crawl_delay(token), parsed.request_rate(token)
    return max(delay or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0)
