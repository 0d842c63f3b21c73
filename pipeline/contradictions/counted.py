"""What a figure counts, beyond its noun: the words beside it in its sentence that make it of another thing.

"14 more officers" are not all officers, "including four women" not all who were caught, the 24 of "21 of the 24
sailors" not those who were saved, and who is missing is not who was killed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.contradictions.reading import READINGS, Reading, carries
from pipeline.contradictions.tables import family
from pipeline.matching.words import tokens
from schemas.claim import Quantity

NEAR = 6
"""Words after a figure, and half as many before it, that may say what it counts; set by reading replayed claims."""

_MORE_BEFORE = re.compile(r"\b(?:another|a further|an additional|an extra|other)\s+$", re.IGNORECASE)
_MORE_AFTER = re.compile(r"^\s*(?:more(?! than)|others?|further|additional|extra)\b", re.IGNORECASE)
_PART = re.compile(
    r"\b(?:including|among them|of whom|of which|of them)[,:]?\s+(?:the |at least |about )?$", re.IGNORECASE
)
_WHOLE = re.compile(
    r"(?:\d|\b(?:none|one|two|three|four|five|six|seven|eight|nine|ten|half|third|quarter|most|many|some|few|all|out"
    r"|several|dozens|hundreds|each|any|percent|per cent))\s+of\s+(?:(?:the|its|his|her|their|those|these|all)\s+)?$"
    r"|^of\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_GIVEN = re.compile(r"\b(?:the|these|those|all|its|his|her|their|both|groups? of|any of)\s+$", re.IGNORECASE)
_EXACTLY_ONE = re.compile(
    r"\b(?:only|just|exactly|at least|has|have|had|is|was|were|are|been|kill\w*|wound\w*|injur\w*)\s+$", re.IGNORECASE
)
_END = re.compile(r"[.;:!?–—]\s|,|\b(?:and|but|while|including|after|before|who|which|that)\b", re.IGNORECASE)
_STATES = {
    family(word): state
    for state, words in {
        "dead": "killed dead died deaths slain fatalities",
        "hurt": "injured wounded hurt",
        "missing": "missing disappeared vanished",
        "held": "arrested detained jailed",
        "saved": "rescued saved survived",
        "moved": "evacuated displaced",
        "ill": "infected hospitalised",
        "taken": "kidnapped abducted",
        "freed": "released freed",
        "pregnant": "pregnant",
    }.items()
    for word in words.split()
}
"""What befell who is counted; the dead and the missing of one event are other people."""


@dataclass(frozen=True)
class Counted:
    """A figure and what its sentence says of the thing that it counts.

    `kinds` are the words between figure and noun ("injured" of "12 injured workers"), `state` what befell the counted,
    `share` whether they are some beside others, some of a larger figure, or all of whom another figure names some;
    `given` whether the group is known before ("the 43 students").
    """

    quantity: Quantity
    kinds: frozenset[str] = frozenset()
    state: str | None = None
    share: str | None = None
    given: bool = False
    introduced: bool = False
    """True for "one user said": a person is introduced, none is counted."""

    @property
    def noun(self) -> str:
        """The folded noun that is counted; "" for none."""
        return noun(self.quantity)


def noun(quantity: Quantity) -> str:
    """Return the folded noun that a figure counts; "" for none."""
    words = tokens(quantity.counted or "")
    return family(words[-1]) if words else ""


def counted(reading: Reading) -> tuple[Counted, ...]:
    """Return the figures of a claim with what is told of them."""
    return _counted(reading.text, reading.quantities)


@lru_cache(maxsize=READINGS)
def _counted(text: str, quantities: tuple[Quantity, ...]) -> tuple[Counted, ...]:
    """Return the same by what it depends on: a claim is held against many others."""
    return tuple(_read(quantity, *sides) for quantity, sides in _placed(text, quantities))


def other_things(a: Counted, b: Counted) -> bool:
    """Say whether two figures with one noun and unit are of different things by the words beside them."""
    if a.introduced or b.introduced or a.share != b.share:
        return True
    if a.state and b.state and a.state != b.state:
        return True
    if any(x.quantity.high == 0 and y.given for x, y in ((a, b), (b, a))):
        return True
    return bool(a.kinds and b.kinds) and not a.kinds & b.kinds


def _placed(text: str, quantities: tuple[Quantity, ...]) -> Iterator[tuple[Quantity, tuple[str, str]]]:
    """Yield each figure with the text before and after it; a claim may have been reworded, so it is searched."""
    at = 0
    for quantity in sorted(quantities, key=lambda it: it.start):
        found = re.compile(rf"(?<!\w){re.escape(quantity.text)}(?!\w)", re.IGNORECASE).search(text, at)
        if found is None:
            yield quantity, ("", "")
        else:
            at = found.end()
            yield quantity, (text[: found.start()], text[at:])


def _read(quantity: Quantity, before: str, after: str) -> Counted:
    clause = _clause(after)
    state = _state(clause[:NEAR]) or _state(_before(before)[-NEAR // 2 :])
    alone = quantity.text.lower() == "one" and not quantity.unit
    return Counted(
        quantity,
        kinds=_kinds(quantity, clause),
        state=state,
        share=_share(before, after),
        given=bool(_GIVEN.search(before)),
        introduced=alone and state is None and not _EXACTLY_ONE.search(before),
    )


def _share(before: str, after: str) -> str | None:
    if _MORE_BEFORE.search(before) or _MORE_AFTER.search(after):
        return "more"
    if _PART.search(before):
        return "part"
    return "whole" if _WHOLE.search(before) else None


def _clause(after: str) -> list[str]:
    end = _END.search(after)
    return tokens(after[: end.start()] if end else after)


def _before(before: str) -> list[str]:
    return tokens(_END.split(before)[-1])


def _state(words: list[str]) -> str | None:
    return next((_STATES[family(word)] for word in words if family(word) in _STATES), None)


def _kinds(quantity: Quantity, clause: list[str]) -> frozenset[str]:
    """Return the words between a figure and its noun: "injured" of "12 injured workers"."""
    wanted = noun(quantity)
    folded = [family(word) for word in clause[:NEAR]]
    if wanted not in folded:
        return frozenset()
    between = clause[: folded.index(wanted)]
    if "of" in between:
        return frozenset()
    return frozenset(family(word) for word in between if carries(word))
