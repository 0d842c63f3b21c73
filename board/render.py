"""Templates to answers. Every page goes through `page`, every failure through `failure`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, wraps
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from board import highlight, security, wording
from board.live import Live

FOLDER = Path(__file__).resolve().parent
STATIC = FOLDER / "static"


@cache
def templates() -> Environment:
    """Return the templates: everything is escaped, and a misspelt name is an error rather than an empty string."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(_filters())
    environment.globals.update(
        keyed=keyed, asset=asset, quote_in=highlight.quote_in, and_list=wording.and_list, count=wording.count
    )
    return environment


def _filters() -> dict[str, Callable[..., Any]]:
    return {
        "kind_words": wording.kind_words,
        "judgement_words": wording.judgement_words,
        "headline": wording.headline,
        "speaker": wording.speaker,
        "also_words": wording.also_words,
        "quantity_words": wording.quantity_words,
        "day": wording.day,
        "clock": wording.clock,
        "instant": wording.instant,
        "machine_time": wording.machine_time,
        "fragment": highlight.fragment,
        "pair_up": lambda value: (value, value),
        "web_address": highlight.web_address,
        "source_kind": lambda kind: wording.SOURCE_KINDS.get(kind, kind),
    }


def keyed(address: str, key: str) -> str:
    """Return the address of a feed with the key that opens it, where one is needed (access.py)."""
    return f"{address}{'&' if '?' in address else '?'}key={key}" if key else address


@cache
def asset(name: str) -> str:
    """Return the address of a static file, which changes when the file does."""
    digest = blake2b((STATIC / name).read_bytes(), digest_size=6).hexdigest()
    return f"/static/{name}?{urlencode({'v': digest})}"


def shown(view: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """Return a view that notes the state of the index before it reads: what changes meanwhile is told to the page."""

    @wraps(view)
    def endpoint(request: Request) -> Response:
        live: Live = request.app.state.live
        request.state.seen = live.state()
        return view(request)

    return endpoint


def page(
    request: Request, template: str, context: Mapping[str, Any], *, section: str, status: int = 200
) -> HTMLResponse:
    """Return a page made of a template and what a view found."""
    whole = {"section": section, "state": request.state.seen, "words": "", "feed_key": request.app.state.feed_key}
    whole |= context
    return HTMLResponse(templates().get_template(template).render(whole), status)


def failure(
    status: int, title: str, explanation: str, remedy: str, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    """Return a page that says what went wrong and what to do; it needs no index."""
    context = {"section": "", "state": None, "words": "", "title": title, "explanation": explanation, "remedy": remedy}
    html = templates().get_template("failure.html").render(context)
    # The last line of defence answers outside the guard, so these pages carry the headers themselves.
    return HTMLResponse(html, status, {**security.HEADERS, **(headers or {})})
