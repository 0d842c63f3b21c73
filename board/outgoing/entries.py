"""Claims and contradictions as entries that every form of output is made of. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from board.highlight import web_address
from board.wording import headline, kind_words, speaker
from schemas.alert import Alert
from schemas.claim import Claim
from schemas.contradiction import Contradiction, Side

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """One thing told. `page` is its path on the board, `links` lead to articles, `row` is what a table holds of it."""

    id: str
    title: str
    page: str
    published: datetime
    updated: datetime
    paragraphs: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    categories: tuple[str, ...]
    row: Mapping[str, str | float]


def of_claim(claim: Claim) -> Entry:
    """Return a claim: who says what, in which words, where."""
    who = claim.source.name or claim.outlet
    return Entry(
        id=claim.claim_id,
        title=f"{who} ({claim.outlet}): {claim.standalone}",
        page=f"/claims/{claim.claim_id}",
        published=claim.published_at,
        updated=claim.published_at,
        paragraphs=(f"{who} {claim.stance}: “{claim.sentence}”", f"{claim.outlet}: {claim.title}"),
        links=_links((claim.url, claim.outlet)),
        categories=(claim.stance, *dict.fromkeys(entity.name for entity in claim.entities)),
        row={
            "claim_id": claim.claim_id,
            "published_at": claim.published_at.isoformat(),
            "outlet": claim.outlet,
            "source": claim.source.name,
            "kind": claim.source.kind,
            "stance": claim.stance,
            "claim": claim.standalone,
            "quote": claim.text,
            "sentence": claim.sentence,
            "title": claim.title,
            "url": claim.url,
        },
    )


def of_contradiction(contradiction: Contradiction) -> Entry:
    """Return a contradiction: both quotes with their sources, and why they cannot both be true."""
    a, b = contradiction.a, contradiction.b
    return Entry(
        id=contradiction.contradiction_id,
        title=f"{kind_words(contradiction.kind)}: {headline(contradiction)}",
        page=f"/contradictions/{contradiction.contradiction_id}",
        published=contradiction.first_seen,
        updated=max(contradiction.first_seen, contradiction.last_seen),
        paragraphs=(_said(a), _said(b), "Why: " + "; ".join(contradiction.reasons)),
        links=_links((a.url, a.outlet), (b.url, b.outlet)),
        categories=contradiction.kinds,
        row={
            "contradiction_id": contradiction.contradiction_id,
            "first_seen": contradiction.first_seen.isoformat(),
            "kind": contradiction.kind,
            "score": round(contradiction.score, 3),
            "status": contradiction.status,
            "independent_sources": contradiction.independent_sources,
            **_columns("a", a),
            **_columns("b", b),
            "reasons": "; ".join(contradiction.reasons),
        },
    )


def of_alert(alert: Alert) -> Entry:
    """Return an alert that was told: its text, line by line."""
    title, _, rest = alert.text.partition("\n")
    about = alert.contradiction
    told = alert.told_at or alert.created_at or _EPOCH
    return Entry(
        id=alert.alert_id,
        title=title,
        page=f"/contradictions/{alert.contradiction_id}" if about else "/feeds",
        published=told,
        updated=told,
        paragraphs=tuple(line.strip() for line in rest.splitlines() if line.strip()),
        links=_links((about.a.url, about.a.outlet), (about.b.url, about.b.outlet)) if about else (),
        categories=(alert.rule, alert.severity),
        row={
            "alert_id": alert.alert_id,
            "told_at": told.isoformat(),
            "rule": alert.rule,
            "channel": alert.channel,
            "severity": alert.severity,
            "change": alert.change,
            "contradiction_id": alert.contradiction_id,
            "text": alert.text,
        },
    )


def _said(side: Side) -> str:
    return f"{speaker(side)} ({side.outlet}, {side.published_at:%d %b %Y %H:%M} UTC): “{side.quote}”"


def _columns(name: str, side: Side) -> dict[str, str]:
    return {
        f"{name}_source": speaker(side),
        f"{name}_outlet": side.outlet,
        f"{name}_published_at": side.published_at.isoformat(),
        f"{name}_quote": side.quote,
        f"{name}_url": side.url,
    }


def _links(*given: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((address, words) for url, words in given if (address := web_address(url)))
