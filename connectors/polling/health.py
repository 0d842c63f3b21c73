"""How a feed is, in a word and in plain words, from its cursor. Pure.

A feed fell silent when it listed nothing new for some times as long as it ever did lately. That asks no model of its
rhythm: nights, weekends and holidays are in the longest silence from the first one on. How many times depends on how
much was seen: where entries come at random, one silence in about n**f / f! is f times as long as the longest of n. The
aim is one false alarm in 2,000 days of a feed; benchmarks/speed/polling.py measures it. Only what was looked at
counts: silence lasts until the last good reading, so that an outage of ours silences no feed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from connectors.polling.rhythm import DAY, silence
from schemas.cursor import Cursor, Rhythm

State = Literal["ended", "failing", "silent", "overdue", "new", "well"]
WORST_FIRST: tuple[State, ...] = ("failing", "silent", "ended", "overdue", "new", "well")

SILENT_FACTOR = 2.5
LEAST_GAPS = 10
"""So many silences that ended must be known before one is called too long …"""
FEW_GAPS = 15.0
"""… and the factor is greater while they are few: by this divided by their number."""
LEAST_SILENCE_DAYS = 1.0
"""No silence is too long before this; a feed that fell silent an hour ago may be at lunch."""
YOUNG_DAYS = 9.0
"""A feed watched for less may not have shown its weekend yet; so long a weekend is taken into account."""
WEEKEND_DAYS = 3.0
OVERDUE = timedelta(minutes=15)
_UNITS = ((DAY, "day"), (3_600.0, "hour"), (60.0, "minute"))


@dataclass(frozen=True)
class Health:
    """How a feed is at one moment.

    `state`: "well"; "new", not read yet; "failing", its last poll failed; "silent", it reads well but listed nothing
    new for much longer than is its way; "ended", the server said that it is gone for good and it is not polled;
    "overdue", its poll should have been OVERDUE ago, so nobody polls. `reason` says it in sentences for people, with
    what can be done. Rates are new entries a day: `expected` over the last weeks, `real` over the day before the last
    reading; None while nothing is known. `silent_seconds` is for how long the feed listed nothing new, as of its last
    good reading, `tolerated_seconds` from when on that is called silent, None while too little is known of the feed.
    """

    state: State
    reason: str
    succeeded_at: datetime | None
    next_poll_at: datetime | None
    interval_seconds: float | None
    failures: int
    expected: float | None
    real: float | None
    silent_seconds: float
    tolerated_seconds: float | None


def health(cursor: Cursor, now: datetime) -> Health:
    """Return how the feed of a cursor is at `now`."""
    state = _state(cursor, now)
    rhythm = cursor.rhythm
    return Health(
        state=state,
        reason=_REASONS[state](cursor, now),
        succeeded_at=cursor.succeeded_at,
        next_poll_at=cursor.next_poll_at,
        interval_seconds=cursor.interval_seconds,
        failures=cursor.failures,
        expected=rhythm.usual if rhythm else None,
        real=rhythm.recent if rhythm else None,
        silent_seconds=silence(rhythm, cursor.succeeded_at),
        tolerated_seconds=tolerated(rhythm, cursor.interval_seconds, cursor.succeeded_at),
    )


def _state(cursor: Cursor, now: datetime) -> State:
    if cursor.ended:
        return "ended"
    if cursor.next_poll_at and now - cursor.next_poll_at > OVERDUE:
        return "overdue"
    if cursor.failures:
        return "failing"
    if cursor.succeeded_at is None:
        return "new"
    return "silent" if is_silent(cursor) else "well"


def is_silent(cursor: Cursor) -> bool:
    """True when the feed listed nothing new for longer than is tolerated, as of its last good reading."""
    limit = tolerated(cursor.rhythm, cursor.interval_seconds, cursor.succeeded_at)
    return limit is not None and silence(cursor.rhythm, cursor.succeeded_at) > limit


def tolerated(rhythm: Rhythm | None, interval: float | None, at: datetime | None) -> float | None:
    """Return how many seconds without a new entry are the feed's way, None while too little is known of it.

    That is some times its longest silence, as it is remembered, with the time between two polls: about so much longer
    than it was seen to be a silence may have been.
    """
    if rhythm is None or at is None or rhythm.gaps < LEAST_GAPS:
        return None
    young = at - rhythm.watched_since < timedelta(days=YOUNG_DAYS)
    longest = max(rhythm.longest_gap + (interval or 0.0), WEEKEND_DAYS * DAY if young else 0.0)
    return max((SILENT_FACTOR + FEW_GAPS / rhythm.gaps) * longest, LEAST_SILENCE_DAYS * DAY)


def span(seconds: float) -> str:
    """Return a length of time in words: "40 minutes", "5 hours", "3 days"."""
    size, name = next((unit for unit in _UNITS if seconds >= 2 * unit[0]), _UNITS[-1])
    number = max(round(seconds / size), 1)
    return f"{number} {name}{'' if number == 1 else 's'}"


def _ended(cursor: Cursor, now: datetime) -> str:
    return f"It is not polled any more: {cursor.state}."


def _overdue(cursor: Cursor, now: datetime) -> str:
    late = (now - cursor.next_poll_at).total_seconds() if cursor.next_poll_at else 0.0
    return f"Its poll was due {span(late)} ago; see that crossclaim runs."


def _failing(cursor: Cursor, now: datetime) -> str:
    times = "once" if cursor.failures == 1 else f"{cursor.failures} times in a row"
    read = f"last read {span((now - cursor.succeeded_at).total_seconds())} ago" if cursor.succeeded_at else "never read"
    return f"It failed {times}, {read}: {cursor.state}."


def _silent(cursor: Cursor, now: datetime) -> str:
    limit = tolerated(cursor.rhythm, cursor.interval_seconds, cursor.succeeded_at) or 0.0
    spoken = span(silence(cursor.rhythm, cursor.succeeded_at))
    usual = f"{cursor.rhythm.usual:.3g} entries a day" if cursor.rhythm else ""
    return (
        f"It reads well but listed nothing new for {spoken}; up to {span(limit)} would be its way ({usual} lately). "
        "See whether the outlet moved its feed."
    )


def _new(cursor: Cursor, now: datetime) -> str:
    return "It waits for its first poll."


def _well(cursor: Cursor, now: datetime) -> str:
    rhythm = cursor.rhythm
    if rhythm is None:
        return "It reads well."
    lost = f" It moves fast: {rhythm.unread} times nothing in it was known any more." if rhythm.unread else ""
    return f"It reads well, about {rhythm.usual:.3g} new entries a day.{lost}"


_REASONS = {
    "ended": _ended,
    "overdue": _overdue,
    "failing": _failing,
    "silent": _silent,
    "new": _new,
    "well": _well,
}
