"""When a host may be asked next. Pure: seconds of one monotonic clock are arguments.

A host's requests are spaced. One that says that it is asked too much is left alone for as long as it wants, and asked
half as often afterwards, until it has been content for an hour.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass

CONTENT_SECONDS = 3_600.0
"""A host that did not complain for so long is asked twice as often again, up to its usual spacing."""
MOST_SPACING_SECONDS = 60.0
"""A spacing grows to no more than this, and a crawl-delay counts for no more: beyond it a host is unreadable."""
MAX_HOSTS = 50_000
"""Hosts remembered. Beyond it the longest unused are forgotten, those held or slowed last."""
_SHRINK = 0.9
_FIRST_SPACING = 0.5


@dataclass(slots=True)
class _Host:
    next_at: float = -math.inf
    turn_at: float = -math.inf
    """When the last turn that was given away is."""
    held_until: float = -math.inf
    least: float = 0.0
    """Spacing that was asked for (crawl-delay)."""
    spacing: float = 0.0
    """Spacing after complaints."""
    content_since: float = 0.0


class Hosts:
    """Turns at each host, at least `spacing_seconds` apart. Every call costs constant time, now and then a sweep."""

    def __init__(self, spacing_seconds: float, max_hosts: int = MAX_HOSTS) -> None:
        self._usual = spacing_seconds
        self._max = max_hosts
        self._hosts: OrderedDict[str, _Host] = OrderedDict()

    def reserve(self, host: str, now: float, longest: float = math.inf) -> float:
        """Book the next turn at a host and return when it is, `now` at the earliest.

        A turn more than `longest` seconds away is not booked: who will not wait for it must not take it from others.
        """
        known = self._known(host)
        at = max(now, known.next_at, known.held_until)
        if at - now <= longest:
            known.turn_at, known.next_at = at, at + self._spacing(known, now)
        self._forget(now)
        return at

    def hold(self, host: str, until: float) -> None:
        """Give a host no turns before `until`, after it answered 429 or 503; then ask it half as often as before.

        Complaints about turns that were given away before it was held are about the same burst and count once.
        """
        known = self._known(host)
        if known.turn_at >= known.held_until:
            spacing = max(self._spacing(known, known.turn_at), _FIRST_SPACING)
            known.spacing = min(2 * spacing, max(MOST_SPACING_SECONDS, self._usual))
            known.content_since = until
        known.held_until = max(known.held_until, until)

    def held_until(self, host: str) -> float:
        """Return until when a host is to be left alone: a turn booked before it complained is void until then."""
        known = self._hosts.get(host)
        return known.held_until if known else -math.inf

    def slow(self, host: str, spacing: float) -> None:
        """Keep a host's turns at least `spacing` seconds apart from now on: its robots.txt asks for it."""
        self._known(host).least = min(max(spacing, 0.0), MOST_SPACING_SECONDS)

    def __len__(self) -> int:
        """Hosts remembered."""
        return len(self._hosts)

    def _known(self, host: str) -> _Host:
        known = self._hosts.get(host)
        if known is None:
            known = self._hosts[host] = _Host()
        else:
            self._hosts.move_to_end(host)
        return known

    def _spacing(self, known: _Host, now: float) -> float:
        """Return the spacing of now; after a complaint it halves with each hour of content."""
        usual = max(self._usual, known.least)
        if known.spacing > usual:
            halvings = max(math.floor((now - known.content_since) / CONTENT_SECONDS), 0)
            if halvings:
                known.spacing *= 0.5 ** min(halvings, 64)
                known.content_since += halvings * CONTENT_SECONDS
        return max(usual, known.spacing)

    def _forget(self, now: float) -> None:
        """Drop hosts beyond the bound, a tenth at once: those first that may be asked now, at the usual spacing."""
        if len(self._hosts) <= self._max:
            return
        room = int(self._max * _SHRINK)
        idle = [name for name, known in self._hosts.items() if self._is_plain(known, now)]
        for name in idle[: len(self._hosts) - room]:
            del self._hosts[name]
        while len(self._hosts) > room:
            self._hosts.popitem(last=False)

    def _is_plain(self, known: _Host, now: float) -> bool:
        return max(known.next_at, known.held_until) <= now and self._spacing(known, now) <= self._usual
