"""kill -9 at random points while the web changes: what stands in Kafka in the end is what is served, each once."""

from __future__ import annotations

import multiprocessing
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkServerProcess
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest
from conftest import read_log
from hostile import FEED_HEADERS, PAGE_HEADERS, SENTENCES, Answer, Hostile, item, page, rss
from killed import connect

from connectors.articles.canonical import canonical
from connectors.extraction import PRELOADED
from pipeline.config import Kafka, Polling, Settings
from schemas.article import Article
from schemas.codec import decode
from schemas.ids import content_hash

KILLS = 50
FEEDS = 20
ARTICLES = 2_000
CORRECTED_EVERY = 8
"""With every so many new articles one that is out already is corrected."""
EARLY_EVERY = 4
"""One kill in so many comes while the connectors may still start; the others once they are at work, every second one
while they publish."""
LONGEST_SECONDS = 1.0
SEED = 4


class News:
    """Articles that grow in number and are corrected while they are served."""

    def __init__(self, hostile: Hostile, seed: int) -> None:
        self._hostile = hostile
        self._random = random.Random(seed)
        self._versions: list[int] = []
        self.corrections = 0
        for feed in range(FEEDS):
            hostile.answers[f"/f{feed}"] = lambda _, feed=feed: Answer(self._feed(feed), headers=FEED_HEADERS)

    def urls(self) -> list[str]:
        return [self._hostile.url(f"/f{feed}", f"post{feed}.localhost") for feed in range(FEEDS)]

    def go_on(self) -> None:
        """Publish the next article; now and then correct an older one."""
        number = len(self._versions)
        self._versions.append(0)
        self._hostile.answers[f"/a{number}"] = lambda _, number=number: Answer(
            page(*self._words(number)), headers=PAGE_HEADERS
        )
        if number % CORRECTED_EVERY == 0:
            self._versions[self._random.randrange(len(self._versions))] += 1
            self.corrections += 1

    def served(self) -> dict[str, str]:
        """Return the fingerprint of each article by its canonical URL."""
        found = {}
        for number in range(len(self._versions)):
            url = canonical(self._hostile.url(f"/a{number}", f"post{number % FEEDS}.localhost"))
            assert url
            found[url] = content_hash(*self._words(number))
        return found

    def _words(self, number: int) -> tuple[str, str]:
        version = self._versions[number]
        said = f"Report {number} speaks of {1_000 + version} boats, and names the northern pier in its first line."
        return f"Report {number} from the harbour", "\n\n".join((said, *SENTENCES))

    def _feed(self, feed: int) -> bytes:
        items = [
            item(f"/a{number}", self._words(number)[0], summary=f"Version {self._versions[number]}.")
            for number in range(feed, len(self._versions), FEEDS)
        ]
        return rss(*reversed(items), title=f"Post {feed}")


@pytest.mark.broker
@pytest.mark.timeout(600)
def test_nothing_is_lost_or_doubled_by_fifty_kills(hostile: Hostile, kafka: Kafka, tmp_path: Path) -> None:
    kafka = kafka.model_copy(update={"batch_bytes": 0})
    chance = random.Random(SEED)
    news = News(hostile, SEED)
    connectors = Connectors(_settings(kafka, tmp_path), news)
    for kill in range(KILLS):
        _change(news, ARTICLES // KILLS // 2, 0)
        dies = kill % 2 == 1
        with connectors.running(once=False, seed=kill if dies else None) as (process, at_work):
            if dies:
                _change(news, ARTICLES // KILLS // 2, LONGEST_SECONDS)
                process.join(30)
                assert process.exitcode == -signal.SIGKILL
                continue
            assert kill % EARLY_EVERY == 0 or at_work.wait(30)
            _change(news, ARTICLES // KILLS // 2, chance.uniform(0, LONGEST_SECONDS))
            assert process.exitcode is None, "the connectors ended by themselves"
    for _ in range(2):
        with connectors.running(once=True) as (process, _):
            process.join(60)
            assert process.exitcode == 0
    _judge([decode(value, Article) for _, _, value in read_log(kafka, "articles")], news)
    assert read_log(kafka, "rejected") == []


class Connectors:
    """The connectors as a process, again and again; it is killed when left."""

    def __init__(self, settings: Settings, news: News) -> None:
        self._settings = settings
        self._news = news
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["connectors.run", *PRELOADED, "pytest"])

    @contextmanager
    def running(self, once: bool, seed: int | None = None) -> Iterator[tuple[ForkServerProcess, Event]]:
        at_work = self._context.Event()
        process = self._context.Process(target=connect, args=(self._settings, self._news.urls(), once, at_work, seed))
        process.start()
        try:
            yield process, at_work
        finally:
            process.kill()
            process.join()


def _change(news: News, articles: int, seconds: float) -> None:
    """Let the web change at an even pace for so long, so that the kill comes while something is under way."""
    begun = time.monotonic()
    for number in range(articles):
        time.sleep(max(begun + (number + 1) * seconds / articles - time.monotonic(), 0))
        news.go_on()


def _settings(kafka: Kafka, folder: Path) -> Settings:
    polling = Polling(
        allow_private=("127.0.0.1/32",), interval_seconds=1, min_interval_seconds=1, max_interval_seconds=1,
        host_spacing_seconds=0, robots=False,
    )  # fmt: skip
    return Settings(kafka=kafka, polling=polling, data=folder)


def _judge(articles: list[Article], news: News) -> None:
    newest: dict[str, Article] = {}
    for article in articles:
        if article.url not in newest or article.revision >= newest[article.url].revision:
            newest[article.url] = article
    served = news.served()
    assert len(served) == ARTICLES
    assert {url: article.content_hash for url, article in newest.items()} == served
    texts: dict[tuple[str, int], set[str]] = {}
    for article in articles:
        texts.setdefault((article.article_id, article.revision), set()).add(article.content_hash)
    assert [key for key, found in texts.items() if len(found) > 1] == []
    again = sum(Counter((article.article_id, article.revision) for article in articles).values()) - len(texts)
    print(f"{len(articles)} messages, {news.corrections} corrections, {again} came again after a crash")
