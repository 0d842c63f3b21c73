"""One table of how good verdicts are, over every labelled set and for simple systems, too.

    python -m benchmarks.quality.verdict_table [--set NAME]… [--system NAME]… [--json OUT] [--write]

For each set and system: precision, recall and F1 of contradiction and of same, macro-F1 over the labels that the set
has, area under the ROC curve and expected calibration error of the chance of a contradiction (ten even bins), and pairs
told a second, reading of the texts apart. Where a set has fewer labels than the four verdicts, verdicts of one label
count as one. The model of pairs is the one that the settings name (CROSSCLAIM_VERDICTS__MODEL), else the shipped one.
`--write` keeps the table in benchmarks/results/verdict_table.md.

The whole takes two minutes on two cores, one process each, and a cross-encoder as much again. Sets are in `sets.py`
and `stances.py`, systems in `systems.py`; nothing is fitted here (`fit.py`).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from benchmarks.quality.verdict_table.measure import Outcome, Reading, run_all
from benchmarks.quality.verdict_table.report import as_json, markdown
from benchmarks.quality.verdict_table.sets import FAMILIES, load_sets
from benchmarks.quality.verdict_table.systems import SYSTEMS
from pipeline.config import load

KEPT = Path(__file__).resolve().parents[2] / "results" / "verdict_table.md"
COMMAND = "python -m benchmarks.quality.verdict_table"


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog=COMMAND, description="Measure verdicts over all labelled sets.")
    parser.add_argument("--set", choices=FAMILIES, action="append", dest="sets", help="only this set; may be repeated")
    parser.add_argument("--system", choices=SYSTEMS, action="append", dest="systems", help="only this system")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    parser.add_argument("--write", action="store_true", help=f"keep the whole table in {KEPT.name}")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), help="processes (2)")
    wanted = parser.parse_args(arguments)
    if wanted.write and (wanted.sets or wanted.systems or load().verdicts.model):
        parser.error("--write keeps the whole table of the shipped model: leave --set, --system and other models out")
    return wanted


def run(sets: Sequence[str], names: Sequence[str], jobs: int) -> tuple[list[Outcome], Reading]:
    """Measure, and show how far it is."""
    chosen = load_sets(sets)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as progress:
        task = progress.add_task("measuring pairs", total=sum(len(one.pairs) for one in chosen))
        return run_all(chosen, names, jobs, lambda one: progress.advance(task, len(one.pairs)))


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    wanted = parse(arguments)
    outcomes, reading = run(wanted.sets or list(FAMILIES), wanted.systems or SYSTEMS, wanted.jobs)
    told = markdown(outcomes, reading)
    print(told)
    if wanted.json is not None:
        wanted.json.write_text(as_json(outcomes, reading), encoding="utf-8")
    if wanted.write:
        KEPT.write_text(f"# Verdicts over all labelled sets\n\n`{COMMAND} --write`\n\n{told}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
