"""Who may talk to the board, and what a browser may do with its pages.

The board has no log-in on the loopback: it is for the person at this machine (elsewhere: access.py). A web site open in
the same browser must not be able to read it by letting its own name point to this machine (DNS rebinding), so the Host
header has to be one of ours.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from ipaddress import ip_address

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from board.access import Access

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": then forms would come with "Origin: null", and could not be told from those of other sites.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


class Guard:
    """Refuses foreign Host headers and strangers, and puts the security headers on every answer."""

    def __init__(self, app: ASGIApp, access: Access, hosts: Sequence[str] = ()) -> None:
        self._app = app
        self._access = access
        self._names = LOOPBACK_NAMES | {_bare(host) for host in hosts}
        self._any_address = any(_is_wildcard(host) for host in hosts)
        if self._any_address:
            self._names |= {_bare(socket.gethostname())}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        host = _bare(_without_port(Headers(scope=scope).get("host", "")))
        app: ASGIApp = self._app if self._allows(host) else _misdirected
        if app is self._app:
            query = scope["query_string"].decode("latin-1")
            app = self._access.refusal(scope["path"], query, Headers(scope=scope)) or app
        await app(scope, receive, send_with_headers)

    def _allows(self, host: str) -> bool:
        # Served on every address, any literal address is fine: rebinding needs a name.
        return host in self._names or (self._any_address and _is_address(host))


_misdirected = PlainTextResponse(
    "Open the board under 127.0.0.1 or localhost: this name is not one that it answers to. "
    "To serve it under another name, set board.host.\n",
    status_code=421,
)


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.rpartition(":")[0] if host.count(":") == 1 else host


def _bare(host: str) -> str:
    return host.strip().strip("[]").rstrip(".").lower()


def _is_wildcard(host: str) -> bool:
    return _is_address(_bare(host)) and ip_address(_bare(host)).is_unspecified


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
