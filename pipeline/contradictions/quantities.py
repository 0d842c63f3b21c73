"""Figures of two claims that cannot both hold: the same thing counted in the same unit, with intervals apart.

Tolls that rise with time, rounding, and figures of other things are no conflict. Years, dates and ordinals are not
quantities here at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from msgspec.structs import replace

from pipeline.contradictions.counted import Counted, counted, noun, other_things
from pipeline.contradictions.finding import Finding
from pipeline.contradictions.reading import Reading
from pipeline.contradictions.tables import family
from schemas.claim import Quantity

Relation = Literal["agree", "apart", "later"]

_SECONDS = {"second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86_400.0, "week": 604_800.0, "month": 2_629_800.0,
            "year": 31_557_600.0}  # fmt: skip

EXACT_ROOM = 0.06
"""Relative distance within which two figures round to one: 4,000 of 44,000 is "one in eleven" (9.1 and 9.1 percent),
46 and 45 are not one toll."""
APPROXIMATE_ROOM = 0.2
"""The same when either is approximate: "about 1,000" is "some 980", and 850 too."""
LATER_AFTER = timedelta(hours=6)
"""Published this much later, a higher count of the dead or infected is an updated figure."""

_GROWING = frozenset(
    family(word)
    for word in [
        "dead",
        "killed",
        "injured",
        "missing",
        "infected",
        "cases",
        "arrested",
        "detained",
        "rescued",
        "evacuated",
        "signatures",
        "votes",
        "victims",
        "casualties",
        "fatalities",
        "deaths",
        "hospitalised",
        "homeless",
        "displaced",
        "donors",
        "views",
        "likes",
        "followers",
    ]
)
_PARTS = frozenset(family(word) for word in ("cent", "half", "third", "quarter", "fifth", "tenth", "dozen"))
"""Parts of a whole: they say how much, not of what."""
_NOT_COUNTED = frozenset({"year", "years", "date", "ordinal", "age"})


@dataclass(frozen=True)
class Figures:
    """Two figures of one thing and how they stand to each other; `thing` is what is counted, in words."""

    a: Quantity
    b: Quantity
    relation: Relation
    thing: str
    strict: bool = True
    """False when what is counted is not named alike, so that the figures may be of two things."""


def compare_figures(a: Reading, b: Reading, later: timedelta = timedelta(0)) -> tuple[Figures, ...]:
    """Return how the comparable figures of two claims stand; `later` is b's time less a's.

    A figure that agrees with one of the other claim, or is the sum of several, is not held against the rest of it.
    """
    left, right = counted(a), counted(b)
    found = [
        Figures(x, y, _relation(x, y, later), _thing(x, y), _counted(x) == _counted(y) and bool(_counted(x)))
        for x, y in _comparable_pairs(left, right)
    ]
    agreed = {(side, getattr(it, side).start) for it in found for side in ("a", "b") if it.relation == "agree"}
    agreed |= {("a", start) for start in _sums(left, right)} | {("b", start) for start in _sums(right, left)}
    return tuple(it for it in found if it.relation == "agree" or not {("a", it.a.start), ("b", it.b.start)} & agreed)


def _comparable_pairs(left: tuple[Counted, ...], right: tuple[Counted, ...]) -> Iterator[tuple[Quantity, Quantity]]:
    for x in left:
        for y in right:
            a, b = _in_seconds(x.quantity), _in_seconds(y.quantity)
            if _comparable(a, b) and not other_things(x, y):
                yield a, b


def _sums(wholes: tuple[Counted, ...], parts: tuple[Counted, ...]) -> Iterator[int]:
    """Yield the starts of figures that add up what the other claim counts one by one: 10 shots, six and then four."""
    for whole in wholes:
        values = [it.quantity.low for it in parts if it.noun == whole.noun != "" and it.quantity.unit is None]
        exact = [value for value in values if value]
        if whole.quantity.unit is None and len(exact) > 1 and sum(exact) in (whole.quantity.low, whole.quantity.high):
            yield whole.quantity.start


def _comparable(a: Quantity, b: Quantity) -> bool:
    if (a.unit or "") != (b.unit or "") or (a.unit or "") in _NOT_COUNTED or a.role == "factor" or b.role == "factor":
        return False
    if "change" in (a.role, b.role) and a.role != b.role:
        return False
    if {a.role, b.role} == {"from", "to"}:
        return False
    if (a.low is None and a.high is None) or (b.low is None and b.high is None):
        return False
    return _counted(a) == _counted(b) or bool(a.unit) or not (_counted(a) and _counted(b))


def _in_seconds(quantity: Quantity) -> Quantity:
    """Return a duration in seconds, so that two days and 48 hours are one."""
    factor = _SECONDS.get(quantity.unit or "")
    if factor is None:
        return quantity
    low, high = (None if end is None else end * factor for end in (quantity.low, quantity.high))
    return replace(quantity, low=low, high=high, unit="duration")


def _counted(quantity: Quantity) -> str:
    head = noun(quantity)
    return "" if head in _PARTS else head


def _thing(a: Quantity, b: Quantity) -> str:
    return a.counted or b.counted or a.unit or b.unit or "the same thing"


def _relation(a: Quantity, b: Quantity, later: timedelta) -> Relation:
    if not _apart(a, b):
        return "agree"
    if _counted(a) in _GROWING and abs(later) >= LATER_AFTER:
        first, second = (a, b) if later > timedelta(0) else (b, a)
        if _middle(second) > _middle(first):
            return "later"
    return "apart"


def _apart(a: Quantity, b: Quantity) -> bool:
    """Say whether no value lies in both intervals, with room for rounding."""
    room = APPROXIMATE_ROOM if a.approximate or b.approximate else EXACT_ROOM
    return _above(a, b, room) or _above(b, a, room)


def _above(a: Quantity, b: Quantity, room: float) -> bool:
    return a.low is not None and b.high is not None and a.low - b.high > room * max(abs(a.low), abs(b.high))


def _middle(quantity: Quantity) -> float:
    ends = [end for end in (quantity.low, quantity.high) if end is not None]
    return sum(ends) / len(ends)


def one_conflict(figures: tuple[Figures, ...]) -> str | None:
    """Return what is counted where exactly one figure of a thing stands on each side and they cannot both hold.

    None where a count may have grown since, or where either side gives several figures of it: parts and wholes.
    """
    apart = [it for it in figures if it.strict and it.relation == "apart"]
    if len(apart) != 1 or _counted(apart[0].a) in _GROWING:
        return None
    a, b = apart[0].a, apart[0].b
    if sum(it.strict and _counted(it.a) == _counted(a) for it in figures) > 1:
        return None
    return _counted(a) if a.role == b.role and a.high != 0 and b.high != 0 else None


def quantity_findings(figures: tuple[Figures, ...], *, plain: bool = False) -> list[Finding]:
    """Find figures of one thing that cannot both hold; `plain` says that the rest of the two claims is one frame."""
    return [
        Finding(
            "quantity",
            1.0 if it.strict else 0.5,
            f"figures cannot both hold: {it.a.text} against {it.b.text} ({it.thing})",
            plain=plain and it.strict,
        )
        for it in figures
        if it.relation == "apart"
    ]
