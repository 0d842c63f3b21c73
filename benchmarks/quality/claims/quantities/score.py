"""Measure how quantities are found and normalised, on labelled sentences.

    python -m benchmarks.quality.claims.quantities.score [--part test] [--errors]

What is labelled and what the figures mean stands in guide.md. `--errors` lists what went wrong, on "dev" only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.quality.claims.labels import Label, Marked, Part, load, score
from benchmarks.quality.claims.quantities.equal import same_interval, same_unit
from benchmarks.quality.claims.reading import figures
from benchmarks.quality.claims.words import rates
from pipeline.claims.extract import ClaimExtractor
from schemas.claim import Quantity, QuantityRole


class Figure(Marked, frozen=True):
    """A labelled quantity; `counted` lists the lemmas that are accepted, none where it is not scored."""

    low: float | None
    high: float | None
    unit: str | None
    approximate: bool
    counted: tuple[str, ...]
    role: QuantityRole
    kind: str


class Sentence(Label, frozen=True):
    """A sentence with all its quantities."""

    domain: str
    quantities: tuple[Figure, ...]


@dataclass
class Tally:
    """Counts over sentences. `right` and `asked` are by what was compared on quantities whose span was found."""

    labelled: int = 0
    found: int = 0
    exact: int = 0
    interval: int = 0
    span: int = 0
    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    kinds: dict[str, list[int]] = field(default_factory=dict)
    empty: int = 0
    disturbed: int = 0
    errors: list[str] = field(default_factory=list)

    def rates(self, hits: int) -> tuple[float, float, float]:
        """Return precision, recall and F1 of so many hits."""
        return rates(hits, self.found, self.labelled)

    def share(self, name: str) -> float:
        """Return the share right of one thing that was compared."""
        return self.right[name] / max(1, self.asked[name])


def measure(extractor: ClaimExtractor, sentences: Sequence[Sentence]) -> Tally:
    """Return the counts of the extractor on labelled sentences."""
    tally = Tally()
    for sentence in sentences:
        _add(tally, sentence, figures(extractor, sentence.text))
    return tally


def _add(tally: Tally, sentence: Sentence, found: list[Quantity]) -> None:
    tally.labelled += len(sentence.quantities)
    tally.found += len(found)
    tally.empty += not sentence.quantities
    tally.disturbed += bool(found) and not sentence.quantities
    left = list(found)
    for figure in sentence.quantities:
        match = max(left, key=lambda one: (_overlap(figure, one), same_interval(figure, one)), default=None)
        if match is not None and not _overlap(figure, match):
            match = None
        if match is not None:
            left.remove(match)
        _compare(tally, sentence, figure, match)
    tally.errors += [f"{sentence.id}: no quantity, but {_told(one)}   | {sentence.text}" for one in left]


def _compare(tally: Tally, sentence: Sentence, figure: Figure, match: Quantity | None) -> None:
    kind = tally.kinds.setdefault(figure.kind, [0, 0])
    kind[1] += 1
    if match is None:
        tally.errors.append(f"{sentence.id}: missed {_told(figure)}   | {sentence.text}")
        return
    tally.span += 1
    interval, unit = same_interval(figure, match), same_unit(figure, match)
    exact = interval and unit
    tally.interval += interval
    tally.exact += exact
    kind[0] += exact
    checks = {"unit": unit, "role": figure.role == match.role, "approximate": figure.approximate == match.approximate}
    if figure.counted:
        checks["counted"] = _counts(figure, match)
    tally.asked.update(checks.keys())
    tally.right.update(name for name, right in checks.items() if right)
    if not all(checks.values()) or not exact:
        wrong = [name for name, right in checks.items() if not right] + ["interval"] * (not interval)
        tally.errors.append(f"{sentence.id}: {', '.join(wrong)}: {_told(figure)}, found {_told(match)}")


def _overlap(figure: Figure, found: Quantity) -> int:
    return max(0, min(figure.end, found.end) - max(figure.start, found.start))


def _counts(figure: Figure, found: Quantity) -> bool:
    words = (found.counted or "").lower().replace("-", " ").split()
    accepted = {word.lower() for one in figure.counted for word in (one, *one.split("-"))}
    return bool(accepted & {*words, (found.counted or "").lower()})


def _told(figure: Figure | Quantity) -> str:
    counted = figure.counted if isinstance(figure.counted, str) else "/".join(figure.counted or ())
    about = "~" if figure.approximate else ""
    return f"“{figure.text}” {about}[{figure.low}, {figure.high}] {figure.unit} of {counted or None} ({figure.role})"


def report(tally: Tally) -> str:
    """Return the figures as lines of text."""
    lines = [f"{tally.labelled} quantities; {tally.disturbed} of {tally.empty} sentences without one had one found"]
    for name in ("exact", "interval", "span"):
        precision, recall, f1 = tally.rates(getattr(tally, name))
        lines.append(f"{name:<10} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")
    shares = (f"{name} {tally.share(name):.3f}" for name in ("unit", "counted", "role", "approximate"))
    lines.append("right where the span was found: " + ", ".join(shares))
    kinds = (f"{kind} {right}/{every}" for kind, (right, every) in sorted(tally.kinds.items()))
    lines.append("exact by kind: " + ", ".join(kinds))
    return "\n".join(lines)


def sentences_of(part: Part | None) -> list[Sentence]:
    """Return the labelled sentences of one part, or all."""
    return load("quantities/sentences.jsonl", Sentence, part)


def measured(part: Part) -> tuple[str, list[str]]:
    """Return the figures of a part, and what went wrong."""
    tally = measure(ClaimExtractor(), sentences_of(part))
    return report(tally), tally.errors


if __name__ == "__main__":
    score("Measure how quantities are found and normalised.", measured)
