"""Measure how well the language of real pages is told by their words, whole and cut to short beginnings.

    python -m benchmarks.quality.languages [--half test]

Prints for each length how many are told rightly, wrongly and not at all, the time a text, and what the model costs.
Declared languages are not used. Labels: labels/languages.tsv.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality.shared_data import half_of_url, unpacked
from connectors.articles.language import spoken
from connectors.articles.page import read_page

LABELS = Path(__file__).parent / "labels" / "languages.tsv"
LENGTHS = (80, 200, 100_000)


@dataclass(frozen=True)
class Told:
    """How many texts were told rightly, wrongly and not at all."""

    right: int
    wrong: int
    unsaid: int


def load(half: str) -> list[tuple[str, str]]:
    """Return (text, language) of the pages of one half."""
    files = unpacked("pages.tar.gz")
    urls = {row["file"]: row["url"] for row in map(json.loads, files["pages/index.jsonl"].splitlines())}
    rows = [line.split("\t") for line in LABELS.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [
        (read_page(files[f"pages/{name}"], urls[name]).text, code)
        for name, code in rows
        if half_of_url(urls[name]) == half
    ]


def measure(texts: Sequence[tuple[str, str]], length: int, tell: Callable[[str], str | None] = spoken) -> Told:
    """Return how the languages of the beginnings of texts, `length` characters of each, are told."""
    told = [(tell(text[:length]), code) for text, code in texts]
    right = sum(said == code for said, code in told)
    unsaid = sum(said is None for said, _ in told)
    return Told(right, len(told) - right - unsaid, unsaid)


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure how well languages are told.")
    parser.add_argument("--half", choices=("dev", "test"), default="test")
    half = parser.parse_args().half
    before, begun = _resident_mb(), time.perf_counter()
    spoken("What does it cost to load the model?")  # before pages are read, which load it, too
    print(f"model: {time.perf_counter() - begun:.2f} s, {_resident_mb() - before:.0f} MB")
    texts = load(half)
    for length in LENGTHS:
        begun = time.perf_counter()
        told = measure(texts, length)
        each = (time.perf_counter() - begun) / len(texts) * 1_000
        print(f"{length:6d} characters: right {told.right}, wrong {told.wrong}, unsaid {told.unsaid}; {each:.2f} ms")


if __name__ == "__main__":
    main()
