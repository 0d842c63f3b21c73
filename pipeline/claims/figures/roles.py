"""What a figure does in its sentence: a plain value, an end of a change, the size of a change, or a factor."""

from __future__ import annotations

from typing import Any

from pipeline.claims.figures.figure import Figure
from pipeline.claims.figures.words import Words
from pipeline.claims.wordlist import words as word_list
from schemas.claim import QuantityRole

CHANGES = word_list(
    "cut reduce raise rise fall drop increase decrease grow shrink slash lower lift climb jump surge plunge decline "
    "slip boost trim soar tumble expand double triple change go come gain lose slide swell dip ease edge up hike "
    "downgrade upgrade exaggerate inflate overstate understate revise widen narrow slow accelerate strengthen weaken "
    "halve sink plummet leap rocket skyrocket spike collapse dive tick creep bring move recover rebound bounce "
    "advance improve quadruple retreat shed add extend shorten push knock mount balloon crash spiral deepen contract "
    "scale adjust pare treble dwindle depreciate appreciate devalue outpace exceed taper inch nudge steepen shoot "
    "pull drag drive"
)
"""Lemmas of verbs of change; "from", "to" and "by" after them are ends and size of the change."""
_MEASURED = word_list(
    "rise fall drop increase decrease grow shrink climb jump surge plunge decline slip soar tumble expand gain lose "
    "slide swell dip ease edge widen narrow slow weaken strengthen sink plummet leap rocket skyrocket spike collapse "
    "dive tick creep recover rebound bounce advance improve retreat shed contract add trim up hike accelerate knock "
    "appreciate depreciate shave"
)
"""Those of them whose object may be the size of the change ("rose 3 percent", "shed 40 points", "added £87")."""
_MONEY_MOVED = word_list("add shave knock trim cut slash shed wipe")
_CHANGE_NOUNS = word_list(
    "rise fall drop increase decrease decline cut reduction growth jump surge hike gain loss slump dip uplift boost "
    "improvement swing plunge expansion contraction uptick spike discount slide climb leap markdown downturn "
    "devaluation depreciation upgrade downgrade change saving"
)
_COMPARED = word_list(
    "more less fewer higher lower dearer cheaper larger smaller bigger faster slower longer shorter outside ahead "
    "behind older younger heavier lighter better worse taller above below up down off"
)
_POINTS = ("percent", "percentage_points", "basis_points")
_SKIPPED = word_list(
    "just only a an the its their his her another further some as extra record about around nearly almost"
)


def role(words: Words, figure: Figure, figures: list[Figure]) -> QuantityRole:
    """Return what a figure does; `figures` are all of its sentence, in order."""
    if figure.kind == "factor":
        return "factor"
    if figure.kind == "none":
        return "value"
    before = figure.start - 1
    while words.low(before) in _SKIPPED and before > figure.start - 4:
        before -= 1
    near = words.low(before)
    verb = _verb_before(words, figure)
    changes = verb is not None and str(verb.lemma_).lower() in CHANGES
    if near == "from" and (changes or _paired(words, figure, figures, "to") or words.low(before - 1) in ("up", "down")):
        return "from"
    if near == "to" and (changes or _paired(words, figure, figures, "from") or _moved(words, before)):
        return "to"
    if words.before(figure.first, 2) == ("up", "to") and changes:
        return "to"
    if _is_change(words, figure, near, before, verb) or _restates(words, figure, figures):
        return "change"
    return "value"


def _restates(words: Words, figure: Figure, figures: list[Figure]) -> bool:
    """Whether a figure says a change again in another unit: "rose $1.35, or 1.6 percent"."""
    place = figures.index(figure)
    if place == 0 or figures[place - 1].unit == figure.unit or figures[place - 1].kind != "number":
        return False
    between = words.before(figure.start, figure.start - figures[place - 1].end)
    said = between in ((",", "or"), ("or",), ("(",))
    return said and role(words, figures[place - 1], figures[:place]) == "change"


def _paired(words: Words, figure: Figure, figures: list[Figure], joint: str) -> bool:
    """Whether another figure stands after the other half of "from … to"."""
    return any(joint in words.before(one.start, 2) for one in figures if one is not figure)


def _moved(words: Words, position: int) -> bool:
    """Whether "up", "down" or a noun of change stands shortly before "to": "up a tenth to 22,600"."""
    return bool({"up", "down", *_CHANGE_NOUNS} & set(words.before(position, 7)))


def _is_change(words: Words, figure: Figure, near: str, before: int, verb: Any | None) -> bool:
    after, tag = words.low(figure.end), words.tag(figure.end)
    lemma = str(verb.lemma_).lower() if verb is not None else ""
    if near in ("up", "down", "off") and words.low(before - 1) != "to" and words.at(before).token.dep_ != "prep":
        return words.at(before).token.dep_ != "prt" or lemma in CHANGES
    if near == "by" and (lemma in CHANGES or _noun_of_change(words, before)):
        return True
    if figure.unit in _POINTS and near == "by":
        return lemma not in ("win", "lead", "vote", "beat", "pass", "approve", "lose")
    if after in _COMPARED or tag in ("JJR", "RBR"):
        return _compares(words, figure)
    if near == "of" and _noun_of_change(words, before):
        return True
    if _noun_at(words, figure.end + (words.low(figure.end) == "-")) and figure.kind != "share":
        return figure.unit is not None and figure.unit != "times"
    directly = verb is not None and words.at(before).token is not None and words.at(before).token.i == verb.i
    if not directly or (figure.kind == "share" and figure.approximate) or lemma not in _MEASURED | _MONEY_MOVED:
        return False
    if figure.unit is None:
        return lemma in _MEASURED - _MONEY_MOVED - {"lose", "gain"} and words.tag(figure.end)[:2] not in ("NN", "JJ")
    return figure.unit in ("percent", "percentage_points", "basis_points", "point") or lemma not in (
        "hike",
        "up",
        "lose",
        "cut",
    )


def _compares(words: Words, figure: Figure) -> bool:
    """Whether "more", "higher" after a figure compares: not "hundreds more are missing", "two years longer term"."""
    after, low = words.low(figure.end + 1), words.low(figure.end)
    if after == "than" or figure.unit in _POINTS:
        return True
    if low in ("up", "down", "off", "above", "below", "behind", "ahead"):
        return False
    if figure.unit is None and low == "more":
        return False
    return low != "more" or len(figure.unit or "") == 3


def _noun_of_change(words: Words, position: int) -> bool:
    return not _CHANGE_NOUNS.isdisjoint(words.before(position, 4))


def _noun_at(words: Words, position: int) -> bool:
    """Whether a noun of change follows: "a 5 percent pay rise"."""
    for step in range(position, position + 4):
        if words.low(step) in _CHANGE_NOUNS:
            return words.tag(step)[:2] == "NN"
        if words.tag(step)[:2] not in ("NN", "JJ"):
            return False
    return False


def _verb_before(words: Words, figure: Figure) -> Any | None:
    """Return the verb that the figure hangs on in the parse, or the one just before it."""
    token = words.at(figure.bare - 1).token
    for _ in range(7):
        if token.pos_ == "VERB":
            return token
        if token.head == token:
            return None
        token = token.head
    return None
