"""Time expressions around a year: years, quarters, halves, seasons and decades, stated or of the present one."""

from __future__ import annotations

import re
from datetime import date

from pipeline.claims.timing.calendar_spans import ORDINALS, month, season
from pipeline.claims.timing.days import nearest
from pipeline.claims.timing.scene import Reading, Scene
from pipeline.claims.timing.units import STEPS, narrowed
from pipeline.claims.wordlist import words

_FIGURES = re.compile(
    r"\b(?:[Pp]rofits?|[Rr]evenues?|[Ss]ales|[Ee]arnings|GDP|[Gg]rowth|[Gg]rew|[Ee]conom|[Ii]ncome|[Oo]rders|[Ss]hipments"
    r"|[Oo]utput|[Ll]oss|percent|per cent|[Mm]argins?|[Dd]eliver|[Ii]nflation|[Ee]xports|[Ss]hares)|%"
)
"""Words of business news: with them "the second quarter" is one of the year, not of a match."""


def third(scene: Scene, match: re.Match[str]) -> Reading | None:
    """Read "the first quarter of 2025", "the second half of last year", "Q3 2025", "the fourth quarter"."""
    q, nth = match["third_q"], match["third_nth"]
    kind = {"Q": "quarter", "H": "half"}[q[0]] if q else match["third_unit"]
    length = 3 if kind == "quarter" else 6
    last = 12 // length
    number = int(q[1]) if q else {"final": last, "last": last}.get(nth.lower()) or ORDINALS.index(nth.lower()) + 1
    stated, which = match["third_year"] or match["third_q_year"], match["third_which"]
    if number > last or (not (stated or which or match["third_bare"]) and not _balance(scene, kind)):
        return None
    today = scene.today
    if stated or which or match["third_bare"]:
        year = int(stated) if stated else today.year + STEPS[which or "this"]
    else:
        spans = [(year, date(year, (number - 1) * length + 1, 1)) for year in range(today.year - 2, today.year + 3)]
        year = nearest(scene, match, spans)
    first = date(year, (number - 1) * length + 1, 1)
    span = first, month(year, first.month + length - 1)[1]
    if stated:
        return span, None
    return span, scene.opening(match.start(), f"the {ORDINALS[number - 1]} {kind} of {year}")


def _balance(scene: Scene, kind: str) -> bool:
    return kind == "quarter" and _FIGURES.search(scene.text) is not None


def decade(scene: Scene, match: re.Match[str]) -> Reading | None:
    """Read "the 1980s", "the early 1990s", "the 19th century"."""
    if match["decade_century"]:
        century = int(match["decade_century"])
        return (date(century * 100 - 99, 1, 1), date(century * 100, 12, 31)), None
    first = int(match["decade_year"])
    third_of = (match["decade_part"] or "").lower()
    low, high = {"early": (0, 3), "mid": (3, 6), "late": (6, 9)}.get(third_of, (0, 9))
    return (date(first + low, 1, 1), date(first + high, 12, 31)), None


def dated_season(scene: Scene, match: re.Match[str]) -> Reading | None:
    """Read "summer 2025", "the winter of 2019"."""
    return season(match["season_name"].lower(), int(match["season_year"])), None


def years(scene: Scene, match: re.Match[str]) -> Reading | None:
    """Read "2018-19", "2015–2020"."""
    first, to = match["years_from"], match["years_to"][1:]
    last = int(to) if len(to) == 4 else int(first[:2] + to)
    if not 0 < last - int(first) <= 60:
        return None
    return (date(int(first), 1, 1), date(last, 12, 31)), None


def year(scene: Scene, match: re.Match[str]) -> Reading | None:
    """Read "2019", "late 2019", "the end of 2025"; a number that counts something is none."""
    number = int(match["year_year"])
    third_of, edge = match["year_part"], match["year_edge"]
    if not (third_of or edge) and not _is_year(scene, match, number):
        return None
    return narrowed((date(number, 1, 1), date(number, 12, 31)), third_of, edge)[0], None


_YEAR_PREPOSITIONS = words("in since during until till through throughout")
_LOOSE = words("by from of to before after between for around circa than about")
_YEAR_DETERMINERS = words("the a an his her its their our this")
_COUNTED = words(
    "people men women children dollars euros pounds workers jobs homes houses soldiers troops miles feet metres meters "
    "tonnes tons kilometres kilometers km kilos kg litres votes cases deaths members students years days hours"
)


def _is_year(scene: Scene, match: re.Match[str], number: int) -> bool:
    before, after = scene.before(match.start()), scene.after(match.end())
    plural = after in _COUNTED or (after.islower() and after.endswith("s") and after not in _NOT_PLURAL)
    if number < 1900:
        return before in ("in", "since") and not plural
    if number >= 2100:
        return False
    if before in _YEAR_PREPOSITIONS:
        return not (after in _COUNTED or (plural and number % 50 == 0))
    if before in _LOOSE or (before in ("and", "or", "") and scene.listed(match.start())):
        return not plural
    if before in _YEAR_DETERMINERS:
        return bool(after) and after not in _COUNTED
    alone = scene.text[match.end() : match.end() + 2] in ("'s", "’s") or after in ("was", "saw", "is", "marked")
    bracketed = (
        scene.text[match.start() - 1 : match.start()] == "(" and scene.text[match.end() : match.end() + 1] == ")"
    )
    return (alone and scene.begins(match.start())) or bracketed


_NOT_PLURAL = words("was is as has its his this")
