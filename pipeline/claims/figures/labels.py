"""Numbers that name a thing and count none: "Section 5", "Flight 370", "Boeing 737", addresses, telephone numbers."""

from __future__ import annotations

from pipeline.claims.figures.measures import Measure
from pipeline.claims.figures.words import DASHES, Words
from pipeline.claims.wordlist import words as word_list

_NUMBERED = word_list(
    "no number nos numbers section sections article articles chapter page pages part paragraph clause phase room "
    "flight route highway motorway interstate channel version episode season level item rule figure table volume "
    "grade title district aged age ages resolution category categories cat stage round verse game gate pier block "
    "ward lane zone tier bill amendment proposition prop measure bus line platform terminal runway apartment apt flat "
    "suite unit lot model type group pool heat appendix annex exhibit schedule regulation order directive act scene "
    "psalm form step junction exit road camp building tower reactor line hangar berth dock court studio checkpoint "
    "sector precinct apollo formula windows iphone ps xbox covid falcon boeing airbus "
    "area class docket reference ios isbn lap size seed pick decree law"
)
"""Nouns before a number that make it a label: "section 5", "flight 370", "aged 45"."""
_STREETS = word_list(
    "street st road rd avenue ave lane drive boulevard blvd square terrace close crescent court place parade broadway"
)


def is_telephone(words: Words, position: int) -> bool:
    """Whether a group of digits follows others that begin with 0 or +: "0800 123 4567"."""
    step = position
    while step > position - 5 and words.low(step)[:1].isdigit():
        if step < position and (words.low(step)[0] == "0" or words.low(step - 1) == "+"):
            return True
        step -= 1 + (words.low(step - 1) in DASHES)
    return False


def is_label(words: Words, found: Measure) -> bool:
    before = found.start - 1 - (words.low(found.start - 1) in (".", "between"))
    low, word = words.low(before), words.at(before)
    numbered = low in _NUMBERED and not (low == "no" and words.low(found.start - 1) != "." and word.text != "No")
    if numbered and (low[:2] == "ag" or word.text[:1].isupper() or words.tag(found.end) not in ("NNS", "JJ")):
        return True
    if (
        low in ("and", "to", ",", *DASHES)
        and words.low(before - 2) in _NUMBERED
        and words.at(before - 1).text.isdigit()
    ):
        return words.tag(found.end) != "NNS"
    if word.text in ("#", "§", "№", "@"):
        return True
    if low in ("group", "gang", "league", "school") or (low == "of" and words.at(before - 1).text in ("Group", "Gang")):
        return low == "of"
    first = words.at(found.start)
    capital = first.text[:1].isupper() and found.start and first.text.isalpha()
    if capital and (words.tag(found.start)[:3] == "NNP" or words.at(found.end).text[:1].isupper()):
        return words.low(found.start - 1) not in (":", '"', "-", "–") and not _is_title_case(words)
    after = words.at(found.end)
    if low in ("a", "an") and found.plain and words.tag(found.end)[:2] not in ("NN", "JJ") and after.low not in DASHES:
        return True
    if (
        found.plain
        and after.text[:1].isupper()
        and words.tag(found.end)[:3] == "NNP"
        and after.low in ("eleven", "degrees")
    ):
        return True
    return _after_name(words, found, before)


def _after_name(words: Words, found: Measure, before: int) -> bool:
    """Whether digits stand right after a capitalised name: "Boeing 737", "Falcon 9", not "in Leeds 300 people"."""
    word = words.at(before)
    if word.token is None or not found.plain or words.tag(before) not in ("NNP", "NNPS") or not word.text[:1].isupper():
        return False
    if words.tag(found.end) in ("NNS", "JJ", "VBN") and word.token.dep_ in (
        "pobj",
        "dobj",
        "nsubj",
        "npadvmod",
        "dative",
    ):
        return False
    return words.low(found.end) not in ("people", "per", "million", "other", "more", "men", "women")


def _is_title_case(words: Words) -> bool:
    longer = [word.text for word in words if len(word.text) > 3 and word.text.isalpha()]
    return len(longer) > 2 and sum(text[0].isupper() for text in longer) > 0.8 * len(longer)


def is_address(words: Words, found: Measure) -> bool:
    if not words.at(found.start).text.isdigit():
        return False
    step = found.end
    while step < found.end + 4 and words.at(step).text[:1].isupper():
        if step > found.end and words.low(step) in _STREETS:
            return True
        step += 1
    return (
        words.low(found.end) in DASHES
        and words.at(found.end + 1).text.isdigit()
        and len(words.at(found.end + 1).text) == 4
        and len(words.at(found.start).text) == 3
    )
