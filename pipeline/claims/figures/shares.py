"""Shares of a whole as percent: "a third", "two-thirds", "half of", "one in five", "most people", "a majority of"."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.claims.figures.meanings import SCALES, digits
from pipeline.claims.figures.numerals import Numeral, numeral, part
from pipeline.claims.figures.units import MONEY, UNITS
from pipeline.claims.figures.words import DASHES, Words
from pipeline.claims.wordlist import words as word_list

MOST = (50.0, 100.0)
"""Percent that "most" and "a majority of" stand for."""

_COMPARED = word_list(
    "more less fewer higher lower dearer cheaper larger smaller bigger faster slower longer shorter up down full "
    "empty complete finished built through off owned worse better older younger above below"
)
_NO_HALF_AFTER = word_list(
    "time way back term mast marathon past price century day hour brother sister hearted baked measures truth truths "
    "volley pint moon pound"
)
_NO_HALF_BEFORE = word_list("first second better latter opening closing final third fourth next last early half-")
_NO_QUARTER_BEFORE = word_list(
    "first second third fourth final opening last this next previous per every each the current in a' latest earlier"
)
_SIZES = word_list("size price number rate speed height length width weight age level average usual depth")


class Share(NamedTuple):
    """A share in percent that ends before the word `end`."""

    end: int
    low: float
    high: float
    vague: bool = False


def share(words: Words, position: int) -> Share | None:
    """Return the share that begins at a position, or None."""
    low = words.low(position)
    if low in ("most", "majority", "a", "the", "vast", "an", "overwhelming", "large"):
        found = _most(words, position)
        if found is not None or low not in ("a", "an"):
            return found
    return _in_every(words, position) or _fraction(words, position) or _slashed(words, position)


def _most(words: Words, position: int) -> Share | None:
    low, after, before = words.low(position), words.low(position + 1), words.low(position - 1)
    if low == "most":
        if before in ("the", "at", "for", "a", "second", "third", "whose") or words.tag(position - 1) in (
            "PRP$",
            "POS",
        ):
            return None
        end = position + 2 if after == "of" and words.low(position + 2) != "all" else position + 1
        return Share(end, *MOST, True) if _most_of_many(words, position) else None
    start = position
    while words.low(position) in ("a", "the", "vast", "overwhelming", "large", "great", "clear"):
        position += 1
    if start == position and low != "majority":
        return None
    counts = numeral(words, position + 2) is not None and words.low(position + 2) not in ("a", "one")
    if words.low(position) != "majority" or words.low(position + 1) != "of" or counts:
        return None
    return Share(position + 2, *MOST, True)


def _most_of_many(words: Words, position: int) -> bool:
    after = words.low(position + 1)
    if after == "of":
        return words.low(position + 2) != "all"
    if after in ("were", "are", "have", "had", "said", "say", "came", "come", "died", "believe", "think", "will"):
        return True
    step = position + 1
    while words.tag(step) in ("JJ", "NN", "VBN", "VBG") and step < position + 4:
        step += 1
    if words.tag(step) not in ("NNS", "NNPS"):
        return False
    token = words.at(position).token
    return step == position + 1 or token.tag_ != "RBS" or token.head.i == words.at(step).token.i


def _in_every(words: Words, position: int) -> Share | None:
    """Read "one in five", "two out of three", "six schools in ten", "1-in-5"; not "three out of the four"."""
    first = numeral(words, position)
    if first is None or first.vague or first.scale > 1:
        return None
    after = first.end
    dashed = words.low(after) in DASHES
    nouns = 0
    while nouns < 2 and not dashed and words.tag(after) in ("NNS", "NN", "JJ") and words.low(after) not in UNITS:
        after, nouns = after + 1, nouns + 1
    after += dashed
    if words.low(after) == "out" and words.low(after + 1) == "of":
        after += 2
    elif words.low(after) == "in":
        after += 1
    else:
        return None
    after += dashed and words.low(after) in DASHES
    every = words.low(after) in ("every", "each")
    whole = numeral(words, after + every)
    if every and words.low(after + 1) in ("hundred", "thousand", "million"):
        size = SCALES[words.low(after + 1)]
        whole = Numeral(after + 1, after + 2, size, size)
    if whole is None or whole.vague or not _is_whole(words, first, whole, nouns > 0, every):
        return None
    value = first.low / whole.low * 100
    return Share(whole.end, value, value)


def _is_whole(words: Words, first: Numeral, whole: Numeral, nouns: bool, every: bool) -> bool:
    if whole.low <= first.low or whole.end <= whole.start or words.low(whole.start) in ("a", "an"):
        return False
    if whole.plain and 1500 <= whole.low <= 2100 and len(words.at(whole.start).text) == 4 and not every:
        return False
    unit = words.low(whole.end + (words.low(whole.end) in DASHES))
    if unit in UNITS or unit in MONEY or (words.at(whole.end).glued and unit[:1].isalpha()):
        return False
    return every or not (nouns and words.tag(whole.end) in ("NNS", "NN", "NNP", "JJ"))


def _fraction(words: Words, position: int) -> Share | None:
    found = part(words, position)
    if found is None:
        return None
    end, value = found
    start = position + (words.low(position) in ("a", "one"))
    if words.low(start) == "half" or (words.low(end - 1) == "half"):
        good = _is_half(words, position, end)
    elif words.low(end - 1) == "quarter":
        good = words.low(position - 1) not in _NO_QUARTER_BEFORE and _is_part(words, end)
    elif words.low(position) in ("a", "one") and words.low(position + 1) not in DASHES:
        good = words.low(end - 1) != "second" and _is_part(words, end)
    else:
        good = not _is_unit(words, end)
    return Share(end, value * 100, value * 100) if good else None


def _is_unit(words: Words, end: int) -> bool:
    """Whether a part is of one unit or power, "three-quarters of a mile": then it is no share."""
    of = words.low(end) == "of"
    start = end + of
    if words.low(start) in ("a", "an"):
        return words.low(start + 1) in UNITS or words.low(start + 1) in SCALES or words.low(start + 1) in MONEY
    return not of and words.low(start) in (*SCALES, "final", "finals", "finalist")


def _is_part(words: Words, end: int) -> bool:
    """Whether "a third", "a quarter" is a share rather than an ordinal or three months, from the word after it."""
    low, tag = words.low(end), words.tag(end)
    if low in DASHES or _is_unit(words, end) or low in ("year", "time", "person", "party", "consecutive", "straight"):
        return False
    if low in _COMPARED or tag in ("JJR", "RBR") or not low or not low[0].isalnum():
        return True
    if low in ("was", "is", "has", "earlier", "ago", "later"):
        return False
    if tag == "NN" and words.at(end).token.dep_ in ("attr", "acomp") and words.low(end + 1) == "than":
        return True  # "a third dearer than": an adjective that the tagger does not know
    return tag not in ("NN", "NNS", "NNP", "NNPS", "JJ", "CD", "VBG", "VBN", "JJS")


def _is_half(words: Words, position: int, end: int) -> bool:
    before, after = words.low(position - 1), words.low(end)
    if (
        before in _NO_HALF_BEFORE
        or before in DASHES
        or after in DASHES
        or before == "in"
        or (before == "and" and words.low(position) == "a")
    ):
        return False
    if after in _NO_HALF_AFTER or after in ("as", "that", "those", "this", "again", "what") or _is_unit(words, end):
        return False
    if after in ("a", "an"):
        return False
    determined = after in ("the", "its", "their", "his", "her", "our") or words.tag(end) == "PRP$"
    return not (determined and (words.low(end + 1) in _SIZES or words.low(end + 1) == "previous"))


def is_relative_half(words: Words, position: int) -> bool:
    """Whether "half" compares two sizes: "half that", "half as many", "half the size of", "cut in half"."""
    after = words.low(position + 1)
    if words.low(position - 1) == "in":
        return words.low(position - 2) not in ("earlier", "goals", "late") and after not in ("of", "a")
    if after in ("as", "that", "those", "what"):
        return True
    return (after in ("the", "its", "their", "his", "her", "our")) and (
        words.low(position + 2) in _SIZES or words.low(position + 2) == "previous"
    )


def _slashed(words: Words, position: int) -> Share | None:
    """Read "2/3 of"."""
    if words.low(position + 1) != "/" or words.low(position + 3) != "of":
        return None
    above, below = digits(words.low(position)), digits(words.low(position + 2))
    if not above or not below or above >= below or below > 20:
        return None
    value = above / below * 100
    return Share(position + 3, value, value)
