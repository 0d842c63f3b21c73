"""A pair in numbers: what all rules saw, symmetric in its sides, for the weights of `score.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.contradictions.align import Alignment, align
from pipeline.contradictions.changes import same_change, unchanged_findings
from pipeline.contradictions.denial import denial_findings
from pipeline.contradictions.finding import Finding
from pipeline.contradictions.gate import one_frame, other_subject
from pipeline.contradictions.negation import negation_findings
from pipeline.contradictions.opposites import opposite_findings
from pipeline.contradictions.quantities import Figures, compare_figures, one_conflict, quantity_findings
from pipeline.contradictions.reading import Reading, read
from pipeline.matching.words import tokens
from schemas.claim import Claim
from schemas.verdict import Kind

SIGNS = (
    "negation",
    "negation_one",
    "opposite",
    "quantity",
    "loose",
    "denied",
    "denial_one",
    "open_one",
    "other_digits",
)
"""Signs that weigh more the more alike the claims are otherwise."""


@dataclass(frozen=True)
class Seen:
    """All that was seen of a pair."""

    a: Reading
    b: Reading
    alignment: Alignment
    apart: str | None
    figures: tuple[Figures, ...]
    findings: tuple[Finding, ...]
    one_change: str | None = None
    """In words, that both tell one change, when they do."""
    rejected: tuple[str, str] | None = None
    """What one side's article says that it rejects, and the text of the other side; None where it says nothing."""


def look(a: Claim, b: Claim) -> Seen:
    """Return what the rules see of two claims."""
    left, right = read(a), read(b)
    alignment = align(left, right)
    figures = compare_figures(left, right, b.published_at - a.published_at)
    counted = one_conflict(figures)
    findings = (
        *denial_findings(a, b, left, right),
        *quantity_findings(figures, plain=counted is not None and one_frame(left, right, alignment, counted)),
        *negation_findings(left, right),
        *opposite_findings(left, right, alignment),
        *unchanged_findings(left, right),
    )
    apart = other_subject(left, right, alignment)
    rejected = _rejected(a, b, left, right) or _rejected(b, a, right, left)
    return Seen(left, right, alignment, apart, figures, findings, same_change(left, right), rejected)


def _rejected(denier: Claim, other: Claim, own: Reading, others: Reading) -> tuple[str, str] | None:
    """Return what the denier's article has it reject, where that is a claim of its own words, not the other itself."""
    denied = denier.denies
    if denied is None or not denied.text or denied.claim_id == other.claim_id or other.denies is not None:
        return None
    return None if denied.text in own.text else (denied.text, others.text)


def features(seen: Seen, similarity: float) -> Mapping[str, float]:
    """Return the pair's features by name, each roughly in [0, 1]."""
    base = {"similarity": similarity, "close": max(0.0, similarity - 0.6) * 4, **_words(seen), **_signs(seen)}
    base["template"] = template(seen)
    crossed = {f"{sign}*{by}": base[sign] * base[by] for sign in SIGNS for by in ("similarity", "overlap", "template")}
    return {**base, **crossed}


def _words(seen: Seen) -> dict[str, float]:
    alignment = seen.alignment
    return {
        "overlap": alignment.overlap,
        "jaccard": alignment.jaccard,
        "names": float(alignment.names),
        "names_apart": float(alignment.apart),
        "other_subject": float(seen.apart is not None),
        "shared_many": min(len(alignment.shared), 8) / 8,
        "other_day": float(bool(seen.a.weekdays and seen.b.weekdays and not seen.a.weekdays & seen.b.weekdays)),
        "short": float(min(len(seen.a.words), len(seen.b.words)) < 5),
    }


def strengths(seen: Seen) -> dict[Kind, float]:
    """Return how strong the strongest finding of each kind is."""
    found: dict[Kind, float] = {}
    for finding in seen.findings:
        found[finding.kind] = max(found.get(finding.kind, 0.0), finding.strength)
    return found


def _signs(seen: Seen) -> dict[str, float]:
    strength = strengths(seen)
    relations = {figure.relation for figure in seen.figures}
    return {
        "negation": strength.get("negation", 0.0),
        "opposite": strength.get("opposite", 0.0),
        "quantity": float("apart" in {it.relation for it in seen.figures if it.strict}),
        "loose": float("apart" in {it.relation for it in seen.figures if not it.strict}),
        "other_digits": float(_digits(seen.a) != _digits(seen.b)),
        "about_talk": _one(seen, "about_talk"),
        "talk_both": float("about_talk" in seen.a.hedges and "about_talk" in seen.b.hedges),
        "agree": float("agree" in relations),
        "later": float("later" in relations),
        "denied": strength.get("denial", 0.0),
        "denial_one": float((seen.a.denial is None) != (seen.b.denial is None)),
        "denial_both": float(seen.a.denial is not None and seen.b.denial is not None),
        "negation_one": float(bool(seen.a.negations) != bool(seen.b.negations)),
        "negation_both": float(bool(seen.a.negations) and bool(seen.b.negations)),
        "open_one": _one(seen, "open"),
        "possible_one": _one(seen, "possible"),
        "planned_one": _one(seen, "planned"),
        "hearsay_one": _one(seen, "hearsay"),
        "figures_one": float(bool(seen.a.quantities) != bool(seen.b.quantities)),
    }


def _one(seen: Seen, hedge: str) -> float:
    return float((hedge in seen.a.hedges) != (hedge in seen.b.hedges))


def _digits(reading: Reading) -> frozenset[str]:
    return frozenset(word for word in tokens(reading.text) if word[0].isdigit())


def template(seen: Seen) -> float:
    """Return how much of one sentence is the other, word for word: two wordings of one are above .6."""
    first, second = sorted((tokens(seen.a.text), tokens(seen.b.text)))
    ratio: float = SequenceMatcher(None, first, second, autojunk=False).ratio()
    return max(0.0, ratio - 0.5) * 2
