"""Time expressions that name a calendar unit: weeks, weekends, months, quarters, seasons, years, decades."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.claims.timing.calendar_spans import (
    MONTHS,
    ORDINALS,
    Dates,
    containing,
    day_words,
    month,
    month_words,
    part,
    quarter_words,
    range_words,
    season,
    season_words,
    shifted,
)
from pipeline.claims.timing.scene import Reading, Scene
from pipeline.claims.wordlist import words

STEPS = {"last": -1, "this": 0, "next": 1, "this past": -1, "this coming": 1, "the current": 0, "the": 0}
_NAMES_TOO = words("May March April June August")
_MONTH_GOVERNORS = words("in since by until till from through throughout during between of before after")


def unit(scene: Scene, match: re.Match[str]) -> Reading | None:
    """Read "last week", "earlier this month", "the end of next year", "this summer", "last April"."""
    start, end = match.span()
    name, which, lead = match["unit_unit"], match["unit_which"].lower(), (match["unit_lead"] or "").lower()
    edge = match["unit_edge"]
    if which == "the" and (not (lead or edge) or lead in ("early", "late") or not _of_now(scene, match, lead, edge)):
        return None
    if name == "fall" and scene.after(end) in ("in", "of", "from", "by", "was"):
        return None
    span = _unit_span(scene, match, name, STEPS[which])
    plain, modifier = _unit_words(name, span)
    today = scene.today
    if match["unit_possessive"] and not edge:
        return span, scene.possessive(start, end, f"{lead} {modifier}" if lead in ("early", "late") else modifier)
    if edge:
        where = edge.split()[-2].lower()
        return part(span, where), f"{edge} {plain}"
    if lead == "later":
        return (min(max(today, span[0]), span[1]), span[1]), scene.opening(start, f"later in {plain}")
    if lead in ("earlier", "so far"):
        return (span[0], max(span[0], min(today, span[1]))), scene.opening(start, f"{lead} in {plain}")
    if lead:
        worded = f"{lead} in {plain}" if plain.startswith("the ") else scene.placed(start, end, "in", f"{lead} {plain}")
        return part(span, lead), scene.opening(start, worded)
    return span, scene.placed(start, end, "on" if name == "weekend" else "in", plain)


def _of_now(scene: Scene, match: re.Match[str], lead: str, edge: str | None) -> bool:
    """Whether "the week" is the present one: "earlier in the week", "by the end of the year" of what is to come."""
    begun = edge is not None and "end" not in edge and "middle" not in edge
    return lead == "earlier" or begun or scene.tense(*match.span()) == "future"


def _unit_span(scene: Scene, match: re.Match[str], name: str, step: int) -> Dates:
    today = scene.today
    if name == "weekend":
        return _weekend(scene, match, step)
    if name in MONTHS:
        return _recurring(scene, match, step, [month(y, MONTHS.index(name) + 1) for y in _years(today)])
    if name in ("spring", "summer", "autumn", "fall", "winter"):
        return _recurring(scene, match, step, [season(name, y) for y in _years(today)])
    first = containing(today, name)[0]
    return containing(shifted(first, name, step), name)


def _years(today: date) -> range:
    return range(today.year - 2, today.year + 3)


def _weekend(scene: Scene, match: re.Match[str], step: int) -> Dates:
    saturday = containing(scene.today, "weekend")[0]
    if step == 0 and scene.today.weekday() < 4 and scene.tense(*match.span()) == "past":
        step = -1
    first = saturday + timedelta(days=7 * step)
    return first, first + timedelta(days=1)


def _recurring(scene: Scene, match: re.Match[str], step: int, spans: list[Dates]) -> Dates:
    """Return last, this or next one of what comes once a year."""
    today = scene.today
    if step < 0:
        return [span for span in spans if span[1] < today][-1]
    if step > 0:
        return next(span for span in spans if span[0] > today)
    tense = scene.tense(*match.span())
    if tense == "past":
        return [span for span in spans if span[0] <= today][-1]
    if tense == "future":
        return next(span for span in spans if span[1] >= today)
    return min(spans, key=lambda span: abs((span[0] - today).days + 45))


def _unit_words(name: str, span: Dates) -> tuple[str, str]:
    """Return the name of a calendar unit as a noun and as what stands before one: "the week of …", "9–15 March …"."""
    first = span[0]
    if name in ("week", "weekend"):
        return f"the {name} of {day_words(first)}", range_words(span)
    if name == "month" or name in MONTHS:
        return month_words(first), month_words(first)
    if name == "quarter":
        nth = ORDINALS[(first.month - 1) // 3]
        return f"the {quarter_words(first)}", f"{nth}-quarter {first.year}"
    if name == "year":
        return str(first.year), str(first.year)
    if name == "decade":
        return f"the {first.year}s", f"{first.year}s"
    if name == "century":
        return f"the {_ordinal(first.year // 100 + 1)} century", f"{_ordinal(first.year // 100 + 1)}-century"
    return f"the {season_words(name, span)}", f"{name} {season_words(name, span).split()[-1]}"


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def weekend(scene: Scene, match: re.Match[str]) -> Reading | None:
    """Read "over the weekend": the last one, the coming one where the verb says so."""
    start, end = match.span()
    if scene.before(start) not in ("over", "at", "on", "during", "for", "of", "since", "before", "after", "until"):
        return None
    today = scene.today
    coming = scene.tense(start, end) == "future"
    back = today.weekday() >= 5 or coming
    saturday = containing(today, "weekend")[0] - timedelta(days=0 if back else 7)
    span = (saturday, saturday + timedelta(days=1))
    return span, f"{match.group()} of {day_words(saturday)}"


def month_year(scene: Scene, match: re.Match[str]) -> Reading | None:
    """Read "June 2019", "late June 2019", "March last year"."""
    number = 1 + [known[:3] for known in MONTHS].index(match["monthyear_month"][:3])
    which = match["monthyear_which"]
    year = int(match["monthyear_year"]) if not which else scene.today.year + STEPS[which]
    span, before = narrowed(month(year, number), match["monthyear_part"], match["monthyear_edge"])
    return span, f"{before}{MONTHS[number - 1]} {year}" if which else None


def narrowed(span: Dates, third: str | None, edge: str | None) -> tuple[Dates, str]:
    """Return the part of a span and the words before its name: "early ", "the end of "."""
    if third:
        return part(span, third.lower()), f"{third}-" if third.lower() == "mid" else f"{third} "
    if edge:
        return part(span, edge.split()[-2].lower()), f"{edge} "
    return span, ""


def bare_month(scene: Scene, match: re.Match[str]) -> Reading | None:
    """Read "April", "late November", "March's", by tense the last one, the next one or the nearest."""
    name = match["month_month"]
    third, edge, possessive = match["month_part"], match["month_edge"], match["month_possessive"]
    if not (third or edge) and not _is_month(scene, match, name):
        return None
    number = MONTHS.index(name) + 1
    today = scene.today
    tense = "past" if scene.before(match.start()) == "since" else scene.tense(*match.span())
    spans = [month(year, number) for year in _years(today)]
    past = [span for span in spans if span[0] <= today]
    coming = [span for span in spans if span[1] >= today]
    span = past[-1] if tense == "past" else coming[0]
    if tense is None:
        span = min(spans, key=lambda one: abs((one[0].year - today.year) * 12 + one[0].month - today.month))
    named, before = narrowed(span, third, edge)
    plain = month_words(span[0])
    if possessive:
        return named, scene.possessive(match.start(), match.end(), before + plain)
    return named, before + plain


def _is_month(scene: Scene, match: re.Match[str], name: str) -> bool:
    """Whether "May", "March" or "April" is the month, not a verb, a rally or a person."""
    raw, after = scene.raw_before(match.start()), scene.after(match.end())
    before = raw.lower()
    listed = scene.listed(match.start()) and not scene.begins(match.start())
    determined = before in ("the", "a", "an", "its", "his", "their", "this", "last") and after[:1].islower()
    if name in _NAMES_TOO:
        person = after.istitle() and name != "March"
        if match["month_possessive"]:
            return raw == before or before in _MONTH_GOVERNORS
        return not person and after != "on" and (before in _MONTH_GOVERNORS or listed or determined or before == "to")
    return raw == before or before in _MONTH_GOVERNORS or listed or determined
