"""Where a site's feeds and sitemaps may be: what its page and its robots.txt name, and where they mostly are. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from lxml import etree  # type: ignore[import-untyped]
from lxml import html as lxml_html
from protego import Protego

MAX_NAMED = 50
MAX_ROBOTS_CHARS = 500_000
"""What RFC 9309 asks a reader of robots.txt to take at least."""
_SEARCHED_BYTES = 1_000_000
_MAX_ADDRESS_CHARS = 2_048
_FEED_TYPE = re.compile(
    r"(?:application|text)/(?:x-)?(?:rss|atom|rdf)(?:\+xml)?$|application/feed\+json$", re.IGNORECASE
)
_LOOSE_TYPE = re.compile(r"(?:application|text)/(?:xml|json)$", re.IGNORECASE)
_FEED_ADDRESS = re.compile(
    r"^https?://(?:feeds?|rss)\.|/(?:rss|atom|feeds?)/?$|/(?:rss|atom|feeds?|index)\.(?:xml|json)$|\.(?:rss|atom|rdf)$"
    r"|/(?:rss|atom|feeds?)/[^?]{1,100}\.xml$|[?&]feed=(?:rss2?|atom|rdf)\b|[?&]format=(?:rss|atom)\b",
    re.IGNORECASE,
)
_SHARING = re.compile(
    r"(?:^|\.)(?:feedly|inoreader|netvibes|facebook|twitter|x|linkedin|mastodon|addthis|whatsapp)\.com$"
)
_COMMENTS = re.compile(r"comments?(?:[/.-]|$)", re.IGNORECASE)
_FEED_PATHS = (
    "feed/",
    "rss",
    "rss.xml",
    "feed.xml",
    "atom.xml",
    "index.xml",
    "feed",
    "rss/",
    "feed.json",
    "?feed=rss2",
)
_SITEMAP_PATHS = ("/sitemap-news.xml", "/news-sitemap.xml", "/sitemap_news.xml", "/sitemap.xml", "/sitemap_index.xml")


def feeds_named(document: bytes, url: str) -> tuple[str, ...]:
    """Return the addresses of the feeds that a web page (UTF-8) names, the likeliest first.

    First those of <link rel="alternate">, then links in the text that look like feeds; feeds of comments come last.
    """
    try:
        root = lxml_html.document_fromstring(document[:_SEARCHED_BYTES], parser=lxml_html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return ()
    base = next((_joined(url, it.get("href")) for it in root.iter("base") if it.get("href")), None) or url
    named = [*_alternates(root, base), *_linked(root, base)]
    return tuple(sorted(dict.fromkeys(named), key=_is_of_comments))[:MAX_NAMED]


def feed_guesses(url: str) -> tuple[str, ...]:
    """Return addresses where a site mostly has its feed, below the page's folder first: suggestions to be tried."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ()
    origin = f"{parts.scheme}://{parts.netloc}/"
    folder = origin + parts.path.lstrip("/").rstrip("/") + "/" if parts.path.strip("/") else origin
    # An article's page has no feeds of its own, its section may have some.
    folders = [folder] if "." not in folder.rsplit("/", 2)[-2] or folder == origin else []
    return tuple(dict.fromkeys(below + path for below in (*folders, origin) for path in _FEED_PATHS))


def sitemap_guesses(url: str) -> tuple[str, ...]:
    """Return addresses where a site mostly has its sitemaps, those of news first."""
    return tuple(address for path in _SITEMAP_PATHS if (address := _joined(url, path)))


def sitemaps_named(robots: str, url: str) -> tuple[str, ...]:
    """Return the sitemaps that the text of a robots.txt names; `url` is its address."""
    named = (_joined(url, line) for line in Protego.parse(robots[:MAX_ROBOTS_CHARS]).sitemaps)
    return tuple(dict.fromkeys(address for address in named if address))[:MAX_NAMED]


def _alternates(root: etree._Element, base: str) -> Iterator[str]:
    for link in root.iter("link"):
        relations = link.get("rel", "").lower().split()
        kind = link.get("type", "").partition(";")[0].strip()
        address = _joined(base, link.get("href"))
        if not address or "stylesheet" in relations:
            continue
        alternate = "alternate" in relations or "feed" in relations
        if alternate and (_FEED_TYPE.match(kind) or (_LOOSE_TYPE.match(kind) and _FEED_ADDRESS.search(address))):
            yield address


def _linked(root: etree._Element, base: str) -> Iterator[str]:
    for link in root.iter("a"):
        address = _joined(base, link.get("href"))
        if (
            address
            and (_FEED_ADDRESS.search(address) or _FEED_TYPE.match(link.get("type", "")))
            and not _shares(address)
        ):
            yield address


def _shares(address: str) -> bool:
    return bool(_SHARING.search(urlsplit(address).hostname or ""))


def _is_of_comments(address: str) -> bool:
    return bool(_COMMENTS.search(urlsplit(address).path))


def _joined(base: str, address: str | None) -> str | None:
    """Return an absolute http(s) address, None when it is none."""
    try:
        joined = urljoin(base, (address or "").strip()).partition("#")[0]
    except ValueError:
        return None
    sound = joined.startswith(("http://", "https://")) and len(joined) <= _MAX_ADDRESS_CHARS
    return joined if sound and address and _host(joined) else None


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
