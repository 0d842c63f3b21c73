"""What `crossclaim feeds` says of feeds, as lines. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from connectors.polling.health import span
from pipeline.feed_health import ORDER, FeedHealth, Standings

if TYPE_CHECKING:
    from connectors.lists.looking import Seen

_NONE = "no feed is known to the index yet; start `crossclaim run`, or see `crossclaim feeds check`\n"


def told_health(found: Standings, shown: Sequence[FeedHealth], now: datetime, *, as_json: bool) -> Iterator[str]:
    """Yield lines: a JSON object a feed, or a summary and a paragraph a feed."""
    if as_json:
        yield from (msgspec.json.encode(_object(it)).decode() + "\n" for it in shown)
        return
    if not found.feeds:
        yield _NONE
        return
    counts = [f"{found.count(state)} {state}" for state in ORDER if found.count(state)]
    yield f"{len(found.feeds)} feeds: {', '.join(counts)}\n"
    if found.total > len(found.feeds):
        yield f"the index holds {found.total:,}; those in trouble and the latest polled are looked at\n"
    for it in shown:
        yield from _paragraph(it, now)


def told_seen(it: Seen, now: datetime) -> str:
    """Return what stands at an address, in one line and its address."""
    if not it.readable:
        return f"{it.verdict:<6} {it.url}\n       {it.why}\n"
    newest = ""
    if it.newest:
        age = (now - it.newest).total_seconds()
        newest = f", the newest of {span(age)} ago" if age >= 0 else ", the newest of a time to come"
    entries = f"{it.entries} {'entry' if it.entries == 1 else 'entries'}{newest}" if it.entries else "no entries"
    kind = "" if it.kind == "feed" else f"  ({it.kind})"
    where = f"\n       moved for good to {it.moved_to}" if it.moved_to else ""
    return f"{it.verdict:<6} {it.url}{kind}\n       {f'{it.title}: ' if it.title else ''}{entries}{where}\n"


def _paragraph(it: FeedHealth, now: datetime) -> Iterator[str]:
    yield f"\n{it.state:<8} {it.name}\n"
    if it.name != it.feed.feed_url:
        yield f"         {it.feed.feed_url}\n"
    yield f"         {it.health.reason}\n"
    figures = [_next(it, now), _rates(it)]
    if any(figures):
        yield f"         {'; '.join(filter(None, figures))}\n"


def _next(it: FeedHealth, now: datetime) -> str:
    due = it.health.next_poll_at
    if due is None or it.state in ("left", "ended", "overdue"):
        return ""
    left = (due - now).total_seconds()
    return f"next poll in {span(left)}" if left > 0 else "next poll now"


def _rates(it: FeedHealth) -> str:
    if it.health.expected is None:
        return ""
    expected, real = it.health.expected, it.health.real or 0.0
    if expected and expected < 1:
        return f"one new entry in {span(86_400 / expected)} is expected, {real:.2g} came in the last day"
    return f"{expected:.3g} new entries a day are expected, {real:.3g} came in the last day"


def _object(it: FeedHealth) -> dict[str, Any]:
    how = it.health
    return {
        "feed_url": it.feed.feed_url,
        "title": it.feed.title,
        "outlet": it.feed.outlet,
        "state": it.state,
        "reason": how.reason,
        "succeeded_at": how.succeeded_at,
        "next_poll_at": how.next_poll_at,
        "interval_seconds": how.interval_seconds,
        "failures": how.failures,
        "expected_per_day": how.expected,
        "real_per_day": how.real,
        "silent_seconds": how.silent_seconds,
        "tolerated_seconds": how.tolerated_seconds,
        "articles": it.feed.articles,
        "moved_to": it.feed.moved_to,
    }
