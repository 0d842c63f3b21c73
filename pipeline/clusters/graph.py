"""The graph of claims: what was judged the same, offered as the same, or contradictory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from schemas.claim import Claim
from schemas.verdict import Verdict


@dataclass
class Graph:
    """Claims by id and verdicts by the two claims they are about; each verdict is held under both ends."""

    claims: dict[str, Claim] = field(default_factory=dict)
    same: dict[str, dict[str, Verdict]] = field(default_factory=dict)
    suggested: dict[str, dict[str, Verdict]] = field(default_factory=dict)
    contradicting: dict[str, dict[str, Verdict]] = field(default_factory=dict)
    by_article: dict[str, set[str]] = field(default_factory=dict)

    def add(self, verdict: Verdict) -> None:
        """Hold a verdict that links its claims; "compatible" and "unrelated" link nothing and are not held."""
        edges = self._edges(verdict)
        if edges is None:
            return
        for claim in (verdict.a, verdict.b):
            self.claims[claim.claim_id] = claim
            self.by_article.setdefault(claim.article_id, set()).add(claim.claim_id)
        edges.setdefault(verdict.a.claim_id, {})[verdict.b.claim_id] = verdict
        edges.setdefault(verdict.b.claim_id, {})[verdict.a.claim_id] = verdict

    def remove(self, claim_id: str) -> set[str]:
        """Forget a claim and its verdicts; return the claims that had one with it."""
        neighbours: set[str] = set()
        for edges in (self.same, self.suggested, self.contradicting):
            for other in edges.pop(claim_id, {}):
                neighbours.add(other)
                del edges[other][claim_id]
        claim = self.claims.pop(claim_id)
        self.by_article[claim.article_id].discard(claim_id)
        return neighbours

    def region(self, start: Iterable[str]) -> set[str]:
        """Return every claim linked to `start` through any number of verdicts of sameness or contradiction."""
        seen = {claim for claim in start if claim in self.claims}
        todo = list(seen)
        while todo:
            claim = todo.pop()
            for edges in (self.same, self.contradicting):
                for other in edges.get(claim, {}):
                    if other not in seen:
                        seen.add(other)
                        todo.append(other)
        return seen

    def contradictions_of(self, claims: Iterable[str]) -> Iterator[Verdict]:
        """Yield each contradicting verdict among `claims` once."""
        for claim in claims:
            for verdict in self.contradicting.get(claim, {}).values():
                if verdict.a.claim_id == claim:
                    yield verdict

    def _edges(self, verdict: Verdict) -> dict[str, dict[str, Verdict]] | None:
        match verdict.verdict:
            case "same":
                return self.same
            case "suggested":
                return self.suggested
            case "contradiction":
                return self.contradicting
            case _:
                return None
