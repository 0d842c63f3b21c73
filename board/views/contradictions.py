"""`/contradictions` and `/contradictions/{id}`: what cannot both be true, and what a reader says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from board import forms, plots, reading
from board.conflict import conflicting, marked_quote
from board.context import Context, around
from board.history import history
from board.render import page
from board.views.failures import Unknown
from board.views.paging import Pages, page_number
from board.wording import JUDGEMENT_WORDS, KINDS
from pipeline.desk import labels
from pipeline.ports import Index, Query
from schemas.claim import Claim
from schemas.cluster import Cluster
from schemas.contradiction import Contradiction, Evidence, Side

PER_PAGE = 20


@dataclass(frozen=True)
class Shown:
    """One side as it is shown: its sentence with quote and conflict marked, and what stands around it."""

    side: Side
    quote: Markup
    context: Context | None


def listing(request: Request) -> Response:
    """Show contradictions, the newest first, of one kind when asked."""
    index: Index = request.app.state.index
    kind = request.query_params.get("kind", "")
    known = kind if kind in KINDS else None
    number = page_number(request, PER_PAGE)
    found = reading.search(index, Contradiction, query(known, PER_PAGE, (number - 1) * PER_PAGE))
    counts = dict(index.facets(Query("contradictions"), ["kind"])["kind"])
    context = {
        "contradictions": found,
        "labels": labels.of_contradictions(index, found.messages),
        "kinds": KINDS,
        "counts": counts,
        "kind": known or "",
        "pages": Pages.of(request, number, PER_PAGE, found.total),
    }
    return page(request, "contradictions.html", context, section="contradictions")


def query(kind: str | None, limit: int, offset: int = 0) -> Query:
    """Return the query for contradictions that stand, the newest first."""
    return Query("contradictions", kind=kind, sort="newest", limit=limit, offset=offset)


def contradiction(request: Request) -> Response:
    """Show one contradiction with all its evidence; one that was superseded leads to what stands for it."""
    index: Index = request.app.state.index
    found = _standing(request)
    if found.contradiction_id != request.path_params["contradiction_id"]:
        return RedirectResponse(f"/contradictions/{found.contradiction_id}", 302)
    clusters = (found.a.cluster_id, found.b.cluster_id)
    claims = _claims(index, found)
    context: dict[str, Any] = {
        "contradiction": found,
        "clusters": reading.some(index, Cluster, [side for side in clusters if side]),
        "leading": _shown(index, found.evidence[0], claims, with_context=True),
        "further": [(proof, _shown(index, proof, claims, with_context=False)) for proof in found.evidence[1:]],
        "history": history(found),
        "figures": plots.figures(found, claims),
        "labels": labels.of_pairs(index, [proof.pair_id for proof in found.evidence]),
        "judgements": JUDGEMENT_WORDS,
    }
    return page(request, "contradiction.html", context, section="contradictions")


async def judge(request: Request) -> Response:
    """Keep what a reader says of a piece of evidence, or take it back, and lead to the page again."""
    asked = await forms.fields(request)
    return await run_in_threadpool(_judge, request, asked)


def _judge(request: Request, asked: dict[str, str]) -> Response:
    index: Index = request.app.state.index
    found = _standing(request)
    proof = next((each for each in found.evidence if each.pair_id == asked.get("pair")), None)
    if proof is None:
        raise Unknown("piece of evidence")
    now = datetime.now(UTC)
    judgement = asked.get("judgement", "")
    if judgement in labels.JUDGEMENTS:
        labels.keep(index, labels.judge(found, proof, judgement, asked.get("note", ""), now))
    elif judgement == "withdraw" and (known := labels.of_pairs(index, [proof.pair_id]).get(proof.pair_id)):
        labels.withdraw(index, known, now)
    request.app.state.live.forget()
    return RedirectResponse(f"/contradictions/{found.contradiction_id}#judged", 303)


def _standing(request: Request) -> Contradiction:
    found = reading.current_contradiction(request.app.state.index, request.path_params["contradiction_id"])
    if found is None:
        raise Unknown("contradiction")
    return found


def _claims(index: Index, found: Contradiction) -> dict[str, Claim]:
    ids = dict.fromkeys(side.claim_id for proof in found.evidence for side in (proof.a, proof.b))
    return reading.claims(index, list(ids))


def _shown(index: Index, proof: Evidence, claims: dict[str, Claim], *, with_context: bool) -> tuple[Shown, Shown]:
    texts = reading.texts(index, [proof.a.article_id, proof.b.article_id]) if with_context else {}

    def one(side: Side, *, denies: bool) -> Shown:
        spans = conflicting(proof.kind, proof.reasons, side, claims.get(side.claim_id), denies=denies)
        text = texts.get(side.article_id)
        return Shown(side, marked_quote(side, spans), around(text, side.sentence) if text else None)

    return one(proof.a, denies=False), one(proof.b, denies=proof.kind == "denial")
