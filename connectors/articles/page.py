"""A web page to the text of its article, and what the page says about itself.

Pure, and run in a process of its own (extraction.py): the parsers are C code that eats whatever a server sends.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from trafilatura import bare_extraction
from trafilatura.utils import load_html

from connectors.articles.dates import from_iso
from connectors.articles.language import spoken
from connectors.sources.encoding import decoded
from connectors.text import one_line, tidy

_READ_TYPES = re.compile(r"html|xml|text/plain|^$", re.IGNORECASE)
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "dcterms.created", "pubdate", "publish-date", "parsely-pub-date", "sailthru.date", "article.published",
)  # fmt: skip
# The line between headline and text: an editor's wording of what the text says, which feeds give as the summary.
# One expression, for each is compiled and run over the whole tree.
_STANDFIRST = "//*[self::p or self::h2 or self::h3 or self::div][{}]".format(
    " or ".join(
        f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"
        for name in ("standfirst", "dek", "deck", "subheadline", "subhead", "article-summary", "article__standfirst")
    )
)
# The fallbacks take time by the square of such pages; ordinary ones have two thousand elements.
_MAX_ELEMENTS = 15_000
_PAYWALL_TIERS = ("locked", "metered")


@dataclass(frozen=True)
class Page:
    """What a page gave. `text` is "" when no article was found; `paid` is True when it says that it is not free.

    `language` is what the page declares, `spoken` what its words say.
    """

    text: str
    title: str = ""
    canonical: str | None = None
    language: str | None = None
    published: datetime | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    site_name: str | None = None
    description: str | None = None
    paid: bool = False
    spoken: str | None = None


def read_page(body: bytes, url: str, content_type: str = "") -> Page:
    """Return the article in an HTML page, paragraphs separated by blank lines; an unreadable page gives no text."""
    if not _READ_TYPES.search(content_type.partition(";")[0].strip()) or body.startswith((b"%PDF", b"\x89PNG", b"PK")):
        return Page("")
    try:
        tree = load_html(decoded(body, content_type))
    except (ValueError, TypeError, etree.LxmlError):
        tree = None
    if tree is None:
        return Page("")
    metas = _metas(tree)
    linked = tuple(_linked_data(tree))
    title = one_line(metas.get("og:title") or _first_text(tree, "title"))
    text = _without_headline(_article_text(tree, url), title, _first_text(tree, "h1"))
    return Page(
        text=text,
        title=title,
        canonical=_canonical(tree) or metas.get("og:url"),
        language=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or metas.get("og:locale"),
        published=_published(metas, linked, tree),
        authors=_authors(metas, linked),
        section=metas.get("article:section") or _named(linked, "articleSection"),
        site_name=metas.get("og:site_name") or _publisher(linked),
        description=metas.get("og:description") or metas.get("description"),
        paid=_paid(metas, linked),
        spoken=spoken(text),
    )


def _article_text(tree: Any, url: str) -> str:
    """Return the article's text, with all of trafilatura's fallbacks: see benchmarks/quality/pages.py.

    Its fast mode takes four fifths of the time and lost 0.5 points of F1 on the half of the pages that this was chosen
    on; asking for the fallbacks only where the fast text is short took as long as asking always, and found less.
    """
    huge = sum(1 for _ in tree.iter()) > _MAX_ELEMENTS
    document = bare_extraction(
        tree, url=url, fast=huge, include_comments=False, with_metadata=False, prune_xpath=_STANDFIRST
    )
    return tidy(str(getattr(document, "text", None) or ""))


def _without_headline(text: str, *headlines: str) -> str:
    """Drop first paragraphs that only repeat the headline: it is the article's title, and no sentence of it."""
    titles = {one_line(headline).casefold() for headline in headlines if headline}
    paragraphs = text.split("\n\n")
    while len(paragraphs) > 1 and paragraphs[0].casefold() in titles:
        paragraphs = paragraphs[1:]
    return "\n\n".join(paragraphs)


def _first_text(tree: Any, tag: str) -> str:
    element = next(tree.iter(tag), None)
    return "" if element is None else "".join(element.itertext())


def _metas(tree: Any) -> dict[str, str]:
    """Return <meta> contents by lower-case name or property, the first of each."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = (meta.get("content") or "").strip()
        if name and content:
            metas.setdefault(name.strip().lower(), content)
    return metas


def _canonical(tree: Any) -> str | None:
    links = (link for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split())
    return next((link.get("href") for link in links if link.get("href")), None)


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the JSON-LD objects of a page, those inside "@graph" and lists too; broken JSON is passed over."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            found = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for item in found if isinstance(found, list) else [found]:
            if isinstance(item, dict):
                graph = item.get("@graph")
                yield from (
                    part for part in [item, *(graph if isinstance(graph, list) else [])] if isinstance(part, dict)
                )


def _named(linked: tuple[dict[str, Any], ...], field: str) -> str | None:
    for item in linked:
        value = item.get(field)
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, str) and value.strip():
            return one_line(value)
    return None


def _published(metas: dict[str, str], linked: tuple[dict[str, Any], ...], tree: Any) -> datetime | None:
    named = [metas.get(name) for name in _DATES[:2]] + [_named(linked, "datePublished")]
    times = (element.get("datetime") for element in tree.iter("time") if element.get("datetime"))
    candidates = (*named, *(metas.get(name) for name in _DATES[2:]), next(times, None))
    return next((moment for moment in map(from_iso, candidates) if moment), None)


def _authors(metas: dict[str, str], linked: tuple[dict[str, Any], ...]) -> tuple[str, ...]:
    names: list[str] = []
    for item in linked:
        authors = item.get("author")
        for author in authors if isinstance(authors, list) else [authors]:
            name = author.get("name") if isinstance(author, dict) else author
            names += [one_line(name)] if isinstance(name, str) else []
    names = names or [one_line(metas.get("author", ""))]
    return tuple(dict.fromkeys(name for name in names if name and not name.startswith("http")))


def _publisher(linked: tuple[dict[str, Any], ...]) -> str | None:
    for item in linked:
        publisher = item.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else None
        if isinstance(name, str) and name.strip():
            return one_line(name)
    return None


def _paid(metas: dict[str, str], linked: tuple[dict[str, Any], ...]) -> bool:
    free = next((item["isAccessibleForFree"] for item in linked if "isAccessibleForFree" in item), True)
    return str(free).lower() == "false" or metas.get("article:content_tier", "").lower() in _PAYWALL_TIERS
