"""What a verdict is measured on: labelled pairs of texts, sampled by a hash so that every run has the same ones."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.quality.verdicts_data import DATA, hashed
from schemas.verdict import LABELS

FOUR: Mapping[str, str] = {name: name for name in LABELS}
NEUTRAL: Mapping[str, str] = {**FOUR, "compatible": "neutral", "unrelated": "neutral"}
SAME_OR_NOT: Mapping[str, str] = {name: "same" if name == "same" else "different" for name in LABELS}

_FOREMOST = ("contradiction", "same", "compatible", "neutral", "different", "unrelated")

TextPair = tuple[str, str]


@dataclass(frozen=True)
class Case:
    """What has one label: a pair of texts, or the several pairs by which a headline and an article are compared."""

    id: str
    pairs: tuple[TextPair, ...]
    label: str


@dataclass(frozen=True)
class CaseSet:
    """Labelled cases; `names` says what each of the four verdicts is called here, `note` what they are a sample of."""

    name: str
    cases: tuple[Case, ...]
    names: Mapping[str, str]
    note: str = ""
    source: str | None = None
    """Where a set is told by its sources."""
    aggregated: bool = True

    @property
    def pairs(self) -> list[TextPair]:
        """All pairs of texts, case after case."""
        return [pair for case in self.cases for pair in case.pairs]


def foremost(labels: Sequence[str]) -> str:
    """Return what several pairs say together: a contradiction before the same, before what is compatible."""
    return min(labels, key=_FOREMOST.index)


def sampled(cases: Sequence[Case], most: int) -> tuple[Case, ...]:
    """Return at most so many cases, those of the least hash of their texts; they stay in order."""
    ranked = sorted(cases, key=lambda case: hashed("\n".join(case.pairs[0])))
    kept = {case.id for case in ranked[:most]}
    return tuple(case for case in cases if case.id in kept)


def lines(name: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file beside the checkout. Raises FileNotFoundError."""
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as rows:
        yield from map(json.loads, rows)
