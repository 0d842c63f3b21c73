"""What a server's headers say about when to ask again. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from connectors.fetching.http import retry_after

_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
_NEVER_FRESH = re.compile(r"(?:^|[,\s])no-(?:cache|store)\b", re.IGNORECASE)


def not_before(headers: Mapping[str, str], now: datetime) -> float:
    """Return for how many seconds asking again is of no use, or not wanted; 0 when the headers say nothing.

    Before an answer's freshness ends (max-age less Age, else Expires less Date; RFC 9111) a cache on the way may give
    the same answer once more. `headers` have lower-case names.
    """
    return max(_fresh(headers, now), retry_after(headers.get("retry-after"), now) or 0.0)


def _fresh(headers: Mapping[str, str], now: datetime) -> float:
    control = headers.get("cache-control", "")
    if _NEVER_FRESH.search(control):
        return 0.0
    age = headers.get("age", "").strip()
    max_age = _MAX_AGE.search(control)
    if max_age:
        return max(float(max_age[1]) - (float(age) if age.isdecimal() else 0.0), 0.0)
    expires = _time(headers.get("expires"))
    return max((expires - (_time(headers.get("date")) or now)).total_seconds(), 0.0) if expires else 0.0


def _time(value: str | None) -> datetime | None:
    """Read an HTTP date. "0" and "-1", which many servers send as Expires, are none: the answer is stale at once."""
    try:
        time = parsedate_to_datetime(value or "")
    except (ValueError, OverflowError):
        return None
    return time.replace(tzinfo=time.tzinfo or UTC)
