"""Pairs that are read again by a model of both texts together: which ones, and what comes of it.

The model knows wording, the rules know names, figures and times: their chances are weighed together, by weights fitted
on pairs that the model did not learn from (`benchmarks/quality/rereading_fit.py`, which also prints what the bounds
below do).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from pipeline.contradictions.decision import Decision, contradiction
from pipeline.contradictions.features import Seen, strengths
from pipeline.contradictions.finding import SideName
from pipeline.contradictions.gate import forecast, other_times
from pipeline.contradictions.paraphrase import paraphrase_reasons
from pipeline.contradictions.rules import unless_contradictory
from pipeline.contradictions.score import chances, read_weights
from schemas.pair import Pair
from schemas.verdict import LABELS, RULES, Kind

OPEN = 0.45
"""Chance of a contradiction, by the features alone, from which a pair of the stream is read again: with the signs that
count 5.8 of a hundred pairs of 2,888 real articles. From .3 it would be 14."""
CONTRADICTION = 0.6
"""Chance from which a contradiction is told that no rule saw: on held-out pairs 77 of 100 told are right and half are
found; from .8 it would be 84 and a quarter. On a stream fewer are right: docs/contradictions-read.md."""
SIGNED = 0.5
"""The same where the rules saw a sign that counts: two witnesses. Of 19 pairs of real claims between the bounds 9 are
real, of 21 in the tenth below 7 (the first 299 of `benchmarks/quality/labels/raised.jsonl`)."""
SUGGESTED = 0.4
"""Chance of "same" from which that is suggested of two texts that were read together: on held-out pairs 72 of 100 are
right and 70 of 100 found."""
FLOOR = 1e-4
"""Least chance whose logarithm is weighed."""

USUAL_CONTEXT = 0.7
"""Cosine of the articles of a pair that is raised, in the middle: where it is not known it counts neither way."""

Read = Callable[[str, str], Mapping[str, float]]
"""Two texts → the chance of each verdict (`CrossEncoder`)."""


class Readings(NamedTuple):
    """What the model says of a pair and, where one side's article names what it rejects, of that and the other side."""

    pair: Mapping[str, float]
    rejected: Mapping[str, float] | None = None


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


def told_from(ruled: Decision) -> float:
    """Return the chance from which a contradiction is told."""
    return SIGNED if ruled.verdict == "contradiction" else CONTRADICTION


def ask(read: Read, seen: Seen) -> Readings:
    """Return what the model says of a pair."""
    return Readings(read(seen.a.text, seen.b.text), None if seen.rejected is None else read(*seen.rejected))


def reread(pair: Pair, seen: Seen, ruled: Decision, chance: Mapping[str, float], told: Readings) -> Decision:
    """Return the verdict by all that is known; `chance` is of the features alone, `told` what the model says."""
    found = together(pair, seen, ruled, chance, told)
    reason = f"read together, the two exclude each other ({told.pair['contradiction']:.0%})"
    return replace(_decided(seen, pair.similarity, ruled, found, reason), layer="model", chance=found["contradiction"])


def together(
    pair: Pair, seen: Seen, ruled: Decision, chance: Mapping[str, float], told: Readings
) -> Mapping[str, float]:
    """Return the chance of each label by what the model says and what the rules saw."""
    return chances(evidence(pair, seen, ruled, chance, told), read_weights(_WEIGHTS))


def _decided(seen: Seen, similarity: float, ruled: Decision, found: Mapping[str, float], reason: str) -> Decision:
    if found["contradiction"] < told_from(ruled):
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
    pair: Pair, seen: Seen, ruled: Decision, chance: Mapping[str, float], told: Readings
) -> Mapping[str, float]:
    """Return what is weighed, by name: logarithms of both sets of chances, and what the rules saw."""
    strength = strengths(seen)
    return {
        **{f"read {label}": math.log(max(told.pair[label], FLOOR)) for label in LABELS},
        **{f"features {label}": math.log(max(chance[label], FLOOR)) for label in LABELS},
        **_of_rejected(told.rejected),
        "similarity": pair.similarity,
        "context": 0.0 if pair.context is None else pair.context - USUAL_CONTEXT,
        "overlap": seen.alignment.overlap,
        "other subject": float(seen.apart is not None),
        "other times": float(other_times(seen.a, seen.b)),
        "forecast": float(forecast(seen.a, seen.b)),
        "later figure": float(any(figure.relation == "later" for figure in seen.figures)),
        "signs count": float(ruled.verdict == "contradiction"),
        **{kind: strength.get(kind, 0.0) for kind in RULES},
    }


def _of_rejected(told: Mapping[str, float] | None) -> dict[str, float]:
    """Return whether what is rejected is named, and if so how likely it is what the other claims, or something else."""
    if told is None:
        return {"rejected named": 0.0, "rejected same": 0.0, "rejected unrelated": 0.0}
    return {"rejected named": 1.0, "rejected same": told["same"], "rejected unrelated": told["unrelated"]}
