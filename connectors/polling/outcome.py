"""What a poll leaves behind: the next cursor. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from connectors.articles.entries import remembered
from connectors.base import FeedSource
from connectors.fetching.http import Fetched
from connectors.polling.hints import not_before
from connectors.polling.redirects import learnt
from connectors.polling.rhythm import DAY, begun, interval, moved
from pipeline.config import Polling
from schemas.cursor import Cursor, Rhythm, SeenEntry
from schemas.ids import digest

MAX_WAIT_SECONDS = 86_400.0
"""A feed that fails is asked at least once a day."""
JITTER = 0.1
"""Waits are lengthened by up to so much, so that feeds do not march in step; never shortened: limits are limits."""
FULL_READING_EVERY = 20
_FULLEST = 2
_SUSPICIOUS = 3
"""So many times a server is believed before a silence longer than the feed's longest makes it suspect."""
_GONE = 410
_TOO_MANY = 429
_SOFT_GROWTH = 2.0
_HARD_GROWTH = 4.0
_STEPS = 16
_LATE = 2.0
_STATE_CHARS = 500


@dataclass(frozen=True)
class Gain:
    """What a poll of a feed brought, as far as the cursor tells of it.

    `new` are the entries that this reading took up for the first time (none that `more` leaves for the next poll),
    `known` those listed that were remembered. `published` are the dates of all that are listed, for a first guess at
    the feed's rhythm; `hint_seconds` is how seldom the publisher wishes to be read (`ttl`, `sy:`).
    """

    title: str
    outlet: str
    listed: Mapping[str, SeenEntry]
    articles: int
    waiting: int
    rejected: int
    more: bool
    new: int = 0
    known: int = 0
    hint_seconds: float | None = None
    position: str | None = None
    published: Sequence[datetime] = ()


def fresh(source: FeedSource) -> Cursor:
    """Return the cursor of a feed that was never read."""
    return Cursor(feed_url=source.url, title=source.title, outlet=source.outlet)


def reads_in_full(cursor: Cursor, now: datetime) -> bool:
    """True when the feed is to be read without validators: servers lie about what changed.

    That is after so many answers "not modified" in a row, and on suspicion: when they go on for longer than the feed
    was ever silent before.
    """
    if cursor.believed + 1 >= (cursor.full_every or FULL_READING_EVERY):
        return True
    rhythm = cursor.rhythm
    if rhythm is None or rhythm.news_at is None or not rhythm.usual or cursor.believed < _SUSPICIOUS:
        return False
    silent = (now - rhythm.news_at).total_seconds()
    return silent > max(rhythm.longest_gap, _SUSPICIOUS * DAY / rhythm.usual) + (cursor.interval_seconds or 0.0)


def unchanged(cursor: Cursor, polling: Polling, now: datetime, *, fetched: Fetched | None = None) -> Cursor:
    """Return the cursor after a poll that found the feed as it was; `fetched` is the answer where there was one."""
    believed = bool(fetched and fetched.not_modified)
    rhythm = cursor.rhythm and moved(cursor.rhythm, 0, 0, cursor.succeeded_at or now, now, on_time=False)
    proven = not believed and cursor.believed > 0
    after = msgspec.structs.replace(
        cursor,
        state="unchanged",
        rhythm=rhythm,
        believed=cursor.believed + 1 if believed else 0,
        full_every=_full_every(cursor, honest=True) if proven else cursor.full_every,
    )
    return _read(after, cursor, fetched, polling, now)


def updated(cursor: Cursor, gain: Gain, fetched: Fetched | None, polling: Polling, now: datetime) -> Cursor:
    """Return the cursor after a feed was read.

    Validators are kept only when every entry had its fate: else the next poll must see the same feed again.
    """
    whole = fetched if fetched and not gain.waiting and not gain.more else None
    after = msgspec.structs.replace(
        cursor,
        title=gain.title or cursor.title,
        outlet=gain.outlet or cursor.outlet,
        etag=whole.headers.get("etag") if whole else None,
        last_modified=whole.headers.get("last-modified") if whole else None,
        body_hash=whole.body_hash if whole else None,
        seen=remembered(cursor.seen, gain.listed),
        state=_state(gain),
        articles=cursor.articles + gain.articles,
        hint_seconds=gain.hint_seconds,
        position=gain.position if gain.position is not None else cursor.position,
        rhythm=_rhythm(cursor, gain, now),
        believed=0,
        full_every=_judged(cursor, gain, now),
    )
    after = _read(after, cursor, fetched, polling, now)
    return msgspec.structs.replace(after, next_poll_at=now) if gain.more else after


def failed(
    cursor: Cursor,
    why: str,
    retry_after: float | None,
    polling: Polling,
    now: datetime,
    *,
    kind: str = "retryable",
    status: int | None = None,
) -> Cursor:
    """Return the cursor after a failure; `kind` and `status` are those of FetchError, "permanent" for what is no feed.

    The wait doubles with each failure in a row that may pass by itself (time-outs, 5xx, 429), beginning small; it grows
    fourfold, from the feed's own interval, when someone must act (404, 401, 403, not a feed). Retry-After is kept. 410
    ends the feed. An address that was learnt from a redirect and fails for good is forgotten instead. A host that was
    not even asked ("held") is no failure of the feed.
    """
    if kind == "held":
        return _held(cursor, why, retry_after or polling.interval_seconds, now)
    failures = cursor.failures + 1
    hard = kind == "permanent"
    strayed = hard and cursor.moved_to is not None
    ended = status == _GONE and not strayed
    wait = max(_backoff(cursor, failures, hard, status, polling), retry_after or 0.0)
    return msgspec.structs.replace(
        cursor,
        polled_at=now,
        next_poll_at=None if ended else now + timedelta(seconds=jittered(cursor.feed_url, wait, now)),
        failures=failures,
        state=(f"{why}; its old address is asked again" if strayed else why)[:_STATE_CHARS],
        moved_to=None if strayed else cursor.moved_to,
        moving=None,
        ended=ended,
    )


def _held(cursor: Cursor, why: str, wait: float, now: datetime) -> Cursor:
    next_poll_at = now + timedelta(seconds=jittered(cursor.feed_url, wait, now))
    return msgspec.structs.replace(cursor, polled_at=now, next_poll_at=next_poll_at, state=why[:_STATE_CHARS])


def _backoff(cursor: Cursor, failures: int, hard: bool, status: int | None, polling: Polling) -> float:
    usual = cursor.interval_seconds or polling.interval_seconds
    steps = min(failures - 1, _STEPS)
    if hard:
        return min(max(usual, polling.interval_seconds) * _HARD_GROWTH**steps, MAX_WAIT_SECONDS)
    if status == _TOO_MANY:
        return min(max(usual, polling.interval_seconds) * _SOFT_GROWTH ** (steps + 1), MAX_WAIT_SECONDS)
    longest = max(usual, min(polling.max_interval_seconds, MAX_WAIT_SECONDS))
    return min(min(usual, polling.interval_seconds) * _SOFT_GROWTH**steps, longest)


def _read(after: Cursor, before: Cursor, fetched: Fetched | None, polling: Polling, now: datetime) -> Cursor:
    """Return the cursor `after` a good reading with its times, its next poll, and what was learnt of its address."""
    floor = not_before(fetched.headers, now) if fetched else 0.0
    seconds = interval(after.rhythm, before.interval_seconds, after.hint_seconds, floor, polling, now)
    moved_to, moving = learnt(before, fetched.permanent_url if fetched else None, now)
    return msgspec.structs.replace(
        after,
        polled_at=now,
        succeeded_at=now,
        next_poll_at=now + timedelta(seconds=_wait(before, seconds, max(polling.interval_seconds, floor), now)),
        interval_seconds=seconds if after.rhythm else None,
        failures=0,
        ended=False,
        moved_to=moved_to,
        moving=moving,
    )


def _wait(cursor: Cursor, seconds: float, least: float, now: datetime) -> float:
    """Return when to read again, in seconds, a little spread.

    Many feeds that were read late, or first, were read together. Each is put back to some place between where it would
    have been by its old plan and where it is now, `least` seconds off or more: else they would stay together.
    """
    late = seconds
    if cursor.rhythm is not None and cursor.next_poll_at is not None:
        late = min(max((now - cursor.next_poll_at).total_seconds(), 0.0), seconds)
    if late <= JITTER * seconds:
        return jittered(cursor.feed_url, seconds, now)
    return max(seconds - late * _fraction(cursor.feed_url, now), min(least, seconds))


def _rhythm(cursor: Cursor, gain: Gain, now: datetime) -> Rhythm | None:
    """Return the rhythm after a reading. The first one is over when nothing is left: only what comes later is news."""
    window = 0 if gain.more else gain.new + gain.known or len(gain.listed)
    if cursor.rhythm is None:
        return None if gain.more else begun(window, gain.published, now)
    before = cursor.succeeded_at or now
    planned = cursor.interval_seconds or 0.0
    on_time = window > 0 and 0 < (now - before).total_seconds() <= _LATE * planned
    return moved(cursor.rhythm, gain.new, window, before, now, on_time)


def _judged(cursor: Cursor, gain: Gain, now: datetime) -> int:
    """Return how often to read in full, by whether the server's word held."""
    if not gain.new or cursor.rhythm is None or not (cursor.etag or cursor.last_modified):
        return cursor.full_every
    found_out = cursor.believed > 0 and reads_in_full(cursor, now)
    return _full_every(cursor, honest=not found_out)


def _full_every(cursor: Cursor, honest: bool) -> int:
    """Halve the number of polls between full readings, or double it again up to the usual.

    News in a full reading after a row of "not modified" may be chance, so one time proves nothing; a server that says
    by itself that something is new makes up for it.
    """
    every = cursor.full_every or FULL_READING_EVERY
    return min(every * 2, FULL_READING_EVERY) if honest else max(every // 2, _FULLEST)


def _state(gain: Gain) -> str:
    notes = [
        f"{gain.waiting} pages could not be read and are tried again" if gain.waiting else "",
        f"{gain.rejected} entries were rejected" if gain.rejected else "",
    ]
    return "; ".join(["ok", *filter(None, notes)])


def jittered(feed_url: str, seconds: float, now: datetime) -> float:
    """Return a wait that is up to JITTER longer than `seconds`, another for each feed and time."""
    return seconds * (1 + JITTER * _fraction(feed_url, now))


def _fraction(feed_url: str, now: datetime) -> float:
    return int(digest("jitter", feed_url, int(now.timestamp()))[:8], 16) / 0xFFFFFFFF
