"""From features to chances: a multinomial logistic model whose weights are read, and can be read by a person.

Fitted by `benchmarks/quality/verdicts_fit.py` on labelled news pairs (train parts only); the file says on how many.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

LABELS = ("same", "contradiction", "compatible", "unrelated")
_FILE = Path(__file__).with_name("weights.toml")


@lru_cache
def weights() -> dict[str, dict[str, float]]:
    """Return the weights by label and feature; "bias" is the constant."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {label: table[label] for label in LABELS}


def chances(features: Mapping[str, float]) -> dict[str, float]:
    """Return the chance of each label; they add to 1."""
    table = weights()
    totals = {
        label: table[label]["bias"] + sum(table[label].get(name, 0.0) * value for name, value in features.items())
        for label in LABELS
    }
    top = max(totals.values())
    raised = {label: math.exp(total - top) for label, total in totals.items()}
    whole = sum(raised.values())
    return {label: value / whole for label, value in raised.items()}
