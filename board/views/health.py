"""`/health`: for machines."""

from __future__ import annotations

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse

from board.live import Live
from pipeline.errors import Retryable


def health(request: Request) -> JSONResponse:
    """Return what the index holds; 503 when it does not answer."""
    live: Live = request.app.state.live
    try:
        state = asdict(live.state())
    except Retryable as error:
        return JSONResponse({"status": "index away", "reason": str(error)}, 503, {"Retry-After": "5"})
    return JSONResponse(
        {"status": "ok", **{name: state[name] for name in ("articles", "claims", "clusters", "contradictions")}}
    )
