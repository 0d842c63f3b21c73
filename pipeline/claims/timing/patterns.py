"""What time expressions of English news look like: one pattern a kind, joined into one that is scanned once.

Weekdays and months count with a capital only. Each kind names its groups with its own prefix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DAY_SHORT = r"(?:Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun)\.?"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_MONTH_SHORT = rf"(?:{_MONTH}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_YEAR = r"(?:1[5-9]|20)\d\d"
_PART = r"(?:morning|afternoon|evening|night|lunchtime|midday|noon)"
_POSSESSIVE = r"['’]s\b"
_NUMBER = (
    r"(?:\d{1,3}|[Aa]n?|(?:[Tt]wenty|[Tt]hirty|[Ff]orty|[Ff]ifty)(?:-(?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Ee]leven|[Tt]welve|[Tt]hirteen"
    r"|[Ff]ourteen|[Ff]ifteen|[Ss]ixteen|[Ss]eventeen|[Ee]ighteen|[Nn]ineteen|(?:[Aa] )?[Ff]ew|[Ss]everal|[Ss]ome"
    r"|[Mm]any|(?:[Aa] )?[Cc]ouple(?: of)?|[Aa] handful of)"
)
_UNIT = r"(?:second|minute|hour|day|night|week|weekend|fortnight|month|quarter|year|decade|season|centur(?:y|ie))"
_NTH = r"(?:[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]inal|[Ll]ast)"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
_NUMBER_OF_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_TO = r" ?(?:-|–|to|until|through) ?"
_THIRD = r"(?:[Ee]arly|[Ll]ate|[Mm]id)"
_EDGE = r"(?:[Tt]he )?(?:start|beginning|end|middle) of"

PATTERNS = {
    "iso": rf"(?P<iso_day>{_YEAR}-[01]\d-[0-3]\d)(?!\d)",
    "date": rf"(?:(?:{_DAY}|{_DAY_SHORT}),? (?:the )?)?"
    rf"(?:(?P<date_day>{_NUMBER_OF_DAY})(?:(?:{_TO}| and | or )(?P<date_to>{_NUMBER_OF_DAY}))?(?: of)? "
    rf"(?P<date_month>{_MONTH_SHORT})(?!\w)"
    rf"|(?P<date_us_month>{_MONTH_SHORT}) (?P<date_us_day>{_NUMBER_OF_DAY})(?![\d:%]|,\d|\.\d| percent| per cent)"
    rf"(?:(?:{_TO}|(?: and | or )(?=\d+[,.;)]|\d+$))(?P<date_us_to>{_NUMBER_OF_DAY})(?![\d:%]|,\d))?)"
    rf"(?:,? (?P<date_year>{_YEAR})(?!\d)|(?P<date_possessive>{_POSSESSIVE}))?",
    "monthyear": rf"(?:(?P<monthyear_part>{_THIRD})[ -]|(?P<monthyear_edge>{_EDGE}) )?"
    rf"(?P<monthyear_month>{_MONTH_SHORT})(?:,? (?:of )?(?P<monthyear_year>{_YEAR})(?!\d)"
    r"| (?:of )?(?P<monthyear_which>last|this|next) year)",
    "weekday": rf"(?:(?P<weekday_which>[Ll]ast|[Tt]his|[Nn]ext|[Tt]his (?:coming|past)|[Tt]he following) )?"
    rf"(?P<weekday_day>{_DAY})(?:(?: (?:of )?(?P<weekday_week>last|this|next) week)|(?: (?P<weekday_part>{_PART})\b)?"
    rf"(?P<weekday_possessive>{_POSSESSIVE})?)\b",
    "deictic": r"(?:(?P<deictic_day>[Tt]oday|[Yy]esterday|[Tt]omorrow|[Tt]he day before yesterday"
    rf"|[Tt]he day after tomorrow)(?: (?P<deictic_part>{_PART})\b)?|(?P<deictic_night>[Ll]ast night|[Tt]onight"
    rf"|[Tt]his (?:morning|afternoon|evening)))(?P<deictic_possessive>{_POSSESSIVE})?\b",
    "weekend": r"(?<=[rntgfe] )the weekend(?= |[,.;:)]|$)(?!\s(?:of|before|after)\b)",
    "unit": r"(?:(?P<unit_lead>[Ee]arlier|[Ll]ater|[Ss]o far|[Ee]arly|[Ll]ate)(?: in)? |(?P<unit_edge>"
    rf"{_EDGE}) )?(?P<unit_which>[Ll]ast|[Tt]his|[Nn]ext|[Tt]his past|[Tt]his coming|[Tt]he current|"
    r"(?<=[a-z] )the(?= (?:week|month|year)))"
    rf" (?P<unit_unit>week|weekend|month|quarter|year|decade|century|{_SEASON}|{_MONTH})"
    rf"(?P<unit_possessive>{_POSSESSIVE})?\b(?![’'-])",
    "third": rf"[Tt]he (?P<third_nth>{_NTH}) (?P<third_unit>quarter|half)(?: of (?:the )?(?:(?P<third_year>{_YEAR})"
    r"(?!\d)|(?P<third_which>last|this|next) year|(?:fiscal |financial )?(?P<third_bare>year)))?\b(?! of)"
    rf"|(?P<third_q>[QH][1-4])(?:,? (?:of )?(?P<third_q_year>{_YEAR})(?!\d))?\b",
    "month": rf"(?:(?P<month_part>{_THIRD})[ -]|(?P<month_edge>{_EDGE}) )?(?P<month_month>{_MONTH})\b"
    rf"(?P<month_possessive>{_POSSESSIVE})?",
    "decade": rf"(?:[Tt]he )?(?:(?P<decade_part>{_THIRD})[ -])?(?P<decade_year>(?:1[5-9]|20)\d0)s\b"
    r"|[Tt]he (?P<decade_century>1\d|2[01])(?:th|st) century\b",
    "season": r"(?:[Tt]he )?(?P<season_name>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)(?: of|,)?"
    rf" (?P<season_year>{_YEAR})(?:[-/]\d\d)?\b",
    "years": rf"(?P<years_from>{_YEAR})(?P<years_to>[-–/](?:\d\d|{_YEAR}))(?!\d)",
    "year": rf"(?:(?P<year_part>{_THIRD})[ -]|(?P<year_edge>{_EDGE}) )?(?P<year_year>(?:1\d|20)\d\d)"
    r"(?![\d:%°]|[.,-]\d)",
    "ago": r"(?:(?P<ago_how>[Aa]bout|[Aa]round|[Rr]oughly|[Ss]ome|[Aa]pproximately|[Aa]lmost|[Nn]early|[Jj]ust over"
    r"|[Oo]ver|[Mm]ore than|[Aa]t least|[Jj]ust under|[Ll]ess than|[Uu]nder|[Jj]ust|[Oo]nly|[Ee]xactly|[Bb]arely) )?"
    rf"(?:(?P<ago_number>{_NUMBER}(?: and a half)?) )?(?P<ago_unit>[Ss]econd|[Mm]inute|[Hh]our|[Dd]ay|[Nn]ight|[Ww]eek"
    r"|[Ff]ortnight|[Mm]onth|[Yy]ear|[Dd]ecade|[Cc]entur(?:y|ie))s?(?P<ago_half> and a half)?"
    r" (?:ago\b|back(?=[,.]|$))",
    "shift": r"(?:(?P<shift_number>[Aa]|[Oo]ne|[Tt]he) (?P<shift_unit>day|week|month|year)"
    r" (?P<shift_way>earlier|later|before|after)|[Tt]he (?P<shift_which>previous|following|next|same) day)"
    r"(?=[,.;:)”\"]|$| (?:and|but|when|in|at|after)\b)",
    "span": r"(?:(?P<span_the>[Tt]he) )?(?P<span_which>[Ll]ast|[Pp]ast|[Nn]ext|[Cc]oming|[Rr]ecent)"
    rf"(?: (?P<span_number>{_NUMBER}))? (?P<span_unit>{_UNIT})(?P<span_plural>s?)\b(?! of\b|['’-])",
    "ahead": r"(?P<ahead_how>[Ii]n|[Ww]ithin)(?P<ahead_about> about| around)? (?P<ahead_the>the )?"
    rf"(?P<ahead_number>{_NUMBER}) (?P<ahead_unit>day|week|month|year)s?"
    r"(?P<ahead_time>['’] time|['’]s time| from now)?\b",
    "feast": r"(?P<feast_name>Christmas Day|Christmas Eve|Boxing Day|New Year['’]s (?:Eve|Day)|Valentine['’]s Day)\b",
}  # fmt: skip
READ = re.compile("|".join(f"(?P<{kind}>{p})" for kind, p in PATTERNS.items()))
"""Every kind, each in a group of its own name; the first that fits wins, so the longer forms stand first."""

_NAMES = "Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Chr Box New Val"
_FIRST_WORDS = (
    "last this next today yester tomorrow tonight earlier later early late mid past recent coming so start "
    "beginning end spring summer autumn fall winter one two three four five six seven eight nine ten eleven "
    "twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty few several "
    "some many couple about around roughly approximately almost nearly just over more at under less only exactly "
    "barely second minute hour day night week fortnight month year decade centur within"
)
_AFTER_THE = (
    "last|past|next|coming|recent|week|mont|day|year|first|second|third|fourth|final|start|begin|end|middle|early|late"
    r"|mid|[12]\d|previous|following|same|spring|summer|autumn|fall|winter"
)
_STARTS = (
    *_NAMES.split(),
    *(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in _FIRST_WORDS.split()),
    r"\d",
    r"[QH][1-4]\b",
    rf"[Tt]he (?:{_AFTER_THE})",
    r"[Aa] (?:day|week|month|year|few|coup|hand|deca|cent|fort)",
    r"[Aa]n (?:hour|earl)",
    r"[Ii]n (?:a |an |a?b|ar|\d|[a-z]+ (?:day|week|month|year))",
)
BEGINS = re.compile(rf"\b(?={'|'.join(_STARTS)})")
"""Where an expression may begin: cheap to look for, so that the patterns are tried there only."""

_NOT_AFTER = frozenset("$£€#/.-_")
HINT = re.compile(
    r"day|night|morning|omorrow|week|onth|utumn|Christmas|year|Year|uarter|half|ecade|entur|[12]\d\d\d|[QH][1-4]"
    r"|Januar|Februar|March|April|May|June|July|August|ember|October|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.? \d"
    r"|summer|winter|spring|fall|fternoon|evening|ortnight|hour|minute"
)
"""What every expression has some of: a sentence without is not read."""


def matches(text: str) -> Iterator[re.Match[str]]:
    """Yield what looks like a time expression, in order and without overlap."""
    if HINT.search(text) is None:
        return
    end = 0
    for begin in BEGINS.finditer(text):
        start = begin.start()
        if start < end or (start and text[start - 1] in _NOT_AFTER):
            continue
        match = READ.match(text, start)
        if match is not None:
            end = match.end()
            yield match
