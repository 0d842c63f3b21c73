"""From articles to what is served: feeds, pages, lists. Values in, text out; nothing here knows HTTP."""

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from newsroom import prose
from newsroom.model import Article, Feed, Outlet

MEDIA_TYPES = {"rss2": "application/rss+xml", "atom": "application/atom+xml", "rdf": "application/rdf+xml"}


def feed_media_type(feed: Feed) -> str:
    """The media type that a feed of this format is served with and announced under."""
    return MEDIA_TYPES[feed.format]


def feed(outlet: Outlet, feed: Feed, articles: Sequence[Article], port: int) -> str:
    """One feed, newest entry first."""
    modified = max((a.modified for a in articles), default=datetime.fromtimestamp(0, UTC))
    template = _ENVIRONMENT.get_template(f"{feed.format}.xml")
    return template.render(outlet=outlet, feed=feed, articles=articles, port=port, modified=modified)


def page(outlet: Outlet, article: Article, related: Sequence[Article], sections: Sequence[str], port: int) -> str:
    """One article in its outlet's layout, with the clutter that real pages have around the text."""
    canonical = outlet.url(port) + article.path
    return _ENVIRONMENT.get_template(f"{outlet.template}.html").render(
        outlet=outlet,
        article=article,
        related=related,
        sections=sections,
        port=port,
        canonical=canonical,
        metadata=_metadata(outlet, article, canonical),
    )


def home(outlet: Outlet, articles: Sequence[Article], port: int) -> str:
    """The outlet's front page: every article, by section."""
    sections = list(dict.fromkeys(article.section for article in articles))
    by_section = [(section, [a for a in articles if a.section == section]) for section in sections]
    return _ENVIRONMENT.get_template("home.html").render(outlet=outlet, by_section=by_section, port=port)


def index(outlets: Sequence[Outlet], round: int, port: int) -> str:
    """The plain host's page: what there is to read, for people."""
    return _ENVIRONMENT.get_template("index.html").render(outlets=outlets, round=round, port=port)


def opml(outlets: Sequence[Outlet], port: int) -> str:
    """Every feed with its absolute address, as feed readers import it."""
    return _ENVIRONMENT.get_template("feeds.opml").render(outlets=outlets, port=port)


def _metadata(outlet: Outlet, article: Article, canonical: str) -> dict[str, Any]:
    """schema.org NewsArticle, as most newspapers embed it."""
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": canonical},
        "headline": article.title,
        "description": article.summary,
        "articleSection": article.section,
        "datePublished": _iso(article.published),
        "dateModified": _iso(article.modified),
        "author": [{"@type": "Person", "name": author} for author in article.authors],
        "publisher": {"@type": "NewsMediaOrganization", "name": outlet.name},
        "inLanguage": outlet.language,
    }


def _body_html(article: Article) -> str:
    """The text as HTML in one string; the feed templates escape it again, as feeds carry HTML."""
    return "".join(f"<p>{prose.html(paragraph)}</p>" for paragraph in article.paragraphs)


def _iso(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _rfc822(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def _long_date(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%d %B %Y, %H:%M} GMT".removeprefix("0")


def _italics(paragraph: str) -> Markup:
    return prose.html(paragraph)


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("newsroom"), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.filters.update(
        iso=_iso,
        rfc822=_rfc822,
        long_date=_long_date,
        italics=_italics,
        body_html=_body_html,
        media_type=feed_media_type,
    )
    return environment


_ENVIRONMENT = _environment()
