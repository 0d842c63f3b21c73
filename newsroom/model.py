"""What the sample newsroom is made of: outlets, feeds and articles, as frozen values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

FeedFormat = Literal["rss2", "atom", "rdf"]
FeedContent = Literal["summary", "full"]

FIRST_ROUND = 1


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed of an outlet; `id` is unique within the outlet."""

    id: str
    title: str
    format: FeedFormat
    content: FeedContent


@dataclass(frozen=True, slots=True)
class Outlet:
    """One invented publication, served as the host `<id>.localhost`."""

    id: str
    name: str
    kind: str
    language: str
    tagline: str
    template: str
    accent: str
    feeds: tuple[Feed, ...]

    def url(self, port: int) -> str:
        """The outlet's root, without a slash at the end."""
        return f"http://{self.id}.localhost:{port}"

    def feed_url(self, feed: Feed, port: int) -> str:
        """Where one of this outlet's feeds is served."""
        return f"{self.url(port)}/feeds/{feed.id}.xml"


@dataclass(frozen=True, slots=True)
class Article:
    """One revision of one article.

    `slug` is the last part of the URL and is shared by all revisions of an article; `file_slug` is unique. `round`
    says from which round of publication on this revision is the one that readers see.
    """

    outlet: str
    slug: str
    file_slug: str
    title: str
    published: datetime
    updated: datetime | None
    authors: tuple[str, ...]
    section: str
    summary: str
    feeds: tuple[str, ...]
    story: str | None
    wire: str | None
    round: int
    paragraphs: tuple[str, ...]

    @property
    def key(self) -> str:
        """The name by which expected.toml refers to this revision."""
        return f"{self.outlet}/{self.file_slug}"

    @property
    def path(self) -> str:
        """The path of the page, the same for every revision."""
        return f"/{self.published.astimezone(UTC):%Y/%m/%d}/{self.slug}"

    @property
    def modified(self) -> datetime:
        """When this revision came out."""
        return self.updated or self.published


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything in the newsroom, of every round."""

    outlets: Mapping[str, Outlet]
    articles: tuple[Article, ...]

    @property
    def last_round(self) -> int:
        """The highest round for which something is waiting to be published."""
        return max((article.round for article in self.articles), default=FIRST_ROUND)

    def released(self, round: int) -> list[Article]:
        """Every revision published up to a round, superseded ones included, oldest first."""
        return sorted((a for a in self.articles if a.round <= round), key=lambda a: (a.modified, a.key))


def current(articles: Iterable[Article]) -> list[Article]:
    """What readers see: the newest revision at each address, newest article first."""
    newest: dict[tuple[str, str], Article] = {}
    for article in sorted(articles, key=lambda a: a.round):
        newest[article.outlet, article.path] = article
    return sorted(newest.values(), key=lambda a: (a.published, a.key), reverse=True)
