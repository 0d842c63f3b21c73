"""From drafts to claims: what a denial denies is found, the best are kept, and each gets its id."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.claims.denying import denials
from pipeline.claims.denying.hearsay import hearsay
from pipeline.claims.denying.opposition import NEAR, Negative, negative, opposed, says_otherwise
from pipeline.claims.draft import Draft
from pipeline.claims.saying.frames import Span
from pipeline.claims.selection import ENOUGH, chosen
from schemas.article import Article
from schemas.claim import Claim, Denial
from schemas.ids import claim_id

_POINTER = re.compile(
    r"(?:the|this|that|these|those|any|such an?) (?:\w+)$|(?:(?:a|any|the) )?(?:\w+ ){0,1}(?:link|connection)s?$",
    re.IGNORECASE,
)
"""A phrase so short that it may stand for a whole statement: "denied the shooting", "denies a causal link"."""


def finished(article: Article, drafts: Sequence[Draft], limit: int, enough: float = ENOUGH) -> tuple[Claim, ...]:
    """Return the best drafts, from a preference of `enough` on, as claims in order of position, denials linked."""
    unique: dict[Span, Draft] = {}
    for draft in drafts:
        if draft.standalone and (draft.span not in unique or draft.stance == "denies"):
            unique[draft.span] = draft
    found = _without_outer([unique[span] for span in sorted(unique)])
    found, opposites = _answers(article.text, found)
    ids = [claim_id(article.article_id, *draft.span, article.text[draft.span[0] : draft.span[1]]) for draft in found]
    offers = [_candidate(draft, one) for draft, one in zip(found, ids, strict=True)]
    targets = [
        ids[opposites[n]] if n in opposites else denials.denied(offers[n], offers) if draft.stance == "denies" else None
        for n, draft in enumerate(found)
    ]
    kept = chosen(found, [None if target is None else ids.index(target) for target in targets], limit, enough)
    remaining = {ids[number] for number in kept}
    return tuple(
        _claim(article, found[number], ids[number], targets[number] if targets[number] in remaining else None)
        for number in kept
    )


def _without_outer(drafts: list[Draft]) -> list[Draft]:
    """Leave out what only passes on a denial that is a claim by itself: "the minister said | Acme denied that …"."""
    denying = [draft for draft in drafts if draft.stance == "denies" and draft.reporter is not None]
    return [draft for draft in drafts if not any(_passes_on(draft, denial) for denial in denying)]


def _passes_on(draft: Draft, denial: Draft) -> bool:
    inside = draft.span[0] <= denial.span[0] and denial.span[1] <= draft.span[1]
    return draft is not denial and inside and len(draft.content) <= 2 * (denial.span[1] - denial.span[0])


def _answers(text: str, drafts: list[Draft]) -> tuple[list[Draft], dict[int, int]]:
    """Make denials of the negatives that reject what another source says, and return with them what each rejects."""
    found, opposites = list(drafts), dict[int, int]()
    for number, draft in enumerate(drafts):
        if draft.cue is None or (draft.stance == "denies" and draft.denied is not None):
            continue
        one = negative(draft.content)
        if one is None:
            continue
        other = _opposite(one, drafts, number)
        if other is not None:
            opposites[number] = other
        told = hearsay(text, draft.sentence[0]) if other is None else None
        if told is not None and opposed(one, told):
            found[number] = replace(draft, stance="denies", target=told)
        elif other is not None or _contradicted(drafts, number):
            positive = one.positive if not one.elliptical else None
            found[number] = replace(draft, stance="denies", target=positive)
    return found, opposites


def _opposite(one: Negative, drafts: list[Draft], number: int) -> int | None:
    own = drafts[number]
    for other in range(number - 1, -1, -1):
        draft = drafts[other]
        if own.span[0] - draft.span[1] > (NEAR // 2 if one.elliptical else NEAR):
            return None
        if _opposes(draft, own, one):
            return other
    for other in range(number + 1, len(drafts)):
        draft = drafts[other]
        if one.elliptical or len(one.words) < 2 or draft.span[0] - own.span[1] > NEAR // 2:
            return None
        if _opposes(draft, own, one):
            return other
    return None


def _opposes(draft: Draft, own: Draft, one: Negative) -> bool:
    """Whether another source asserts what `own` negates."""
    said = draft.cue is not None and draft.stance == "asserts" and draft.source.name != own.source.name
    return said and opposed(one, draft.content)


def _contradicted(drafts: list[Draft], number: int) -> bool:
    """Whether the next source says that it is so all the same: "…; Norland says it did"."""
    after = drafts[number + 1] if number + 1 < len(drafts) else None
    return after is not None and after.source.name != drafts[number].source.name and says_otherwise(after.content)


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
        target=draft.target,
        points=draft.target is None or _POINTER.match(draft.denied or "") is not None,
        outlet=draft.source.kind == "outlet" and draft.cue is None,
    )


def _claim(article: Article, draft: Draft, identity: str, denied: str | None) -> Claim:
    text = article.text
    denial = None
    if draft.stance == "denies":
        words = draft.target or (None if denied is not None else hearsay(text, draft.sentence[0]))
        denial = Denial(claim_id=denied, text=words or draft.denied or draft.content)
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
        event_start=draft.event[0],
        event_end=draft.event[1],
        checkworthy=round(draft.worth, 4),
        language=article.language,
    )
