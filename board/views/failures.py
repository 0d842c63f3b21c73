"""Pages for what went wrong, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from board.render import failure
from pipeline.errors import Retryable


class Unknown(HTTPException):
    """Something with this id is not, or no longer, in the index."""

    def __init__(self, what: str) -> None:
        super().__init__(404, detail=what)


def _refused(request: Request, error: Exception) -> Response:
    """Explain a wrong address, or a request that only looks are allowed for."""
    if isinstance(error, Unknown):
        return failure(
            404,
            f"No such {error.detail}",
            f"The index holds no {error.detail} under this address. It may not have been read in yet, or its article "
            "was corrected and no longer says so.",
            "Search for its words, or start from the overview.",
        )
    status = error.status_code if isinstance(error, HTTPException) else 404
    headers = error.headers if isinstance(error, HTTPException) else None
    title = {404: "No such page", 403: "Not from here", 405: "This page only shows"}.get(
        status, "This request cannot be answered"
    )
    explanation = {404: "Nothing lives under this address.", 405: "This page is read, never written to."}
    if isinstance(error, HTTPException) and status in (400, 403):
        explanation[status] = error.detail
    return failure(
        status,
        title,
        explanation.get(status, "The request was not one that a browser sends when it follows links of this page."),
        "Start from the overview.",
        headers,
    )


def _away(request: Request, error: Exception) -> Response:
    return failure(
        503,
        "The index does not answer",
        f"The board shows what the index holds, and cannot reach it just now: {error}",
        "Wait a moment, this page looks again by itself. If it stays away, run “crossclaim doctor”: it says what is "
        "missing and how to mend it.",
        {"Retry-After": "5", "Refresh": "5"},
    )


def _defect(request: Request, error: Exception) -> Response:
    return failure(
        500,
        "The board made a mistake",
        f"Showing this page failed ({type(error).__name__}). It is a defect of the program, not of what you asked.",
        "The program’s log holds the whole error; please report it with the address of this page. The other pages "
        "still work.",
    )


HANDLERS: Mapping[Any, Any] = {HTTPException: _refused, Retryable: _away, Exception: _defect}
