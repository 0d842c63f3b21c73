"""What one round of publication shows at every address.

An edition is made once for a port and a round and never changes, so that publishing the next round is the exchange of
one reference and no reader sees half of each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from newsroom import render
from newsroom.model import Article, Corpus, Outlet, current

RELATED_LINKS = 4
HTML = "text/html; charset=utf-8"
OPML = "text/x-opml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Document:
    """One thing to serve, with what a conditional request is compared with."""

    body: bytes
    media_type: str
    modified: datetime

    @property
    def etag(self) -> str:
        """A strong validator: the same bytes have the same tag, in every run."""
        return f'"{blake2b(self.body, digest_size=12).hexdigest()}"'


class Edition:
    """All documents of one round, by host and path."""

    def __init__(self, corpus: Corpus, round: int, port: int) -> None:
        self.round = round
        self._port = port
        articles = current(corpus.released(round))
        self._documents: dict[tuple[str, str], Document] = {}
        for outlet in corpus.outlets.values():
            self._add_outlet(outlet, [a for a in articles if a.outlet == outlet.id])
        outlets = list(corpus.outlets.values())
        self.opml = render.opml(outlets, port)
        self._add("", "/", render.index(outlets, round, port), HTML, articles)
        self._add("", "/feeds.opml", self.opml, OPML, articles)

    def document(self, outlet: str, path: str) -> Document | None:
        """What stands at a path of an outlet; the empty outlet is the plain host."""
        return self._documents.get((outlet, path))

    def _add_outlet(self, outlet: Outlet, articles: list[Article]) -> None:
        self._add(outlet.id, "/", render.home(outlet, articles, self._port), HTML, articles)
        sections = list(dict.fromkeys(article.section for article in articles))
        for article in articles:
            related = _related(article, articles)
            text = render.page(outlet, article, related, sections, self._port)
            self._add(outlet.id, article.path, text, HTML, [article, *related])
        for feed in outlet.feeds:
            entries = [article for article in articles if feed.id in article.feeds]
            text = render.feed(outlet, feed, entries, self._port)
            media_type = f"{render.feed_media_type(feed)}; charset=utf-8"
            self._add(outlet.id, f"/feeds/{feed.id}.xml", text, media_type, entries or articles)

    def _add(self, outlet: str, path: str, text: str, media_type: str, shown: Sequence[Article]) -> None:
        """Keep a document; it is as new as the newest article that it shows any part of."""
        modified = max(article.modified for article in shown)
        self._documents[outlet, path] = Document(text.encode(), media_type, modified)


def _related(article: Article, articles: Sequence[Article]) -> list[Article]:
    """Links to put beside an article: the same story first, then the newest."""
    others = [other for other in articles if other.path != article.path]
    others.sort(key=lambda other: other.story is None or other.story != article.story)
    return others[:RELATED_LINKS]
