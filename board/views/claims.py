"""`/claims/{id}`: one claim, taken apart."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from board import reading
from board.render import page
from board.views.failures import Unknown
from pipeline.ports import Index
from schemas.claim import Claim
from schemas.cluster import Cluster
from schemas.contradiction import Contradiction

CONTRADICTIONS = 20


def claim(request: Request) -> Response:
    """Show who says what, in which words, how it was understood, and where else it stands."""
    index: Index = request.app.state.index
    kept = reading.claim(index, request.path_params["claim_id"])
    if kept is None:
        raise Unknown("claim")
    found, standing = kept
    denied = reading.claim(index, found.denies.claim_id) if found.denies and found.denies.claim_id else None
    context = {
        "claim": found,
        "standing": standing,
        "denied": denied[0] if denied else None,
        "clusters": reading.newest(index, Cluster, CONTRADICTIONS, claims=found.claim_id, status="open").messages,
        "contradictions": _contradictions(index, found),
    }
    return page(request, "claim.html", context, section="")


def _contradictions(index: Index, found: Claim) -> tuple[Contradiction, ...]:
    listing = reading.newest(index, Contradiction, CONTRADICTIONS, claim_ids=found.claim_id, status="open")
    return listing.messages
