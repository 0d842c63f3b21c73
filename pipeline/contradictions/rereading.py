"""Pairs that are read again by a model of both texts together: which ones, and what comes of it.

The model knows wording, the rules know names, figures and times: their chances are weighed together, by weights fitted
on pairs that the model did not learn from (`benchmarks/quality/rereading_fit.py`, which also prints what the bounds
below do).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pipeline.contradictions.decision import Decision, contradiction
from pipeline.contradictions.features import Seen, strengths
from pipeline.contradictions.finding import SideName
from pipeline.contradictions.gate import forecast, other_times
from pipeline.contradictions.paraphrase import paraphrase_reasons
from pipeline.contradictions.rules import unless_contradictory
from pipeline.contradictions.score import chances, read_weights
from schemas.verdict import LABELS, RULES, Kind

OPEN = 0.45
"""Chance of a contradiction, by the features alone, from which a pair of the stream is read again: with the signs that
count 5.8 of a hundred pairs of 2,888 real articles. From .3 it would be 14."""
CONTRADICTION = 0.6
"""Chance from which a contradiction is told: on held-out pairs 75 of 100 told are right and half are found; from .8 it
would be 84 and a quarter. On a stream fewer are right: docs/contradictions-read.md."""
CHANGED = 0.5
"""The same for "nothing has changed" against a change, which have other words by their nature."""
SUGGESTED = 0.4
"""Chance of "same" from which that is suggested of two texts that were read together: on held-out pairs 73 of 100 are
right and 72 of 100 found."""
FLOOR = 1e-4
"""Least chance whose logarithm is weighed."""

_WEIGHTS = Path(__file__).with_name("rereading.toml")


def is_open(ruled: Decision, chance: Mapping[str, float], *, thorough: bool = False) -> bool:
    """Say whether a pair is read again: any contradiction is, before it is told, and what might be one.

    Where it is `thorough`, all but one text against itself. Who rejects the figures of a claim that his article names
    has no words of it ("exaggerated tens of times"): reading the two together would not help.
    """
    if ruled.verdict == "contradiction":
        return not (ruled.sure and ruled.kind == "quantity")
    if ruled.layer == "gate":
        return thorough and ruled.verdict == "unrelated"
    return thorough or chance["contradiction"] >= OPEN


def told_from(seen: Seen, ruled: Decision) -> float:
    """Return the chance from which a contradiction is told."""
    of_change = ruled.verdict == "contradiction" and any(finding.of_change for finding in seen.findings)
    return CHANGED if of_change else CONTRADICTION


def reread(
    seen: Seen, similarity: float, ruled: Decision, chance: Mapping[str, float], read: Mapping[str, float]
) -> Decision:
    """Return the verdict by all that is known; `chance` is of the features alone, `read` of both texts together."""
    found = together(seen, similarity, ruled, chance, read)
    told = _decided(
        seen, similarity, ruled, found, f"read together, the two exclude each other ({read['contradiction']:.0%})"
    )
    return replace(told, layer="model", chance=found["contradiction"])


def together(
    seen: Seen, similarity: float, ruled: Decision, chance: Mapping[str, float], read: Mapping[str, float]
) -> Mapping[str, float]:
    """Return the chance of each label by what the model says and what the rules saw."""
    return chances(evidence(seen, similarity, ruled, chance, read), read_weights(_WEIGHTS))


def _decided(seen: Seen, similarity: float, ruled: Decision, found: Mapping[str, float], reason: str) -> Decision:
    if found["contradiction"] < told_from(seen, ruled):
        told = unless_contradictory(seen, similarity, found)
        return told if told.verdict == "same" or found["same"] < SUGGESTED else _suggested(seen, similarity, found)
    if ruled.verdict != "contradiction" and not seen.findings:
        kind, denier = _kind(seen)
        return Decision("contradiction", found["contradiction"], (reason,), "model", kind, denier)
    seen_by_rules = ruled if ruled.verdict == "contradiction" else contradiction(seen.findings, 0.0)
    return replace(seen_by_rules, score=found["contradiction"], reasons=(*seen_by_rules.reasons, reason))


def _suggested(seen: Seen, similarity: float, found: Mapping[str, float]) -> Decision:
    """Two wordings may say one thing with few words in common: a reader is asked, their clusters are not joined."""
    return Decision("suggested", found["same"], paraphrase_reasons(seen, similarity), "model")


def _kind(seen: Seen) -> tuple[Kind, SideName | None]:
    """Return the kind of a contradiction in which no rule saw a sign, by the words that only one side has."""
    denials = (seen.a.denial is not None, seen.b.denial is not None)
    if denials[0] != denials[1]:
        return "denial", "a" if denials[0] else "b"
    if bool(seen.a.negations) != bool(seen.b.negations):
        return "negation", None
    return "other", None


def evidence(
    seen: Seen, similarity: float, ruled: Decision, chance: Mapping[str, float], read: Mapping[str, float]
) -> Mapping[str, float]:
    """Return what is weighed, by name: logarithms of both sets of chances, and what the rules saw."""
    strength = strengths(seen)
    return {
        **{f"read {label}": math.log(max(read[label], FLOOR)) for label in LABELS},
        **{f"features {label}": math.log(max(chance[label], FLOOR)) for label in LABELS},
        "similarity": similarity,
        "overlap": seen.alignment.overlap,
        "other subject": float(seen.apart is not None),
        "other times": float(other_times(seen.a, seen.b)),
        "forecast": float(forecast(seen.a, seen.b)),
        "later figure": float(any(figure.relation == "later" for figure in seen.figures)),
        "signs count": float(ruled.verdict == "contradiction"),
        **{kind: strength.get(kind, 0.0) for kind in RULES},
    }
