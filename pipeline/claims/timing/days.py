"""Time expressions that name a day: weekdays, dates, today and yesterday, feasts."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.claims.timing.calendar_spans import MONTHS, Dates, day_words, month, range_words
from pipeline.claims.timing.patterns import WEEKDAYS
from pipeline.claims.timing.scene import Reading, Scene
from pipeline.claims.wordlist import words

_NAMED = words(
    "Black Good Bloody Super Easter Palm Ash Cyber Sheffield Maundy Holy Shrove Pancake Giving Fat Whit Blue Mad Every "
    "every each any most some Girl Man Casual Freaky Throwback Taco Wacky Happy Joe Ruby Bandcamp"
)
_NAMES_AFTER = words(
    "Times Mirror Telegraph Mail Express Post World Mercury People Sport Review Star Herald Independent Night Group "
    "Addams Tribune Gazette Sun Business Life Age Supplement Club"
)
_SHIFTS = {"yesterday": -1, "today": 0, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}
_FEASTS = {"christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26), "new year's eve": (12, 31),
           "new year's day": (1, 1), "valentine's day": (2, 14)}  # fmt: skip


def weekday(scene: Scene, match: re.Match[str]) -> Reading | None:
    """Read "Monday", "last Friday", "Tuesday night", "Thursday's", "Friday last week"."""
    start, end = match.span()
    if _is_name(scene, match):
        return None
    day = _weekday(scene, match)
    part = match["weekday_part"]
    dated = day_words(day)
    if match["weekday_possessive"]:
        return (day, day), scene.possessive(start, end, f"{dated} {part}" if part else dated)
    if part and scene.before(start) in _DETERMINERS:
        return (day, day), f"{dated} {part}"
    return (day, day), scene.placed(start, end, "on", f"the {part} of {dated}" if part else dated)


_DETERMINERS = words("a an the his her its their our this")


def _is_name(scene: Scene, match: re.Match[str]) -> bool:
    """Whether a weekday is part of a name or of a set of days: "Black Friday", "the Sunday Times", "on a Monday"."""
    start, end = match.span()
    before, after = scene.raw_before(start), scene.after(end)
    if match["weekday_which"]:
        return False
    if match["weekday_part"] and after in ("Live", "Football", "Lights"):
        return True
    if before in ("first", "second", "third", "fourth", "last", "final") and after in ("of", "in"):
        return True
    generic = before.lower() in ("a", "an") and (not after or after in ("in", "and", "or", "at", "when", "as"))
    return before in _NAMED or after in _NAMES_AFTER or generic or scene.text.endswith("Mail on ", 0, start)


_UNTIL = re.compile(r" (?:(?:and|to|until|till|through)\b[\w ]{0,24}|– ?)")


def _after_another(scene: Scene, start: int) -> date | None:
    """Return the coming day that this one follows in "begins Monday and ends Wednesday"."""
    if not scene.found or scene.found[-1].first < scene.today:
        return None
    return scene.found[-1].last if _UNTIL.fullmatch(scene.text, scene.found[-1].end, start) else None


def _weekday(scene: Scene, match: re.Match[str]) -> date:
    today, number = scene.today, WEEKDAYS.index(match["weekday_day"])
    back, ahead = (today.weekday() - number) % 7, (number - today.weekday()) % 7
    which = (match["weekday_which"] or "").lower()
    monday = today - timedelta(days=today.weekday())
    if week := match["weekday_week"]:
        return monday + timedelta(days=number + {"last": -7, "this": 0, "next": 7}[week])
    if which == "last":
        near = 0 < back <= 2 and number < today.weekday()
        return today - timedelta(days=(back or 7) + 7 * near)
    if which == "next":
        near = number > today.weekday()
        return today + timedelta(days=(ahead or 7) + 7 * near)
    if which == "this past":
        return today - timedelta(days=back)
    if which == "this coming":
        return today + timedelta(days=ahead)
    future = scene.tense(*match.span())
    if future == "future" and which == "" and (after := _after_another(scene, match.start())) is not None:
        return after + timedelta(days=(number - after.weekday()) % 7)
    forward = future != "past" if which == "this" else future == "future"
    return today + timedelta(days=ahead) if forward else today - timedelta(days=back)


def dated(scene: Scene, match: re.Match[str]) -> Reading | None:
    """Read "4 June 2019", "June 4", "Friday, March 13", "2–5 May", "21 December's"."""
    name = match["date_month"] or match["date_us_month"]
    number = 1 + [known[:3] for known in MONTHS].index(name[:3])
    numbers = [match[key] for key in ("date_day", "date_to", "date_us_day", "date_us_to")]
    days = [int(re.sub(r"\D", "", one)) for one in numbers if one]
    stated = match["date_year"]
    if (match["date_day"] and _verb_may(scene, match, name)) or _known_event(scene, match):
        return None
    try:
        year = int(stated) if stated else _year(scene, match, number, days[-1])
        span = date(year, number, days[0]), date(year, number, days[-1])
    except ValueError:
        return None
    if span[1] < span[0]:
        return None
    if stated:
        return span, None
    wording = range_words(span)
    if match["date_possessive"]:
        return span, scene.possessive(*match.span(), wording)
    return span, scene.placed(*match.span(), "on", wording)


_EVENTS = words(
    "attack attacks riot riots insurrection committee commission hijackers hijackings coup massacre uprising assault"
)


def _known_event(scene: Scene, match: re.Match[str]) -> bool:
    """Whether a date names an event whose year all know: "the Sept. 11 attacks"."""
    return match["date_us_day"] is not None and not match["date_year"] and scene.after(match.end()) in _EVENTS


def _verb_may(scene: Scene, match: re.Match[str], name: str) -> bool:
    """Whether "5 May" or "12 March" begins something else: "the 12 March Group"."""
    return name in ("May", "March") and not match["date_year"] and scene.after(match.end()).istitle()


def _year(scene: Scene, match: re.Match[str], number: int, day: int) -> int:
    """Return the year of a day without one: the last such day, the next if the verb speaks of what is to come."""
    today = scene.today
    candidates = [
        (year, date(year, number, day)) for year in range(today.year - 1, today.year + 2) if _is_day(year, number, day)
    ]
    if not candidates:
        raise ValueError("reading a date: no year near publication has that day")
    return nearest(scene, match, candidates)


def _is_day(year: int, number: int, day: int) -> bool:
    return 1 <= day <= month(year, number)[1].day


def nearest(scene: Scene, match: re.Match[str], candidates: list[tuple[int, date]]) -> int:
    """Return the year whose day fits the tense: on or before publication (a day's grace), on or after, or nearest."""
    today, tense = scene.today, scene.tense(*match.span())
    past = [one for one in candidates if one[1] <= today + timedelta(days=1)]
    coming = [one for one in candidates if one[1] >= today]
    if tense == "past" and past:
        return past[-1][0]
    if tense == "future" and coming:
        return coming[0][0]
    return min(candidates, key=lambda one: (abs((one[1] - today).days), one[0]))[0]


def iso(scene: Scene, match: re.Match[str]) -> Reading | None:
    """Read "2019-06-04"."""
    try:
        day = date.fromisoformat(match["iso_day"])
    except ValueError:
        return None
    return (day, day), None


def deictic(scene: Scene, match: re.Match[str]) -> Reading | None:
    """Read "yesterday", "tomorrow evening", "last night", "this morning", "today's"."""
    start, end = match.span()
    first_word = match.group()
    if first_word[0] == "T" and first_word.startswith("Today") and not scene.begins(start):
        return None
    night, part = match["deictic_night"], match["deictic_part"]
    if night:
        part = {"last night": "night", "tonight": "evening"}.get(night.lower(), night.split()[-1])
    day = scene.today + timedelta(
        days=-1 if night in ("last night", "Last night") else _SHIFTS.get((match["deictic_day"] or "").lower(), 0)
    )
    last = day + timedelta(days=night is not None and night.lower() == "last night")
    span: Dates = (day, last)
    if match["deictic_possessive"]:
        return span, scene.possessive(start, end, day_words(day))
    return span, scene.placed(start, end, "on", f"the {part} of {day_words(day)}" if part else day_words(day))


def feast(scene: Scene, match: re.Match[str]) -> Reading | None:
    """Read "Christmas Day", "New Year's Eve"."""
    number, day = _FEASTS[match["feast_name"].lower().replace("’", "'")]
    stated = re.match(r",? ((?:19|20)\d\d)", scene.text[match.end() :])
    years = range(scene.today.year - 1, scene.today.year + 2)
    year = int(stated[1]) if stated else nearest(scene, match, [(year, date(year, number, day)) for year in years])
    found = date(year, number, day)
    return (found, found), None if stated else f"{match['feast_name']} {year}"
