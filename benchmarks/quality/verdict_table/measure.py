"""Runs systems over sets, several sets at a time, and works out the figures."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass

from benchmarks.newsclash.pairs import LabelledPair
from benchmarks.newsclash.score import Prediction, score
from benchmarks.quality.verdict_table.cases import CaseSet
from benchmarks.quality.verdict_table.reading import Texts
from benchmarks.quality.verdict_table.systems import system

Rates = tuple[float, float, float]


@dataclass(frozen=True)
class Outcome:
    """What one system said of one set; `seconds` for its pairs once their texts were read."""

    cases: CaseSet
    system: str
    told: tuple[Prediction, ...]
    seconds: float


@dataclass(frozen=True)
class Reading:
    """How many texts were read for a set, each once, and the seconds that it took."""

    texts: int
    seconds: float


@dataclass(frozen=True)
class Figures:
    """What was measured; None where a set has no such label."""

    pairs: int
    contradiction: Rates | None
    same: Rates | None
    macro_f1: float
    auroc: float | None
    calibration_error: float | None
    pairs_per_second: float


def run_one(cases: CaseSet, names: Sequence[str]) -> tuple[list[Outcome], Reading]:
    """Return what each system says of one set. The first pair is told twice: models load on first use."""
    texts = Texts()
    first = CaseSet(cases.name, cases.cases[:1], cases.names)
    found = []
    for name in names:
        tell = system(name)
        tell(first, Texts())
        before, started = texts.spent, time.perf_counter()
        told = tuple(tell(cases, texts))
        elsewhere = texts.spent - before
        found.append(Outcome(cases, name, told, time.perf_counter() - started - elsewhere))
    return found, Reading(texts.read, texts.spent)


def run_all(
    sets: Sequence[CaseSet], names: Sequence[str], jobs: int, done: Callable[[CaseSet], None]
) -> tuple[list[Outcome], Reading]:
    """Return what the systems say of all sets, in their order; `done` hears of each set once it is finished."""
    by_set: dict[int, list[Outcome]] = {}
    count, seconds = 0, 0.0
    for number, outcomes, reading in _runs(sets, names, jobs):
        by_set[number] = outcomes
        count, seconds = count + reading.texts, seconds + reading.seconds
        done(sets[number])
    return [one for number in range(len(sets)) for one in by_set[number]], Reading(count, seconds)


def _runs(sets: Sequence[CaseSet], names: Sequence[str], jobs: int) -> Iterator[tuple[int, list[Outcome], Reading]]:
    largest_first = sorted(range(len(sets)), key=lambda number: -len(sets[number].pairs))
    if jobs == 1:
        for number in largest_first:
            yield number, *run_one(sets[number], names)
        return
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting = {pool.submit(run_one, sets[number], names): number for number in largest_first}
        for future in as_completed(waiting):
            yield waiting[future], *future.result()


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """Return the figures of one system over the sets of `outcomes` together, for the labels that these have."""
    rows, told = [], {}
    for number, outcome in enumerate(outcomes):
        for case, prediction in zip(outcome.cases.cases, outcome.told, strict=True):
            row = LabelledPair(f"{number} {case.id}", "", "", *case.pairs[0], case.label)
            rows.append(row)
            told[row.id] = prediction
    present = {row.label for row in rows}
    measured = score(rows, told, sorted(present))
    contradicted = "contradiction" in present
    seconds = sum(outcome.seconds for outcome in outcomes)
    return Figures(
        pairs=len(rows),
        contradiction=measured.rates.get("contradiction"),
        same=measured.rates.get("same"),
        macro_f1=measured.macro_f1,
        auroc=measured.auroc if contradicted and len(present) > 1 else None,
        calibration_error=measured.calibration_error if contradicted else None,
        pairs_per_second=sum(len(outcome.cases.pairs) for outcome in outcomes) / max(seconds, 1e-6),
    )
