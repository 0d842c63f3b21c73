"""When an article was published, believed only as far as it can be true."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from schemas.article import TimeSource

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""No news site is older; dates before it are clocks that were never set (1970-01-01 and the like)."""


def publication(candidates: Iterable[tuple[datetime | None, TimeSource]], now: datetime) -> tuple[datetime, TimeSource]:
    """Return the first believable time, in UTC, and where it is from; else `now` and "fetched".

    Not believable: after `now`, or before `EARLIEST`.
    """
    for moment, source in candidates:
        if moment is None:
            continue
        utc = in_utc(moment)
        if utc is not None and EARLIEST <= utc <= now:
            return utc, source
    return now, "fetched"


def in_utc(moment: datetime) -> datetime | None:
    """Return a time in UTC; one without a zone is taken as UTC; None when it lies outside the calendar."""
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        return None


def from_iso(text: str | None) -> datetime | None:
    """Read an ISO 8601 date or time as pages write it, in UTC; None when it is none."""
    if not text:
        return None
    try:
        return in_utc(datetime.fromisoformat(text.strip()))
    except ValueError:
        return None
