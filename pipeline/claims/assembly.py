"""From drafts to claims: what a denial denies is found, the best are kept, and each gets its id."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.claims import denials
from pipeline.claims.draft import Draft
from pipeline.claims.frames import Span
from pipeline.claims.selection import ENOUGH, chosen
from schemas.article import Article
from schemas.claim import Claim, Denial
from schemas.ids import claim_id


def finished(article: Article, drafts: Sequence[Draft], limit: int, enough: float = ENOUGH) -> tuple[Claim, ...]:
    """Return the best drafts, from a preference of `enough` on, as claims in order of position, denials linked."""
    unique: dict[Span, Draft] = {}
    for draft in drafts:
        if draft.standalone and (draft.span not in unique or draft.stance == "denies"):
            unique[draft.span] = draft
    found = [unique[span] for span in sorted(unique)]
    ids = [claim_id(article.article_id, *draft.span, article.text[draft.span[0] : draft.span[1]]) for draft in found]
    offers = [_candidate(draft, one) for draft, one in zip(found, ids, strict=True)]
    targets = [denials.denied(o, offers) if d.stance == "denies" else None for d, o in zip(found, offers, strict=True)]
    kept = chosen(found, [None if target is None else ids.index(target) for target in targets], limit, enough)
    remaining = {ids[number] for number in kept}
    return tuple(
        _claim(article, found[number], ids[number], targets[number] if targets[number] in remaining else None)
        for number in kept
    )


def _candidate(draft: Draft, identity: str) -> denials.Candidate:
    return denials.Candidate(
        claim_id=identity,
        position=draft.span[0],
        source=draft.source.name,
        reporter=draft.reporter.name if draft.reporter else None,
        content=draft.standalone,
        context=f"{draft.context} {draft.denied or ''}",
        denies=draft.stance == "denies",
        figures=bool(draft.quantities),
    )


def _claim(article: Article, draft: Draft, identity: str, denied: str | None) -> Claim:
    text = article.text
    denial = Denial(claim_id=denied, text=draft.denied or draft.content) if draft.stance == "denies" else None
    return Claim(
        claim_id=identity,
        article_id=article.article_id,
        revision=article.revision,
        url=article.url,
        outlet=article.outlet,
        title=article.title,
        published_at=article.published_at,
        text=text[draft.span[0] : draft.span[1]],
        start=draft.span[0],
        end=draft.span[1],
        sentence=text[draft.sentence[0] : draft.sentence[1]],
        sentence_start=draft.sentence[0],
        content=draft.content,
        standalone=draft.standalone,
        source=draft.source,
        stance=draft.stance,
        cue=draft.cue,
        reporter=draft.reporter,
        denies=denial,
        quantities=draft.quantities,
        entities=draft.entities,
        checkworthy=round(draft.worth, 4),
        language=article.language,
    )
