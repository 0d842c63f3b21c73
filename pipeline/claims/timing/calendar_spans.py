"""Spans of the calendar: weeks, months, quarters, seasons and years around a day, and their English wording.

A span is an inclusive pair of dates. Weeks are those of ISO 8601 (Monday to Sunday); quarters and halves are those of
the calendar year; seasons are the northern ones, in whole months.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

Dates = tuple[date, date]
"""First and last day, inclusive."""

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
ORDINALS = ("first", "second", "third", "fourth")
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The month that each season begins with."""

HALF = {"week": 3, "fortnight": 3, "month": 15}
"""Days to either side within which "two weeks ago" may lie: half of the unit."""

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
_VAGUE = {"a few": (2, 5), "few": (2, 5), "several": (3, 9), "some": (2, 9), "many": (3, 10), "a couple of": (2, 3),
          "couple of": (2, 3), "a couple": (2, 3), "couple": (2, 3), "a handful of": (2, 9)}  # fmt: skip
_TENS = re.compile(r"(twenty|thirty|forty|fifty)-(one|two|three|four|five|six|seven|eight|nine)")


def amount(words: str) -> tuple[float, float]:
    """Return the least and the greatest number that "two", "14", "a few" or "two and a half" means.

    No word is a bare plural: two to ten. Raises ValueError for words that are no number.
    """
    whole, half, _ = words.lower().strip().partition(" and a half")
    low, high = _whole(whole)
    return low + bool(half) / 2, high + bool(half) / 2


def _whole(words: str) -> tuple[float, float]:
    if not words:
        return 2, 10
    if words in _VAGUE:
        return _VAGUE[words]
    if words.isdigit():
        return int(words), int(words)
    if tens := _TENS.fullmatch(words):
        return (number := _NUMBERS[tens[1]] + _NUMBERS[tens[2]]), number
    if words in _NUMBERS:
        return _NUMBERS[words], _NUMBERS[words]
    raise ValueError(f"reading a number: “{words}” is none")


_DAYS = {"hour": 1 / 24, "week": 7, "fortnight": 14, "weekend": 7}


def shifted(day: date, unit: str, by: float) -> date:
    """Return the day `by` units (negative: before) from `day`, kept within its month; date.min or .max beyond them."""
    months = {"month": 1, "quarter": 3, "season": 3, "year": 12, "decade": 120, "century": 1200}.get(unit)
    try:
        if months is None:
            return day + timedelta(days=round(by * _DAYS.get(unit, 1)))
        return _months_on(day, round(by * months))
    except (OverflowError, ValueError):
        return date.max if by > 0 else date.min


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def around(day: date, unit: str) -> Dates:
    """Return the days that "two weeks ago" may mean when it falls on `day`: half of the unit to either side."""
    if unit in HALF:
        return day - timedelta(days=HALF[unit]), day + timedelta(days=HALF[unit])
    if unit in ("year", "decade", "century"):
        return shifted(day, unit, -0.5), shifted(day, unit, 0.5)
    return day, day


def month(year: int, number: int) -> Dates:
    """Return a calendar month; `number` is 1 to 12."""
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def containing(day: date, unit: str) -> Dates:
    """Return the calendar unit around `day`: day, week, weekend, fortnight (from its Monday), month, quarter, half …"""
    monday = day - timedelta(days=day.weekday())
    if unit == "week":
        return monday, monday + timedelta(days=6)
    if unit == "weekend":
        return monday + timedelta(days=5), monday + timedelta(days=6)
    if unit == "month":
        return month(day.year, day.month)
    if unit == "quarter":
        first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        return first, month(first.year, first.month + 2)[1]
    if unit == "half":
        first = date(day.year, (day.month - 1) // 6 * 6 + 1, 1)
        return first, month(first.year, first.month + 5)[1]
    years = {"year": 1, "decade": 10, "century": 100}.get(unit)
    if years is None:
        return day, day
    first_year = max(1, day.year // years * years)
    return date(first_year, 1, 1), date(first_year + years - 1, 12, 31)


def season(name: str, year: int) -> Dates:
    """Return a season; winter is the one that begins in December of `year`."""
    first = date(year, SEASONS[name], 1)
    return first, containing(shifted(first, "month", 2), "month")[1]


def part(span: Dates, name: str) -> Dates:
    """Return the early, middle or late third of a month or year, or the first or last quarter for its start and end."""
    first, last = span
    length = (last - first).days + 1
    if name in ("early", "late", "mid", "middle"):
        third = length // 3
        low, high = {"early": (0, third), "late": (length - third, length)}.get(name, (third, length - third))
        if length in (28, 29, 30, 31):
            low, high = {"early": (0, 10), "late": (20, length)}.get(name, (10, 20))
        elif length >= 365:
            months = {"early": (1, 4), "late": (9, 12)}.get(name, (5, 8))
            return month(first.year, months[0])[0], month(first.year, months[1])[1]
    else:
        if length >= 365:
            months = (1, 3) if name in ("start", "beginning") else (10, 12)
            return month(first.year, months[0])[0], month(first.year, months[1])[1]
        quarter = max(1, round(length / 4))
        low, high = (0, quarter) if name in ("start", "beginning") else (length - quarter, length)
    return first + timedelta(days=low), first + timedelta(days=high - 1)


def day_words(day: date) -> str:
    """Return "16 March 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_words(day: date) -> str:
    """Return "March 2026"."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def range_words(span: Dates) -> str:
    """Return "9–15 March 2026", "30 March – 5 April 2026", or the day."""
    first, last = span
    if first == last:
        return day_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_words(last)}"
    start = f"{first.day} {MONTHS[first.month - 1]}" if first.year == last.year else day_words(first)
    return f"{start} – {day_words(last)}"


def quarter_words(day: date) -> str:
    """Return "first quarter of 2026"."""
    return f"{ORDINALS[(day.month - 1) // 3]} quarter of {day.year}"


def half_words(day: date) -> str:
    """Return "first half of 2026"."""
    return f"{ORDINALS[day.month // 7]} half of {day.year}"


def season_words(name: str, span: Dates) -> str:
    """Return "summer of 2025", "winter of 2025-26"."""
    first, last = span
    return f"{name} of {first.year}" + (f"-{last.year % 100:02d}" if last.year > first.year else "")
