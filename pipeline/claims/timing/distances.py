"""Time expressions that measure from a day: "two weeks ago", "the last three years", "a day earlier"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.claims.timing.calendar_spans import (
    Dates,
    amount,
    around,
    containing,
    day_words,
    half_words,
    month_words,
    quarter_words,
    shifted,
)
from pipeline.claims.timing.scene import Reading, Scene, Time

_MORE = ("over", "more than", "at least")
_LESS = ("just under", "less than", "under", "barely")
_NEARLY = ("almost", "nearly")
_RECENT = {"day": 14, "night": 14, "week": 63, "weekend": 63, "month": 365, "year": 3650, "decade": 18250}
"""Days that "recent days", "recent weeks" … may reach back: to where the next longer unit takes over. A judgement."""

_ANCHOR_REACH = 240
"""Characters between "a day earlier" and the time it counts from; further off it counts from something else."""


def ago(scene: Scene, match: re.Match[str]) -> Reading | None:
    """Read "two weeks ago" as half a week around that day; "a few days ago" keeps its words."""
    unit = _singular(match["ago_unit"].lower())
    low, high = amount(match["ago_number"] or "")
    if match["ago_half"]:
        low, high = low + 0.5, high + 0.5
    how = (match["ago_how"] or "").lower()
    if how == "some" and not match["ago_number"]:
        return None
    if unit in ("second", "minute", "hour"):
        return _hours(scene, match, unit, high)
    today = scene.today
    if low != high:
        words = re.sub(r" (?:ago|back)$", "", match.group())
        span = shifted(today, unit, -high), shifted(today, unit, -low)
        return span, scene.opening(match.start(), f"{words} before {_at(today, unit, low)}")
    day = shifted(today, unit, -low)
    near = around(day, unit)
    if how in _MORE:
        return (shifted(today, unit, -low - 1), day), scene.opening(match.start(), f"before {_at(day, unit, 1)}")
    if how in _LESS:
        return (day, today), scene.opening(match.start(), f"after {_at(day, unit, 1)}")
    if how in _NEARLY:
        near = (day, near[1])
    if unit in ("day", "night") and not how.startswith(
        ("about", "around", "some", "roughly", "approx", "nearly", "almost")
    ):
        return (day, day), scene.placed(*match.span(), "on", day_words(day))
    return near, scene.opening(match.start(), f"around {_at(day, unit, low)}")


def _hours(scene: Scene, match: re.Match[str], unit: str, number: float) -> Reading:
    then = (scene.published - timedelta(**{f"{unit}s": number})).date()
    return (then, scene.today), scene.placed(*match.span(), "on", day_words(then))


def _at(day: date, unit: str, number: float) -> str:
    """Return a day as finely as a distance of so many units tells it: day, month, or year."""
    if unit in ("hour", "day", "night", "week", "fortnight", "weekend"):
        return day_words(day)
    if unit in ("month", "quarter") or (unit == "year" and number < 3):
        return month_words(day)
    return str(day.year)


def _singular(unit: str) -> str:
    return "century" if unit.startswith("centur") else unit


def span(scene: Scene, match: re.Match[str]) -> Reading | None:
    """Read "the last three years", "the coming weeks", "recent months": from or to the day of publication."""
    unit, which = _singular(match["span_unit"]), match["span_which"].lower()
    number, plural = match["span_number"], bool(match["span_plural"]) or match["span_unit"].endswith("ie")
    if (
        unit in ("second", "minute", "night", "season")
        or (unit == "hour" and not number)
        or not _about_now(scene, match, which, plural)
    ):
        return None
    today = scene.today
    counted = f"{number} " if number else ""
    noun = match["span_unit"] + match["span_plural"]
    forward = which in ("next", "coming")
    if number or not plural:
        far = shifted(today, unit, amount(number or "one")[1] * (1 if forward else -1))
    else:
        far = today + timedelta(days=_RECENT.get(unit, 3650) * (1 if forward else -1))
    days: Dates = (today, far) if forward else (far, today)
    link = "from" if forward else "before" if which == "recent" or (plural and not number) else "to"
    fine = _at(today, "month" if unit == "year" else unit, 1)
    return days, scene.opening(match.start(), f"the {counted.lower()}{noun} {link} {fine}")


def _about_now(scene: Scene, match: re.Match[str], which: str, plural: bool) -> bool:
    """Whether a span is counted from publication: not "his last two years", "the next day", "past years"."""
    if scene.before(match.start()).endswith(("'s", "’s")) or scene.before(match.start()) in (
        "his",
        "her",
        "its",
        "their",
    ):
        return False
    number, the = match["span_number"], match["span_the"]
    if which == "recent":
        return plural
    if number:
        return plural or number.lower() == "one"
    if not the:
        return which == "coming" and plural
    return plural or (match["span_unit"] != "day" and which in ("last", "past", "coming"))


def shift(scene: Scene, match: re.Match[str]) -> Reading | None:
    """Read "a day earlier" against the time before it in the text; without one it is left."""
    anchor = _anchor(scene, match)
    if anchor is None:
        return None
    unit, way = match["shift_unit"] or "day", match["shift_way"] or match["shift_which"].lower()
    if (match["shift_number"] or "").lower() == "the" and unit != "day":
        return None
    step = {"earlier": -1, "before": -1, "previous": -1, "later": 1, "after": 1, "following": 1, "next": 1}.get(way, 0)
    length = (anchor.last - anchor.first).days + 1
    if length == 1 and unit in ("day", "week"):
        day = shifted(anchor.first, unit, step)
        return (day, day), scene.placed(*match.span(), "on", day_words(day))
    calendar = {"month": (28, 31), "quarter": (90, 92), "half": (181, 184), "year": (365, 366)}
    name = next((key for key, (low, high) in calendar.items() if low <= length <= high), None)
    if name is None or unit not in ("month", "year") or (name == "year" and unit == "month"):
        return None
    days = containing(shifted(anchor.first, unit, step), name)
    if containing(anchor.first, name) != (anchor.first, anchor.last):
        return None
    words = {
        "month": month_words(days[0]),
        "quarter": f"the {quarter_words(days[0])}",
        "half": f"the {half_words(days[0])}",
        "year": str(days[0].year),
    }[name]
    return days, scene.placed(*match.span(), "in", words)


def _anchor(scene: Scene, match: re.Match[str]) -> Time | None:
    if not scene.found or match.start() - scene.found[-1].end > _ANCHOR_REACH:
        return None
    return scene.found[-1]


def ahead(scene: Scene, match: re.Match[str]) -> Reading | None:
    """Read "in two weeks" and "within a month" of what is to come; of what is past it is a duration."""
    start, end = match.span()
    if match["ahead_the"] or not (match["ahead_time"] or scene.tense(start, end) == "future"):
        return None
    unit, today = match["ahead_unit"], scene.today
    low, high = amount(match["ahead_number"])
    far = shifted(today, unit, high)
    if match["ahead_how"].lower() == "within":
        return (today, far), scene.opening(start, f"by {day_words(far)}")
    if low != high:
        words = f"{match['ahead_number']} {unit}s after {_at(today, unit, low)}"
        return (shifted(today, unit, low), far), scene.opening(start, words)
    exact = unit == "day" and not match["ahead_about"]
    return around(far, unit), scene.opening(start, f"{'on' if exact else 'around'} {_at(far, unit, low)}")
