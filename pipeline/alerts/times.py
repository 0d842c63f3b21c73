"""When something may be sent: quiet hours and digests, in a rule's own time zone. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from pipeline.alerts.forms import Delivery, clock_time


def digest_time(rule: Delivery, now: datetime) -> datetime | None:
    """Return when the digest that collects now is sent, None for a rule that tells at once."""
    if rule.digest is None:
        return None
    local = now.astimezone(rule.clock)
    if rule.digest == "hourly":
        return _utc(local.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1), now)
    return _next(local, clock_time(rule.digest_at), now)


def quiet_until(rule: Delivery, now: datetime) -> datetime | None:
    """Return when a rule's quiet hours end if it is within them, else None. Equal start and end mean none."""
    if rule.quiet is None:
        return None
    local = now.astimezone(rule.clock)
    start, end = clock_time(rule.quiet.start), clock_time(rule.quiet.end)
    clock = local.time()
    within = start <= clock < end if start < end else (clock >= start or clock < end) and start != end
    return _next(local, end, now) if within else None


def _next(local: datetime, clock: time, now: datetime) -> datetime:
    """Return the next moment after `local` at which clocks there show `clock`."""
    # A day is added to the calendar, not to the clock: on the days when clocks change one has 23 or 25 hours.
    day = local.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
    return _utc(day if day > local else day + timedelta(days=1), now)


def _utc(local: datetime, now: datetime) -> datetime:
    return local.astimezone(now.tzinfo)
