"""`/watches`: searches that were saved, with what is new since their owner last looked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from board import forms
from board.asked import Asked
from board.render import failure, page
from board.views.failures import Unknown
from pipeline.desk import watches
from pipeline.desk.watches import Watch
from pipeline.ports import Index


@dataclass(frozen=True)
class Saved:
    """A saved search, how many claims it finds, and how many were published since its owner last looked."""

    watch: Watch
    total: int
    new: int


def listing(request: Request) -> Response:
    """Show all saved searches; a deleted one is offered back."""
    index: Index = request.app.state.index
    gone = watches.one(index, request.query_params.get("deleted", "") or "none")
    context = {"saved": [_saved(index, watch) for watch in watches.every(index)], "gone": gone}
    return page(request, "watches.html", context, section="watches")


def look(request: Request) -> Response:
    """Lead to a saved search and remember that its owner looked."""
    index: Index = request.app.state.index
    watch = _one(request)
    watches.seen(index, watch, datetime.now(UTC))
    return RedirectResponse(watch.search.address + "&sort=newest", 303)


async def save(request: Request) -> Response:
    """Keep the search that the address asks under the name that the form gives."""
    asked = await forms.fields(request)
    return await run_in_threadpool(_save, request, asked.get("name", ""))


async def change(request: Request) -> Response:
    """Delete a saved search, or bring it back."""
    asked = await forms.fields(request)
    return await run_in_threadpool(_change, request, asked.get("do", ""))


def _save(request: Request, name: str) -> Response:
    try:
        watches.save(request.app.state.index, name, Asked.of(request).search(), datetime.now(UTC))
    except ValueError as error:
        return failure(400, "Not saved", str(error), "Go back and try again.")
    request.app.state.live.forget()
    return RedirectResponse("/watches", 303)


def _change(request: Request, do: str) -> Response:
    index: Index = request.app.state.index
    watch = _one(request)
    now = datetime.now(UTC)
    if do == "delete":
        watches.delete(index, watch, now)
        return RedirectResponse(f"/watches?deleted={watch.watch_id}", 303)
    watches.restore(index, watch, now)
    return RedirectResponse("/watches", 303)


def _one(request: Request) -> Watch:
    watch = watches.one(request.app.state.index, request.path_params["watch_id"])
    if watch is None:
        raise Unknown("saved search")
    return watch


def _saved(index: Index, watch: Watch) -> Saved:
    everything = replace(watches.query(watch.search), limit=0)
    total = index.search(everything).total
    return Saved(watch, total, index.search(replace(everything, since=watch.seen_at)).total)
