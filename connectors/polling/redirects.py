"""When a permanent redirect (301, 308) of a feed is believed. Pure.

Not at once: a portal of the network in between, a page of maintenance, a slip in a server's rules or a taken-over name
redirects "permanently" too, and an address once learnt is asked instead of the old one, so the mistake would stay. What
is still so at a third reading, a day after the first, and gave a feed each time, is meant.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from schemas.cursor import Cursor, Move

SIGHTINGS = 3
OVER = timedelta(days=1)
_MAX_CHARS = 2_048


def learnt(cursor: Cursor, permanent_url: str | None, now: datetime) -> tuple[str | None, Move | None]:
    """Return `moved_to` and `moving` of the cursor after a good reading.

    `permanent_url` is where only permanent redirects led from the address asked (`moved_to`, else `feed_url`), None
    when it answered itself.
    """
    if permanent_url is None or len(permanent_url) > _MAX_CHARS or permanent_url == asked(cursor):
        return cursor.moved_to, None
    before = cursor.moving
    if before is None or before.to != permanent_url:
        return cursor.moved_to, Move(to=permanent_url, since=now, times=1)
    move = Move(to=permanent_url, since=before.since, times=before.times + 1)
    if move.times < SIGHTINGS or now - move.since < OVER:
        return cursor.moved_to, move
    return (None if permanent_url == cursor.feed_url else permanent_url), None


def asked(cursor: Cursor) -> str:
    """Return the address that the feed is asked at."""
    return cursor.moved_to or cursor.feed_url
