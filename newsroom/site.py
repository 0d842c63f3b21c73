"""The newsroom over HTTP: which document a request means, and whether its sender has it already."""

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from newsroom.edition import Document, Edition

PLAIN_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
_SUFFIX = ".localhost"


def application(edition: Callable[[], Edition]) -> Starlette:
    """An ASGI application that answers each request from the edition of that moment."""

    async def answer(request: Request) -> Response:
        outlet = outlet_of(request.headers.get("host", ""))
        document = None if outlet is None else edition().document(outlet, request.url.path)
        if document is None:
            return PlainTextResponse("finding the page: there is nothing at this address\n", status_code=404)
        return _respond(document, request.headers)

    return Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "HEAD"])])


def outlet_of(host: str) -> str | None:
    """The outlet that a Host header names: empty for the plain host, None for a host that is not ours."""
    name = host.lower().rpartition(":")[0] if not host.endswith("]") and ":" in host else host.lower()
    if name in PLAIN_HOSTS:
        return ""
    return name.removesuffix(_SUFFIX) if name.endswith(_SUFFIX) else None


def unchanged(document: Document, headers: Headers) -> bool:
    """Whether 304 is the answer (RFC 9110, 13.2.2: If-None-Match decides where it is present)."""
    tags = headers.get("if-none-match")
    if tags is not None:
        given = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in given or document.etag in given
    since = _http_date(headers.get("if-modified-since"))
    return since is not None and document.modified <= since


def _respond(document: Document, headers: Headers) -> Response:
    validators = {
        "etag": document.etag,
        "last-modified": format_datetime(document.modified.astimezone(UTC), usegmt=True),
        "cache-control": "no-cache",
    }
    if unchanged(document, headers):
        return Response(status_code=304, headers=validators)
    return Response(document.body, headers={**validators, "content-type": document.media_type})


def _http_date(value: str | None) -> datetime | None:
    """A date of HTTP, or None: RFC 9110 has a date that cannot be read ignored, not refused."""
    if value is None:
        return None
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
