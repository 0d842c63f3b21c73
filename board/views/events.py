"""`/events`: server-sent events that tell open pages to update."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from board.live import Live, TooManyListeners, after


async def events(request: Request) -> Response:
    """Stream the state of the index until the page is closed or the board stops."""
    live: Live = request.app.state.live
    stream = live.events()
    try:
        # The first event is asked for before the answer starts, so that a refusal still has a status of its own.
        first = await anext(stream)
    except TooManyListeners:
        return PlainTextResponse("Close some pages of the board: too many are open at once.\n", 503)
    return StreamingResponse(after(first, stream), media_type="text/event-stream")
