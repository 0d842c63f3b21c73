"""Weights set by hand on a sentence's shape: what was used before, and what carries the model to news."""

from __future__ import annotations

import math

from pipeline.claims.worth.boilerplate import boilerplate
from pipeline.claims.worth.wording import read, shape

WEIGHTS = {
    "s bias": -1.1, "s figure": 1.5, "s name": 0.9, "s past": 0.9, "s report": 0.5, "s long": 0.3, "s short": -2.2,
    "s question": -2.5, "s advice": -2.0, "s opinion": -0.9, "s forecast": -0.7, "s first person": -0.8,
    "s no verb": -1.6,
}  # fmt: skip


def by_rules(sentence: str) -> float:
    """Return the check-worthiness of a sentence in [0, 1] by the weighted shape alone; 0 for boilerplate."""
    if boilerplate(sentence):
        return 0.0
    values = shape(sentence, read(sentence))
    return 1.0 / (1.0 + math.exp(-sum(weight * values.get(name, 0.0) for name, weight in WEIGHTS.items())))
