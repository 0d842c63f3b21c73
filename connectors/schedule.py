"""Which feeds are due: a pure queue with the clock as argument, polite to each site."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from datetime import datetime

from connectors.canonical import site_of

PER_SITE = 2
"""Feeds of one site that are read at the same time; each reads its pages one after the other."""


class Schedule:
    """Feeds by the time that they are due. Each feed is waiting, held back by its site's limit, or taken."""

    def __init__(self, per_site: int = PER_SITE, site: Callable[[str], str] = site_of) -> None:
        self._per_site = per_site
        self._site = site
        self._waiting: list[tuple[datetime, str]] = []
        self._held: dict[str, deque[str]] = defaultdict(deque)
        self._running: Counter[str] = Counter()

    def add(self, url: str, at: datetime) -> None:
        """Let a feed be due at `at`."""
        heapq.heappush(self._waiting, (at, url))

    def take(self, now: datetime, room: int) -> tuple[str, ...]:
        """Return at most `room` feeds that are due, the longest due first, and count them as taken."""
        taken: list[str] = []
        while len(taken) < room and self._waiting and self._waiting[0][0] <= now:
            _, url = heapq.heappop(self._waiting)
            site = self._site(url)
            if self._running[site] >= self._per_site:
                self._held[site].append(url)
                continue
            self._running[site] += 1
            taken.append(url)
        return tuple(taken)

    def done(self, url: str, now: datetime) -> None:
        """A taken feed is through: its site has room for the next one held back."""
        site = self._site(url)
        self._running[site] -= 1
        if not self._running[site]:
            del self._running[site]
        held = self._held.get(site)
        if held:
            self.add(held.popleft(), now)
        elif held is not None:
            del self._held[site]

    def next_at(self) -> datetime | None:
        """Return when the next feed is due, None when none is waiting."""
        return self._waiting[0][0] if self._waiting else None

    def __len__(self) -> int:
        """Feeds waiting or held back."""
        return len(self._waiting) + sum(map(len, self._held.values()))
