"""Numbers that are no quantities: dates, years, clock times, ages, results, names, addresses, idioms."""

from __future__ import annotations

from pipeline.claims.figures.dates import is_age, is_date, is_old, is_time, is_year
from pipeline.claims.figures.labels import is_address, is_label, is_telephone
from pipeline.claims.figures.meanings import SCALES
from pipeline.claims.figures.measures import Measure
from pipeline.claims.figures.words import DASHES, Words
from pipeline.claims.wordlist import words as word_list

_RESULT = word_list(
    "won win wins beat beats beaten lost lose loses draw drew drawn defeat victory defeated thrashed hammered edged "
    "led lead leads trailed score scored level winner result thumped crushed downed final aggregate set sets"
)
_VOTED = word_list("voted vote votes voting passed approved ruled ruling split decided majority")
_PHONE = word_list("call calls dial phone telephone tel hotline text ring helpline called dialled dialed on fax")
_ADJECTIVAL = word_list(
    "speed way sided time tier star dimensional faced off piece pronged state horse stroke step pack ply sum "
    "tolerance one size nil upmanship two man's eyed to half track d on handed some fits child first class zero armed "
    "legged wheel wheeler something somethings fifths hit eleven trick carbon emission emissions"
)
"""Words after "two-" that make an adjective and no count ("two-speed", "one-off", "zero-sum")."""
_IDIOMS_BEFORE = word_list("cloud ground square net sub absolute day chapter catch plan formula studio")
_POINTS = word_list(
    "table league clear top adrift relegation division season standings leaders cup scorer game games team match side"
)
_NOT_ONE_AFTER = word_list("of another thing people day side hand way reason point more-or-less time and kind")
_WICKETS = word_list("wicket wickets stumps innings batsman bowled overs cricket test declared")
_EVENTS = word_list("sprint champion gold silver bronze final title race record hurdles freestyle relay medley")
_RACES = frozenset({60, 100, 200, 400, 800, 1500, 3000, 5000, 10000})
"""Metres of races, "the 100m": names of events."""
_ROUNDS = word_list("calibre caliber gauge")


def is_no_figure(words: Words, found: Measure) -> bool:
    """Whether a measure's number is part of a date, a name, a result or an idiom."""
    if _is_bound_before(words, found):
        return True
    if found.unit is None and (_is_ordinal_or_name(words, found) or _is_result(words, found)):
        return True
    if found.unit is None:
        return (
            is_year(words, found)
            or is_date(words, found)
            or is_time(words, found)
            or is_label(words, found)
            or is_age(words, found)
            or _is_one(words, found)
            or _is_idiom(words, found)
            or is_address(words, found)
        )
    return is_old(words, found) or _is_unit_idiom(words, found) or is_date(words, found)


def _is_bound_before(words: Words, found: Measure) -> bool:
    """Whether letters or marks before the number make it part of a name: "F-16", "G20", "24/7", "4x100m"."""
    first, before = words.at(found.start), words.at(found.start - 1)
    if is_telephone(words, found.start):
        return True
    if first.text[:1] == "0" and len(first.text) > 1 and first.text[1] != ".":
        return True
    if first.glued and (
        before.text[-1:].isalpha() or before.text in ":/#_@.'" or (before.text in "+" and len(first.text) > 5)
    ):
        return True
    return first.glued and before.low in DASHES and before.glued and _bound_name(words, found.start - 2)


def _is_ordinal_or_name(words: Words, found: Measure) -> bool:
    """Whether letters or marks are written onto the number: "21st", "10:30", "5G", "7-Eleven"."""
    after = words.at(found.end)
    if words.at(found.start).text[0] == "." or (
        after.low in DASHES and words.low(found.end + 1) == words.low(found.start)
    ):
        return True  # a .38 revolver, fifty-fifty
    if after.glued and found.end == found.bare:
        if after.text[:1].isalpha() or after.low in (":", "/", "_", "@", "°"):
            return True
        if after.low in DASHES and words.at(found.end + 1).glued and _names_on(words, found):
            return True
    return False


def _bound_name(words: Words, position: int) -> bool:
    """Whether the word before a dash ties its number into a name or result: "COVID-19", "mid-20", "2-0"."""
    text = words.at(position).text
    return bool(text) and (text[-1].isalpha() or text[-1].isdigit()) and text.lower() not in SCALES


def _names_on(words: Words, found: Measure) -> bool:
    """Whether a dash after the number goes on to a name or a set phrase: "7-Eleven", "two-speed", "one-off"."""
    after = words.at(found.end + 1)
    if after.low in _ADJECTIVAL:
        return True
    return after.text[:1].isupper() and words.at(found.start).text[:1].isdigit() and not after.text.isupper()


def _is_result(words: Words, found: Measure) -> bool:
    """Whether the number is a side of "3-1", "6-4", "102–98"; a vote of "51-49" is two counts."""
    for mark, other in ((found.end, found.end + 1), (found.start - 1, found.start - 2)):
        if words.low(mark) in DASHES and words.at(other).text[:1].isdigit() and words.at(max(mark, other)).glued:
            return _VOTED.isdisjoint(words.before(found.start, 8)) or not _RESULT.isdisjoint(
                words.before(found.start, 8)
            )
    if "for" in (words.low(found.end), words.low(found.start - 1)) and not _WICKETS.isdisjoint(
        word.low for word in words
    ):
        return True
    return words.low(found.end) in DASHES and words.low(found.end + 1) == "nil"


def is_result_before(words: Words, position: int) -> bool:
    """Whether a word of winning or losing stands shortly before a position."""
    return not _RESULT.isdisjoint(words.before(position, 6))


def _is_one(words: Words, found: Measure) -> bool:
    """Whether "one" is a pronoun or an idiom rather than a count; only "one" with its own noun counts."""
    if words.low(found.start) != "one" or found.bare != found.start + 1:
        return False
    after, tag = words.low(found.end), words.tag(found.end)
    if after in DASHES:
        return False
    if after in _NOT_ONE_AFTER or tag not in ("NN", "JJ", "NNP", "CD", "VBN", "VBG", "JJS", "RBR", "JJR"):
        return True
    return words.low(found.start - 1) in (
        "the",
        "this",
        "that",
        "no",
        "any",
        "every",
        "each",
        "which",
        "number",
        "day",
        "another",
    )


def _is_idiom(words: Words, found: Measure) -> bool:
    before, after = words.low(found.start - 1), words.low(found.end)
    if before in _IDIOMS_BEFORE and words.tag(found.end)[:2] not in ("NN", "JJ"):
        return True
    if words.low(found.start) == "zero" and found.bare == found.start + 1:
        if before in ("below", "above"):
            return True
        return after in ("tolerance", "hour", "day", "emissions", "carbon", "waste") or before in (
            "net",
            "ground",
            "near",
            "-",
        )
    if before == "per" or (before == "every" and words.low(found.start - 2) == "for"):
        return True
    if (
        before in _PHONE
        and found.plain
        and len(words.at(found.start).text) == 3
        and after in ("", ".", ",", "for", "if", "or", '"')
    ):
        return before != "on"
    if (
        words.low(found.start - 1) == "in"
        and words.low(found.start) in ("a", "an")
        and words.low(found.start - 2) == "one"
    ):
        return True
    if after in ("thanks", "cheers") or (before == "thanks" and words.low(found.start) == "a"):
        return True
    return words.low(found.end) in _ROUNDS or (words.low(found.end + 1) in _ROUNDS and after in DASHES)


def _is_unit_idiom(words: Words, found: Measure) -> bool:
    before, after = words.low(found.start - 1), words.low(found.end)
    if found.unit == "percent" and found.low in (100.0, 110.0) and found.bare != found.end:
        return after in (
            "behind",
            "sure",
            "certain",
            "committed",
            "right",
            "convinced",
            "confident",
            "focused",
            "clear",
        ) or before in ("give", "gave", "giving")
    if found.unit == "point" and found.end > found.bare:
        return not _POINTS.isdisjoint(word.low for word in words)
    if (
        found.unit in ("day", "night")
        and words.low(found.start) == "one"
        and words.low(found.end) not in ("of", "later", "before", "after", "ago")
    ):
        return before not in ("in", "for", "only", "just", "than", "within", "least", "about", "of") and found.low == 1
    if found.unit == "m" and found.low in _RACES:
        return after in _EVENTS or (found.end == found.bare + 1 and (before == "the" or before.endswith("'s")))
    return found.unit == "second" and before in ("a", "the", "every", "per")
