"""Labelled pairs of news claims, split by story (written) or by article (mined) into train, dev and test."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Literal

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "claims"
Part = Literal["train", "dev", "test"]
Set = Literal["written", "mined"]
_KEY = {"written": "story", "mined": "a_article"}


@dataclass(frozen=True)
class Labelled:
    """One labelled pair: the two texts, the label, and the kind if it is a contradiction."""

    a: str
    b: str
    label: str
    kind: str | None
    cosine: float | None = None
    """Of the model in full precision, where the data give it."""


def hashed(text: str) -> int:
    """Return a number that is fixed for a text for ever."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def part_of(key: str) -> Part:
    """Return the part of a story or article: 60, 20 and 20 of a hundred, by a hash, fixed for ever."""
    number = hashed(key) % 10
    return "train" if number < 6 else "dev" if number < 8 else "test"


def load(name: Set, parts: Iterable[Part]) -> list[Labelled]:
    """Return the pairs of `name` in `parts`. Raises FileNotFoundError when the data are not beside the checkout."""
    wanted = set(parts)
    with gzip.open(DATA / f"news_pairs.{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Labelled(row["a"], row["b"], row["label"], row.get("kind"), row.get("cos"))
        for row in rows
        if part_of(row[_KEY[name]]) in wanted
    ]
