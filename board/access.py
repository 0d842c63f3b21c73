"""Who may see the board: with a token, only those who have it.

On the loopback the board is for the person at this machine and asks for nothing. Elsewhere it asks for the token of the
settings: once in the address (`/?token=…`), which leaves a cookie; or in the header Authorization: Bearer. Feed readers
keep neither: they get a key of their own in the address of a feed, which is made of the token and opens feeds only.
"""

from __future__ import annotations

import hmac
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from pipeline.config import Board
from pipeline.errors import SetupError

COOKIE = "crossclaim"
COOKIE_SECONDS = 30 * 86_400
SHORTEST_TOKEN = 16
FEEDS = (".atom", ".rss")
OPEN = ("/health", "/static/")
"""Paths that anybody may ask for: they tell nothing of what was read."""


class Access:
    """Judges requests by a token; without one everything is allowed."""

    def __init__(self, token: str | None) -> None:
        self._token = token

    def feed_key(self) -> str:
        """The key that opens feeds, "" where none is needed."""
        return self._derived("feeds")[:32] if self._token else ""

    def refusal(self, path: str, query: str, headers: Headers) -> Response | None:
        """Return what to answer instead of the page: None when it may be seen."""
        if self._token is None or path.startswith(OPEN):
            return None
        asked = dict(parse_qsl(query))
        if _same(asked.get("token", ""), self._token):
            return self._welcome(path, query)
        if path.endswith(FEEDS) and _same(asked.get("key", ""), self.feed_key()):
            return None
        kind, _, word = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and _same(word.strip(), self._token):
            return None
        if _same(_cookie(headers.get("cookie", "")), self._derived("cookie")):
            return None
        return PlainTextResponse(
            "This board asks for a token: open its address with ?token=… behind it, once. The token is the setting "
            "board.token of the machine that serves it.\n",
            401,
            {"WWW-Authenticate": "Bearer", "Cache-Control": "no-store"},
        )

    def _welcome(self, path: str, query: str) -> Response:
        """Leave the cookie and lead to the same page without the token in its address."""
        rest = urlencode([(name, value) for name, value in parse_qsl(query) if name != "token"])
        answer = RedirectResponse(f"{path}?{rest}" if rest else path, 303)
        answer.set_cookie(
            COOKIE, self._derived("cookie"), max_age=COOKIE_SECONDS, httponly=True, samesite="strict", path="/"
        )
        return answer

    def _derived(self, purpose: str) -> str:
        return hmac.new((self._token or "").encode(), purpose.encode(), sha256).hexdigest()


def token_of(settings: Board) -> str | None:
    """Return the token that the settings ask for; raises SetupError where one is needed and missing or too short."""
    token = settings.token.get_secret_value() if settings.token else None
    if token is not None and len(token) < SHORTEST_TOKEN:
        raise SetupError(
            f"serving the board: board.token has {len(token)} characters, fewer than {SHORTEST_TOKEN}; set a longer "
            'one (python -c "import secrets; print(secrets.token_urlsafe())")'
        )
    if token is None and not _is_loopback(settings.host):
        raise SetupError(
            f"serving the board on {settings.host}: others could read it and judge in your name; set board.token "
            "(CROSSCLAIM_BOARD__TOKEN) to a long random text, or board.host to 127.0.0.1"
        )
    return token


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.rstrip(".").lower() == "localhost"


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


def _cookie(header: str) -> str:
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""
