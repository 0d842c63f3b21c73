"""Time expressions of English news and the days they mean, read by rules against the day of publication.

The kinds are TIMEX3's DATE and TIME (ISO 24617-1, TimeML) with their MOD (START, MID, END, APPROX …) as narrower days;
a DURATION counts only where it ends or begins with publication ("the last three years"), a SET ("every Monday") never.
What cannot be resolved from the text itself ("two days later" of an event) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from pipeline.claims import time_days, time_distances, time_units, time_years
from pipeline.claims.time_patterns import matches
from pipeline.claims.time_scene import Reading, Scene, Time

__all__ = ["Time", "times"]

_READERS: dict[str, Callable[[Scene, re.Match[str]], Reading | None]] = {
    "iso": time_days.iso,
    "date": time_days.dated,
    "weekday": time_days.weekday,
    "deictic": time_days.deictic,
    "feast": time_days.feast,
    "unit": time_units.unit,
    "weekend": time_units.weekend,
    "monthyear": time_units.month_year,
    "month": time_units.bare_month,
    "third": time_years.third,
    "decade": time_years.decade,
    "season": time_years.dated_season,
    "years": time_years.years,
    "year": time_years.year,
    "ago": time_distances.ago,
    "span": time_distances.span,
    "shift": time_distances.shift,
    "ahead": time_distances.ahead,
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
