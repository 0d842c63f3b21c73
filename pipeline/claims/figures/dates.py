"""Numbers that are dates, years, clock times or ages of persons, and so no quantities."""

from __future__ import annotations

from pipeline.claims.figures.measures import Measure
from pipeline.claims.figures.units import DURATIONS
from pipeline.claims.figures.words import DASHES, Words
from pipeline.claims.wordlist import words as word_list

_MONTHS = word_list(
    "January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul "
    "Aug Sep Sept Oct Nov Dec JANUARY FEBRUARY MARCH APRIL JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER"
)
_PREPOSITIONS_OF_TIME = word_list(
    "in since by until till from before after during early late mid to and of through around circa the for than "
    "spring summer autumn winter fall olympics election budget season year '"
)
_PERSONS_OLD = word_list(
    "children child kids people adults those girls boys women men anyone youths infants everyone persons residents "
    "pensioners players teenagers voters drivers workers citizens someone babies aged age one"
)


def is_year(words: Words, found: Measure) -> bool:
    text = words.at(found.start).text
    if not (found.plain and len(text) == 4 and text.isdigit() and 1500 <= found.low <= 2100):
        return False
    if words.tag(found.end) != "NNS":
        return True
    return words.low(found.start - 1) in _PREPOSITIONS_OF_TIME or words.low(found.end) in (
        "levels",
        "elections",
        "figures",
    )


def is_date(words: Words, found: Measure) -> bool:
    if found.low > 31 or found.low != int(found.low):
        return False
    before = found.start - 1 - (words.low(found.start - 1) == ".")
    after = found.end + (words.low(found.end) == "of")
    if words.at(before).text in _MONTHS or words.at(after).text in _MONTHS:
        return found.unit is None and (
            words.at(before).text not in ("May", "March") or before > 0 or found.end == len(words)
        )
    joint = words.low(found.end) in (*DASHES, "to", "and", ",") or words.low(found.start - 1) in (
        *DASHES,
        "to",
        "and",
        ",",
    )
    if not joint or found.unit is not None:
        return False
    return any(words.at(found.start + step).text in _MONTHS for step in (-4, -3, 2, 3))


_TRADED = word_list(
    "closed close closes ended end stood stands trading traded priced settled opened put remained rates"
)


def _is_clock(words: Words, found: Measure) -> bool:
    """Whether "9.30" after "at" or "until" is a time of day and not a price or an index."""
    hours, _, minutes = words.at(found.start).text.partition(".")
    if len(minutes) != 2 or int(minutes) > 59 or not hours.isdigit() or int(hours) > 23:
        return False
    return words.low(found.start - 1) in ("at", "until", "till") and words.low(found.start - 2) not in _TRADED


def is_time(words: Words, found: Measure) -> bool:
    after = words.low(found.end)
    if after in ("a.m.", "p.m.", "am", "pm", "o'clock", "o’clock", "gmt", "noon", "midnight") or after == "hrs":
        return True
    if words.low(found.start - 1) in ("half", "quarter") and after == "past":
        return True
    if words.low(found.start - 1) == "past" and words.low(found.start - 2) in ("half", "quarter", "minutes"):
        return True
    if found.plain and _is_clock(words, found):
        return True
    if found.low > 12 or found.low < 1 or found.low != int(found.low) or found.scale > 1:
        return False
    if words.low(found.start - 1) not in ("at", "until", "till", "before", "after", "since", "by", "past"):
        return False
    ends = after in ("", ",", ".", ";", "on", "this", "tomorrow", "tonight") or (
        after == "in" and words.low(found.end + 1) == "the"
    )
    verb = words.low(found.start - 2)
    return ends and not (words.low(found.start - 1) == "at" and verb in ("stands", "stood", "put", "remained", "stays"))


def is_age(words: Words, found: Measure) -> bool:
    before, after = words.low(found.start - 1), words.low(found.end)
    if found.low > 115 or found.scale > 1 or found.low != int(found.low):
        return False
    if before == "," and after in (",", ".", ";", ")", "", '"') and found.plain:
        return (
            words.tag(found.start - 2) in ("NNP", "NN", "NNPS")
            and not words.low(found.start - 2).isdigit()
            and (
                words.low(found.start - 2)
                not in ("population", "total", "crowd", "attendance", "capacity", "number", "toll")
            )
        )
    if before == "(" and after == ")" and words.tag(found.start - 2) == "NNP":
        return True
    coming = words.before(found.end + 8, 8)
    if after in DASHES and words.low(found.end + 1) in ("to", "and") and ("old" in coming or "olds" in coming):
        return True  # "18- to 24-year-olds"
    if before in ("turned", "turns", "turning") and after in ("", ",", ".", "in", "on", "last", "this", "and"):
        return True
    if before in ("under", "over", "below", "above") and words.tag(found.end)[:2] not in ("NN", "JJ"):
        return words.low(found.start - 2) in _PERSONS_OLD or words.low(found.start - 2) in ("the", "an")
    if after in DASHES and words.low(found.end + 1) in ("year", "month", "week", "day"):
        return False
    subject = _subject(words, found)
    if subject in ("he", "she", "i", "who") and after in (",", ".", "and", "when", "", "but", "now", "years"):
        return True
    return (
        before == "at"
        and after in ("", ".", ",")
        and found.low > 12
        and words.tag(found.start - 2)[:2] in ("NN", "VB")
        and (
            words.low(found.start - 2)
            in ("died", "dies", "dead", "retired", "retires", "married", "farmer", "wed", "star", "widow")
        )
    )


def _subject(words: Words, found: Measure) -> str:
    token = words.at(found.start).token
    if (
        token is None
        or token.dep_ not in ("attr", "acomp")
        or token.head.lower_ not in ("is", "was", "'s", "were", "am")
    ):
        return ""
    return next((child.lower_ for child in token.head.children if child.dep_ == "nsubj"), "")


def is_old(words: Words, found: Measure) -> bool:
    """Whether a duration is the age of a person: "72-year-old", "45 years old", "years of age"."""
    if found.unit not in DURATIONS or found.low > 115:
        return False
    end = found.end + (words.low(found.end) in DASHES)
    return (
        words.low(end) in ("old", "olds")
        or words.before(end + 2, 2) == ("of", "age")
        or (words.low(end) == "younger" and (words.low(end + 1) == "than"))
    )
