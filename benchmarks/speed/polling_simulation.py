"""What the polling policy does over time: the real schedule, hosts, outcomes and health in a made-up world.

    python -m benchmarks.speed.polling --feeds 100000 --days 7

Each poll is one call of what the connectors call; only the network and the publishers are played. A poll holds one of
`concurrency` places until its last page is read. Pages lie on the feed's host, as mostly they do.
"""

from __future__ import annotations

import heapq
import math
from array import array
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from benchmarks.speed.polling_world import DAY, FLAKY, STRICT_REQUESTS, Feed, Host, World
from connectors.base import FeedSource
from connectors.fetching.hosts import Hosts
from connectors.fetching.http import Fetched
from connectors.polling.health import is_silent
from connectors.polling.outcome import Gain, failed, fresh, reads_in_full, unchanged, updated
from connectors.polling.schedule import Schedule
from pipeline.config import Polling
from schemas.cursor import Cursor

START = datetime(2026, 6, 1, tzinfo=UTC)
LONGEST_WAIT = 60.0
"""A host's turn further away is not waited for."""
PAGES_PER_POLL = 50
_ANSWER_SECONDS, _TIMEOUT_SECONDS = 1.0, 20.0
_COMPLAINT_SECONDS, _HELD_SECONDS = 600.0, 30.0


@dataclass
class Tally:
    """What was counted. Staleness and lateness are (seconds → weight), coarse."""

    feeds_asked: array[int]
    pages_asked: array[int]
    polls: Counter[str] = field(default_factory=Counter)
    stale: Counter[int] = field(default_factory=Counter)
    stale_fast: Counter[int] = field(default_factory=Counter)
    late: Counter[int] = field(default_factory=Counter)
    entries: int = 0
    missed: int = 0
    missed_late: int = 0
    missed_at_first: int = 0
    missed_at_limit: int = 0
    shares: Counter[int] = field(default_factory=Counter)
    """Readings by the third that the known share lies in."""
    known_at_news: Counter[int] = field(default_factory=Counter)
    """New entries by the per cent that was known of the reading that found them."""
    pages_left: int = 0
    alarms_false: int = 0
    noticed: list[float] = field(default_factory=list)
    healthy_days: float = 0.0


class Simulation:
    """One run. `outage` is when we are away ourselves, in seconds since the start."""

    def __init__(
        self, world: World, polling: Polling, concurrency: int = 256, outage: tuple[float, float] = (0.0, 0.0)
    ) -> None:
        self.world = world
        self.polling = polling
        self.concurrency = concurrency
        self.outage = outage
        seconds = int(world.days * DAY) + 7_200
        self.tally = Tally(array("H", bytes(2 * seconds)), array("H", bytes(2 * seconds)))
        self.cursors: dict[str, Cursor] = {}
        self.schedule = Schedule(site=lambda url: world.feeds[url].host.name)
        self.hosts = Hosts(polling.host_spacing_seconds)
        self._running: list[tuple[float, str, int]] = []
        self._silent: set[str] = set()

    def run(self) -> Tally:
        """Play the whole time, in whole seconds; those in which nothing can happen are passed over."""
        for url in self.world.feeds:
            self.schedule.add(url, None)
        second = 0
        while second < int(self.world.days * DAY):
            if self.outage[0] <= second < self.outage[1]:
                second = int(self.outage[1])
            now = START + timedelta(seconds=second)
            while self._running and self._running[0][0] <= second:
                self._go_on(*heapq.heappop(self._running), now)
            room = self.concurrency - len(self._running)
            for url in self.schedule.take(now, room):
                over, pages = self._poll(self.world.feeds[url], float(second))
                heapq.heappush(self._running, (over, url, pages))
            second = max(second + 1, self._next())
        return self.tally

    def _next(self) -> int:
        """Return the second in which a poll can go on or begin."""
        at = self.schedule.next_at()
        due = (at - START).total_seconds() if at else math.inf
        return math.ceil(min(due, self._running[0][0] if self._running else math.inf, self.world.days * DAY))

    def _go_on(self, at: float, url: str, pages: int, now: datetime) -> None:
        """Read the next page of a poll, or end it."""
        host = self.world.feeds[url].host
        if pages:
            turn = self.hosts.reserve(host.name, at, LONGEST_WAIT)
            if turn - at <= LONGEST_WAIT and self._bears(host, turn):
                self.tally.pages_asked[int(turn)] += 1
                heapq.heappush(self._running, (turn + _ANSWER_SECONDS, url, pages - 1))
                return
            self.tally.pages_left += pages
        self._finish(url, now)

    def _finish(self, url: str, now: datetime) -> None:
        cursor = self.cursors[url]
        self.schedule.done(url, now)
        if not cursor.ended:
            self.schedule.add(url, cursor.next_poll_at)
        feed = self.world.feeds[url]
        silent = is_silent(cursor) and not cursor.ended
        if silent and url not in self._silent:
            self._silent.add(url)
            at = (now - START).total_seconds()
            if at > feed.silent_from:
                self.tally.noticed.append(at - feed.silent_from)
            elif feed.rate:
                self.tally.alarms_false += 1
        elif not silent:
            self._silent.discard(url)

    def _poll(self, feed: Feed, second: float) -> tuple[float, int]:
        """Poll a feed; return when it has answered and how many pages are to be read then."""
        cursor = self.cursors.get(feed.url) or fresh(FeedSource(feed.url))
        if cursor.next_poll_at:
            self._note_lateness(feed, cursor.next_poll_at, second)
        at = self.hosts.reserve(feed.host.name, second, LONGEST_WAIT)
        now = START + timedelta(seconds=at)
        if at - second > LONGEST_WAIT:
            self._keep(
                failed(cursor, "held", at - second, self.polling, START + timedelta(seconds=second), kind="held")
            )
            self.tally.polls["held"] += 1
            return second, 0
        self.tally.feeds_asked[int(at)] += 1
        fault = self._fault(feed, at)
        if fault:
            why, kind, status, retry_after = fault
            self.tally.polls[why] += 1
            self._keep(failed(cursor, why, retry_after, self.polling, now, kind=kind, status=status))
            return at + (_TIMEOUT_SECONDS if status is None else _ANSWER_SECONDS), 0
        return self._read(feed, cursor, at, now)

    def _fault(self, feed: Feed, at: float) -> tuple[str, str, int | None, float | None] | None:
        host = feed.host
        if host.away_from <= at < host.away_to:
            return "host away", "retryable", None, None
        if not self._bears(host, at):
            return "429", "retryable", 429, _COMPLAINT_SECONDS if host.says_when else None
        if feed.missing:
            return "404", "permanent", 404, None
        if at >= feed.gone_at:
            return "410", "permanent", 410, None
        if self.world.random.random() < FLAKY:
            return "flaky", "retryable", 503, None
        return None

    def _bears(self, host: Host, at: float) -> bool:
        """Note a request to a host; False when it is one too many, and then the host is held."""
        minute = int(at // 60)
        if minute != host.minute:
            host.minute, host.asked = minute, 0
        host.asked += 1
        host.worst = max(host.worst, host.asked)
        host.closest = min(host.closest, at - host.last)
        host.last = at
        host.disobeyed += at < host.refused_until
        if not host.strict or host.asked <= STRICT_REQUESTS:
            return True
        host.complaints += 1
        until = at + (_COMPLAINT_SECONDS if host.says_when else _HELD_SECONDS)
        host.refused_until = max(host.refused_until, until)
        self.hosts.hold(host.name, until)
        return False

    def _read(self, feed: Feed, cursor: Cursor, at: float, now: datetime) -> tuple[float, int]:
        first = cursor.rhythm is None
        entries = feed.window if first else self.world.published(feed, feed.read_to, at)
        conditional = bool(cursor.etag) and not reads_in_full(cursor, now)
        lied = conditional and feed.lies
        if not entries or lied:
            self.tally.polls["unchanged"] += 1
            answer = Fetched(304 if conditional else 200, feed.url, feed.headers, b"", not_modified=conditional)
            self._keep(unchanged(cursor, self.polling, now, fetched=answer))
            if not lied:
                feed.read_to, feed.late = at, False
            return at + _ANSWER_SECONDS, 0
        self.tally.polls["first" if first else "read"] += 1
        new = min(entries, feed.window)
        gain = Gain(
            title="", outlet="", listed={}, articles=new, waiting=0, rejected=0, more=False,
            new=new, known=feed.window - new, hint_seconds=feed.hint,
            published=[START + timedelta(seconds=time) for time in self.world.dates(feed, at)] if first else (),
        )  # fmt: skip
        if not first:
            self._count(feed, entries, at, bool(cursor.failures) or feed.late)
        answer = Fetched(200, feed.url, feed.headers, b"")
        self._keep(updated(cursor, gain, answer, self.polling, now))
        feed.read_to, feed.late = at, False
        return at + _ANSWER_SECONDS, min(new, PAGES_PER_POLL)

    def _count(self, feed: Feed, entries: int, at: float, late: bool) -> None:
        tally, new = self.tally, min(entries, feed.window)
        tally.entries += entries
        tally.missed += entries - new
        tally.missed_late += (entries - new) if late else 0
        limit = not late and (self.cursors[feed.url].interval_seconds or 0.0) <= self.polling.min_interval_seconds
        tally.missed_at_limit += (entries - new) if limit else 0
        tally.missed_at_first += (entries - new) if at < DAY and not late and not limit else 0
        tally.known_at_news[100 * (feed.window - new) // feed.window] += new
        tally.shares[min(3 * (feed.window - new) // feed.window, 2)] += 1
        feed.readings += 1
        feed.new += new
        feed.known += feed.window - new
        feed.missed += entries - new
        span = (at - feed.read_to) * new / entries
        age = int(self.world.random.random() * span)
        tally.stale[age] += new
        if feed.rate >= 24:
            tally.stale_fast[age] += new

    def _note_lateness(self, feed: Feed, due: datetime, second: float) -> None:
        """Note how late a poll begins; while we were away it could not."""
        at = (due - START).total_seconds()
        feed.late = second - at > 600
        if at < self.outage[1] <= second:
            at = max(at, self.outage[1])
        self.tally.late[int(second - at)] += 1
        feed.host.latest = max(feed.host.latest, int(second - at))

    def _keep(self, cursor: Cursor) -> None:
        self.cursors[cursor.feed_url] = cursor
