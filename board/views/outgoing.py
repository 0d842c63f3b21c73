"""`/search.atom`, `/contradictions.csv` …: the same as the pages, for feed readers, spreadsheets and programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from board import reading
from board.asked import Asked, WrongSearchError, clean
from board.outgoing.entries import Entry, of_alert, of_claim, of_contradiction
from board.outgoing.forms import FORMS, Channel
from board.views import contradictions
from board.views.failures import Unknown
from board.wording import KINDS
from pipeline.desk import watches
from pipeline.index.kept import alert_of
from pipeline.ports import Index, Query
from schemas.claim import Claim
from schemas.contradiction import Contradiction

IN_FEED = 100
"""Entries of a feed: a reader that comes once a day misses none of a hundred a day."""
IN_TABLE = 10_000
"""Rows of a table, as many as one can page to."""


def search(request: Request) -> Response:
    """Give the claims of a search; feeds carry the newest, tables what the page would list."""
    index: Index = request.app.state.index
    asked = Asked.of(request)
    limit = _limit(request)
    try:
        query = replace(asked.query(), limit=limit, sort="newest")
    except WrongSearchError as error:
        raise HTTPException(400, str(error)) from None
    found = [of_claim(claim) for claim in reading.search(index, Claim, query).messages]
    return _answer(request, f"crossclaim: {asked.q or 'claims'}", asked.address(), found)


def listing(request: Request) -> Response:
    """Give contradictions, the newest first, of one kind when asked."""
    index: Index = request.app.state.index
    kind = request.query_params.get("kind", "")
    known = kind if kind in KINDS else None
    found = reading.search(index, Contradiction, contradictions.query(known, _limit(request))).messages
    title = f"crossclaim: {KINDS[known].lower() if known else 'contradictions'}"
    page = f"/contradictions?kind={known}" if known else "/contradictions"
    return _answer(request, title, page, [of_contradiction(each) for each in found])


def watch(request: Request) -> Response:
    """Give the claims of a saved search."""
    index: Index = request.app.state.index
    saved = watches.one(index, request.path_params["watch_id"])
    if saved is None or saved.deleted:
        raise Unknown("saved search")
    query = replace(watches.query(saved.search), limit=_limit(request))
    found = [of_claim(claim) for claim in reading.search(index, Claim, query).messages]
    return _answer(request, f"crossclaim: {saved.name}", saved.search.address, found)


def alerts(request: Request) -> Response:
    """Give what was told, the newest first, by one channel or rule when asked: a feed is a channel, too."""
    index: Index = request.app.state.index
    names = ("rule", "channel")
    where = {name: clean(request.query_params[name]) for name in names if request.query_params.get(name)}
    found = index.search(Query("alerts", where=where, sort="newest", limit=_limit(request))).hits
    title = " · ".join(["crossclaim: alerts", *where.values()])
    return _answer(request, title, "/alerts", [of_alert(alert_of(hit.body)) for hit in found])


def _limit(request: Request) -> int:
    return IN_FEED if request.path_params["form"] in ("atom", "rss") else IN_TABLE


def _answer(request: Request, title: str, page: str, entries: Sequence[Entry]) -> Response:
    """Return the entries in the form that the address ends with; 304 for one that is known already."""
    name = request.path_params["form"]
    if name not in FORMS:
        raise HTTPException(404)
    form, media = FORMS[name]
    base = str(request.base_url).rstrip("/")
    content = form(Channel(title, base, page, str(request.url.remove_query_params("key"))), entries)
    tag = f'"{blake2b(content, digest_size=12).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if name in ("csv", "jsonl"):
        headers["Content-Disposition"] = f'attachment; filename="crossclaim.{name}"'
    return Response(content, media_type=f"{media}; charset=utf-8", headers=headers)
