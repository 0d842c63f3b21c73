"""The URL that is asked: whether it is one, what may be sent with it, how it may be shown. Pure."""

from __future__ import annotations

import base64
import re
from urllib.parse import urljoin

import httpx

from connectors.fetching.answers import FetchError

_HTTP = re.compile(r"https?://[^/?#]", re.IGNORECASE)


def basic(url: httpx.URL) -> str | None:
    """Return the Authorization header for a user name and password in the URL."""
    pair = f"{url.username}:{url.password}".encode()
    return "Basic " + base64.b64encode(pair).decode("ascii") if url.userinfo else None


def checked(url: str, note: str = "") -> httpx.URL:
    """Return the URL when it is of http or https and has a host."""
    where = f"reading {shown(url)}{note}"
    if not _HTTP.match(url):
        raise FetchError(f"{where}: only http and https addresses with a host are read", "permanent")
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise FetchError(f"{where}: it is no proper URL ({error}); correct the address", "permanent") from error
    if not parsed.host:
        raise FetchError(f"{where}: only http and https addresses with a host are read", "permanent")
    return parsed


def origin(url: httpx.URL) -> tuple[str, str, int | None]:
    """Return what credentials belong to: scheme, host and port."""
    return url.scheme, url.host, url.port


def shown(url: str) -> str:
    """Return the URL as it may be shown: no password, not endless."""
    head, at, tail = url.partition("@")
    hidden = f"{head.partition('://')[0]}://…@{tail}" if at and "/" not in head.partition("://")[2] else url
    return hidden if len(hidden) <= 300 else hidden[:299] + "…"


def redirected(url: httpx.URL, target: str, asked: str) -> httpx.URL:
    """Return where a redirect leads, without the user name and password of where it came from."""
    try:
        joined = urljoin(str(url.copy_with(userinfo=b"")), target)
    except ValueError as error:
        text = f"reading {shown(asked)}: it redirects to no proper URL ({error})"
        raise FetchError(text, "permanent") from error
    return checked(joined, f", redirected from {shown(asked)}")
