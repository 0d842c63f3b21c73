"""What a simulation of polling came to, in lines for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import fmean, median

from benchmarks.speed.polling_simulation import Simulation
from benchmarks.speed.polling_world import DAY, Feed

HOUR = 3_600


Line = tuple[str, str]


def report(simulation: Simulation) -> list[str]:
    """Return the lines that tell of a run."""
    parts = (_polls, _load, _politeness, _known, _missed, _stale, _silence)
    return [f"{name:50} {value}" for part in parts for name, value in part(simulation)]


def hourly(counts: Sequence[int], days: float) -> list[float]:
    """Return requests a second, hour by hour."""
    return [sum(counts[hour * HOUR : (hour + 1) * HOUR]) / HOUR for hour in range(int(days * 24))]


def percentile(weights: Counter[int], share: float) -> float:
    """Return the value below which `share` of the weight lies."""
    left = share * sum(weights.values())
    for value in sorted(weights):
        left -= weights[value]
        if left <= 0:
            return float(value)
    return 0.0


def known_share(feeds: Iterable[Feed]) -> float:
    """Return how much of what was read (first readings aside) was known, in per cent."""
    read = [(feed.known, feed.new) for feed in feeds]
    known, new = sum(it[0] for it in read), sum(it[1] for it in read)
    return 100 * known / max(known + new, 1)


def _polls(simulation: Simulation) -> list[Line]:
    polls = simulation.tally.polls
    kinds = ", ".join(f"{count:,} {what}" for what, count in polls.most_common())
    return [("polls", f"{sum(polls.values()):,} ({kinds})")]


def _load(simulation: Simulation) -> list[Line]:
    tally, days = simulation.tally, simulation.world.days
    feeds, pages = hourly(tally.feeds_asked, days), hourly(tally.pages_asked, days)
    away, back = (int(second // HOUR) for second in simulation.outage)
    settled = [rate for hour, rate in enumerate(feeds) if hour >= 24 and not away <= hour < back] or feeds
    late = tally.late
    return [
        ("feeds asked a second, after the first day", f"{fmean(settled):.2f} on average"),
        ("  quietest and busiest hour", f"{min(settled):.2f}, {max(settled):.2f}"),
        ("  busiest second of all", f"{max(tally.feeds_asked)}"),
        ("  first 6 hours", _row(feeds[:6])),
        ("  6 hours after our outage of an hour", _row(feeds[back : back + 6])),
        ("pages read a second, after the first day", f"{fmean(pages[24:] or pages):.2f} on average"),
        ("  busiest hour; first 6 hours", f"{max(pages[24:] or pages):.2f}; {_row(pages[:6])}"),
        (
            "polls begin late by (half, 99 %), our outage aside",
            f"{percentile(late, 0.5):,.0f} s, {percentile(late, 0.99):,.0f} s",
        ),
        ("  the latest; hosts with polls over 15 min late", f"{max(late, default=0):,} s; {_full(simulation)}"),
    ]


def _full(simulation: Simulation) -> str:
    hosts = {host.name for host in simulation.world.hosts if host.latest > 900}
    feeds = sum(feed.host.name in hosts for feed in simulation.world.feeds.values())
    return f"{len(hosts):,} of {len(simulation.world.hosts):,} with {feeds:,} feeds"


def _row(rates: Sequence[float]) -> str:
    return " ".join(f"{rate:.1f}" for rate in rates)


def _politeness(simulation: Simulation) -> list[Line]:
    hosts = simulation.world.hosts
    sizes = Counter(feed.host.name for feed in simulation.world.feeds.values())
    worst = sorted(host.worst for host in hosts)
    strict = [host for host in hosts if host.strict]
    return [
        ("feeds on a host (half, most)", f"{median(sizes.values()):g}, {max(sizes.values()):,}"),
        ("requests in a host's busiest minute", f"{median(worst):g} (half), {worst[int(len(worst) * 0.99)]} (99 %)"),
        ("  most of all, pages included", f"{worst[-1]}"),
        ("closest two requests to one host", f"{min(host.closest for host in hosts):.2f} s"),
        ("429 by strict hosts", f"{sum(host.complaints for host in strict):,} of {len(strict):,} hosts"),
        ("  asked again before they wanted", f"{sum(host.disobeyed for host in hosts):,} times"),
    ]


def _known(simulation: Simulation) -> list[Line]:
    tally, polling = simulation.tally, simulation.polling
    feeds = [feed for feed in simulation.world.feeds.values() if feed.readings]
    low, high = polling.min_interval_seconds * 1.01, polling.max_interval_seconds * 0.99
    own = [feed for feed in feeds if low < (simulation.cursors[feed.url].interval_seconds or 0.0) < high]
    readings = max(sum(tally.shares.values()), 1)
    return [
        ("known of what was read", f"{known_share(feeds):.0f} %"),
        ("  for feeds between the two limits", f"{known_share(own):.0f} % ({len(own):,} feeds)"),
        ("  where new entries were found (10, 50, 90 %)", _per_cent(tally.known_at_news)),
        ("  readings by thirds known", ", ".join(f"{100 * tally.shares[n] / readings:.0f} %" for n in range(3))),
    ]


def _per_cent(weights: Counter[int]) -> str:
    return ", ".join(f"{percentile(weights, share):.0f} %" for share in (0.1, 0.5, 0.9))


def _missed(simulation: Simulation) -> list[Line]:
    tally = simulation.tally
    steady = tally.missed - tally.missed_at_limit - tally.missed_at_first - tally.missed_late
    return [
        ("entries that left their feed unseen", _part(tally.missed, tally.entries)),
        ("  of feeds read as often as is set", _part(tally.missed_at_limit, tally.entries)),
        ("  on the first day", _part(tally.missed_at_first, tally.entries)),
        ("  after outages, failures and late polls", _part(tally.missed_late, tally.entries)),
        ("  else", _part(steady, tally.entries)),
    ]


def _part(number: int, whole: int) -> str:
    return f"{number:,} of {whole:,} ({100 * number / max(whole, 1):.3f} %)"


def _stale(simulation: Simulation) -> list[Line]:
    tally = simulation.tally
    return [
        ("from publication to reading (half, 90, 99 %)", _ages(tally.stale)),
        ("  of feeds with 24 entries a day and more", _ages(tally.stale_fast)),
    ]


def _ages(weights: Counter[int]) -> str:
    return ", ".join(f"{percentile(weights, share) / HOUR:.2f} h" for share in (0.5, 0.9, 0.99))


def _silence(simulation: Simulation) -> list[Line]:
    tally, days = simulation.tally, simulation.world.days
    publishing = [feed for feed in simulation.world.feeds.values() if feed.rate and not feed.missing]
    healthy = sum(min(feed.silent_from, feed.gone_at, days * DAY) for feed in publishing) / DAY
    fell = sum(feed.silent_from < days * DAY for feed in publishing)
    alarms = 1000 * tally.alarms_false / max(healthy, 1)
    noticed = sorted(seconds / DAY for seconds in tally.noticed) or [0.0]
    return [
        ("false alarms of silence", f"{tally.alarms_false:,} in {healthy:,.0f} feed-days: {alarms:.2f} in 1,000"),
        ("feeds that fell silent, noticed", f"{len(tally.noticed):,} of {fell:,}"),
        ("  after (half, 90 %)", f"{median(noticed):.1f}, {noticed[int(len(noticed) * 0.9)]:.1f} days"),
    ]
