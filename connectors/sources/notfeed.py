"""Why a document is no feed, said so that the person who listed it can mend the list."""

from __future__ import annotations

import re

from connectors.lists.discovery import feeds_named

_FEED = re.compile(rb"<(?:[A-Za-z][\w.-]{0,40}:)?(?:rss|feed|RDF|channel)[\s>]", re.IGNORECASE)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_SITEMAP = re.compile(rb"<(?:\w{1,20}:)?(?:urlset|sitemapindex)[\s>]", re.IGNORECASE)
_HEAD_BYTES = 4_000


def is_page(document: bytes) -> bool:
    """Say whether a document begins as a web page does."""
    return _PAGE.search(document[:_HEAD_BYTES]) is not None


def is_sitemap(document: bytes) -> bool:
    """Say whether a document begins as a sitemap, or an index of some, does."""
    return _SITEMAP.search(document[:_HEAD_BYTES]) is not None


def why_not(document: bytes, url: str) -> str | None:
    """Return what a UTF-8 document is instead of a feed and how to mend that, or None when it looks like a feed."""
    head = document[:_HEAD_BYTES]
    if _FEED.search(head):
        return None
    if is_page(document):
        return _web_page(document, url)
    if head.lstrip().startswith(b"{"):
        named = b"jsonfeed.org" in document[:20_000] or b'"items"' in document
        return None if named else "this is JSON, and no JSON Feed; check the address"
    if is_sitemap(document):
        return "this is a sitemap; name it in the feed list with the kind sitemap"
    if b"<opml" in head:
        return "this is an OPML list of feeds, not a feed; give it as the feed list"
    if b"<?xml" in head or head.lstrip().startswith(b"<"):
        return None if _FEED.search(document) else "this is XML, but neither RSS, RDF nor Atom; check the address"
    return f"this is neither RSS, RDF, Atom nor JSON Feed (it begins {head[:40]!r}); check the address"


def _web_page(document: bytes, url: str) -> str:
    feeds = feeds_named(document, url)
    if feeds:
        return f"this is a web page; it names a feed at {feeds[0]}: put that address in the feed list"
    return "this is a web page and names no feed; look for the outlet's RSS or Atom address"
