"""How fast a feed moves, and so when to read it again. Pure.

The aim is Media Cloud's: of what is read, a third to two thirds is known already. More known means asking for nothing,
less known means that an entry may leave the feed before it was seen. Where Media Cloud steps its interval up and down
by what the last poll gave, the interval here follows the feed's rate at its busiest: a step taken at night is too long
for the morning. The rates are averages that fade with time, so that a cursor needs five numbers and no history.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

import msgspec

from pipeline.config import Polling
from schemas.cursor import Rhythm

DAY = 86_400.0
USUAL_DAYS = 14.0
"""Time constant of the usual rate: two weeks, so that each weekday counts twice."""
RECENT_DAYS = 1.0
BURST_DAYS = 0.125
"""Three hours: less than half the longest interval between polls of a feed that is fast enough to matter."""
BUSIEST_HALF_LIFE_DAYS = 7.0
"""The busiest hours are forgotten by half in a week, not overnight or over a weekend."""
GAP_HALF_LIFE_DAYS = 30.0
LONGEST_GAP_DAYS = 60.0
"""No silence is remembered as longer: entries of past years in a feed are exhibits, not its rhythm."""
LEAST_KNOWN = 1 / 3
"""A publisher's wish to be read seldom is followed as far as so much of each reading is still known."""
YOUNG_SECONDS = 3_600.0
"""A feed without dates is read so often at least on its first day: else its first morning would be its night's."""
GROWTH = 2.0
"""From one poll to the next the interval at most doubles."""
_LEAST_DATED = 3
_LEAST_SPAN_SECONDS = 3_600.0
_UNSEEN_DAY = 3.0


def room(window: int) -> float:
    """Return how many entries may come between two readings of a feed that lists `window`.

    Half of them; fewer in a short feed, so that a Poisson stream's chance surplus (three standard deviations) still
    fits: the largest t with t + 3√t ≤ window.
    """
    return min(window / 2, (math.sqrt(window + 2.25) - 1.5) ** 2)


def interval(
    rhythm: Rhythm | None, previous: float | None, hint: float | None, floor: float, polling: Polling, now: datetime
) -> float:
    """Return the seconds to wait after a reading: by the feed's rhythm, within the two limits of `polling`.

    `previous` is the interval before, `hint` what the publisher wishes (`ttl`, `sy:`), `floor` how long the server says
    that its answer stays fresh; both in seconds. They make polls rarer, never so rare that entries are lost.
    """
    if rhythm is None:
        return polling.interval_seconds
    low, high = polling.min_interval_seconds, max(polling.min_interval_seconds, polling.max_interval_seconds)
    if not rhythm.dated and now - rhythm.watched_since < timedelta(days=1):
        high = min(high, max(low, YOUNG_SECONDS))
    if not rhythm.window or rhythm.busiest * high / DAY < room(rhythm.window):
        wanted = latest = high
    else:
        wanted = room(rhythm.window) * DAY / rhythm.busiest
        latest = max(wanted, rhythm.window * (1 - LEAST_KNOWN) * DAY / rhythm.busiest)
    wanted = max(wanted, min(max(hint or 0.0, floor), latest))
    return min(max(min(wanted, (previous or high) * GROWTH), low), high)


def begun(window: int, published: Sequence[datetime], now: datetime) -> Rhythm:
    """Return the rhythm after the first reading, guessed from the dates of the entries where they have any.

    For the usual rate only the newer half counts: many feeds keep an old entry or two on show. The busiest rate is that
    of the densest quarter, and more where the entries do not go back a whole day: their busiest hours are not among
    them. Times in the future count as now.
    """
    ages = sorted(max((now - time).total_seconds(), 0.0) for time in published)
    if len(ages) < _LEAST_DATED:
        return Rhythm(watched_since=now, window=window, news_at=now)
    newer = ages[: len(ages) // 2 + 1]
    rate = _rate(len(newer), newer[-1])
    run = max(len(ages) // 4, _LEAST_DATED - 1)
    gaps = [older - later for later, older in pairwise(newer)]
    busiest = max(_rate(run, older - later) for later, older in zip(ages, ages[run:], strict=False))
    return Rhythm(
        watched_since=now,
        dated=True,
        usual=rate,
        recent=rate,
        burst=_rate(run, ages[run - 1]),
        busiest=busiest * (1.0 if ages[-1] >= DAY else _UNSEEN_DAY),
        window=window,
        news_at=now - timedelta(seconds=ages[0]),
        longest_gap=min(max(gaps), LONGEST_GAP_DAYS * DAY),
        gaps=sum(gap > 0 for gap in gaps),
    )


def _rate(entries: int, seconds: float) -> float:
    return entries * DAY / max(seconds, _LEAST_SPAN_SECONDS)


def moved(rhythm: Rhythm, new: int, window: int, read_before: datetime, now: datetime, on_time: bool) -> Rhythm:
    """Return the rhythm after another reading, with `new` entries that came since `read_before`.

    `on_time` is False when the reading was much later than planned: that little is known then says nothing.
    """
    days = max((now - read_before).total_seconds(), 0.0) / DAY
    burst = _faded(rhythm.burst, new, days, BURST_DAYS)
    overrun = on_time and bool(rhythm.window) and new > 1 and new >= window
    if on_time and new > (1 - LEAST_KNOWN) * window:
        # A close call: the average is too slow for this feed. How fast it was when nothing is known, nobody knows.
        burst = max(burst, (2 if overrun else 1) * new / days)
    after = msgspec.structs.replace(
        rhythm,
        usual=_usual(rhythm, new, days, now),
        recent=_faded(rhythm.recent, new, days, RECENT_DAYS),
        burst=burst,
        busiest=max(burst, rhythm.busiest * 0.5 ** (days / BUSIEST_HALF_LIFE_DAYS)),
        window=window or rhythm.window,
        longest_gap=rhythm.longest_gap * 0.5 ** (days / GAP_HALF_LIFE_DAYS),
        unread=rhythm.unread + overrun,
    )
    return _with_news(after, read_before, now) if new else after


def _with_news(rhythm: Rhythm, read_before: datetime, now: datetime) -> Rhythm:
    """Note that a silence ended. It lasted at least until the reading before; later than that nobody looked."""
    gap = (read_before - rhythm.news_at).total_seconds() if rhythm.news_at else 0.0
    longest = max(rhythm.longest_gap, min(gap, LONGEST_GAP_DAYS * DAY))
    return msgspec.structs.replace(rhythm, news_at=now, longest_gap=longest, gaps=rhythm.gaps + 1)


def _faded(rate: float, new: int, days: float, constant: float) -> float:
    """Return an exponential average of a rate after `days` in which `new` entries came, wherever in them."""
    if days < 1e-9:
        return rate + new / constant
    kept = math.exp(-days / constant)
    return rate * kept + (1 - kept) * new / days


def _usual(rhythm: Rhythm, new: int, days: float, now: datetime) -> float:
    """As `_faded`; while the feed is young the average is over the time that it was watched, begun with the guess."""
    watched = max((now - rhythm.watched_since) / timedelta(days=1), 0.0)
    return _faded(rhythm.usual, new, days, min(USUAL_DAYS, max(watched, RECENT_DAYS)))


def silence(rhythm: Rhythm | None, succeeded_at: datetime | None) -> float:
    """Return for how many seconds the feed is known to have listed nothing new: until it was last read well."""
    if rhythm is None or rhythm.news_at is None or succeeded_at is None:
        return 0.0
    return max((succeeded_at - rhythm.news_at).total_seconds(), 0.0)
