"""The labelled pairs that the verdict model learns from, and the order in which it reads them."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from benchmarks.quality.raised import Raised, raised
from benchmarks.quality.real_articles import real_articles
from benchmarks.quality.verdicts_data import DATA, Set, hashed, load, part_of
from schemas.verdict import LABELS
from training.verdicts.stories import STORIES, read_stories

VERDICTS = LABELS
RELATIONS = ("entailment", "neutral", "contradiction")
PAIRS = sorted((Path(__file__).parent / "pairs").glob("*.jsonl"))
"""Files of own pairs: id, story, domain, a, b, label, and where it applies kind and near."""

MINED = Path(__file__).with_name("mined.jsonl")
"""Labels of pairs of real sentences, by the characters of their articles; `mine.py` found the pairs."""

COUNTERPARTS = Path(__file__).with_name("counterparts.jsonl")
"""Sentences written against real ones, which are named by the characters of their articles."""

SEED = 13
MAX_WORDS = 44
"""Words of both texts together up to which a pair is used for pre-training: cost grows with length, news claims are
short."""

SHARES = {
    "mnli-dev": 1.0,
    "conjnli": 1.0,
    "fever_symmetric": 1.0,
    "fool-me-twice-dev": 1.0,
    "semi_auto_": 1.0,
    "summedits-": 1.0,
    "cad_nli": 0.4,
    "joci": 0.4,
    "snli-": 0.3,
    "med": 0.2,
    "help": 0.2,
}
"""Share of a source's short pairs (by the start of its name) used for pre-training: prose about the world (nearly)
whole, captions of pictures and drills in logic in part, what is not here not at all."""

HELD_OUT = 10
"""One story in so many of the own pairs is kept to choose by."""


class Row(NamedTuple):
    """Two texts, and what the second is to the first (VERDICTS or RELATIONS)."""

    a: str
    b: str
    label: str
    source: str


def nli(path: Path, shares: dict[str, float] | None = None) -> list[Row]:
    """The pairs of an NLI file whose licence lets a model fitted to them be passed on, without covidfact.

    With `shares` only short ones of the sources named there, chosen by a hash.
    """
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        found = [one for one in map(json.loads, lines) if one["licence_class"] == "open"]
    rows = [Row(one["premise"], one["hypothesis"], one["label"], one["source"]) for one in found]
    rows = [row for row in dict.fromkeys(rows) if row.source != "covidfact"]
    return rows if shares is None else [row for row in rows if is_chosen(row, shares)]


def is_chosen(row: Row, shares: dict[str, float]) -> bool:
    share = next((share for start, share in shares.items() if row.source.startswith(start)), 0.0)
    short = len(row.a.split()) + len(row.b.split()) <= MAX_WORDS
    return short and hashed(row.a + "\n" + row.b) % 1_000 < 1_000 * share


def news(name: Set, part: Literal["train", "dev"]) -> list[Row]:
    """The pairs of real or invented news in a part."""
    return [Row(one.a, one.b, one.label, name) for one in load(name, [part])]


def part_of_story(story: str) -> Literal["train", "dev"]:
    return "dev" if hashed(story) % HELD_OUT == 0 else "train"


def own(paths: Sequence[Path], part: Literal["train", "dev"]) -> list[Row]:
    """The pairs of files written for this model, in a part; all pairs of a story are in one. Raises ValueError."""
    rows = []
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            one = json.loads(line)
            if one["label"] not in VERDICTS:
                raise ValueError(f"reading {path}, line {number}: label {one['label']!r}, not one of {VERDICTS}")
            if part_of_story(one["story"]) == part:
                rows.append(Row(one["a"], one["b"], one["label"], "own"))
    return rows


def stories(paths: Sequence[Path], part: Literal["train", "dev"]) -> list[Row]:
    """The pairs of stories with tagged sentences, in a part. Raises ValueError."""
    found = (one for path in paths for one in read_stories(path))
    return [Row(one.a, one.b, one.label, "stories") for one in found if part_of_story(one.story) == part]


def articles() -> dict[str, str]:
    """The texts of the real articles by their ids. Raises FileNotFoundError."""
    return {one["id"]: one["text"] for one in real_articles()}


@cache
def of_test_part() -> frozenset[str]:
    """The articles and sentences of the test part of `news_pairs.mined`: no row of them is learnt from.

    The sentences, too, for a wire copy holds them under another article.
    """
    with gzip.open(DATA / "news_pairs.mined.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [one for one in map(json.loads, lines) if part_of(one["a_article"]) == "test"]
    return frozenset(one[key] for one in rows for key in ("a_article", "b_article", "a", "b"))


def mined(path: Path, texts: Mapping[str, str], left_out: frozenset[str], part: Literal["train", "dev"]) -> list[Row]:
    """The labelled pairs of real sentences in a part, split by their first article as `news_pairs.mined` is."""
    return [
        Row(a, b, one["label"], "mined-own")
        for one in of_articles(path, part)
        if not left_out & {one["a_article"], one["b_article"], a := cut(one, "a", texts), b := cut(one, "b", texts)}
    ]


def counterparts(
    path: Path, texts: Mapping[str, str], left_out: frozenset[str], part: Literal["train", "dev"]
) -> list[Row]:
    """Real sentences, each against what another outlet might print, in a part: all pairs of an article are in one."""
    return [
        Row(a, one["b"], one["label"], "counterparts")
        for one in of_articles(path, part)
        if not left_out & {one["a_article"], a := cut(one, "a", texts)}
    ]


def of_articles(path: Path, part: Literal["train", "dev"]) -> list[dict[str, Any]]:
    """The rows of a file whose first article is in a part."""
    with path.open(encoding="utf-8") as lines:
        return [one for one in map(json.loads, lines) if part_of(one["a_article"]) == part]


@cache
def _raised() -> tuple[Raised, ...]:
    return tuple(raised())


def raised_pairs(part: Literal["train", "dev"]) -> list[Raised]:
    """The pairs of real claims that the cascade once raised, in a part by their first article.

    Those that hold an article or sentence of the test part of `news_pairs.mined` are left out.
    """
    left_out = of_test_part()
    return [
        one
        for one in _raised()
        if part_of(one.article) == part and not left_out & {one.article, one.other, one.pair.a.text, one.pair.b.text}
    ]


def raised_rows(part: Literal["train", "dev"]) -> list[Row]:
    """The same, as worded for reading alone."""
    return [Row(one.pair.a.standalone, one.pair.b.standalone, one.label, "raised") for one in raised_pairs(part)]


def cut(one: Mapping[str, Any], side: str, texts: Mapping[str, str]) -> str:
    text = texts[one[f"{side}_article"]]
    return text[one[f"{side}_start"] : one[f"{side}_end"]]


def held_out(paths: Sequence[Path]) -> dict[str, list[Row]]:
    """The dev parts by name; those that are empty are left out."""
    texts, left_out = articles(), of_test_part()
    parts = {
        "written": news("written", "dev"),
        "mined": news("mined", "dev"),
        "own": own(paths, "dev"),
        "stories": stories(STORIES, "dev"),
        "raised": raised_rows("dev"),
        "mined-own": mined(MINED, texts, left_out, "dev"),
        "counterparts": counterparts(COUNTERPARTS, texts, left_out, "dev"),
    }
    return {name: rows for name, rows in parts.items() if rows}


def turned(rows: Iterable[Row], epoch: int) -> list[Row]:
    """The rows, every second one with its texts exchanged: the other half in the next epoch."""
    return [row._replace(a=row.b, b=row.a) if (place + epoch) % 2 else row for place, row in enumerate(rows)]


def batches(lengths: Sequence[int], limit: int, seed: int) -> list[list[int]]:
    """Places of all pairs in chance order, pairs of like length together, at most `limit` tokens with padding."""
    chance = random.Random(seed)  # noqa: S311 (an order, not a secret)
    made: list[list[int]] = []
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda one: (lengths[one], chance.random())):
        if batch and lengths[place] * (len(batch) + 1) > limit:
            made.append(batch)
            batch = []
        batch.append(place)
    if batch:
        made.append(batch)
    chance.shuffle(made)
    return made
