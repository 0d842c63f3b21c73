"""`/alerts` and `/rejected`: what was told, what waits; and messages that a stage could not use."""

from __future__ import annotations

import base64
from typing import get_args

from starlette.requests import Request
from starlette.responses import Response

from board.render import page
from board.views.paging import Pages, page_number
from pipeline.index.kept import alert_of
from pipeline.ports import Index, Query
from schemas.alert import AlertStatus

PER_PAGE = 30
STATUSES = get_args(AlertStatus)
SHOWN_BYTES = 2_000
"""Bytes of a rejected message that are shown: enough to see what it was."""


def alerts(request: Request) -> Response:
    """Show alerts, the newest first, of one status when asked."""
    index: Index = request.app.state.index
    status = request.query_params.get("status", "")
    known = (status,) if status in STATUSES else tuple(each for each in STATUSES if each != "dropped")
    number = page_number(request, PER_PAGE)
    offset = (number - 1) * PER_PAGE
    found = index.search(Query("alerts", where={"status": known}, sort="newest", limit=PER_PAGE, offset=offset))
    counts = dict(index.facets(Query("alerts", where={"status": STATUSES}), ["status"])["status"])
    context = {
        "alerts": [alert_of(hit.body) for hit in found.hits],
        "counts": counts,
        "statuses": STATUSES,
        "status": status if status in STATUSES else "",
        "pages": Pages.of(request, number, PER_PAGE, found.total),
    }
    return page(request, "alerts.html", context, section="alerts")


def rejected(request: Request) -> Response:
    """Show rejected messages, the newest first, of one stage when asked."""
    index: Index = request.app.state.index
    counts = index.facets(Query("rejected"), ["stage"])["stage"]
    stage = request.query_params.get("stage", "")
    where = {"stage": stage} if stage in dict(counts) else {}
    number = page_number(request, PER_PAGE)
    offset = (number - 1) * PER_PAGE
    found = index.search(Query("rejected", where=where, sort="newest", limit=PER_PAGE, offset=offset))
    context = {
        "letters": [(hit.body, _shown(hit.body.get("raw") or "")) for hit in found.hits],
        "counts": counts,
        "stage": stage if where else "",
        "pages": Pages.of(request, number, PER_PAGE, found.total),
    }
    return page(request, "rejected.html", context, section="feeds")


def _shown(raw: str) -> str:
    """Return bytes as text that can be read, whatever they are."""
    text = base64.b64decode(raw)[:SHOWN_BYTES].decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() or char == "\n" else "\ufffd" for char in text)
