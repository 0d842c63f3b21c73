"""Plots as shapes in a coordinate system of their own; the templates draw them as SVG. Pure.

Widths and heights are in units of a view box that is as wide as WIDTH; colours and lines are the style sheet's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import log10

from pipeline.ports import Index, Interval, Query
from schemas.claim import Claim, Quantity
from schemas.cluster import Cluster
from schemas.contradiction import Contradiction

WIDTH = 720
HEIGHT = 96
MOST_BARS = 120
ROW = 26
"""Height of a row in a plot of rows."""
LABELS = 190
"""Width that is kept for the names of rows."""
MOST_ROWS = 14

_STEPS: tuple[tuple[Interval, timedelta], ...] = (
    ("hour", timedelta(hours=1)),
    ("day", timedelta(days=1)),
    ("week", timedelta(days=7)),
    ("month", timedelta(days=30)),
)


@dataclass(frozen=True)
class Bar:
    """One interval: where its bar stands, how high it is, what it counts, and which times it covers."""

    x: float
    width: float
    height: float
    number: int
    begins: datetime
    ends: datetime


@dataclass(frozen=True)
class Histogram:
    """Documents over time; `interval` names the width of a bar."""

    bars: tuple[Bar, ...]
    interval: Interval
    first: datetime
    last: datetime
    highest: int


def histogram(index: Index, query: Query) -> Histogram | None:
    """Return what matches over time, in bars as fine as fit; None when that shows nothing (fewer than two bars)."""
    days = index.histogram(query, "day")
    if not days:
        return None
    span = days[-1][0] + timedelta(days=1) - days[0][0]
    interval, step = next((it for it in _STEPS if span / it[1] <= MOST_BARS), _STEPS[-1])
    counted = days if interval == "day" else index.histogram(query, interval)
    if len(counted) < 2:
        return None
    first, last = counted[0][0], counted[-1][0] + step
    highest = max(number for _, number in counted)
    scale = WIDTH / ((last - first) / step)
    bars = tuple(
        Bar(
            x=round((begins - first) / step * scale, 1),
            width=round(max(1.0, scale - 1), 1),
            height=round(max(2.0, number / highest * HEIGHT), 1),
            number=number,
            begins=begins,
            ends=begins + step,
        )
        for begins, number in counted
    )
    return Histogram(bars, interval, first, last, highest)


@dataclass(frozen=True)
class Dot:
    """One report of a row: where, and whether it denies."""

    x: float
    denies: bool
    copy: bool
    at: datetime


@dataclass(frozen=True)
class Lane:
    """One outlet's reports."""

    name: str
    dots: tuple[Dot, ...]
    y: float
    first: bool


@dataclass(frozen=True)
class Spread:
    """A cluster's reports by outlet over time, the first outlet on top; `hidden` outlets did not fit."""

    lanes: tuple[Lane, ...]
    height: float
    ticks: tuple[tuple[float, str], ...]
    hidden: int


def spread(cluster: Cluster) -> Spread | None:
    """Return how a claim spread from its first outlet; None for fewer than two outlets."""
    by_outlet: dict[str, list[tuple[datetime, bool, bool]]] = {}
    for member in sorted(cluster.members, key=lambda each: each.published_at):
        denies, copied = member.role == "denies", member.copy_of is not None
        by_outlet.setdefault(member.outlet, []).append((member.published_at, denies, copied))
    if len(by_outlet) < 2:
        return None
    times = [at for reports in by_outlet.values() for at, _, _ in reports]
    begin, end = min(times), max(times)
    place = _scale(begin.timestamp(), end.timestamp())
    lanes = tuple(
        Lane(
            name=outlet,
            dots=tuple(Dot(place(at.timestamp()), denies, copied, at) for at, denies, copied in reports),
            y=ROW * (number + 0.5),
            first=number == 0,
        )
        for number, (outlet, reports) in enumerate(list(by_outlet.items())[:MOST_ROWS])
    )
    ticks = ((place(begin.timestamp()), _stamp(begin)), (place(end.timestamp()), _stamp(end)))
    return Spread(lanes, ROW * len(lanes), ticks, max(0, len(by_outlet) - MOST_ROWS))


@dataclass(frozen=True)
class Range:
    """One figure as an interval on the axis; `x` and `end` are equal for a single number. Open ends go to the edge."""

    name: str
    words: str
    x: float
    end: float
    y: float
    second: bool
    hedged: bool
    claim_id: str


@dataclass(frozen=True)
class Figures:
    """The figures of a contradiction on one axis."""

    ranges: tuple[Range, ...]
    height: float
    ticks: tuple[tuple[float, str], ...]
    unit: str
    logarithmic: bool


def figures(contradiction: Contradiction, claims: dict[str, Claim]) -> Figures | None:
    """Return the figures that stand against each other on one axis; None where fewer than two can be compared.

    Figures of the same unit and kind are compared: those of the leading pair's first figure that both sides have.
    """
    sides = [(side, second) for proof in contradiction.evidence for side, second in ((proof.a, 0), (proof.b, 1))]
    firsts = {side.claim_id: (side, bool(second)) for side, second in reversed(sides)}
    rows = [
        (side, second, quantity)
        for claim_id, (side, second) in sorted(firsts.items(), key=lambda it: it[1][0].published_at)
        if claim_id in claims
        for quantity in claims[claim_id].quantities
        if _is_size(quantity)
    ]
    shared = {_measure(q) for _, second, q in rows if not second} & {_measure(q) for _, second, q in rows if second}
    if not shared:
        return None
    measure = min(shared, key=lambda each: [_measure(q) for *_, q in rows].index(each))
    rows = [row for row in rows if _measure(row[2]) == measure][:MOST_ROWS]
    ends = [value for *_, q in rows for value in (q.low, q.high) if value is not None]
    low, high = min(ends), max(ends)
    logarithmic = low > 0 and high / low >= 50
    place = _scale(log10(low), log10(high)) if logarithmic else _scale(min(0.0, low), high)

    def at(value: float | None, otherwise: float) -> float:
        return otherwise if value is None else place(log10(value) if logarithmic else value)

    ranges = tuple(
        Range(
            name=side.source or side.outlet,
            words=quantity.text,
            x=at(quantity.low, LABELS),
            end=at(quantity.high, WIDTH),
            y=ROW * (number + 0.5),
            second=second,
            hedged=quantity.approximate or quantity.low != quantity.high,
            claim_id=side.claim_id,
        )
        for number, (side, second, quantity) in enumerate(rows)
    )
    marks = sorted({low, high}) if logarithmic else sorted({min(0.0, low), high})
    ticks = tuple((at(value, 0), f"{value:,.12g}") for value in marks)
    return Figures(ranges, ROW * len(ranges), ticks, " ".join(word for word in measure if word), logarithmic)


def _is_size(quantity: Quantity) -> bool:
    return quantity.role in ("value", "from", "to") and not (quantity.low is None and quantity.high is None)


def _measure(quantity: Quantity) -> tuple[str, str]:
    return (quantity.unit or "", "" if quantity.unit else quantity.counted or "")


class _scale:  # noqa: N801 - used as a function
    """Values to places between the names and the right edge."""

    def __init__(self, low: float, high: float) -> None:
        self._low, self._span = low, high - low

    def __call__(self, value: float) -> float:
        share = (value - self._low) / self._span if self._span else 0.5
        return round(LABELS + 8 + share * (WIDTH - LABELS - 24), 1)


def _stamp(moment: datetime) -> str:
    moment = moment.astimezone(UTC)
    return f"{moment.day} {moment:%b, %H:%M}"
