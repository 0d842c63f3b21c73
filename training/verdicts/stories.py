"""Labelled pairs of invented stories whose sentences are tagged with what they claim.

A line of a file is a story: `story`, `domain`, `sentences` (a tag "slot=value" and a text each) and where it applies
`together` and `clash` (pairs of tags). Two sentences with one tag say the same; two values of a slot exclude each other
unless they are named in `together`; sentences of two slots go together unless they are named in `clash`; those of the
slot "other" are about something else. One sentence so stands in pairs of every label.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.quality.verdicts_data import hashed
from pipeline.matching.words import tokens

STORIES = sorted((Path(__file__).parent / "stories").glob("*.jsonl"))
"""The files of stories."""

OTHER = "other"
"""Slot of sentences about another event."""

SHARES = {"compatible": 0.85, "unrelated": 0.45}
"""Pairs of these labels that are taken, for each contradiction of the story: all there are would be four of five."""


class Sentence(NamedTuple):
    """One sentence and its tag: "slot=value", what it claims."""

    tag: str
    text: str

    @property
    def slot(self) -> str:
        """What it speaks of."""
        return self.tag.partition("=")[0]


class Labelled(NamedTuple):
    """Two sentences of a story and what they are to each other."""

    story: str
    a: str
    b: str
    label: str


def read_stories(path: Path) -> Iterator[Labelled]:
    """Yield the chosen pairs of a file's stories. Raises ValueError where a line is no story."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            yield from chosen(json.loads(line))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"reading {path}, line {number}: {error}") from error


def chosen(story: dict[str, Any]) -> list[Labelled]:
    """Return all pairs that say the same or exclude each other, and a share of the others.

    Of what is about something else the pairs with most words in common, of what goes together any, by a hash.
    """
    found = pairs(story)
    told = sum(one.label == "contradiction" for one in found)
    kept = [one for one in found if one.label in ("same", "contradiction")]
    for label, share in SHARES.items():
        some = [one for one in found if one.label == label]
        some.sort(key=_unlike if label == "unrelated" else lambda one: hashed(one.a + "\n" + one.b))
        kept += some[: round(share * told)]
    return kept


def pairs(story: dict[str, Any]) -> list[Labelled]:
    """Return every pair of a story's sentences with its label. Raises KeyError, ValueError."""
    sentences = [_sentence(tag, text) for tag, text in story["sentences"]]
    together, clash = (_named(story.get(name, ()), sentences) for name in ("together", "clash"))
    return [
        Labelled(story["story"], a.text, b.text, label(a, b, together, clash)) for a, b in combinations(sentences, 2)
    ]


def label(a: Sentence, b: Sentence, together: frozenset[frozenset[str]], clash: frozenset[frozenset[str]]) -> str:
    """Return what two sentences are to each other; see the module."""
    if a.tag == b.tag:
        return "same"
    tags = frozenset((a.tag, b.tag))
    if tags in clash:
        return "contradiction"
    if tags in together:
        return "compatible"
    if OTHER in (a.slot, b.slot):
        return "unrelated"
    return "contradiction" if a.slot == b.slot else "compatible"


def _sentence(tag: str, text: str) -> Sentence:
    if "=" not in tag:
        raise ValueError(f"tag {tag!r} is not slot=value")
    return Sentence(tag, text)


def _named(given: Sequence[Sequence[str]], sentences: Sequence[Sentence]) -> frozenset[frozenset[str]]:
    for tag in {tag for one in given for tag in one} - {one.tag for one in sentences}:
        raise ValueError(f"tag {tag!r} stands at no sentence")
    return frozenset(map(frozenset, given))


def _unlike(one: Labelled) -> tuple[float, int]:
    a, b = frozenset(tokens(one.a)), frozenset(tokens(one.b))
    return 1 - len(a & b) / max(1, len(a | b)), hashed(one.a + "\n" + one.b)
