"""Which feeds are due: a pure queue with the clock as argument, polite to each site and even in load.

Feeds that are due in time are given out at once. A mass of them is not: feeds never read (all of them, at the first
start) and feeds overdue (all of them, after an outage) come bit by bit, so that neither we nor the servers that many
feeds share are run over, and the wave does not come back with each round.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from connectors.articles.canonical import site_of

PER_SITE = 2
"""Feeds of one site that are read at the same time; each reads its pages one after the other."""
OVERDUE = timedelta(minutes=1)
"""A feed later than this was not simply waiting for its turn: nobody polled."""
SPREAD_SECONDS = 3_600.0
"""The whole of a mass of feeds is given out within this time …"""
LEAST_PER_SECOND = 20.0
"""… or at this rate, if that is sooner: 1,000 feeds begin within a minute."""
AT_ONCE = 200
"""So many of them need not be spread at all."""
_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


class Schedule:
    """Feeds by the time that they are due. Each feed is waiting, held back by its site's limit, or taken.

    All calls cost logarithmic time in the number of feeds, amortised.
    """

    def __init__(self, per_site: int = PER_SITE, site: Callable[[str], str] = site_of) -> None:
        self._per_site = per_site
        self._site = site
        self._waiting: list[tuple[datetime, str]] = []
        self._mass = _Mass()
        self._held: dict[str, deque[str]] = defaultdict(deque)
        self._holding = 0
        self._running: Counter[str] = Counter()
        self._mass_next = False

    def add(self, url: str, at: datetime | None) -> None:
        """Let a feed be due at `at`; None for a feed that was never read: as soon as there is room for such."""
        if at is None:
            self._mass.new.append(url)
        else:
            heapq.heappush(self._waiting, (at, url))

    def take(self, now: datetime, room: int) -> tuple[str, ...]:
        """Return at most `room` feeds that are due, and count them as taken.

        Overdue and new feeds, at their rate, take turns with the others, of which the longest due come first.
        """
        while self._waiting and now - self._waiting[0][0] > OVERDUE:
            self._mass.late.append(heapq.heappop(self._waiting)[1])
        self._mass.refill(now)
        taken: list[str] = []
        while len(taken) < room:
            url, massed = self._next(now)
            if url is None:
                break
            if self._begun(url):
                taken.append(url)
                self._mass.spend(massed)
        return tuple(taken)

    def done(self, url: str, now: datetime) -> None:
        """A taken feed is through: its site has room for the next one held back."""
        site = self._site(url)
        self._running[site] -= 1
        if not self._running[site]:
            del self._running[site]
        held = self._held.get(site)
        if held:
            self._holding -= 1
            self.add(held.popleft(), now)
        if held is not None and not held:
            del self._held[site]

    def next_at(self) -> datetime | None:
        """Return when the next feed can be taken, as far as is known; None when none is waiting."""
        times = [self._mass.next_at(), self._waiting[0][0] if self._waiting else None]
        return min((time for time in times if time), default=None)

    def __len__(self) -> int:
        """Feeds waiting or held back."""
        return len(self._waiting) + len(self._mass) + self._holding

    def _next(self, now: datetime) -> tuple[str | None, int]:
        """Give out a feed, in turns of the mass and the others, and say whether (1) it is of the mass."""
        self._mass_next = not self._mass_next
        due = bool(self._waiting) and self._waiting[0][0] <= now
        massed = self._mass.first() if self._mass_next or not due else None
        if massed is None and due:
            return heapq.heappop(self._waiting)[1], 0
        return massed, 1

    def _begun(self, url: str) -> bool:
        """Count a feed as taken; False when its site's limit holds it back."""
        site = self._site(url)
        if self._running[site] >= self._per_site:
            self._held[site].append(url)
            self._holding += 1
            return False
        self._running[site] += 1
        return True


class _Mass:
    """Feeds that are given out bit by bit: AT_ONCE at first, then at an even rate."""

    def __init__(self) -> None:
        self.new: deque[str] = deque()
        self.late: deque[str] = deque()
        self._allowed = float(AT_ONCE)
        self._rate = LEAST_PER_SECOND
        self._at: datetime | None = None
        self._late_next = True

    def refill(self, now: datetime) -> None:
        """Let time pass. The rate is that of the greatest mass since there was none: else its end would drag on."""
        if self._at is None or now > self._at:
            passed = (now - self._at).total_seconds() if self._at else 0.0
            self._allowed = min(self._allowed + passed * self._rate, float(AT_ONCE))
            self._at = now
        size = len(self.new) + len(self.late)
        self._rate = max(self._rate, size / SPREAD_SECONDS) if size else LEAST_PER_SECOND

    def first(self) -> str | None:
        """Give out the next feed, late and new ones in turns; None when there is none or none is allowed now."""
        if self._allowed < 1 or not (self.late or self.new):
            return None
        self._late_next = bool(self.late) and (self._late_next or not self.new)
        url = (self.late if self._late_next else self.new).popleft()
        self._late_next = not self._late_next
        return url

    def spend(self, number: int) -> None:
        """Count what was given out and not held back."""
        self._allowed -= number

    def next_at(self) -> datetime | None:
        """Return when one is allowed, None when there is none."""
        if not len(self):
            return None
        return (self._at or _ALWAYS) + timedelta(seconds=max(1 - self._allowed, 0.0) / self._rate)

    def __len__(self) -> int:
        return len(self.new) + len(self.late)
