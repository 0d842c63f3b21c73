"""`/contradictions` and `/contradictions/{id}`: what cannot both be true, side by side."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from board import reading
from board.render import page
from board.views.failures import Unknown
from board.views.paging import Pages, page_number
from board.wording import KINDS
from pipeline.ports import Index, Query
from schemas.cluster import Cluster
from schemas.contradiction import Contradiction

PER_PAGE = 20


def listing(request: Request) -> Response:
    """Show contradictions, the newest first, of one kind when asked."""
    index: Index = request.app.state.index
    kind = request.query_params.get("kind", "")
    known = kind if kind in KINDS else None
    number = page_number(request, PER_PAGE)
    query = Query(
        "contradictions",
        kind=known,
        where={"status": "open"},
        sort="newest",
        limit=PER_PAGE,
        offset=(number - 1) * PER_PAGE,
    )
    found = reading.search(index, Contradiction, query)
    context = {
        "contradictions": found,
        "kinds": KINDS,
        "kind": known or "",
        "pages": Pages.of(request, number, PER_PAGE, found.total),
    }
    return page(request, "contradictions.html", context, section="contradictions")


def contradiction(request: Request) -> Response:
    """Show one contradiction with all its evidence; one that was superseded leads to what stands for it."""
    index: Index = request.app.state.index
    asked = request.path_params["contradiction_id"]
    found = reading.current_contradiction(index, asked)
    if found is None:
        raise Unknown("contradiction")
    if found.contradiction_id != asked:
        return RedirectResponse(f"/contradictions/{found.contradiction_id}", 302)
    sides = (found.a.cluster_id, found.b.cluster_id)
    context = {"contradiction": found, "clusters": reading.some(index, Cluster, [side for side in sides if side])}
    return page(request, "contradiction.html", context, section="contradictions")
