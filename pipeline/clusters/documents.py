"""Clusters and contradictions as messages, built from the graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from pipeline.clusters.copies import origins
from pipeline.clusters.disputes import Dispute, denier_of
from pipeline.clusters.graph import Graph
from pipeline.clusters.independence import independent_sources
from pipeline.clusters.partition import publication_order
from schemas.claim import Claim
from schemas.cluster import Cluster, Member, Origin
from schemas.contradiction import Contradiction, Evidence, Side
from schemas.verdict import Verdict

T = TypeVar("T")

MAX_EVIDENCE = 20
"""Pairs of quotes that a contradiction carries; the weakest of more are left out of the message."""

MAX_MEMBERS = 200
"""Members that a cluster message lists; the ids of all are in `claims`."""


def cluster_message(
    graph: Graph,
    cluster_id: str,
    claims: Sequence[str],
    deniers: Sequence[str],
    contradictions: Iterable[str],
    version: int,
) -> Cluster:
    """Build a cluster from its claims and the claims that deny it, both in order of publication."""
    asserting = [graph.claims[claim] for claim in claims]
    denying = [graph.claims[claim] for claim in deniers]
    shown = sorted([*asserting, *denying], key=lambda claim: (claim.published_at, claim.claim_id))
    denied_by = set(deniers)
    copied = origins(graph, [*claims, *deniers])
    return Cluster(
        cluster_id=cluster_id,
        version=version,
        headline=asserting[0].standalone,
        claims=tuple(claims),
        members=tuple(
            _member(claim, claim.claim_id in denied_by, copied.get(claim.article_id)) for claim in shown[:MAX_MEMBERS]
        ),
        outlets=_unique(claim.outlet for claim in asserting),
        independent_sources=independent_sources(graph, claims),
        asserters=_unique(claim.source.name for claim in asserting),
        deniers=_unique(claim.source.name for claim in denying),
        first_seen=shown[0].published_at,
        last_seen=shown[-1].published_at,
        entities=_unique(entity.name for claim in asserting for entity in claim.entities),
        contradictions=tuple(sorted(contradictions)),
    )


def contradiction_message(
    graph: Graph, dispute: Dispute, cluster_of: Mapping[str, str], version: int, supersedes: Sequence[str]
) -> Contradiction:
    """Build a contradiction from its verdicts, those first that tell it best."""
    evidence = tuple(_evidence(verdict, cluster_of) for verdict in dispute.verdicts[:MAX_EVIDENCE])
    first = evidence[0]
    ends = publication_order(graph, {c.claim_id for verdict in dispute.verdicts for c in (verdict.a, verdict.b)})
    claims = [graph.claims[claim] for claim in ends]
    return Contradiction(
        contradiction_id=dispute.contradiction_id,
        version=version,
        kind=first.kind,
        kinds=_unique(item.kind for item in evidence),
        score=max(verdict.score for verdict in dispute.verdicts),
        reasons=_unique(reason for item in evidence for reason in item.reasons),
        first_seen=min(max(verdict.a.published_at, verdict.b.published_at) for verdict in dispute.verdicts),
        last_seen=claims[-1].published_at,
        a=first.a,
        b=first.b,
        evidence=evidence,
        outlets=_unique(claim.outlet for claim in claims),
        independent_sources=independent_sources(graph, ends),
        entities=_unique(entity.name for claim in claims for entity in claim.entities),
        supersedes=tuple(supersedes),
    )


def _evidence(verdict: Verdict, cluster_of: Mapping[str, str]) -> Evidence:
    """`a` is what is denied; without a denial it is what was published first."""
    a, b = (verdict.b, verdict.a) if denier_of(verdict) == verdict.a.claim_id else (verdict.a, verdict.b)
    if verdict.kind is None:
        raise AssertionError(f"a contradiction without a kind: pair {verdict.pair_id}")
    return Evidence(
        kind=verdict.kind,
        score=verdict.score,
        reasons=verdict.reasons,
        a=side_of(a, cluster_of[a.claim_id]),
        b=side_of(b, cluster_of[b.claim_id]),
    )


def side_of(claim: Claim, cluster_id: str = "") -> Side:
    """Return a claim as one side of a contradiction."""
    return Side(
        claim_id=claim.claim_id,
        article_id=claim.article_id,
        url=claim.url,
        outlet=claim.outlet,
        title=claim.title,
        source=claim.source.name,
        quote=claim.text,
        sentence=claim.sentence,
        quote_start=claim.sentence.find(claim.text),
        published_at=claim.published_at,
        cluster_id=cluster_id,
    )


def _member(claim: Claim, denies: bool, origin: Origin | None) -> Member:
    return Member(
        claim_id=claim.claim_id,
        article_id=claim.article_id,
        url=claim.url,
        outlet=claim.outlet,
        title=claim.title,
        source=claim.source,
        stance=claim.stance,
        quote=claim.text,
        sentence=claim.sentence,
        published_at=claim.published_at,
        role="denies" if denies else "asserts",
        copy_of=origin,
    )


def _unique(values: Iterable[T]) -> tuple[T, ...]:
    """Each value once, in order of first appearance."""
    return tuple(dict.fromkeys(values))
