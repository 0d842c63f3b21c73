"""What the peer tells of the sample newsroom, beside what crossclaim tells, held against what a careful reader found.

    python -m benchmarks.peers.newsroom

Both read the same articles in the same order, corrections included, and are scored by benchmarks.quality.newsroom: what
is told is a hit when its two sides join both sides of an expected contradiction, by article and by words in common. The
peer tells pairs of sentences, crossclaim contradictions that hold several pairs of quotes; so that neither is helped by
how it counts, crossclaim is also scored with each pair of quotes standing alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from benchmarks.peers.peer import Finding, Peer, Sentence
from benchmarks.quality.newsroom import Score, newsroom_articles, read_newsroom, score
from newsroom import load_expected
from newsroom.expected import Expected
from schemas.article import Article
from schemas.contradiction import Contradiction, Evidence, Side

BOUNDS = (0.0, 0.5, 0.7, 0.8, 0.9)
"""Chances from which the peer's contradictions are told: 0 stands for "the most probable class"."""


def told(peer: Peer, articles: Sequence[Article]) -> list[Finding]:
    """Return the contradictions that the peer tells; those of an article's wrong text go when it is corrected."""
    found: list[Finding] = []
    for article in articles:
        found = [one for one in found if article.url not in (one.a.url, one.b.url)]
        found += [one for one in peer.take(article.url, article.text) if one.verdict == "contradiction"]
    return found


def as_contradiction(finding: Finding, number: int) -> Contradiction:
    """Return a finding in the form that is scored."""
    a, b = _side(finding.a), _side(finding.b)
    evidence = Evidence(kind="other", score=finding.chance, reasons=(), a=a, b=b)
    return _of(f"peer-{number}", evidence)


def apart(found: Sequence[Contradiction]) -> list[Contradiction]:
    """Return each pair of quotes of some contradictions as a contradiction of its own."""
    pairs = [pair for one in found for pair in one.evidence]
    return [_of(f"pair-{number}", pair) for number, pair in enumerate(pairs)]


def _of(name: str, evidence: Evidence) -> Contradiction:
    return Contradiction(
        contradiction_id=name,
        version=1,
        kind=evidence.kind,
        kinds=(evidence.kind,),
        score=evidence.score,
        reasons=(),
        first_seen=evidence.a.published_at,
        last_seen=evidence.a.published_at,
        a=evidence.a,
        b=evidence.b,
        evidence=(evidence,),
    )


def _side(sentence: Sentence) -> Side:
    return Side(
        claim_id="",
        article_id="",
        url=sentence.url,
        outlet="",
        title="",
        source="",
        quote=sentence.text,
        sentence=sentence.text,
        quote_start=0,
        published_at=datetime(1970, 1, 1, tzinfo=UTC),
        cluster_id="",
    )


def report() -> str:
    """Return the table of both."""
    expected = load_expected()
    articles = newsroom_articles(datetime.now(UTC))
    _, contradictions = read_newsroom()
    peer = Peer()
    found = told(peer, articles)
    rows = [
        f"{len(articles)} articles of the sample newsroom.",
        "",
        "| | raised | real | debatable | false | precision | found of those expected |",
        "|---|---|---|---|---|---|---|",
        _row("crossclaim", score(contradictions, expected)),
        _row("crossclaim, each pair of quotes alone", score(apart(contradictions), expected)),
    ]
    rows += [_row(_named(bound), _scored(found, bound, expected)) for bound in BOUNDS]
    return "\n".join(rows)


def _named(bound: float) -> str:
    return f"peer, chance of {bound:.1f} and more" if bound else "peer"


def _scored(found: Sequence[Finding], bound: float, expected: Expected) -> Score:
    kept = [one for one in found if one.chance >= bound]
    return score([as_contradiction(one, number) for number, one in enumerate(kept)], expected)


def _row(name: str, result: Score) -> str:
    hits, debatable, false = len(result.hits), len(result.debatable), len(result.false)
    wanted = len(result.found) + len(result.missed)
    raised = hits + debatable + false
    return (
        f"| {name} | {raised} | {hits} | {debatable} | {false} | {result.precision:.2f} "
        f"| {len(result.found)} of {wanted} |"
    )


if __name__ == "__main__":
    print(report())
