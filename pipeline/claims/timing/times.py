"""Time expressions of English news and the days they mean, read by rules against the day of publication.

The kinds are TIMEX3's DATE and TIME (ISO 24617-1, TimeML) with their MOD (START, MID, END, APPROX …) as narrower days;
a DURATION counts only where it ends or begins with publication ("the last three years"), a SET ("every Monday") never.
What cannot be resolved from the text itself ("two days later" of an event) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from pipeline.claims.timing import days, distances, units, years
from pipeline.claims.timing.patterns import matches
from pipeline.claims.timing.scene import Reading, Scene, Time

__all__ = ["Time", "times"]

_READERS: dict[str, Callable[[Scene, re.Match[str]], Reading | None]] = {
    "iso": days.iso,
    "date": days.dated,
    "weekday": days.weekday,
    "deictic": days.deictic,
    "feast": days.feast,
    "unit": units.unit,
    "weekend": units.weekend,
    "monthyear": units.month_year,
    "month": units.bare_month,
    "third": years.third,
    "decade": years.decade,
    "season": years.dated_season,
    "years": years.years,
    "year": years.year,
    "ago": distances.ago,
    "span": distances.span,
    "shift": distances.shift,
    "ahead": distances.ahead,
}


def times(text: str, published: datetime) -> list[Time]:
    """Return the time expressions of a sentence or passage in order; they do not overlap."""
    scene = Scene(text, published)
    for match in matches(text):
        kind = match.lastgroup or ""
        reading = _READERS[kind](scene, match)
        if reading is not None:
            (first, last), wording = reading
            scene.found.append(Time(match.start(), match.end(), first, last, wording))
    return scene.found
