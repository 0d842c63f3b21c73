"""Measure how well claims are reworded so that they can be read alone, on labelled passages.

    python -m benchmarks.quality.claims.standalone.score [--part test] [--errors]

What is labelled and what the figures mean stands in guide.md. `--errors` lists what went wrong, on "dev" only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from benchmarks.quality.claims.labels import Label, Part, load, score
from benchmarks.quality.claims.reading import article_of, claims_at
from pipeline.claims.extract import ClaimExtractor
from schemas.claim import Claim

NOON = time(12, tzinfo=UTC)


class Passage(Label, frozen=True):
    """A passage, the sentence whose wording is checked, and the checks."""

    kind: str
    published: date
    claim: str
    start: int
    must: tuple[tuple[str, ...], ...]
    must_not: tuple[str, ...]
    wrong: tuple[str, ...]
    speaker: tuple[str, ...] = ()


@dataclass
class Counts:
    """Items of one kind: all, without any claim, passed, harmed."""

    items: int = 0
    unread: int = 0
    passed: int = 0
    harmed: int = 0


@dataclass
class Tally:
    """Counts by kind, and what went wrong."""

    kinds: dict[str, Counts] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def total(self, leave: bool | None = None) -> Counts:
        """Return the sum over all kinds, or over those that are to be left as they are, or over the others."""
        chosen = [one for kind, one in self.kinds.items() if leave is None or kind.startswith("leave") == leave]
        return Counts(
            sum(one.items for one in chosen),
            sum(one.unread for one in chosen),
            sum(one.passed for one in chosen),
            sum(one.harmed for one in chosen),
        )


def measure(extractor: ClaimExtractor, passages: Sequence[Passage]) -> Tally:
    """Return the counts of the extractor on labelled passages."""
    tally = Tally()
    for passage in passages:
        article = article_of(passage.text, datetime.combine(passage.published, NOON))
        _add(tally, passage, claims_at(extractor, article, passage.start, passage.start + len(passage.claim)))
    return tally


def _add(tally: Tally, passage: Passage, claims: Sequence[Claim]) -> None:
    counts = tally.kinds.setdefault(passage.kind, Counts())
    counts.items += 1
    if not claims:
        counts.unread += 1
        tally.errors.append(f"{passage.id}: no claim   | {passage.claim}")
        return
    wording = " ".join(claim.standalone for claim in claims)
    failed = failures(passage, wording, " ".join(claim.source.name for claim in claims))
    wrong = [words for words in passage.wrong if holds(wording, words)]
    counts.passed += not failed
    counts.harmed += bool(wrong or (failed and passage.kind.startswith("leave")))
    if failed:
        tally.errors.append(f"{passage.id}: {'; '.join(failed)}   | {passage.claim} -> {wording}")


def failures(passage: Passage, wording: str, sources: str) -> list[str]:
    """Return the checks that a wording with its sources does not pass, in words; none if it passes."""
    both = f"{sources}: {wording}"
    failed = [f"lacks {' / '.join(words)}" for words in passage.must if not any(holds(both, one) for one in words)]
    if passage.speaker and not any(holds(sources, one) for one in passage.speaker):
        failed.append(f"source lacks {' / '.join(passage.speaker)}, is {sources}")
    failed += [f"keeps {words}" for words in passage.must_not if holds(_without_explained(wording), words)]
    return failed + [f"says {words}" for words in passage.wrong if holds(wording, words)]


def holds(wording: str, words: str) -> bool:
    """Whether words stand in a wording, whatever their case, plural and genitive aside."""
    end = r"(?!\w)" if not words[-1].isalpha() else r"(?:e?s)?(?!\w)"
    return re.search(rf"(?<!\w){re.escape(words)}{end}", wording.replace("’", "'"), re.IGNORECASE) is not None


def _without_explained(wording: str) -> str:
    """Drop words up to three that are followed by their meaning in brackets: "she [Lena Voss]"."""
    return re.sub(r"\b(?:\w+ ){0,3}\w+ (?=[\[(])", "", wording)


def report(tally: Tally) -> str:
    """Return the figures as lines of text."""
    lines = [f"{'kind':<36}items  no claim  passed  harmed"]
    rows = [
        *sorted(tally.kinds.items()),
        ("to reword", tally.total(leave=False)),
        ("to leave", tally.total(leave=True)),
    ]
    for kind, one in [*rows, ("all", tally.total())]:
        shares = f"{one.passed / max(1, one.items):6.2f}  {one.harmed / max(1, one.items):6.2f}"
        lines.append(f"{kind:<36}{one.items:5d}  {one.unread:8d}  {shares}")
    return "\n".join(lines)


def passages_of(part: Part | None) -> list[Passage]:
    """Return the labelled passages of one part, or all."""
    return load("standalone/passages.jsonl", Passage, part)


def measured(part: Part) -> tuple[str, list[str]]:
    """Return the figures of a part, and what went wrong."""
    tally = measure(ClaimExtractor(), passages_of(part))
    return f"\n{report(tally)}", tally.errors


if __name__ == "__main__":
    score("Measure how claims are reworded so that they can be read alone.", measured)
