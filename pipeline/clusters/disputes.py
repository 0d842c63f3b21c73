"""Which contradicting verdicts are one contradiction, so that it is told once.

A denial belongs with everything that it, or another denial of the same cluster, rejects: "Rostec denies the report"
is one contradiction however many of the report's claims and however many articles it shows up in. Contradictions
without a denial are one for each two clusters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pipeline.clusters.groups import Groups
from schemas.ids import contradiction_id
from schemas.verdict import Verdict

DENIAL = "denial"

PLAIN = 0.5
"""Score from which a verdict is plain enough to stand first; below it one that is surer does."""


@dataclass(frozen=True)
class Dispute:
    """One contradiction: its id, and its verdicts, those first that tell it best."""

    contradiction_id: str
    verdicts: tuple[Verdict, ...]


def disputes(verdicts: Iterable[Verdict], cluster_of: Mapping[str, str], rank: Mapping[str, int]) -> list[Dispute]:
    """Group contradicting verdicts.

    `cluster_of` gives each claim's cluster id, `rank` each cluster's place in order of first publication.
    """
    verdicts = list(verdicts)
    deniers = {claim for verdict in verdicts if (claim := denier_of(verdict))}
    groups = Groups()
    for verdict in verdicts:
        first, *others = _keys(verdict, deniers, cluster_of)
        for key in (first, *others):
            groups.join(first, key)
    grouped: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        grouped.setdefault(groups.find(_keys(verdict, deniers, cluster_of)[0]), []).append(verdict)
    return [
        Dispute(_dispute_id(group, deniers, cluster_of, rank), tuple(sorted(group, key=_tells_best)))
        for group in grouped.values()
    ]


def denier_of(verdict: Verdict) -> str | None:
    """Return the id of the claim that denies the other, if one does."""
    match verdict.denier:
        case "a":
            return verdict.a.claim_id
        case "b":
            return verdict.b.claim_id
        case _:
            return None


def _keys(verdict: Verdict, deniers: set[str], cluster_of: Mapping[str, str]) -> list[str]:
    """What a verdict hangs on: each denial and each denied cluster in it, or else its two clusters together."""
    keys = []
    for claim in (verdict.a.claim_id, verdict.b.claim_id):
        keys.append(f"denial:{claim}" if claim in deniers else f"cluster:{cluster_of[claim]}")
    if any(key.startswith("denial:") for key in keys):
        return keys
    return ["pair:" + " ".join(sorted(keys))]


def _dispute_id(group: list[Verdict], deniers: set[str], cluster_of: Mapping[str, str], rank: Mapping[str, int]) -> str:
    ends = {claim for verdict in group for claim in (verdict.a.claim_id, verdict.b.claim_id)}
    denied = sorted({cluster_of[claim] for claim in ends - deniers}, key=rank.__getitem__)
    if not ends & deniers:
        return contradiction_id(*denied)
    # Two denials can reject each other ("X denies that Y denied it"); then the group has no plain claim in it.
    first = denied or sorted({cluster_of[claim] for claim in ends}, key=rank.__getitem__)
    return contradiction_id(first[0], DENIAL)


def _tells_best(verdict: Verdict) -> tuple[bool, bool, datetime, datetime, float, str]:
    """Order evidence for a reader: two reports against each other before one that quotes both, then the first told."""
    within_one = verdict.a.article_id == verdict.b.article_id
    first, second = sorted((verdict.a.published_at, verdict.b.published_at))
    return (verdict.score < PLAIN, within_one, first, second, -verdict.score, verdict.pair_id)
