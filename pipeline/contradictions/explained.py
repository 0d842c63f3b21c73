"""What each layer of the cascade saw of a pair, in plain words and in figures, and which of them gave the verdict.

The verdict is the judge's own; nothing is judged here. A layer is a function from what was seen to a `Layer`; those
that can decide have the names of `Verdict.layer`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from pipeline.contradictions.decision import Decision
from pipeline.contradictions.features import Seen, features, look, template
from pipeline.contradictions.finding import Finding
from pipeline.contradictions.gate import forecast, other_times
from pipeline.contradictions.judge import judge
from pipeline.contradictions.reading import Reading
from pipeline.contradictions.rereading import OPEN, Read, ask, is_open, together, told_from
from pipeline.contradictions.rules import UNRELATED_BELOW, by_rules
from pipeline.contradictions.score import chances, read_weights
from pipeline.contradictions.tables import family
from pipeline.contradictions.weighing import Weighed, in_words
from pipeline.matching.words import tokens
from schemas.pair import Pair
from schemas.verdict import LABELS, RULES, Verdict

TOLD_FEATURES = 6
"""Features told: those that weighed most."""
TOLD_WORDS = 8
"""Shared words told."""


@dataclass(frozen=True)
class Layer:
    """What one layer saw: `lines` in plain words, `figures` the same for programs; `decided` says how, where it did."""

    name: str
    lines: tuple[str, ...]
    figures: Mapping[str, Any] = field(default_factory=dict)
    decided: str | None = None


@dataclass(frozen=True)
class Explained:
    """A verdict of today's rules, and its layers in the order of the cascade."""

    verdict: Verdict
    layers: tuple[Layer, ...]

    @property
    def decided_by(self) -> Layer:
        """The layer that gave the verdict."""
        return next(layer for layer in self.layers if layer.decided)


def explained(pair: Pair, read: Read | None = None, *, thorough: bool = False) -> Explained:
    """Return today's verdict on a pair with what each layer saw; see `judge`."""
    case = _Case(pair, judge(pair, read, thorough=thorough), look(pair.a, pair.b), read, thorough)
    told = [tell(case) for tell in LAYERS]
    how = _how(case)
    layers = (replace(it, decided=how if it.name == case.verdict.layer else None) for it in told)
    return Explained(case.verdict, tuple(layers))


@dataclass(frozen=True)
class _Case:
    """A pair, its verdict, and all that was seen of it."""

    pair: Pair
    verdict: Verdict
    seen: Seen
    read: Read | None
    thorough: bool

    @property
    def similarity(self) -> float:
        return self.pair.similarity

    @cached_property
    def features(self) -> Mapping[str, float]:
        return features(self.seen, self.similarity)

    @cached_property
    def chances(self) -> Mapping[str, float]:
        return chances(self.features)

    @cached_property
    def ruled(self) -> Decision:
        """What the rules alone say."""
        return by_rules(self.seen, self.similarity, self.chances)


def _likeness(case: _Case) -> Layer:
    """How alike the two are: the cosine of their vectors, the words they share, their wording."""
    alignment, wording = case.seen.alignment, template(case.seen)
    shared = _spelled(alignment.shared, case.seen.a)
    more = f" and {len(shared) - TOLD_WORDS} more" if len(shared) > TOLD_WORDS else ""
    lines = (
        f"cosine of meaning {_two(case.similarity)} (below {_two(UNRELATED_BELOW)} a pair is unrelated)",
        f"the shorter claim has {alignment.overlap:.0%} of its words in the other: "
        + (f"{', '.join(shared[:TOLD_WORDS])}{more}" if shared else "none"),
        f"wording alike {_two(wording)} (1: word for word)",
    )
    figures = {
        "cosine": case.similarity,
        "overlap": round(alignment.overlap, 4),
        "wording": round(wording, 4),
        "shared": shared,
    }
    return Layer("likeness", lines, figures)


def _spelled(words: frozenset[str], first: Reading) -> list[str]:
    """Return words of both as the first claim has them: they are compared without their endings."""
    spelling = {family(word): word.removesuffix("'s") for word in reversed(tokens(first.core))}
    return sorted(spelling.get(word, word) for word in words)


def _gate(case: _Case) -> Layer:
    """Whether the two speak of one subject, at one time, and both of what is."""
    a, b = case.seen.a, case.seen.b
    names = _spelled(a.names & b.names, a)
    doubts = [
        *(["one tells what is planned or expected, the other what is"] if forecast(a, b) else []),
        *(["they give other days or periods"] if other_times(a, b) else []),
    ]
    lines = (
        f"another subject: {case.seen.apart}" if case.seen.apart else "nothing says that they are of another subject",
        f"names in both: {', '.join(names)}" if names else _no_names(case.seen),
        *(f"{doubt}, so opposite words and figures do not count" for doubt in doubts),
    )
    return Layer("gate", lines, {"other_subject": case.seen.apart, "names": names, "doubts": doubts})


def _no_names(seen: Seen) -> str:
    return "each has names and they share none" if seen.alignment.apart else "they share no name"


def _signs(case: _Case) -> Layer:
    """What each rule found."""
    found = case.seen.findings
    lines = [_finding(it) for it in found]
    silent = [kind for kind in RULES if kind not in {it.kind for it in found}]
    if silent:
        lines.append(f"found no {_listed(silent)}")
    agreeing = [it for it in case.seen.figures if it.relation == "agree"]
    later = [it for it in case.seen.figures if it.relation == "later"]
    lines += [f"figures agree: {it.a.text} and {it.b.text}" for it in agreeing]
    lines += [f"a count that grew: {it.a.text} and {it.b.text} ({it.thing}), published later" for it in later]
    if case.seen.one_change:
        lines.append(f"both tell one change: {case.seen.one_change}")
    findings = [
        {"kind": it.kind, "strength": round(it.strength, 4), "reason": it.reason, "denier": it.denier, "is": _is(it)}
        for it in found
    ]
    return Layer("signs", tuple(lines), {"findings": findings, "one_change": case.seen.one_change})


def _finding(it: Finding) -> str:
    denier = f", {it.denier.upper()} rejects the other" if it.denier else ""
    return f"{it.kind}, {_is(it)}, strength {_two(it.strength)}{denier}: {it.reason}"


def _is(it: Finding) -> str:
    """Return how firm a finding is."""
    firm = {"sure": it.sure, "linked": it.linked, "plain": it.plain, "of change": it.of_change}
    return next((name for name, holds in firm.items() if holds), "a sign")


def _weights(case: _Case) -> Layer:
    """What the linear model makes of all features."""
    label = "same" if case.verdict.verdict == "suggested" else case.verdict.verdict
    weighed = heaviest(case.features, label)
    rising = [it for it in weighed if it.part > 0]
    falling = [it for it in weighed if it.part < 0]
    lines = [
        f"chances: {_chances(case.chances)}",
        f"for {label}: " + (", ".join(map(in_words, rising)) or "nothing of weight"),
        f"against {label}: " + (", ".join(map(in_words, falling)) or "nothing of weight"),
    ]
    figures: dict[str, Any] = {
        "chances": _rounded(case.chances),
        "label": label,
        "features": [_figures(it) for it in weighed],
    }
    return Layer("weights", tuple(lines), figures)


def _figures(it: Weighed) -> dict[str, str | float]:
    return {"name": it.name, "value": round(it.value, 4), "weight": it.weight, "part": round(it.part, 4)}


def heaviest(values: Mapping[str, float], label: str) -> tuple[Weighed, ...]:
    """Return the features that weigh most for or against a label, the heaviest first."""
    table = read_weights()[label]
    found = [Weighed(name, value, table.get(name, 0.0)) for name, value in values.items()]
    ranked = sorted((it for it in found if it.part), key=lambda it: (-abs(it.part), it.name))
    return tuple(ranked[:TOLD_FEATURES])


def _model(case: _Case) -> Layer:
    """What the model of pairs says, and what comes of it together with what the rules saw."""
    if case.read is None or not is_open(case.ruled, case.chances, thorough=case.thorough):
        return Layer("model", (f"not asked: another subject, or no sign counts and the chance is below {_two(OPEN)}",))
    told = ask(case.read, case.seen)
    found = together(case.pair, case.seen, case.ruled, case.chances, told)
    bound = told_from(case.ruled)
    lines = (
        f"both texts read together: {_chances(told.pair)}",
        *([] if told.rejected is None else [f"what one rejects, read with the other: {_chances(told.rejected)}"]),
        f"with what the rules saw: {_chances(found)} (a contradiction is told from {_two(bound)})",
    )
    return Layer(
        "model",
        lines,
        {
            "read": _rounded(told.pair),
            "rejected": told.rejected and _rounded(told.rejected),
            "together": _rounded(found),
            "told_from": bound,
        },
    )


LAYERS: tuple[Callable[[_Case], Layer], ...] = (_likeness, _gate, _signs, _weights, _model)
"""The layers in the order of the cascade, but that a rule which is sure comes before all."""


def _how(case: _Case) -> str:
    """Return in words how the layer that decided did."""
    match case.verdict.layer:
        case "gate":
            return case.verdict.reasons[0]
        case "signs":
            return "what the rules found is enough"
        case "weights":
            return "no sign of a contradiction counts enough; the features weighed together say it"
        case _:
            return "the model of pairs was asked, and what it says was weighed with what the rules saw"


def _chances(found: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {_two(chance)}" for name, chance in _ranked(found))


def _rounded(found: Mapping[str, float]) -> dict[str, float]:
    return {name: round(found[name], 4) for name in LABELS}


def _ranked(found: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(found.items(), key=lambda item: -item[1])


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _two(value: float) -> str:
    return f"{value:.2f}"
