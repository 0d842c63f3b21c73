"""Fit the simple systems beside the sets that are measured, for the best macro-F1.

    python -m benchmarks.quality.verdict_table.fit

writes `fitted.json` anew (some four minutes); do so when the encoder or a set changes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path

import msgspec
import numpy as np
from rich.console import Console
from rich.progress import Progress

from benchmarks.quality.verdict_table.cases import CaseSet
from benchmarks.quality.verdict_table.reading import Texts
from benchmarks.quality.verdict_table.sets import FAMILIES, load_fit
from benchmarks.quality.verdict_table.simple import FITTED, Cosine, Fitted, Words, cosines, told_by_words

STEPS = [number / 20 for number in range(1, 20)]
LIMITS = [-1.0, *STEPS, 1.01]
BINS = 10
"""Ranges of the cosine, of equally many cases each, whose share of contradictions is a chance."""


def fit(cases: CaseSet, texts: Texts) -> Fitted:
    """Return what fits the cases of one set."""
    labels = [case.label for case in cases.cases]
    return Fitted(
        cases=len(labels),
        commonest=Counter(labels).most_common(1)[0][0],
        chance=_share(labels),
        words=fit_words(cases, labels),
        cosine=fit_cosine(cosines(cases, texts), labels),
    )


def fit_words(cases: CaseSet, labels: Sequence[str]) -> Words:
    """Return the shares of words in common with the best macro-F1."""
    choices = [(related, same) for related, same in product([0.0, *STEPS], STEPS) if related <= same]
    told = {choice: told_by_words(cases, *choice) for choice in choices}
    best = max(choices, key=lambda choice: macro_f1(told[choice], labels))
    by_told = {
        name: [label for label, said in zip(labels, told[best], strict=True) if said == name]
        for name in set(told[best])
    }
    return Words(*best, {name: _share(found) for name, found in sorted(by_told.items())})


def fit_cosine(values: Sequence[float], labels: Sequence[str]) -> Cosine:
    """Return the two bounds and three labels with the best macro-F1, and the chances by bins."""
    names = sorted(set(labels))
    below = {
        name: [sum(v < limit for v, label in zip(values, labels, strict=True) if label == name) for limit in LIMITS]
        for name in names
    }
    bounds = [(low, high) for low, high in product(range(1, len(LIMITS) - 1), repeat=2) if low <= high]
    low, high, told = max(
        ((low, high, (a, b, c)) for low, high in bounds for a, b, c in product(names, repeat=3)),
        key=lambda one: _macro_f1_of_ranges(below, *one),
    )
    edges = [round(float(edge), 4) for edge in np.quantile(values, np.arange(1, BINS) / BINS)]
    bins = [bisect_right(edges, value) for value in values]
    chances = [
        _share([label for label, found in zip(labels, bins, strict=True) if found == one]) for one in range(BINS)
    ]
    return Cosine(LIMITS[low], LIMITS[high], told, edges, chances)


def _macro_f1_of_ranges(below: Mapping[str, Sequence[int]], low: int, high: int, told: Sequence[str]) -> float:
    """Return the mean F1 when the cases below, between and above two limits are told three labels."""
    ranges = {name: (row[low], row[high] - row[low], row[-1] - row[high]) for name, row in below.items()}
    f1 = 0.0
    for name, own in ranges.items():
        chosen = [place for place in range(3) if told[place] == name]
        said = sum(row[place] for row in ranges.values() for place in chosen)
        f1 += 2 * sum(own[place] for place in chosen) / (said + sum(own))
    return f1 / len(ranges)


def macro_f1(told: Sequence[str], labels: Sequence[str]) -> float:
    """Return the mean F1 of the labels that occur."""
    said, wanted = Counter(told), Counter(labels)
    hits = Counter(a for a, b in zip(told, labels, strict=True) if a == b)
    return sum(2 * hits[name] / (said[name] + wanted[name]) for name in wanted) / len(wanted)


def _share(labels: Sequence[str]) -> float:
    return round(sum(label == "contradiction" for label in labels) / max(1, len(labels)), 4)


def main(path: Path = FITTED) -> None:
    """Fit all sets and write what was found."""
    found: dict[str, Fitted] = {}
    texts = Texts()
    with Progress(console=Console(stderr=True)) as progress:
        for name in progress.track(FAMILIES, description="fitting"):
            found[name] = fit(load_fit(name), texts)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")


if __name__ == "__main__":
    main()
