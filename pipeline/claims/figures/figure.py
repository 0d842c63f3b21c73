"""A figure as it is found in the words of a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["number", "share", "factor", "none"]


@dataclass(frozen=True)
class Figure:
    """Words [start, end) with their interval in `unit`; None is open on that side.

    The number alone stands at [first, bare), with its unit at [first, measured). `whom` is what is counted where the
    words themselves say it ("nobody"), `hyphen` that the figure describes the noun after it ("14-hour debate").
    """

    start: int
    end: int
    first: int
    bare: int
    measured: int
    low: float | None
    high: float | None
    approximate: bool
    unit: str | None
    kind: Kind
    whom: str | None = None
    hyphen: bool = False
    scale: float = 1.0
