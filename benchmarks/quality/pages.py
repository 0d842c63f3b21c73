"""Measure the extraction of article text on real pages, ours and trafilatura's own in the same run.

    python -m benchmarks.quality.pages [--half test]

The measure is that of trafilatura's evaluation: each page has passages that must be in its text and passages that must
not, both compared with white space made one. Prints precision, recall, F1, accuracy, and the time as a ratio. "default"
is `trafilatura.extract` as it comes; "evaluation" has the options of trafilatura's evaluation (no comments).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import trafilatura

from benchmarks.quality.shared_data import half_of_url, pages
from connectors.articles.page import read_page
from connectors.text import tidy

Extract = Callable[[bytes, str], str]


@dataclass
class Count:
    """Passages found that must be (hits) and must not (noise), missed and rightly left out; seconds for all pages."""

    hits: int = 0
    noise: int = 0
    missed: int = 0
    left_out: int = 0
    empty: int = 0
    seconds: float = 0.0

    @property
    def precision(self) -> float:
        """Share of found passages that belong to the article."""
        return self.hits / max(1, self.hits + self.noise)

    @property
    def recall(self) -> float:
        """Share of the article's passages that were found."""
        return self.hits / max(1, self.hits + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.hits / max(1, 2 * self.hits + self.noise + self.missed)

    @property
    def accuracy(self) -> float:
        """Share of all passages that were treated rightly."""
        return (self.hits + self.left_out) / max(1, self.hits + self.noise + self.missed + self.left_out)

    def add(self, row: Mapping[str, Any], text: str) -> None:
        """Count one page's text."""
        flat = _flat(text)
        hits = sum(_flat(part) in flat for part in row["with"])
        noise = sum(_flat(part) in flat for part in row["without"])
        self.hits += hits
        self.noise += noise
        self.missed += len(row["with"]) - hits
        self.left_out += len(row["without"]) - noise
        self.empty += not flat


def _flat(text: str) -> str:
    """Return text with white space made one and invisible characters gone, so that no reader gains by them."""
    return " ".join(tidy(text).split())


def ours(body: bytes, url: str) -> str:
    """Return what the connectors read."""
    return read_page(body, url).text


def default(body: bytes, url: str) -> str:
    """Return what trafilatura gives without any option."""
    return trafilatura.extract(body, url=url) or ""


def evaluation(body: bytes, url: str) -> str:
    """Return what trafilatura gives with the options of its own evaluation."""
    return trafilatura.extract(body, url=url, include_comments=False, include_formatting=False) or ""


EXTRACTORS: dict[str, Extract] = {"ours": ours, "default": default, "evaluation": evaluation}


def measure(half: str | None, extractors: Mapping[str, Extract] = EXTRACTORS) -> dict[str, Count]:
    """Return the counts of each extractor over the pages of one half, or of all.

    Extractors take turns page by page, so that a busy machine slows all of them alike.
    """
    counts = {name: Count() for name in extractors}
    for row, body in pages():
        if half not in (None, half_of_url(row["url"])):
            continue
        for name, extract in extractors.items():
            begun = time.perf_counter()
            text = extract(body, row["url"])
            counts[name].seconds += time.perf_counter() - begun
            counts[name].add(row, text)
    return counts


def report(title: str, counts: Mapping[str, Count]) -> str:
    """Return a table; time is relative to trafilatura's default."""
    lines = [f"{title:<12} precision  recall      F1  accuracy  empty  time"]
    for name, count in counts.items():
        ratio = count.seconds / counts["default"].seconds
        lines.append(
            f"{name:<12} {count.precision:9.4f} {count.recall:7.4f} {count.f1:7.4f} {count.accuracy:9.4f} "
            f"{count.empty:6d}  {ratio:.2f}"
        )
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the extraction of article text on real pages.")
    parser.add_argument("--half", choices=("dev", "test", "all"), default="all")
    half = parser.parse_args().half
    print(report(half, measure(None if half == "all" else half)))


if __name__ == "__main__":
    main()
