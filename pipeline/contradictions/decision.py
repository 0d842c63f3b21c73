"""A verdict without its pair, and which layer of the cascade it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.contradictions.finding import Finding, SideName
from schemas.verdict import Kind, Layer, VerdictName

_FOREMOST: dict[Kind, int] = {"denial": 0, "quantity": 1, "opposite": 2, "negation": 3, "other": 4}


@dataclass(frozen=True)
class Decision:
    """What is told of a pair. `sure` is that of the findings that made a contradiction.

    `chance` is that of a contradiction, by the layer that was asked last.
    """

    verdict: VerdictName
    score: float
    reasons: tuple[str, ...]
    layer: Layer
    kind: Kind | None = None
    denier: SideName | None = None
    sure: bool = False
    chance: float = 0.0


def contradiction(findings: Sequence[Finding], score: float) -> Decision:
    """The strongest sign names the kind; all signs are reasons."""
    ranked = sorted(findings, key=lambda it: (not it.sure, _FOREMOST[it.kind], -it.strength, it.reason))
    return Decision(
        "contradiction",
        score,
        tuple(dict.fromkeys(finding.reason for finding in ranked)),
        "signs",
        ranked[0].kind,
        next((finding.denier for finding in ranked if finding.denier), None),
        sure=any(finding.sure for finding in ranked),
    )
