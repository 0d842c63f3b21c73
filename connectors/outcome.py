"""What a poll leaves behind: the next cursor, and dead letters. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

import msgspec

from connectors.base import FeedSource
from connectors.entries import remembered
from connectors.http import Fetched
from pipeline.config import Polling
from schemas.cursor import Cursor, SeenEntry
from schemas.ids import digest
from schemas.rejected import Rejected

MAX_WAIT_SECONDS = 86_400.0
"""A feed that fails is asked at least once a day."""
MAX_RAW_BYTES = 700_000
"""Of a rejected page so much is kept: in base64 it stays below the 1 MB that Kafka takes by default."""
JITTER = 0.1
FULL_READING_EVERY = 20
_DOUBLINGS = 10
_STATE_CHARS = 500


@dataclass(frozen=True)
class Gain:
    """What a poll of a feed brought, as far as the cursor tells of it."""

    title: str
    outlet: str
    listed: Mapping[str, SeenEntry]
    articles: int
    waiting: int
    rejected: int
    more: bool


def fresh(source: FeedSource) -> Cursor:
    """Return the cursor of a feed that was never read."""
    return Cursor(feed_url=source.url, title=source.title, outlet=source.outlet)


def body_hash(body: bytes) -> str:
    """Fingerprint of a feed's bytes."""
    return blake2b(body, digest_size=16).hexdigest()


def reads_in_full(feed_url: str, now: datetime) -> bool:
    """True for one poll in FULL_READING_EVERY: servers lie about what changed, so then it is read unconditionally."""
    return int(digest("full", feed_url, int(now.timestamp())), 16) % FULL_READING_EVERY == 0


def unchanged(cursor: Cursor, polling: Polling, now: datetime) -> Cursor:
    """Return the cursor after a poll that found nothing new in the feed."""
    return msgspec.structs.replace(
        cursor,
        polled_at=now,
        succeeded_at=now,
        next_poll_at=now + timedelta(seconds=jittered(cursor.feed_url, polling.interval_seconds, now)),
        failures=0,
        state="unchanged",
    )


def failed(cursor: Cursor, why: str, retry_after: float | None, polling: Polling, now: datetime) -> Cursor:
    """Return the cursor after a failure: the wait doubles with each in a row, up to a day; Retry-After is kept."""
    failures = cursor.failures + 1
    wait = polling.interval_seconds * 2 ** min(failures - 1, _DOUBLINGS)
    wait = max(min(wait, MAX_WAIT_SECONDS), retry_after or 0.0)
    return msgspec.structs.replace(
        cursor,
        polled_at=now,
        next_poll_at=now + timedelta(seconds=wait + wait * JITTER * _fraction(cursor.feed_url, now)),
        failures=failures,
        state=why[:_STATE_CHARS],
    )


def updated(cursor: Cursor, gain: Gain, fetched: Fetched, polling: Polling, now: datetime) -> Cursor:
    """Return the cursor after a feed was read.

    Validators are kept only when every entry had its fate: else the next poll must see the same feed again.
    """
    whole = not gain.waiting and not gain.more
    wait = 0.0 if gain.more else jittered(cursor.feed_url, polling.interval_seconds, now)
    return msgspec.structs.replace(
        cursor,
        title=gain.title or cursor.title,
        outlet=gain.outlet or cursor.outlet,
        etag=fetched.headers.get("etag") if whole else None,
        last_modified=fetched.headers.get("last-modified") if whole else None,
        body_hash=body_hash(fetched.body) if whole else None,
        seen=remembered(cursor.seen, gain.listed),
        polled_at=now,
        succeeded_at=now,
        next_poll_at=now + timedelta(seconds=wait),
        failures=0,
        state=_state(gain),
        articles=cursor.articles + gain.articles,
    )


def _state(gain: Gain) -> str:
    notes = [
        f"{gain.waiting} pages could not be read and are tried again" if gain.waiting else "",
        f"{gain.rejected} entries were rejected" if gain.rejected else "",
    ]
    return "; ".join(["ok", *filter(None, notes)])


def jittered(feed_url: str, seconds: float, now: datetime) -> float:
    """Return a wait within JITTER of `seconds`, another for each feed and time, so that feeds do not march in step."""
    return seconds * (1 - JITTER + 2 * JITTER * _fraction(feed_url, now))


def _fraction(feed_url: str, now: datetime) -> float:
    return int(digest("jitter", feed_url, int(now.timestamp()))[:8], 16) / 0xFFFFFFFF


def refused(url: str, reason: str, error: str, raw: bytes, now: datetime) -> Rejected:
    """Return the dead letter of something that a connector could not use; it has no place in a log."""
    return Rejected(
        rejected_id=digest("rejected", "connectors", url, body_hash(raw)),
        stage="connectors",
        topic="connectors",
        partition=-1,
        offset=-1,
        reason=reason,
        error=error,
        rejected_at=now,
        key=url.encode("utf-8", "replace"),
        raw=raw[:MAX_RAW_BYTES],
    )
