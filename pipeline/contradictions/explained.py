"""What each layer of the cascade saw of a pair, in plain words and in figures, and which of them gave the verdict.

The verdict is the judge's own; nothing is judged here. A layer is a function from what was seen to a `Layer`: a new
layer of the judge is told by one more in `LAYERS`, and by a line in `_decided` for what it decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pipeline.contradictions import judge as cascade
from pipeline.contradictions import signs
from pipeline.contradictions.features import Seen, features, look, template
from pipeline.contradictions.finding import Finding
from pipeline.contradictions.gate import forecast, other_times
from pipeline.contradictions.paraphrase import SAME
from pipeline.contradictions.reading import Reading
from pipeline.contradictions.score import LABELS, chances, weights
from pipeline.contradictions.tables import family
from pipeline.contradictions.weighing import Weighed, in_words
from pipeline.matching.words import tokens
from schemas.pair import Pair
from schemas.verdict import Verdict

KINDS = ("denial", "quantity", "negation", "opposite")
"""The rules, by the kind of what they find."""
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


def explained(pair: Pair) -> Explained:
    """Return today's verdict on a pair with what each layer saw."""
    case = _Case(pair, cascade.judge(pair), look(pair.a, pair.b))
    name, how = _decided(case)
    layers = (tell(case) for tell in LAYERS)
    return Explained(
        case.verdict,
        tuple(Layer(it.name, it.lines, it.figures, how if it.name == name else None) for it in layers),
    )


@dataclass(frozen=True)
class _Case:
    """A pair, its verdict, and all that was seen of it."""

    pair: Pair
    verdict: Verdict
    seen: Seen

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
    def counting(self) -> tuple[Finding, ...]:
        """The findings that count beside the weights."""
        certain = (
            self.chances["contradiction"] >= cascade.CERTAIN and self.seen.alignment.overlap >= cascade.CERTAIN_OVERLAP
        )
        return signs.counting(self.seen, self.similarity, certain=certain)

    @cached_property
    def sure(self) -> tuple[Finding, ...]:
        """The findings that are sure enough to ask no other layer."""
        near = self.similarity >= cascade.SURE_SIMILARITY
        return tuple(it for it in self.seen.findings if it.sure and (near or it.kind == "quantity"))

    @cached_property
    def linked(self) -> tuple[Finding, ...]:
        """The denials that only their article's link ties to the other claim, between claims alike enough for that."""
        near = self.similarity >= cascade.LINKED_SIMILARITY
        return tuple(it for it in self.seen.findings if it.linked and near)

    @cached_property
    def plain(self) -> tuple[Finding, ...]:
        """The findings that are plain enough to overrule the weights."""
        if self.similarity < cascade.PLAIN_SIMILARITY:
            return ()
        figures = self.chances["contradiction"] >= cascade.PLAIN_FIGURES
        alike = template(self.seen) >= signs.LOOSE_TEMPLATE
        allowed = {"quantity": figures, "opposite": alike}
        return tuple(it for it in self.seen.findings if it.plain and allowed.get(it.kind, True))

    @property
    def heard(self) -> tuple[Finding, ...]:
        """The findings that can make a contradiction of this pair."""
        return (*self.sure, *self.linked, *self.plain, *self.counting)


def _likeness(case: _Case) -> Layer:
    """How alike the two are: the cosine of their vectors, the words they share, their wording."""
    alignment, wording = case.seen.alignment, template(case.seen)
    shared = _spelled(alignment.shared, case.seen.a)
    more = f" and {len(shared) - TOLD_WORDS} more" if len(shared) > TOLD_WORDS else ""
    lines = (
        f"cosine of meaning {_two(case.similarity)} (below {_two(cascade.UNRELATED_BELOW)} a pair is unrelated)",
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


def _rules(case: _Case) -> Layer:
    """What each rule found."""
    found = case.seen.findings
    lines = [_finding(it, case) for it in found]
    silent = [kind for kind in KINDS if kind not in {it.kind for it in found}]
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
        | {"counts": it in case.heard}
        for it in found
    ]
    return Layer("rules", tuple(lines), {"findings": findings, "one_change": case.seen.one_change})


def _finding(it: Finding, case: _Case) -> str:
    denier = f", {it.denier.upper()} rejects the other" if it.denier else ""
    aside = "" if it in case.heard else "; does not count, too little else is alike"
    return f"{it.kind}, {_is(it)}, strength {_two(it.strength)}{denier}: {it.reason}{aside}"


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
        "chances: " + ", ".join(f"{name} {_two(chance)}" for name, chance in _ranked(case.chances)),
        f"for {label}: " + (", ".join(map(in_words, rising)) or "nothing of weight"),
        f"against {label}: " + (", ".join(map(in_words, falling)) or "nothing of weight"),
    ]
    figures: dict[str, Any] = {
        "chances": {name: round(case.chances[name], 4) for name in LABELS},
        "label": label,
        "features": [_figures(it) for it in weighed],
    }
    return Layer("weights", tuple(lines), figures)


def _figures(it: Weighed) -> dict[str, str | float]:
    return {"name": it.name, "value": round(it.value, 4), "weight": it.weight, "part": round(it.part, 4)}


def heaviest(values: Mapping[str, float], label: str) -> tuple[Weighed, ...]:
    """Return the features that weigh most for or against a label, the heaviest first."""
    table = weights()[label]
    found = [Weighed(name, value, table.get(name, 0.0)) for name, value in values.items()]
    ranked = sorted((it for it in found if it.part), key=lambda it: (-abs(it.part), it.name))
    return tuple(ranked[:TOLD_FEATURES])


LAYERS: tuple[Callable[[_Case], Layer], ...] = (_likeness, _gate, _rules, _weights)
"""The layers in the order of the cascade, but that a rule which is sure comes before all."""


def _decided(case: _Case) -> tuple[str, str]:
    """Return the layer that gave the verdict, and how; read from the verdict, in the judge's order."""
    match case.verdict.verdict:
        case "contradiction":
            return _contradicted(case)
        case "unrelated" if case.similarity < cascade.UNRELATED_BELOW:
            return "likeness", "too unlike in meaning to be related"
        case "unrelated" if case.seen.apart is not None:
            return "gate", "they are of another subject"
        case "same" if case.verdict.reasons == ("the same words",):
            return "likeness", "they have the same words"
        case "same" if case.seen.one_change is not None and case.seen.one_change in case.verdict.reasons:
            return "rules", "both tell one change"
        case "suggested":
            return "weights", "the chance of same is enough to suggest it, not to join them"
        case "same":
            return "weights", f"a chance of {_two(SAME)} for same is enough"
        case verdict:
            other = "unrelated" if verdict == "compatible" else "compatible"
            return "weights", f"no sign of a contradiction counts enough, and {verdict} is likelier than {other}"


def _contradicted(case: _Case) -> tuple[str, str]:
    score, chance = case.verdict.score, case.chances["contradiction"]
    if case.sure:
        return "rules", "a rule is sure: the claim itself says what it rejects; the other layers were not asked"
    if case.linked:
        return "rules", "the denial's own article links it to what it denies; the other layers were not asked"
    if case.plain:
        return "rules", "a rule found plain words for it, which is enough between claims this alike"
    if score == round(chance, 4):
        return "weights", f"a sign counts, and a chance of {_two(cascade.CONTRADICTION)} for contradiction is enough"
    return "rules", "“nothing has changed” stands against a change"


def _ranked(found: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(found.items(), key=lambda item: -item[1])


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _two(value: float) -> str:
    return f"{value:.2f}"
