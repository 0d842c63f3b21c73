"""Measure how texts that are no whole article are told: teasers, paywalls, cookie walls, robot checks, errors.

    python -m benchmarks.quality.teasers [--half test] [--wrong]

Prints precision and recall of each kind on one half of the sample, and of "no whole article" for each part of it. The
detectors were made on the half "dev"; see teasers_data.py for the parts.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.quality.teasers_data import Sample, samples
from connectors.articles.choice import of_feed, of_page
from connectors.articles.page import Page

ARTICLE = "article"


@dataclass(frozen=True)
class Rates:
    """How often something was said, was so, and was said rightly."""

    said: int
    true: int
    hits: int

    @property
    def precision(self) -> float:
        """Share of what was said that was so; 1 when nothing was said."""
        return self.hits / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        """Share of what was so that was said; 1 when there was nothing."""
        return self.hits / self.true if self.true else 1.0


def told(sample: Sample) -> str:
    """Return what the connectors take a text for: "article" for all of one, else the reason or the kind of notice."""
    found = of_feed(sample.entry) if sample.entry else of_page(sample.page or Page(""))
    return ARTICLE if found.whole else str(found.reason or "error")


def incomplete(chosen: Sequence[Sample]) -> Rates:
    """Return how well "no whole article" is told, whatever the kind."""
    pairs = [(told(sample) != ARTICLE, sample.kind != ARTICLE) for sample in chosen]
    return Rates(sum(a for a, _ in pairs), sum(b for _, b in pairs), sum(a and b for a, b in pairs))


def by_kind(chosen: Sequence[Sample]) -> dict[str, Rates]:
    """Return how well each kind is told among pages and notices; entries have one kind, "part"."""
    pairs = [(told(sample), sample.kind) for sample in chosen if sample.entry is None]
    kinds = sorted({kind for _, kind in pairs} - {ARTICLE})
    return {
        kind: Rates(
            sum(said == kind for said, _ in pairs),
            sum(true == kind for _, true in pairs),
            sum(said == true == kind for said, true in pairs),
        )
        for kind in kinds
    }


def report(chosen: Sequence[Sample]) -> str:
    """Return the figures as lines of text."""
    lines = [f"{'kind':<14}texts  precision  recall"]
    for kind, rates in by_kind(chosen).items():
        lines.append(f"{kind:<14}{rates.true:5d}  {rates.precision:9.2f}  {rates.recall:6.2f}")
    lines.append("no whole article, by part of the sample (texts, of them no whole article):")
    for part in ("pages", "entries", "written", "found", "cut", ""):
        some = [sample for sample in chosen if part in ("", sample.part)]
        rates = incomplete(some)
        name = part or "all"
        lines.append(f"  {name:<10}{len(some):5d} {rates.true:5d}  P {rates.precision:.2f}  R {rates.recall:.2f}")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure how texts that are no whole article are told.")
    parser.add_argument("--half", choices=("dev", "test"), default="test")
    parser.add_argument(
        "--wrong", action="store_true", help="list what was told wrongly, for the half that is tuned on"
    )
    wanted = parser.parse_args()
    chosen = [sample for sample in samples() if sample.half == wanted.half]
    print(report(chosen))
    for sample in chosen if wanted.wrong else ():
        said = told(sample)
        if (said == ARTICLE) != (sample.kind == ARTICLE) or (sample.page and said != sample.kind):
            print(f"{sample.part} {sample.name}: {sample.kind}, told {said}")


if __name__ == "__main__":
    main()
