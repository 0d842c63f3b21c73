"""Measure how kinds of sentences are told, and how check-worthiness ranks reports of facts, on labelled sentences.

    python -m benchmarks.quality.claims.checkworthy.score [--part test] [--errors]

What is labelled and what the figures mean stands in guide.md. `--errors` lists what went wrong, on "dev" only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import get_args

from benchmarks.quality.claims.labels import Label, Part, load, score
from benchmarks.quality.claims.words import rates
from pipeline.claims.worth.checkworthy import checkworthy
from pipeline.claims.worth.kinds import Kind, kind


class Sentence(Label, frozen=True):
    """A sentence and its kind; `origin` is "newsroom" (the sample newsroom's) or "written" (for this set)."""

    kind: Kind
    origin: str


@dataclass
class Tally:
    """Counts of (labelled, told) kinds, and (score, is a report of facts) of each sentence."""

    told: Counter[tuple[str, str]] = field(default_factory=Counter)
    scores: list[tuple[float, bool]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def rates(self, wanted: str) -> tuple[float, float, float]:
        """Return precision, recall and F1 of one kind."""
        told = sum(count for (_, found), count in self.told.items() if found == wanted)
        true = sum(count for (labelled, _), count in self.told.items() if labelled == wanted)
        return rates(self.told[wanted, wanted], told, true)

    @property
    def accuracy(self) -> float:
        """Share of the sentences whose kind is right."""
        return sum(count for (labelled, found), count in self.told.items() if labelled == found) / len(self.scores)

    @property
    def kinds_f1(self) -> float:
        """Mean F1 of the kinds."""
        return sum(self.rates(one)[2] for one in get_args(Kind)) / len(get_args(Kind))

    @property
    def average_precision(self) -> float:
        """Average precision of check-worthiness as a sign of a report of facts, equal scores in no lucky order."""
        ranked = sorted(self.scores, key=lambda pair: (-pair[0], pair[1]))
        hits = [number for number, (_, factual) in enumerate(ranked, start=1) if factual]
        return sum(found / number for found, number in enumerate(hits, start=1)) / max(1, len(hits))


def measure(sentences: Sequence[Sentence]) -> Tally:
    """Return the counts on labelled sentences."""
    tally = Tally()
    for one in sentences:
        found, worth = kind(one.text), checkworthy(one.text)
        tally.told[one.kind, found] += 1
        tally.scores.append((worth, one.kind == "factual"))
        if found != one.kind:
            tally.errors.append(f"{one.id}: {one.kind}, told {found} ({worth:.2f})   | {one.text}")
    return tally


def report(tally: Tally) -> str:
    """Return the figures as lines of text."""
    lines = [f"kinds  accuracy {tally.accuracy:.3f}, mean F1 {tally.kinds_f1:.3f}"]
    for one in get_args(Kind):
        precision, recall, f1 = tally.rates(one)
        lines.append(f"{one:<12} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")
    lines.append(f"check-worthiness ranks reports of facts: AP {tally.average_precision:.3f}")
    return "\n".join(lines)


def sentences_of(part: Part | None) -> list[Sentence]:
    """Return the labelled sentences of one part, or all."""
    return load("checkworthy/sentences.jsonl", Sentence, part)


def measured(part: Part) -> tuple[str, list[str]]:
    """Return the figures of a part, and what went wrong."""
    sentences = sentences_of(part)
    tally = measure(sentences)
    return f"{len(sentences)} sentences\n{report(tally)}", tally.errors


if __name__ == "__main__":
    score("Measure how kinds of sentences are told.", measured)
