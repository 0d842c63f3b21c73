"""Which articles are copies of one text, and where that text comes from. A pure function of the graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.clusters.graph import Graph
from pipeline.clusters.groups import Groups
from schemas.claim import Claim
from schemas.cluster import Origin


def near_copies(graph: Graph, claims: Iterable[str]) -> Iterable[tuple[Claim, Claim]]:
    """Yield the claims, two and two, whose articles are near copies of one text, however they were judged."""
    members = set(claims)
    for claim_id in members:
        for edges in (graph.same, graph.suggested, graph.contradicting):
            for other, verdict in edges.get(claim_id, {}).items():
                if verdict.near_copy and other in members:
                    yield graph.claims[claim_id], graph.claims[other]


def origins(graph: Graph, claims: Iterable[str]) -> dict[str, Origin]:
    """Return where the text of copied articles comes from, by article id; an article that is no copy is not in it.

    It is the agency that the text credits: its own article where that is among the claims, else its name. A text that
    credits nobody comes from the one that published it first.
    """
    claims = list(claims)
    articles = {graph.claims[claim].article_id: graph.claims[claim] for claim in claims}
    groups = Groups()
    for a, b in near_copies(graph, claims):
        groups.join(a.article_id, b.article_id)
    copied: dict[str, list[Claim]] = {}
    for article in sorted(articles.values(), key=lambda claim: (claim.published_at, claim.article_id)):
        copied.setdefault(groups.find(article.article_id), []).append(article)
    own = _by_outlet(articles.values())
    return {
        article.article_id: origin
        for group in copied.values()
        for article in group
        if (origin := _origin(article, group, own)) and not _is(article, origin)
    }


def _origin(article: Claim, group: list[Claim], own: Mapping[str, Claim]) -> Origin | None:
    credit = article.credit or next((claim.credit for claim in group if claim.credit), None)
    if credit:
        wire = own.get(credit.casefold())
        return _at(wire) if wire else Origin(outlet=credit)
    return _at(group[0]) if len(group) > 1 else None


def _by_outlet(articles: Iterable[Claim]) -> dict[str, Claim]:
    """Return each outlet's first article of those, by its name."""
    ordered = sorted(articles, key=lambda claim: (claim.published_at, claim.article_id), reverse=True)
    return {claim.outlet.casefold(): claim for claim in ordered}


def _at(claim: Claim) -> Origin:
    return Origin(outlet=claim.outlet, article_id=claim.article_id, url=claim.url)


def _is(article: Claim, origin: Origin) -> bool:
    return article.article_id == origin.article_id or article.outlet.casefold() == origin.outlet.casefold()
