"""The words of a parsed sentence as figures are read from them: "£1.2bn-a-year" is £, 1.2, bn, -, a, -, year.

The parser's own tokens cut "90p", "3-1" and "F-16" now in one way, now in another, so the sentence is split again and
each word keeps the token that it begins in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from spacy.attrs import IDX

from pipeline.claims.parsed import text_of
from pipeline.claims.wordlist import words

_WORD = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3}(?:\.[0-9]+)?(?![0-9])"
    r"|[0-9]{1,3}(?: [0-9]{3})+(?![0-9])(?![.,:/–-][0-9])"
    r"|[0-9]+(?:\.[0-9]+)*"
    r"|(?<![\w.])\.[0-9]+"
    r"|[ap]\.m\.|(?:[A-Z]\.){2,}"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)?"
    r"|\S"
)
_MAY_HOLD = re.compile(r"[0-9¼½¾⅓⅔⅕⅛]|(?:about|over|around|roughly|under|than|almost|nearly|least) an? |and a half")
_LETTERS = re.compile(r"[a-z]+")
DASHES = frozenset("-–—‑−")


class Word(NamedTuple):
    """A word, its offsets in the parser's text, whether it follows without white space, and its token's position."""

    text: str
    low: str
    start: int
    end: int
    glued: bool
    place: int
    doc: Any

    @property
    def token(self) -> Any:
        """The spaCy token that the word begins in, None outside of the sentence."""
        return None if self.doc is None else self.doc[self.place]


NOWHERE = Word("", "", 0, 0, False, 0, None)


class Words(Sequence[Word]):
    """The words of a sentence; `at` gives an empty word outside of it."""

    def __init__(self, doc: Any) -> None:
        """Split a spaCy document."""
        self.doc = doc
        self._words = _split(doc)
        self._lows = [word.low for word in self._words]
        self._count = len(self._words)

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self._words)

    def __getitem__(self, position: Any) -> Any:
        """Return one word, or a slice of them."""
        return self._words[position]

    def at(self, position: int) -> Word:
        """Return the word at a position, an empty one where there is none."""
        return self._words[position] if 0 <= position < self._count else NOWHERE

    def low(self, position: int) -> str:
        """Return the lower-cased word at a position, "" where there is none."""
        return self._lows[position] if 0 <= position < self._count else ""

    def before(self, position: int, count: int) -> tuple[str, ...]:
        """Return the lower-cased words before a position, at most `count`."""
        return tuple(self._lows[max(0, position - count) : position])

    def tag(self, position: int) -> str:
        """Return the tag of the word's token, "" where there is none."""
        return str(self.doc[self._words[position].place].tag_) if 0 <= position < self._count else ""


def _split(doc: Any) -> list[Word]:
    found: list[Word] = []
    starts: list[int] = doc.to_array(IDX).tolist()
    index, last, last_end = 0, len(starts) - 1, -1
    for match in _WORD.finditer(text_of(doc)):
        start, end = match.span()
        while index < last and starts[index + 1] <= start:
            index += 1
        text = match.group()
        found.append(Word(text, text.lower(), start, end, start == last_end, index, doc))
        last_end = end
    return found


_STARTERS = words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion "
    "dozen half quarter third thirds quarters fifth fifths tenth tenths sixth seventh eighth ninth few several couple "
    "handful dozens scores tens hundreds thousands millions billions trillions most majority no none nobody not double "
    "doubled doubles doubling tripled triple triples tripling trebled treble trebling quadrupled quadruple quadrupling "
    "quintupled halved halve halving halves twice thrice twofold threefold fourfold fivefold sixfold sevenfold "
    "eightfold ninefold tenfold hundredfold single triple tenner fiver lakh crore figure an a"
) - words("a an")


_BEGIN = _STARTERS | words("a an us$ . $ € £ ¥ ₹ ₽ ₩ ₺ ₦ ₪ ₴ ฿ ₫ ₱ ¼ ½ ¾ ⅓ ⅔ ⅕ ⅛")


def may_begin(sentence: Words, position: int) -> bool:
    """Whether a figure may begin at a word: the cheap test before the readers."""
    low = sentence[position].low
    if low in _BEGIN or "0" <= low[0] <= "9" or (low[0] == "." and len(low) > 1):
        return True
    if len(low) > 4:
        return False
    after = sentence.low(position + 1)
    return after == "$" or "0" <= after[:1] <= "9"


def may_hold_figures(text: str) -> bool:
    """Whether a text has a digit or a word that a figure may begin with: the cheap test before all else."""
    return _MAY_HOLD.search(text) is not None or not _STARTERS.isdisjoint(_LETTERS.findall(text.lower()))
