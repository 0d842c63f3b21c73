"""All feeds together: progress, stopping, and the broker, away and there."""

from __future__ import annotations

import signal
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest
from conftest import NOW, create_topics, end_broker, read_log, start_broker
from hostile import FEED_HEADERS, PAGE_HEADERS, Answer, Hostile, item, page, rss

from connectors.base import Batch, FeedSource
from connectors.polling.cursors import load_into
from connectors.polling.kept import KeptCursors
from connectors.polling.outcome import fresh
from connectors.publishing.publish import MAX_MESSAGE_BYTES, KafkaPublisher
from connectors.refused import refused
from connectors.run import run
from connectors.tally import Summary
from pipeline.config import Kafka, Polling, Settings
from pipeline.errors import Retryable, SetupError
from schemas.article import Article
from schemas.codec import decode, encode
from schemas.ids import article_id, content_hash
from schemas.rejected import Rejected


def _settings(kafka: Kafka | None = None, **polling: float) -> Settings:
    options = {"timeout_seconds": 5.0, "concurrency": 4, "host_spacing_seconds": 0, **polling}
    return Settings(kafka=kafka or Kafka(), polling=Polling(allow_private=("127.0.0.1/32",), **options))


def _serve(hostile: Hostile, feeds: int) -> list[FeedSource]:
    for n in range(feeds):
        hostile.answers[f"/feed{n}"] = Answer(rss(item(f"/a{n}"), title=f"Post {n}"), headers=FEED_HEADERS)
        hostile.answers[f"/a{n}"] = Answer(page(), headers=PAGE_HEADERS)
    return [FeedSource(hostile.url(f"/feed{n}", f"post{n}.localhost")) for n in range(feeds)]


def _article(number: int = 0, text: str = "text") -> Article:
    return Article(article_id=article_id(str(number)), url=f"http://a.org/{number}", outlet="A", title="T", text=text,
                   published_at=NOW, fetched_at=NOW, content_hash=content_hash("T", text))  # fmt: skip


@dataclass
class Kept:
    """A publisher that keeps batches, fails as often as told, and can be slow."""

    failures: int = 0
    batches: list[Batch] = field(default_factory=list)
    closed: int = 0
    abandoned: threading.Event = field(default_factory=threading.Event)
    hangs: bool = False

    def __call__(self, kafka: Kafka) -> Kept:
        return self

    def publish(self, batch: Batch) -> None:
        if self.hangs:
            self.abandoned.wait(60)
            raise Retryable("publishing: given up")
        if self.failures:
            self.failures -= 1
            raise Retryable("publishing to articles: the broker is away")
        self.batches.append(batch)

    def abandon(self) -> None:
        self.abandoned.set()

    def close(self) -> None:
        self.closed += 1


def _nothing(_: Kafka, kept: KeptCursors) -> None:
    """A broker that has no cursors yet."""


def test_once_reads_every_feed_once_and_counts(hostile: Hostile) -> None:
    sources = [*_serve(hostile, 5), FeedSource(hostile.url("/none", "gone.localhost"))]
    kept = Kept()
    told: list[Summary] = []
    summary = run(_settings(), sources, threading.Event(), True, told.append, connect=kept, load=_nothing)
    assert (summary.feeds, summary.polls, summary.feeds_read, summary.feeds_failed) == (6, 6, 5, 1)
    assert (summary.articles, summary.rejected, summary.stopped) == (5, 0, False)
    assert "status 404" in summary.problems[0].text
    assert {article.outlet for batch in kept.batches for article in batch.articles} == {f"Post {n}" for n in range(5)}
    assert kept.closed == 1
    assert [it.polls for it in told] == sorted(it.polls for it in told)


def test_cursors_go_on_from_where_they_were(hostile: Hostile) -> None:
    sources = _serve(hostile, 2)
    kept = Kept()
    run(_settings(), sources, threading.Event(), True, connect=kept, load=_nothing)

    def load(_: Kafka, cursors: KeptCursors) -> None:
        for batch in kept.batches:
            cursors.put(batch.cursor)

    again = run(_settings(), sources, threading.Event(), True, connect=Kept(), load=load)
    assert (again.feeds_read, again.articles) == (2, 0)


def test_a_feed_that_ended_is_not_polled_again(hostile: Hostile) -> None:
    sources = _serve(hostile, 2)
    hostile.answers["/feed0"] = Answer(status=410)
    kept = Kept()
    run(_settings(), sources, threading.Event(), True, connect=kept, load=_nothing)

    def load(_: Kafka, cursors: KeptCursors) -> None:
        for batch in kept.batches:
            cursors.put(batch.cursor)

    hostile.asked.clear()
    again = run(_settings(), sources, threading.Event(), True, connect=Kept(), load=load)
    assert (again.polls, again.feeds_read, again.feeds_failed) == (1, 1, 1)
    assert "it ended" in again.problems[0].text
    assert "/feed0" not in hostile.paths()


def test_a_source_that_nobody_lists_ends_the_start() -> None:
    sources = [FeedSource("http://a.example/", kind="no.such:lister")]
    with pytest.raises(SetupError, match=r"no\.such"):
        run(_settings(), sources, threading.Event(), True, connect=Kept(), load=_nothing)


def test_cursors_are_kept_as_they_came_and_those_that_are_none_are_dropped(tmp_path: Path) -> None:
    kept = KeptCursors(tmp_path)
    known = msgspec.structs.replace(fresh(FeedSource("http://a.org/f")), next_poll_at=NOW, articles=7)
    ended = msgspec.structs.replace(fresh(FeedSource("http://b.org/f")), ended=True)
    for cursor in (known, ended):
        kept.put(cursor)
    kept.put_encoded("http://c.org/f", b'{"feed_url": "http://c.org/f"}')
    kept.put_encoded("http://d.org/f", encode(known))
    kept.put_encoded("http://d.org/f", None)
    assert [kept.get(f"http://{name}.org/f") for name in "abcd"] == [known, ended, None, None]
    assert dict(kept.due()) == {"http://a.org/f": NOW, "http://b.org/f": None}
    assert list(tmp_path.iterdir()) == []
    kept.close()


def test_a_broker_that_is_away_is_waited_for_and_nothing_is_lost(hostile: Hostile) -> None:
    kept = Kept(failures=1)
    notes: list[str] = []
    loads = iter([Retryable("reading the cursors: no answer")])

    def load(_: Kafka, cursors: KeptCursors) -> None:
        for error in loads:
            raise error

    summary = run(_settings(), _serve(hostile, 1), threading.Event(), True, lambda it: notes.append(it.note),
                  connect=kept, load=load)  # fmt: skip
    assert (summary.articles, len(kept.batches), summary.note) == (1, 1, "")
    assert "reading the cursors: no answer; tried again in 1 s" in notes
    assert "publishing to articles: the broker is away; tried again in 1 s" in notes


@pytest.mark.parametrize("where", ["feed", "page", "broker"])
def test_a_stop_takes_less_than_five_seconds(hostile: Hostile, where: str) -> None:
    sources = _serve(hostile, 2)
    slow = Answer(b"<rss>" + b" " * 100_000, drip=0.5)
    if where != "broker":
        hostile.answers["/feed0" if where == "feed" else "/a0"] = slow
    stop = threading.Event()
    threading.Timer(2.0, stop.set).start()
    begun = time.monotonic()
    kept = Kept(hangs=where == "broker")
    summary = run(_settings(timeout_seconds=120.0), sources, stop, connect=kept, load=_nothing)
    assert summary.stopped
    assert time.monotonic() - begun < 7
    assert summary.articles == (0 if where == "broker" else 1)


def test_a_defect_of_ours_stops_the_run_loudly(hostile: Hostile) -> None:
    class Broken(Kept):
        def publish(self, batch: Batch) -> None:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(_settings(), _serve(hostile, 1), threading.Event(), True, connect=Broken(), load=_nothing)


@pytest.mark.broker
def test_a_batch_reaches_the_broker_and_its_cursor_comes_back(kafka: Kafka, tmp_path: Path) -> None:
    letter = refused("http://a.org/x", "no-text", "reading …", b"\x00raw", NOW)
    cursor = msgspec.structs.replace(fresh(FeedSource("http://a.org/f")), state="ok")
    publisher = KafkaPublisher(kafka)
    publisher.publish(Batch((_article(0), _article(1)), cursor, rejected=(letter,)))
    later = msgspec.structs.replace(cursor, articles=7)
    publisher.publish(Batch((), later))
    publisher.close()
    log = read_log(kafka, "articles", "rejected", "cursors")
    assert {key: decode(value, Article) for topic, key, value in log if topic == "articles"} == {
        _article(n).article_id.encode(): _article(n) for n in (0, 1)
    }
    assert [decode(value, Rejected) for topic, _, value in log if topic == "rejected"] == [letter]
    kept = KeptCursors(tmp_path)
    load_into(kafka, kept)
    assert (len(kept), kept.get("http://a.org/f")) == (1, later)


@pytest.mark.broker
def test_an_article_too_large_for_the_broker_is_rejected(kafka: Kafka) -> None:
    cursor = fresh(FeedSource("http://a.org/f"))
    publisher = KafkaPublisher(kafka)
    publisher.publish(Batch((_article(0, "x" * (MAX_MESSAGE_BYTES + 1)),), cursor))
    publisher.close()
    log = read_log(kafka, "articles", "rejected", "cursors")
    assert sorted(topic for topic, _, _ in log) == ["cursors", "rejected"]


@pytest.mark.broker
def test_the_cursor_waits_for_the_articles(hostile: Hostile, tmp_path: Path) -> None:
    """A broker that is frozen acknowledges nothing; what it finds when it wakes may be articles, never the cursor."""
    kafka = Kafka(bootstrap=f"127.0.0.1:{hostile.free_port()}")
    broker = start_broker(int(kafka.bootstrap.partition(":")[2]))
    try:
        create_topics(kafka)
        publisher = KafkaPublisher(kafka)
        batch = Batch((_article(),), fresh(FeedSource("http://a.org/f")))
        publisher.publish(Batch((_article(1),), fresh(FeedSource("http://b.org/f"))))
        broker.send_signal(signal.SIGSTOP)
        threading.Timer(1.0, publisher.abandon).start()
        with pytest.raises(Retryable, match="publishing to articles: given up because the program stops"):
            publisher.publish(batch)
        broker.send_signal(signal.SIGCONT)
        time.sleep(0.5)
        publisher.close()
        kept = KeptCursors(tmp_path)
        load_into(kafka, kept)
        assert len(kept) == 1
        assert kept.get("http://b.org/f")
        assert _article().article_id.encode() in [key for _, key, _ in read_log(kafka, "articles")]
    finally:
        end_broker(broker)


@pytest.mark.broker
def test_feeds_to_the_broker_and_again_from_its_cursors(hostile: Hostile, kafka: Kafka) -> None:
    sources = _serve(hostile, 3)
    first = run(_settings(kafka), sources, threading.Event(), once=True)
    again = run(_settings(kafka), sources, threading.Event(), once=True)
    assert (first.articles, again.articles, again.feeds_read) == (3, 0, 3)
    assert len(read_log(kafka, "articles")) == 3


@pytest.mark.broker
def test_a_broker_that_comes_late_and_goes_away(hostile: Hostile) -> None:
    port = hostile.free_port()
    settings = _settings(Kafka(bootstrap=f"127.0.0.1:{port}"))
    notes: list[str] = []
    stop = threading.Event()
    results: list[Summary] = []
    thread = threading.Thread(
        target=lambda: results.append(run(settings, _serve(hostile, 1), stop, True, lambda it: notes.append(it.note)))
    )
    thread.start()
    while not any("start the broker" in note for note in notes):
        time.sleep(0.1)
    broker = start_broker(port)
    try:
        create_topics(settings.kafka)
        thread.join(40)
        assert results[0].articles == 1
        publisher = KafkaPublisher(settings.kafka)
    finally:
        stop.set()
        end_broker(broker)
    threading.Timer(1.0, publisher.abandon).start()
    begun = time.monotonic()
    with pytest.raises(Retryable):
        publisher.publish(Batch((_article(),), fresh(FeedSource("http://a.org/f"))))
    publisher.close()
    assert time.monotonic() - begun < 6
