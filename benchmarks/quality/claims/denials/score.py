"""Measure how denials are found, with who denies and what is denied, on labelled passages.

    python -m benchmarks.quality.claims.denials.score [--part test] [--errors]

What is labelled and what the figures mean stands in guide.md. `--errors` lists what went wrong, on "dev" only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from benchmarks.quality.claims.labels import Label, Marked, Part, load, score
from benchmarks.quality.claims.reading import article_of
from benchmarks.quality.claims.words import content_words, f1, rates, tokens
from pipeline.claims.extract import ClaimExtractor
from schemas.claim import Claim

SAME_SOURCE = 0.5
"""Token F1 from which two wordings of a source are one: "a spokesperson" for "a spokesperson for Eastmark"."""


class Refusal(msgspec.Struct, frozen=True):
    """A labelled denial: the words of its frame, and the spans that are accepted for source and denied proposition."""

    cue: Marked
    source: tuple[Marked, ...]
    target: tuple[Marked, ...]


class Passage(Label, frozen=True):
    """A passage with its denials; `kind` is the frame, or what a near miss looks like."""

    kind: str
    denials: tuple[Refusal, ...]


@dataclass
class Tally:
    """Counts over passages; `kinds` holds (told rightly, all)."""

    hits: int = 0
    told: int = 0
    true: int = 0
    denials: int = 0
    matched: int = 0
    sources: int = 0
    with_target: int = 0
    target_f1: float = 0.0
    targets_exact: int = 0
    without_target: int = 0
    open: int = 0
    kinds: dict[str, list[int]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    @property
    def detection(self) -> tuple[float, float, float]:
        """Precision, recall and F1 of "this passage holds a denial"."""
        return rates(self.hits, self.told, self.true)

    @property
    def source_accuracy(self) -> float:
        """Share of the denials found whose source is right."""
        return self.sources / max(1, self.matched)

    @property
    def target_mean(self) -> float:
        """Mean token F1 of the denied propositions, 0 for a denial that was missed."""
        return self.target_f1 / max(1, self.with_target)


def measure(extractor: ClaimExtractor, passages: Sequence[Passage]) -> Tally:
    """Return the counts of the extractor on labelled passages."""
    tally = Tally()
    for passage in passages:
        claims = extractor.extract(article_of(passage.text))
        _add(tally, passage, claims)
    return tally


def _add(tally: Tally, passage: Passage, claims: Sequence[Claim]) -> None:
    found = [claim for claim in claims if claim.stance == "denies"]
    tally.told += bool(found)
    tally.true += bool(passage.denials)
    tally.hits += bool(found and passage.denials)
    kind = tally.kinds.setdefault(passage.kind, [0, 0])
    kind[0] += bool(found) == bool(passage.denials)
    kind[1] += 1
    if found and not passage.denials:
        told = "; ".join(f"{claim.cue}: {claim.content}" for claim in found)
        tally.errors.append(f"{passage.id}: no denial, but {told}   | {passage.text}")
    for denial in passage.denials:
        _compare(tally, passage, denial, found, claims)


def _compare(tally: Tally, passage: Passage, denial: Refusal, found: Sequence[Claim], claims: Sequence[Claim]) -> None:
    tally.denials += 1
    tally.with_target += bool(denial.target)
    match = min(found, key=lambda claim: _away(claim, denial.cue), default=None)
    if match is None:
        tally.errors.append(f"{passage.id}: missed   | {passage.text}")
        return
    tally.matched += 1
    right = _same_source(denial, match)
    tally.sources += right
    if not right:
        labelled = " / ".join(one.text for one in denial.source) or "nobody"
        tally.errors.append(f"{passage.id}: source {labelled}, found {match.source.text or match.source.name}")
    said = _denied(match, claims)
    if not denial.target:
        tally.without_target += 1
        points = match.denies is not None and match.denies.claim_id is not None
        tally.open += not points
        if points:
            tally.errors.append(f"{passage.id}: no target, found “{said}”")
        return
    best = max(f1(tokens(one.text), tokens(said)) for one in denial.target)
    tally.target_f1 += best
    exact = any(content_words(one.text) == content_words(said) for one in denial.target)
    tally.targets_exact += exact
    if not exact:
        labelled = "” / “".join(one.text for one in denial.target)
        tally.errors.append(f"{passage.id}: target “{labelled}”, found “{said}” ({best:.2f})")


def _away(claim: Claim, cue: Marked) -> int:
    """Return how far a claim's sentence is from the words of a denial; 0 where it holds them."""
    end = claim.sentence_start + len(claim.sentence)
    return max(0, claim.sentence_start - cue.start, cue.start - end)


def _same_source(denial: Refusal, claim: Claim) -> bool:
    if not denial.source:
        return claim.source.kind == "outlet"
    told = [content_words(text) for text in (claim.source.text, claim.source.name) if text]
    return any(f1(content_words(one.text), words) >= SAME_SOURCE for one in denial.source for words in told)


def _denied(claim: Claim, claims: Sequence[Claim]) -> str:
    """Return the words of what a claim denies."""
    if claim.denies is None:
        return ""
    other = next((one for one in claims if one.claim_id == claim.denies.claim_id), None)
    return other.content if other is not None else claim.denies.text or ""


def report(tally: Tally) -> str:
    """Return the figures as lines of text."""
    precision, recall, f1_score = tally.detection
    exact = tally.targets_exact / max(1, tally.with_target)
    kinds = (f"{kind} {right}/{every}" for kind, (right, every) in sorted(tally.kinds.items()))
    return "\n".join(
        [
            f"detection  P {precision:.3f}  R {recall:.3f}  F1 {f1_score:.3f}",
            f"source     {tally.source_accuracy:.3f} of {tally.matched} denials found",
            f"target     token F1 {tally.target_mean:.3f}, exact {exact:.3f} of {tally.with_target}",
            f"open       {tally.open} of {tally.without_target} found without a target in the passage",
            "told rightly by kind: " + ", ".join(kinds),
        ]
    )


def passages_of(part: Part | None) -> list[Passage]:
    """Return the labelled passages of one part, or all."""
    return load("denials/passages.jsonl", Passage, part)


def measured(part: Part) -> tuple[str, list[str]]:
    """Return the figures of a part, and what went wrong."""
    passages = passages_of(part)
    tally = measure(ClaimExtractor(), passages)
    return f"{len(passages)} passages, {tally.denials} denials\n{report(tally)}", tally.errors


if __name__ == "__main__":
    score("Measure how denials are found.", measured)
