"""The board's pages, put together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route

from board.access import Access
from board.forms import LONGEST_BODY
from board.live import Live
from board.render import STATIC, shown
from board.security import Guard
from board.views import (
    alerts,
    claims,
    clusters,
    contradictions,
    events,
    failures,
    feeds,
    health,
    outgoing,
    overview,
    search,
    watches,
)
from board.views.assets import Assets
from pipeline.ports import Index


def create_app(
    index: Index,
    *,
    encode: Callable[[str], Sequence[float]] | None = None,
    hosts: Sequence[str] = (),
    token: str | None = None,
) -> Starlette:
    """Return the board.

    `encode` turns words into a vector of unit length; without it search goes by words alone. `hosts` are names or
    addresses, beside those of the loopback, under which it answers. With a `token` it answers only those who have it.
    """
    live = Live(index)
    access = Access(token)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        live.close()

    app = Starlette(
        routes=[
            Route("/", shown(overview.overview)),
            Route("/search", shown(search.search)),
            Route("/search.{form}", outgoing.search),
            Route("/suggest", search.suggest),
            Route("/clusters/{cluster_id}", shown(clusters.cluster)),
            Route("/contradictions", shown(contradictions.listing)),
            Route("/contradictions.{form}", outgoing.listing),
            Route("/contradictions/{contradiction_id}", contradictions.judge, methods=["POST"]),
            Route("/contradictions/{contradiction_id}", shown(contradictions.contradiction)),
            Route("/claims/{claim_id}", shown(claims.claim)),
            Route("/watches", watches.save, methods=["POST"]),
            Route("/watches", shown(watches.listing)),
            Route("/watches/{watch_id}.{form}", outgoing.watch),
            Route("/watches/{watch_id}", watches.change, methods=["POST"]),
            Route("/watches/{watch_id}", shown(watches.look)),
            Route("/alerts", shown(alerts.alerts)),
            Route("/alerts.{form}", outgoing.alerts),
            Route("/feeds", shown(feeds.feeds)),
            Route("/rejected", shown(alerts.rejected)),
            Route("/events", events.events),
            Route("/health", health.health),
            Mount("/static", Assets(directory=STATIC)),
        ],
        middleware=[Middleware(Guard, access=access, hosts=hosts)],
        exception_handlers=failures.HANDLERS,
        lifespan=lifespan,
        max_body_size=LONGEST_BODY,
    )
    app.state.index = index
    app.state.encode = encode
    app.state.live = live
    app.state.feed_key = access.feed_key()
    return app
