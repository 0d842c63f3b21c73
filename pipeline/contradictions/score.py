"""From features to chances: a multinomial logistic model whose weights are read, and can be read by a person.

`weights.toml` was fitted by `benchmarks/quality/verdicts_fit.py` on labelled news pairs (train parts only); the file
says on how many.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from schemas.verdict import LABELS

_FILE = Path(__file__).with_name("weights.toml")


Weights = Mapping[str, Mapping[str, float]]
"""By label and feature; "bias" is the constant."""


@lru_cache
def read_weights(path: Path = _FILE) -> Weights:
    """Return the weights in a file."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {label: table[label] for label in LABELS}


def chances(features: Mapping[str, float], table: Weights | None = None) -> dict[str, float]:
    """Return the chance of each label; they add to 1. Without a table the weights are those of the pair's features."""
    table = read_weights() if table is None else table
    totals = {
        label: table[label]["bias"] + sum(table[label].get(name, 0.0) * value for name, value in features.items())
        for label in LABELS
    }
    top = max(totals.values())
    raised = {label: math.exp(total - top) for label, total in totals.items()}
    whole = sum(raised.values())
    return {label: value / whole for label, value in raised.items()}
