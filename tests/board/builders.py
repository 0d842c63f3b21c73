"""Messages from the few facts that a story is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from schemas import ids
from schemas.article import Article
from schemas.claim import ArticleClaims, Claim, Denial, Entity, Quantity, Source, SourceKind, Stance
from schemas.cluster import Cluster, Member
from schemas.contradiction import Contradiction, Evidence, Side
from schemas.message import Message
from schemas.verdict import Kind

LEAD = "This paragraph opens every sample article and claims nothing."


@dataclass(frozen=True)
class Told:
    """One claim as a story tells it; `quote` stands in `sentence`."""

    outlet: str
    url: str
    title: str
    at: datetime
    sentence: str
    quote: str
    standalone: str
    source: str
    kind: SourceKind = "person"
    stance: Stance = "asserts"
    role: Literal["asserts", "denies"] = "asserts"
    cue: str | None = None
    denies: str | None = None
    quantities: tuple[Quantity, ...] = ()
    entities: tuple[str, ...] = ()

    @property
    def article_id(self) -> str:
        return ids.article_id(self.url)

    @property
    def start(self) -> int:
        return len(LEAD) + 2 + self.sentence.index(self.quote)

    @property
    def claim_id(self) -> str:
        return ids.claim_id(self.article_id, self.start, self.start + len(self.quote), self.quote)


def claim(told: Told) -> Claim:
    """Return the claim."""
    return Claim(
        claim_id=told.claim_id,
        article_id=told.article_id,
        revision=1,
        url=told.url,
        outlet=told.outlet,
        title=told.title,
        published_at=told.at,
        text=told.quote,
        start=told.start,
        end=told.start + len(told.quote),
        sentence=told.sentence,
        sentence_start=len(LEAD) + 2,
        content=told.quote,
        standalone=told.standalone,
        source=Source(name=told.source, kind=told.kind, text=told.source),
        stance=told.stance,
        cue=told.cue,
        denies=Denial(text=told.denies) if told.denies else None,
        quantities=told.quantities,
        entities=tuple(Entity(name=name, kind="ORG") for name in told.entities),
        checkworthy=0.87,
        language="en",
    )


def article(told: Told) -> list[Message]:
    """Return the article that a claim stands in, and its claims."""
    text = f"{LEAD}\n\n{told.sentence}"
    fingerprint = ids.content_hash(told.title, text)
    whole = Article(
        article_id=told.article_id,
        url=told.url,
        outlet=told.outlet,
        title=told.title,
        text=text,
        published_at=told.at,
        fetched_at=told.at + timedelta(minutes=4),
        content_hash=fingerprint,
        language="en",
    )
    claims = ArticleClaims(
        article_id=told.article_id,
        revision=1,
        outlet=told.outlet,
        url=told.url,
        published_at=told.at,
        claims=(claim(told),),
        content_hash=fingerprint,
    )
    return [whole, claims]


def cluster(*members: Told, headline: str, contradictions: tuple[str, ...] = (), version: int = 1) -> Cluster:
    """Return the cluster of what was told, in order of publication."""
    ordered = sorted(members, key=lambda told: told.at)
    outlets = tuple(dict.fromkeys(told.outlet for told in ordered))
    return Cluster(
        cluster_id=cluster_id(*members),
        version=version,
        headline=headline,
        claims=tuple(told.claim_id for told in ordered),
        members=tuple(_member(told) for told in ordered),
        outlets=outlets,
        independent_sources=len(outlets),
        asserters=tuple(dict.fromkeys(told.source for told in ordered if told.role == "asserts")),
        deniers=tuple(dict.fromkeys(told.source for told in ordered if told.role == "denies")),
        first_seen=ordered[0].at,
        last_seen=ordered[-1].at,
        entities=tuple(dict.fromkeys(name for told in ordered for name in told.entities)),
        contradictions=contradictions,
    )


def cluster_id(*members: Told) -> str:
    """Return the id of the cluster of what was told."""
    return ids.cluster_id(min(members, key=lambda told: told.at).claim_id)


def _member(told: Told) -> Member:
    return Member(
        claim_id=told.claim_id,
        article_id=told.article_id,
        url=told.url,
        outlet=told.outlet,
        title=told.title,
        source=Source(name=told.source, kind=told.kind),
        stance=told.stance,
        quote=told.quote,
        sentence=told.sentence,
        published_at=told.at,
        role=told.role,
    )


def side(told: Told, cluster: str) -> Side:
    """Return what was told as one side of a contradiction."""
    return Side(
        claim_id=told.claim_id,
        article_id=told.article_id,
        url=told.url,
        outlet=told.outlet,
        title=told.title,
        source=told.source,
        quote=told.quote,
        sentence=told.sentence,
        quote_start=told.sentence.index(told.quote),
        published_at=told.at,
        cluster_id=cluster,
    )


def evidence(kind: Kind, score: float, reasons: tuple[str, ...], a: Side, b: Side) -> Evidence:
    """Return one piece of evidence."""
    return Evidence(kind=kind, score=score, reasons=reasons, a=a, b=b)


def contradiction(*pieces: Evidence, entities: tuple[str, ...] = (), version: int = 1) -> Contradiction:
    """Return the contradiction that the evidence makes, the strongest first."""
    first = pieces[0]
    times = [piece_side.published_at for piece in pieces for piece_side in (piece.a, piece.b)]
    return Contradiction(
        contradiction_id=contradiction_id(first.a, first.b),
        version=version,
        kind=first.kind,
        kinds=tuple(dict.fromkeys(piece.kind for piece in pieces)),
        score=first.score,
        reasons=first.reasons,
        first_seen=max(first.a.published_at, first.b.published_at),
        last_seen=max(times),
        a=first.a,
        b=first.b,
        evidence=pieces,
        outlets=tuple(dict.fromkeys(each.outlet for piece in pieces for each in (piece.a, piece.b))),
        entities=entities,
    )


def contradiction_id(a: Side, b: Side) -> str:
    """Return the id of a contradiction between two sides."""
    other = "denial" if a.cluster_id == b.cluster_id else b.cluster_id
    return ids.contradiction_id(a.cluster_id, other)
