"""The labelled sentences and their parts, fixed for ever by a hash of their words."""

from __future__ import annotations

import gzip
import json
import os
import re
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Literal

SHARED = Path(os.environ.get("CROSSCLAIM_SHARED", Path(__file__).resolve().parents[3] / "shared"))
DATA = SHARED / "data" / "claims" / "checkworthy.train.jsonl.gz"
FITTED = "claimbuster"
"""The source that is fitted: its licence (CC BY 4.0) lets the weights be passed on. The others are only measured."""

Part = Literal["train", "dev", "test"]
_DEV_FROM, _TEST_FROM = 180, 206  # of 256: 70 %, 10 %, 20 %
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Row:
    """A sentence of a debate or tweet, and whether readers or fact-checkers held it to be worth checking."""

    sentence: str
    label: bool
    source: str

    @property
    def key(self) -> str:
        """Its words alone: what two copies of one sentence share, whoever transcribed it."""
        return " ".join(_WORD.findall(self.sentence.lower()))

    @property
    def part(self) -> Part:
        """The part it belongs to, by the hash of its words."""
        byte = blake2b(self.key.encode(), digest_size=8).digest()[0]
        return "train" if byte < _DEV_FROM else "dev" if byte < _TEST_FROM else "test"


def read_rows(path: Path = DATA) -> list[Row]:
    """Return the rows in the file's order, a sentence met again left out (the debates of two sources overlap).

    Raises FileNotFoundError with the way to mend it.
    """
    if not path.exists():
        raise FileNotFoundError(f"reading labelled sentences: {path} is missing; name the file with --data")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [Row(one["sentence"], bool(one["label"]), one["source"]) for one in map(json.loads, lines)]
    rows.sort(key=lambda row: row.source != FITTED)  # of two copies the fitted source's stays
    return list({row.key: row for row in reversed(rows)}.values())[::-1]
