"""The table as Markdown and as JSON."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Sequence
from statistics import mean

from benchmarks.quality.verdict_table.cases import CaseSet
from benchmarks.quality.verdict_table.measure import Figures, Outcome, Reading, figures

SMALL = 30
"""Sources with fewer pairs are told together."""
REST = f"those under {SMALL} pairs"
MOST_PER_SECOND = 10_000
"""Speeds beyond it are not told: they are of the clock."""
COLUMNS = (
    "set", "system", "pairs", "contradiction P", "R", "F1", "same P", "R", "F1", "macro-F1", "AUROC", "ECE", "pairs/s",
)  # fmt: skip

Table = dict[str, dict[str, Figures]]
"""Figures by set or source, and by system."""


def by_set(outcomes: Sequence[Outcome]) -> Table:
    """Return the figures of each set, its sources together but for those left out of aggregates."""
    return _table((one for one in outcomes if one.cases.aggregated), lambda cases: cases.name)


def by_source(outcomes: Sequence[Outcome]) -> Table:
    """Return the figures of each source, small ones together."""
    found = _table((one for one in outcomes if one.cases.source is not None), _source)
    return {name: found[name] for name in sorted(found, key=lambda name: (name == REST, name))}


def _source(cases: CaseSet) -> str:
    if len(cases.cases) < SMALL:
        return REST
    return f"{cases.source}{'' if cases.aggregated else ' (left out above)'}"


def _table(outcomes: Iterable[Outcome], name: Callable[[CaseSet], str]) -> Table:
    groups: dict[str, dict[str, list[Outcome]]] = {}
    for one in outcomes:
        groups.setdefault(name(one.cases), {}).setdefault(one.system, []).append(one)
    return {group: {system: figures(some) for system, some in found.items()} for group, found in groups.items()}


def markdown(outcomes: Sequence[Outcome], reading: Reading) -> str:
    """Return the tables, and what the sets are."""
    table = by_set(outcomes)
    notes = {one.cases.name: one.cases.note for one in outcomes}
    lines = [_row(COLUMNS), _row(["---"] * len(COLUMNS))]
    lines += [line(name, system, found) for name, row in table.items() for system, found in row.items()]
    if len(table) > 1:
        lines += ["", "Mean over the sets that have the label:", "", *means(table)]
    lines += ["", *(f"- {name}: {note}." for name, note in notes.items())]
    if reading.texts:
        rate = reading.texts / reading.seconds
        lines.append(
            f"- Reading (parser and encoder) comes once a text, not a pair: {rate:.0f} texts/s in each process."
        )
    sources = by_source(outcomes)
    return "\n".join(lines + (["", *_sources(sources)] if sources else [])) + "\n"


def line(name: str, system: str, found: Figures) -> str:
    """Return one row of the table."""
    rates = [*(found.contradiction or [None] * 3), *(found.same or [None] * 3)]
    shares = [_share(value) for value in (*rates, found.macro_f1, found.auroc, found.calibration_error)]
    return _row([name, system, f"{found.pairs:,}", *shares, _speed(found.pairs_per_second)])


def _speed(rate: float) -> str:
    return f"{rate:,.0f}" if rate < MOST_PER_SECOND else f"> {MOST_PER_SECOND:,}"


def means(table: Table) -> list[str]:
    """Return a table with one row a system: means over sets, each of one weight."""
    lines = [_row(["system", "contradiction F1", "same F1", "macro-F1", "AUROC", "ECE"]), _row(["---"] * 6)]
    for system in dict.fromkeys(system for row in table.values() for system in row):
        found = [row[system] for row in table.values() if system in row]
        values = [
            [one.contradiction[2] for one in found if one.contradiction],
            [one.same[2] for one in found if one.same],
            [one.macro_f1 for one in found],
            [one.auroc for one in found if one.auroc is not None],
            [one.calibration_error for one in found if one.calibration_error is not None],
        ]
        lines.append(_row([system, *(_share(mean(some) if some else None) for some in values)]))
    return lines


def _sources(sources: Table) -> list[str]:
    systems = list(dict.fromkeys(system for row in sources.values() for system in row))
    lines = ["nli.dev by source: F1 of contradiction, macro-F1, AUROC", ""]
    lines += [_row(["source", "pairs", *systems]), _row(["---"] * (len(systems) + 2))]
    for name, row in sources.items():
        cells = [_short(row[system]) for system in systems]
        lines.append(_row([name, str(next(iter(row.values())).pairs), *cells]))
    return lines


def _short(found: Figures) -> str:
    f1 = found.contradiction[2] if found.contradiction else None
    return " · ".join(_share(value) for value in (f1, found.macro_f1, found.auroc))


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}".removeprefix("0")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def as_json(outcomes: Sequence[Outcome], reading: Reading) -> str:
    """Return all figures, by set and by source."""
    found = {
        "sets": _plain(by_set(outcomes)),
        "nli.dev by source": _plain(by_source(outcomes)),
        "texts_per_second": reading.texts / reading.seconds if reading.texts else None,
    }
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def _plain(table: Table) -> dict[str, dict[str, object]]:
    return {name: {system: dataclasses.asdict(found) for system, found in row.items()} for name, row in table.items()}
