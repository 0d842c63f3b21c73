"""The fold of verdicts: (state, verdict) → changed clusters and contradictions.

What is true after a set of verdicts does not depend on their order; only versions and `supersedes` tell of the way.
Folding a verdict again changes nothing and so returns nothing.
"""

from __future__ import annotations

from pipeline.clusters.rework import Change, rework
from pipeline.clusters.state import State
from schemas.pair import Retraction
from schemas.verdict import Verdict


def fold(state: State, item: Verdict | Retraction, timestamp_ms: int) -> list[Change]:
    """Take in one verdict or retraction and return what changed.

    `timestamp_ms` is the time the message was written to its log (milliseconds since 1970): versions rise with it, so
    they keep rising when a log begins anew.
    """
    touched = _retract(state, item) if isinstance(item, Retraction) else _link(state, item)
    if not touched:
        return []
    version = max(state.version + 1, timestamp_ms)
    changes = rework(state, touched, version)
    if changes:
        state.version = version
    return changes


def _link(state: State, verdict: Verdict) -> set[str]:
    ends = {verdict.a.claim_id, verdict.b.claim_id}
    if verdict.verdict in ("compatible", "unrelated") or any(
        _is_retracted(state, claim.article_id, claim.revision, claim.claim_id) for claim in (verdict.a, verdict.b)
    ):
        return set()
    state.graph.add(verdict)
    return ends


def _is_retracted(state: State, article: str, revision: int, claim: str) -> bool:
    return revision < state.revisions.get(article, 0) and claim not in state.rosters[article]


def _retract(state: State, item: Retraction) -> set[str]:
    if item.revision <= state.revisions.get(item.article_id, 0):
        return set()
    state.revisions[item.article_id] = item.revision
    state.rosters[item.article_id] = frozenset(item.claims)
    touched: set[str] = set()
    for claim in list(state.graph.by_article.get(item.article_id, ())):
        if _is_retracted(state, item.article_id, state.graph.claims[claim].revision, claim):
            touched |= {claim} | state.graph.remove(claim)
    return touched
