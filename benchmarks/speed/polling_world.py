"""A made-up world of feeds for the simulation of polling: hosts, rhythms, and everything that goes wrong.

Feeds a host and entries a day follow power laws, as Media Cloud tells of its 100,000 feeds (one source with 12,000, two
with more than 2,000, most with a few). Publication is a Poisson process over the outlet's day, night and weekend, with
batches for some. All is drawn from one seed. Times are seconds since the start, a Monday at midnight UTC.
"""

from __future__ import annotations

import bisect
import math
import random
from dataclasses import dataclass, field

DAY = 86_400.0
_STEP = 900.0
_WINDOWS = ((10, 25), (15, 10), (20, 25), (25, 10), (30, 10), (50, 15), (100, 5))
_SHARES = {
    "never": 0.12,  # of feeds: list entries and publish no more
    "missing": 0.02,  # 404 from the start
    "gone": 0.005,  # 410 from some time on
    "lies": 0.01,  # says "not modified" whatever comes
    "unconditional": 0.4,  # knows no conditional requests
    "undated": 0.1,
    "batches": 0.25,
    "office": 0.15,  # publishes on workdays in the daytime only
    "hourly": 0.3,  # sy:updatePeriod hourly, as WordPress has it
    "daily": 0.03,  # ttl 1440
    "cached": 0.2,  # Cache-Control: max-age=300
}
MOST_A_DAY = 10_000.0
"""Entries of one host at most, about what the largest agencies publish; thousands of feeds of one outlet share them."""
FLAKY = 0.005
"""Of polls: fail by themselves."""
HOST_OUTAGES = 0.02
"""Of hosts, each week: away for one to twelve hours."""
STRICT_HOSTS = 0.02
"""Of hosts: answer 429 beyond STRICT_REQUESTS a minute; half of them say when to come again."""
STRICT_REQUESTS = 20


@dataclass(slots=True)
class Host:
    """A host and how it bears requests."""

    name: str
    away_from: float = math.inf
    away_to: float = math.inf
    strict: bool = False
    says_when: bool = False
    minute: int = -1
    asked: int = 0
    worst: int = 0
    last: float = -math.inf
    closest: float = math.inf
    latest: int = 0
    refused_until: float = -math.inf
    disobeyed: int = 0
    complaints: int = 0


@dataclass(slots=True)
class Feed:
    """A feed: its way of publishing and its faults. `read_to` is until when its entries were seen."""

    url: str
    host: Host
    rate: float
    window: int
    batch: float
    shape: int
    dated: bool
    hint: float | None
    headers: dict[str, str]
    missing: bool
    gone_at: float
    lies: bool
    silent_from: float = math.inf
    read_to: float = -math.inf
    late: bool = False
    readings: int = 0
    new: int = 0
    known: int = 0
    missed: int = 0


@dataclass
class World:
    """All feeds and hosts. `silent_feeds` of the feeds that publish fall silent at some time of the later half."""

    count: int
    days: float
    seed: int
    silent_feeds: float = 0.0
    feeds: dict[str, Feed] = field(default_factory=dict)
    hosts: list[Host] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Draw the world."""
        self.random = random.Random(self.seed)  # noqa: S311 - a world, no secret
        self._activity = [self._curve(zone * 3, office) for zone in range(8) for office in (False, True)]
        while len(self.feeds) < self.count:
            host = self._host(len(self.hosts))
            self.hosts.append(host)
            size = min(int(self.random.paretovariate(0.9)), self.count // 10, self.count - len(self.feeds))
            feeds = [self._feed(host, number) for number in range(size)]
            share = MOST_A_DAY / max(sum(feed.rate for feed in feeds), MOST_A_DAY)
            for feed in feeds:
                feed.rate *= share
                self.feeds[feed.url] = feed

    def published(self, feed: Feed, start: float, end: float) -> int:
        """Draw how many entries a feed publishes between two times."""
        end = min(end, feed.silent_from)
        if end <= start or not feed.rate:
            return 0
        curve = self._activity[feed.shape]
        expected = feed.rate / feed.batch * (_at(curve, end) - _at(curve, start))
        batches = self._poisson(expected)
        if feed.batch == 1.0 or not batches:
            return batches
        return batches + self._poisson(batches * (feed.batch - 1))

    def dates(self, feed: Feed, now: float) -> list[float]:
        """Draw the times of the entries that a feed lists when it is read first, newest first."""
        if not feed.dated:
            return []
        curve, week = self._activity[feed.shape], int(7 * DAY / _STEP)
        rate = max(feed.rate, 0.01) / feed.batch
        active = _at(curve, now) - (0.0 if feed.rate else self.random.uniform(30, 900))
        times: list[float] = []
        while len(times) < feed.window:
            active -= self.random.expovariate(rate)
            weeks, part = divmod(active, 7)
            step = bisect.bisect_left(curve, part, 0, week)
            time = weeks * 7 * DAY + step * _STEP - self.random.uniform(0, _STEP)
            times += [time] * (1 + self._poisson(feed.batch - 1))
        return sorted(times[: feed.window], reverse=True)

    def _host(self, number: int) -> Host:
        draw = self.random
        host = Host(f"{number}.example", strict=draw.random() < STRICT_HOSTS, says_when=draw.random() < 0.5)
        if draw.random() < HOST_OUTAGES * self.days / 7:
            host.away_from = draw.uniform(0.5, self.days) * DAY
            host.away_to = host.away_from + draw.uniform(3_600, 43_200)
        return host

    def _feed(self, host: Host, number: int) -> Feed:
        draw = self.random
        has = {name: draw.random() < share for name, share in _SHARES.items()}
        rate = 0.0 if has["never"] else min(draw.lognormvariate(math.log(3), 1.8), 1_500.0)
        hint = 3_600.0 if has["hourly"] else DAY if has["daily"] else None
        headers = {} if has["unconditional"] else {"etag": '"1"'}
        return Feed(
            url=f"http://{host.name}/{number}",
            host=host,
            rate=rate,
            window=draw.choices([size for size, _ in _WINDOWS], [share for _, share in _WINDOWS])[0],
            batch=4.0 if has["batches"] else 1.0,
            shape=2 * draw.randrange(8) + has["office"],
            dated=not has["undated"],
            hint=hint,
            headers=headers | ({"cache-control": "max-age=300"} if has["cached"] else {}),
            missing=has["missing"],
            gone_at=draw.uniform(0, self.days) * DAY if has["gone"] else math.inf,
            lies=has["lies"] and not has["unconditional"],
            silent_from=self._silence(rate),
        )

    def _silence(self, rate: float) -> float:
        falls = rate and self.random.random() < self.silent_feeds
        return self.random.uniform(self.days / 2, self.days * 0.75) * DAY if falls else math.inf

    def _curve(self, zone: float, office: bool) -> list[float]:
        """Return days of mean activity up to each step: 1 a day on average, by day and weekday of a time zone."""
        total, sums = 0.0, [0.0]
        for step in range(int((self.days + 8) * DAY / _STEP)):
            days = (step + 0.5) * _STEP / DAY + zone / 24
            hour, weekend = days % 1 * 24, int(days) % 7 >= 5
            if office:
                level = 0.0 if weekend or not 8 <= hour < 18 else 1.0
            else:
                level = max(1 - math.cos((hour - 2) / 24 * math.tau), 0.05) * (0.5 if weekend else 1.0)
            total += level
            sums.append(total)
        week = sums[int(7 * DAY / _STEP)]
        return [value * 7 / week for value in sums]

    def _poisson(self, mean: float) -> int:
        """Draw from a Poisson distribution: by Knuth's method, beyond 30 by the normal approximation."""
        if mean > 30:
            return max(round(self.random.gauss(mean, math.sqrt(mean))), 0)
        limit, count, product = math.exp(-mean), 0, self.random.random()
        while product > limit:
            count += 1
            product *= self.random.random()
        return count


def _at(curve: list[float], time: float) -> float:
    step, part = divmod(time / _STEP, 1)
    index = int(step)
    return curve[index] + (curve[index + 1] - curve[index]) * part
