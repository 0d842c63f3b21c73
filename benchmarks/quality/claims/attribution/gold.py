"""Attributions as PolNeAR labels them, and how well those that are told agree with them.

Rows with the same sentence are one sentence with several attributions; tokens are runs of word characters.

- In all: the tokens of all sources (cues, contents) of a sentence are compared as one set (precision, recall, F1), and
  spans as wholes (exact).
- By type of quotation: each labelled attribution against the told one that shares most of its tokens. A content is
  direct where all its tokens stand within quotation marks, mixed where some do, indirect where none does. What is told
  without being labelled is in the figures for all, not in these.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.quality.claims.words import rates

_TOKEN = re.compile(r"\w+")
_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]|^[^“”\"]*”|[“\"][^“”\"]*$")
"""Within marks; up to a mark that was opened in an earlier sentence; from one that is closed in a later one."""

Spans = list[tuple[int, int]]
Tokens = frozenset[int]
PARTS = ("source", "cue", "content")


@dataclass(frozen=True)
class Attribution:
    """Who, said, what: the offsets of their tokens in the sentence."""

    source: Tokens
    cue: Tokens
    content: Tokens

    def part(self, name: str) -> Tokens:
        """Return the tokens of one of PARTS."""
        return {"source": self.source, "cue": self.cue, "content": self.content}[name]

    def shared(self, other: Attribution) -> tuple[int, int]:
        """Return how many tokens two attributions share: of content, then of source and cue."""
        return len(self.content & other.content), len(self.source & other.source) + len(self.cue & other.cue)


Found = Callable[[str], list[Attribution]]
"""What somebody finds in a sentence."""


@dataclass
class Counts:
    """Tokens and spans that agree, that were found, that are labelled."""

    tokens: list[int] = field(default_factory=lambda: [0, 0, 0])
    spans: list[int] = field(default_factory=lambda: [0, 0, 0])

    def add_tokens(self, true: Tokens, found: Tokens) -> None:
        """Count the tokens of labelled and found spans."""
        for place, number in enumerate((len(true & found), len(found), len(true))):
            self.tokens[place] += number

    def add_spans(self, true: Iterable[Tokens], found: Iterable[Tokens]) -> None:
        """Count the labelled and found spans and those that are the same."""
        wanted, given = {one for one in true if one}, {one for one in found if one}
        for place, number in enumerate((len(wanted & given), len(given), len(wanted))):
            self.spans[place] += number


def gold(path: Path, rows: int) -> list[tuple[str, list[Attribution]]]:
    """Return sentence and attributions of the first `rows` different sentences."""
    merged: dict[str, list[Attribution]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["text"] not in merged and len(merged) >= rows:
                break
            parts = (tokens(row["text"], [(a, b) for a, b in row.get(name) or []]) for name in PARTS)
            one = Attribution(*parts)
            merged[row["text"]] += [one] if one.source or one.cue or one.content else []
    return list(merged.items())


def tokens(text: str, spans: Spans) -> Tokens:
    """Return the offsets of the tokens that start within the spans."""
    return frozenset(m.start() for m in _TOKEN.finditer(text) if any(a <= m.start() < b for a, b in spans))


def quotation_type(text: str, content: Tokens) -> str:
    """Return "direct", "mixed" or "indirect"; "none" for an attribution without content in the sentence."""
    quoted = tokens(text, [match.span() for match in _QUOTED.finditer(text)])
    if not content:
        return "none"
    return "direct" if content <= quoted else "mixed" if content & quoted else "indirect"


def measure(found: Found, rows: list[tuple[str, list[Attribution]]]) -> dict[str, dict[str, Counts]]:
    """Return counts by type of quotation ("all" for all together) and part."""
    counts: dict[str, dict[str, Counts]] = defaultdict(lambda: {name: Counts() for name in PARTS})
    for text, labelled in rows:
        given = found(text)
        for name in PARTS:
            true, told = [one.part(name) for one in labelled], [one.part(name) for one in given]
            counts["all"][name].add_tokens(frozenset().union(*true), frozenset().union(*told))
            counts["all"][name].add_spans(true, told)
        for one in labelled:
            match = max(given, key=one.shared, default=None)
            match = match if match is not None and any(one.shared(match)) else Attribution(*[frozenset[int]()] * 3)
            for name in PARTS:
                typed = counts[quotation_type(text, one.content)][name]
                typed.add_tokens(one.part(name), match.part(name))
                typed.add_spans([one.part(name)], [match.part(name)])
    return counts


def report(counts: dict[str, dict[str, Counts]]) -> str:
    """Return the figures as lines of text."""
    lines = [f"{'type':<10}{'part':<9}spans  tokens: P     R     F1     exact: P     R     F1"]
    for kind in [*sorted(set(counts) - {"all"}), "all"]:
        for name in PARTS:
            one = counts[kind][name]
            if one.spans[2]:
                by_token = "  ".join(f"{rate:.3f}" for rate in rates(*one.tokens))
                by_span = "  ".join(f"{rate:.3f}" for rate in rates(*one.spans))
                lines.append(f"{kind:<10}{name:<8}{one.spans[2]:6d}  {by_token:>20}  {by_span:>24}")
    return "\n".join(lines)
