"""Reading the newsroom's files: outlets.toml, and one Markdown file with TOML front matter for each article."""

from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from newsroom import prose
from newsroom.errors import NewsroomError
from newsroom.fields import Fields, parse
from newsroom.model import FIRST_ROUND, Article, Corpus, Feed, FeedContent, FeedFormat, Outlet

ROOT = Path(__file__).parent
TEMPLATES = ("broadsheet", "tabloid", "blog")
_FENCE = "+++\n"
_KEYS = frozenset(
    ["title", "published", "updated", "authors", "section", "summary", "feeds", "story", "wire", "round", "revises"]
)


def load(root: Path = ROOT) -> Corpus:
    """Read outlets and articles under `root`; raises NewsroomError that lists every mistake found."""
    problems: list[str] = []
    outlets = _outlets(root / "outlets.toml", problems)
    files = sorted((root / "articles").glob("*/*.md"))
    articles = tuple(a for file in files if (a := _article(file, outlets, problems)) is not None)
    for article in articles:
        _check_revision(article, articles, problems)
    _check_addresses(articles, problems)
    if not files:
        problems.append(f"{root / 'articles'}: holds no article; expected <outlet>/<slug>.md")
    if problems:
        raise NewsroomError("reading the newsroom: mend these and start again:\n  " + "\n  ".join(problems))
    return Corpus(outlets=outlets, articles=articles)


def _outlets(path: Path, problems: list[str]) -> dict[str, Outlet]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NewsroomError(f"reading {path}: {error}") from error
    document = Fields(path.name, parse(text, path.name, problems), problems)
    outlets: dict[str, Outlet] = {}
    for table in document.tables("outlet"):
        outlet = _outlet(table)
        if outlet.id in outlets:
            problems.append(f"{table.where}: id {outlet.id!r} is taken")
        outlets[outlet.id] = outlet
    return outlets


def _outlet(table: Fields) -> Outlet:
    return Outlet(
        id=table.text("id"),
        name=table.text("name"),
        kind=table.text("kind"),
        language=table.text("language"),
        tagline=table.text("tagline"),
        template=table.choice("template", TEMPLATES),
        accent=table.text("accent"),
        feeds=tuple(_feed(feed) for feed in table.tables("feeds")),
    )


def _feed(table: Fields) -> Feed:
    feed_format: tuple[FeedFormat, ...] = get_args(FeedFormat)
    feed_content: tuple[FeedContent, ...] = get_args(FeedContent)
    return Feed(
        id=table.text("id"),
        title=table.text("title"),
        format=table.choice("format", feed_format),
        content=table.choice("content", feed_content),
    )


def _article(path: Path, outlets: Mapping[str, Outlet], problems: list[str]) -> Article | None:
    where = f"articles/{path.parent.name}/{path.name}"
    outlet = outlets.get(path.parent.name)
    if outlet is None:
        problems.append(f"{where}: no outlet {path.parent.name!r} in outlets.toml")
        return None
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        problems.append(f"{where}: {error}")
        return None
    before, _, rest = text.partition(_FENCE)
    front, fence, body = rest.partition(_FENCE)
    if before or not fence:
        problems.append(f"{where}: must begin with TOML between two lines of +++")
        return None
    article = _from_front_matter(Fields(where, parse(front, where, problems), problems), outlet, path.stem, body)
    if not article.paragraphs:
        problems.append(f"{where}: has no text")
    return article


def _from_front_matter(table: Fields, outlet: Outlet, file_slug: str, body: str) -> Article:
    table.known(_KEYS)
    feeds = table.texts("feeds")
    for unknown in set(feeds) - {feed.id for feed in outlet.feeds}:
        table.problems.append(f"{table.where}: {outlet.id} has no feed {unknown!r}")
    return Article(
        outlet=outlet.id,
        slug=table.optional("revises") or file_slug,
        file_slug=file_slug,
        title=table.text("title"),
        published=table.moment("published"),
        updated=table.moment("updated") if "updated" in table.table else None,
        authors=table.texts("authors"),
        section=table.text("section"),
        summary=table.text("summary"),
        feeds=feeds,
        story=table.optional("story"),
        wire=table.optional("wire"),
        round=table.number("round", FIRST_ROUND),
        paragraphs=prose.paragraphs(body),
    )


def _check_revision(article: Article, articles: tuple[Article, ...], problems: list[str]) -> None:
    """A revision keeps the address, and what comes in a later round is the newest thing its outlet has.

    Last-Modified is the newest time shown on a page or in a feed. Were a later round older than that, a client that
    asks with If-Modified-Since alone would never see it.
    """
    where = f"articles/{article.key}.md"
    if article.slug != article.file_slug:
        base = next((a for a in articles if (a.outlet, a.file_slug) == (article.outlet, article.slug)), None)
        if base is None:
            problems.append(f"{where}: revises {article.slug!r}, which {article.outlet} has not published")
        elif base.published != article.published or base.round >= article.round:
            problems.append(f"{where}: must keep `published` of {base.key} and have a later `round`")
    earlier = [a.modified for a in articles if a.outlet == article.outlet and a.round < article.round]
    if earlier and article.modified <= max(earlier):
        problems.append(f"{where}: round {article.round} must be newer than {max(earlier):%Y-%m-%dT%H:%M:%SZ}")


def _check_addresses(articles: tuple[Article, ...], problems: list[str]) -> None:
    seen: dict[tuple[str, str, int], str] = {}
    for article in articles:
        other = seen.setdefault((article.outlet, article.path, article.round), article.key)
        if other != article.key:
            problems.append(f"articles/{article.key}.md: has the same address and round as {other}")
