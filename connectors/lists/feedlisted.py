"""A feed as a list of feeds names it, and when two addresses are the same feed. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from connectors.base import FeedSource

FETCHED_KINDS = ("feed", "sitemap")
"""Kinds whose address is fetched as it stands, so that it must be of http or https."""
_KIND = re.compile(r"feed|sitemap|topic|[A-Za-z_][\w.]*:[A-Za-z_]\w*")
_FEED_SCHEME = re.compile(r"^feed:(?://)?(?=https?:)|^feed(?=://)", re.IGNORECASE)
_SHOWN_CHARS = 100
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Listed:
    """A feed of a list. `folders` are the names of those around it, the outermost first.

    `other` is what else the list says of it, by name: kept for whoever reads the list next, not used here.
    """

    url: str
    title: str = ""
    outlet: str = ""
    kind: str = "feed"
    folders: tuple[str, ...] = ()
    other: tuple[tuple[str, str], ...] = ()

    @property
    def source(self) -> FeedSource:
        """What the connectors need of it."""
        return FeedSource(self.url, self.title, self.outlet, self.kind)


@dataclass(frozen=True)
class FeedList:
    """A list as it was read. `problems` are sentences on what in it is no feed; it stands nowhere else."""

    feeds: tuple[Listed, ...]
    title: str = ""
    problems: tuple[str, ...] = ()


def checked(feed: Listed) -> Listed:
    """Return a feed with its address in full; raises ValueError that says what is wrong with it."""
    url = _FEED_SCHEME.sub(lambda found: "http" if found[0].lower() == "feed" else "", feed.url.strip())
    if not _KIND.fullmatch(feed.kind):
        raise ValueError(f"kind {feed.kind!r} is unknown; write feed, sitemap, topic or package.module:function")
    if feed.kind in FETCHED_KINDS and not _is_web_address(url):
        raise ValueError(f"{_shown(feed.url)} is no http or https address; write it in full")
    if not url or any(letter.isspace() for letter in url):
        raise ValueError(f"{_shown(feed.url)} is no address; write one without spaces")
    return Listed(url, feed.title, feed.outlet, feed.kind, feed.folders, feed.other)


def _shown(url: str) -> str:
    return repr(url if len(url) <= _SHOWN_CHARS else f"{url[:_SHOWN_CHARS]}…")


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme.lower() in _PORTS and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False


def same_address(url: str) -> str:
    """Return what equal feeds have in common in their addresses: not meant to be fetched.

    http and https, "www." and none, a slash at the end, a fragment, the default port and utm_ parameters make no
    other feed. Names of people and passwords, and all other parameters, do.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port if parts.port != _PORTS.get(parts.scheme.lower()) else None
    except ValueError:
        return url.strip()
    if parts.scheme.lower() not in _PORTS:
        return url.strip()
    user = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
    host = (parts.hostname or "").removeprefix("www.").rstrip(".") + (f":{port}" if port else "")
    pairs = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not pair[0].startswith("utm_")]
    return f"{user}{host}{parts.path.rstrip('/')}" + (f"?{urlencode(pairs)}" if pairs else "")


def once(feeds: tuple[Listed, ...]) -> tuple[Listed, ...]:
    """Return each feed once, the first of equal ones, in order."""
    kept: dict[str, Listed] = {}
    for feed in feeds:
        kept.setdefault(same_address(feed.url), feed)
    return tuple(kept.values())
