"""Fit how the verdict model and the rules are weighed together, on pairs that the model did not learn from.

    python -m benchmarks.quality.rereading_fit > pipeline/contradictions/rereading.toml

The pairs are the held-out parts of what the model was fitted to, and the part dev of NewsClash. On standard error: what
bounds of a contradiction and of "same" would do, told of each fifth of the pairs by weights fitted to the others.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from benchmarks.newsclash import pairs as newsclash
from benchmarks.quality.verdicts_data import hashed
from benchmarks.quality.verdicts_fit import Matrix, as_toml, fit, matrix
from pipeline.contradictions.compare import pair_of
from pipeline.contradictions.features import features, look
from pipeline.contradictions.rereading import Read, ask, evidence
from pipeline.contradictions.rules import by_rules
from pipeline.contradictions.score import chances
from pipeline.models.cross_encoder import CrossEncoder
from pipeline.models.encoder import Encoder
from schemas.pair import Pair
from schemas.verdict import LABELS
from training.verdicts.data import PAIRS, held_out, raised_pairs
from training.verdicts.figures import softmax

REAL = frozenset({"mined", "mined-own", "counterparts", "raised"})
REAL_WEIGHT = 2.0
"""A pair of real sentences counts as much as this many that were invented."""
FOLDS = 5
BOUNDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


class Row(NamedTuple):
    """One labelled pair, the set that it is of, and what is weighed."""

    source: str
    group: str
    label: str
    evidence: dict[str, float]


def rows() -> list[Row]:
    """Return the pairs to fit on, read."""
    encoder, read = Encoder(), CrossEncoder()
    parts = {name: some for name, some in held_out(PAIRS).items() if name != "raised"}
    texts = [(source, one.a, one.b, one.label) for source, some in parts.items() for one in some]
    texts += [("newsclash", one.a, one.b, one.label) for one in newsclash.load("dev")]
    found = [(source, pair_of(a, b, encoder.encode), label) for source, a, b, label in texts]
    found += [("raised", one.pair, one.label) for one in raised_pairs("dev")]
    return [
        Row(source, min(pair.a.standalone, pair.b.standalone), label, _weighed(pair, read))
        for source, pair, label in found
    ]


def _weighed(pair: Pair, read: Read) -> dict[str, float]:
    seen = look(pair.a, pair.b)
    chance = chances(features(seen, pair.similarity))
    ruled = by_rules(seen, pair.similarity, chance)
    return dict(evidence(pair, seen, ruled, chance, ask(read, seen)))


def told_by_others(found: Sequence[Row], x: Matrix, weight: Matrix) -> Matrix:
    """Return the chances of each pair by weights fitted without it and without its first sentence."""
    folds = np.array([hashed(row.group) % FOLDS for row in found])
    p = np.zeros((len(found), len(LABELS)))
    for fold in range(FOLDS):
        others = folds != fold
        w = fit(x[others], [row.label for row, kept in zip(found, others, strict=True) if kept], weight[others])
        p[~others] = softmax(x[~others] @ w)
    return p


def bounds(found: Sequence[Row], p: Matrix) -> str:
    """Return precision and recall at each bound, of both labels and by source."""
    lines = []
    for label in ("contradiction", "same"):
        chance = p[:, LABELS.index(label)]
        for source in [*dict.fromkeys(row.source for row in found), "all"]:
            kept = np.array([source in ("all", row.source) for row in found])
            right = np.array([row.label == label for row in found])
            cells = []
            for bound in BOUNDS:
                told = kept & (chance >= bound)
                hits = (told & right).sum()
                cells.append(f"{bound:.1f}: {hits / max(1, told.sum()):.2f}/{hits / max(1, (kept & right).sum()):.2f}")
            lines.append(f"{label:<14}{source:<14}{kept.sum():>5}  " + "  ".join(cells))
    return "\n".join(lines)


def main() -> None:
    """Fit and print."""
    found = rows()
    names, x = matrix([row.evidence for row in found])
    weight = np.array([REAL_WEIGHT if row.source in REAL else 1.0 for row in found])
    sys.stderr.write(bounds(found, told_by_others(found, x, weight)) + "\n")
    w = fit(x, [row.label for row in found], weight)
    sys.stdout.write(
        as_toml(names, w, "rereading.py", "rereading_fit.py", f"{len(found)} pairs that the model did not learn from")
    )


if __name__ == "__main__":
    main()
