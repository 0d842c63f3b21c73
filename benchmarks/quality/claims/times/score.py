"""Time expressions: found, resolved to the right days, and reworded so that the sentence can be read alone.

python -m benchmarks.quality.claims.times.score [--part dev] [--errors]
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from benchmarks.quality.claims.labels import Label, Marked, Part, load, score
from benchmarks.quality.claims.words import rates
from pipeline.claims.timing.times import Time, times


class Labelled(Marked, frozen=True):
    """A labelled time: its days, and the wordings that are accepted; none where it is to stay as it is."""

    first: date
    last: date
    wordings: tuple[str, ...]


class Sentence(Label, frozen=True):
    """A sentence with all its time expressions, and the day it was published."""

    kind: str
    published: date
    times: tuple[Labelled, ...]


@dataclass
class Tally:
    """Counts over sentences. A time is right where its days are; a sentence where its wording without context is."""

    labelled: int = 0
    found: int = 0
    span: int = 0
    right: int = 0
    sentences: int = 0
    reworded: int = 0
    kinds: dict[str, list[int]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


def measure(sentences: Sequence[Sentence]) -> Tally:
    """Return the counts on labelled sentences."""
    tally = Tally()
    for sentence in sentences:
        found = times(sentence.text, datetime.combine(sentence.published, time(12), UTC))
        _add(tally, sentence, found)
    return tally


def _add(tally: Tally, sentence: Sentence, found: list[Time]) -> None:
    tally.labelled += len(sentence.times)
    tally.found += len(found)
    kind = tally.kinds.setdefault(sentence.kind, [0, 0])
    for label in sentence.times:
        match = next((one for one in found if one.start < label.end and label.start < one.end), None)
        right = match is not None and (match.first, match.last) == (label.first, label.last)
        tally.span += match is not None
        tally.right += right
        kind[0] += right
        kind[1] += 1
        if not right:
            got = f"{match.first}..{match.last}" if match else "nothing"
            tally.errors.append(
                f"{sentence.id}: “{label.text}” {label.first}..{label.last}, found {got} | {sentence.text}"
            )
    for one in found:
        if not any(one.start < label.end and label.start < one.end for label in sentence.times):
            tally.errors.append(f"{sentence.id}: no time, but “{sentence.text[one.start : one.end]}” | {sentence.text}")
    reached = reworded(sentence.text, [(one.start, one.end, one.wording) for one in found])
    right = reached in _expected(sentence)
    tally.sentences += 1
    tally.reworded += right
    if not right:
        tally.errors.append(f"{sentence.id}: reads “{reached}”")


def _expected(sentence: Sentence) -> set[str]:
    choices = [one.wordings or (None,) for one in sentence.times]
    return {
        reworded(sentence.text, [(o.start, o.end, w) for o, w in zip(sentence.times, chosen, strict=True)])
        for chosen in itertools.product(*choices)
    }


def reworded(text: str, wordings: Sequence[tuple[int, int, str | None]]) -> str:
    """Return a text with stretches replaced by their wordings; those without one stay."""
    for start, end, wording in reversed(wordings):
        text = text if wording is None else text[:start] + wording + text[end:]
    return text


def report(tally: Tally) -> str:
    """Return the figures as lines of text."""
    lines = [f"{tally.labelled} times in {tally.sentences} sentences"]
    for name in ("right", "span"):
        precision, recall, f1 = rates(getattr(tally, name), tally.found, tally.labelled)
        lines.append(f"{name:<10} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")
    lines.append(f"sentences reworded right: {tally.reworded / max(1, tally.sentences):.3f}")
    lines.append("days right by kind: " + ", ".join(f"{k} {a}/{b}" for k, (a, b) in sorted(tally.kinds.items())))
    return "\n".join(lines)


def sentences_of(part: Part | None) -> list[Sentence]:
    """Return the labelled sentences of one part, or all. Raises msgspec.ValidationError."""
    return load("times/sentences.jsonl", Sentence, part)


def measured(part: Part) -> tuple[str, list[str]]:
    """Return the figures of a part, and what went wrong."""
    tally = measure(sentences_of(part))
    return report(tally), tally.errors


if __name__ == "__main__":
    score("Measure how time expressions are found, resolved and reworded.", measured)
