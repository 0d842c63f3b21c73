"""The connectors of docs/adding-a-connector.md, run as they stand there: server → run → broker."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from conftest import NOW
from hostile import PAGE_HEADERS, Answer, Hostile, page
from kafka import KafkaConsumer, TopicPartition

from connectors.lists.feedlist import read_feed_list
from connectors.lists.looking import look, looking
from connectors.run import run
from connectors.tally import Summary
from pipeline.config import Kafka, Polling, Settings
from schemas.article import Article
from schemas.codec import decode

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "adding-a-connector.md"
BLOCKS = {
    found["name"]: found["code"]
    for found in re.finditer(r"^```python\n(?P<code># (?P<name>\w+)\.py\n.*?)^```$", GUIDE.read_text(), re.M | re.S)
}
TEXT = "The mayor of Lima said on Monday that 40 people were hurt in the fire at the harbour market. " * 5


def check(number: int, text: str = TEXT, **fields: str) -> dict[str, str]:
    return {
        "id": f"c{number}", "url": f"http://checks.localhost/{number}", "headline": f"Check {number}",
        "html": f"<p>{text}</p>", "published": "2019-06-03T10:00:00+02:00", "rating": "false", **fields,
    }  # fmt: skip


def answer(*checks: Mapping[str, str]) -> Answer:
    return Answer(msgspec.json.encode({"checks": checks}), headers={"Content-Type": "application/json"})


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hostile: Hostile) -> Path:
    """A list that names both listers, whose files lie in a folder of the person's own."""
    folder = tmp_path / "my-sources"
    folder.mkdir()
    for name, code in BLOCKS.items():
        (folder / f"{name}.py").write_text(code)
    monkeypatch.syspath_prepend(folder)
    listed = tmp_path / "my.toml"
    listed.write_text(
        f'[[feed]]\nurl = "{hostile.url("/api/latest", "checks.localhost")}"\noutlet = "Checks"\n'
        'kind = "checks:list_checks"\n\n'
        f'[[feed]]\nurl = "{hostile.url("/press/", "ministry.localhost")}"\noutlet = "Ministry"\n'
        'kind = "releases:list_releases"\n'
    )
    return listed


def settings(tmp_path: Path, kafka: Kafka | None = None) -> Settings:
    polling = Polling(allow_private=("127.0.0.1/32",), host_spacing_seconds=0, timeout_seconds=5)
    return Settings(kafka=kafka or Kafka(), polling=polling, data=tmp_path / "data")


def published(kafka: Kafka) -> dict[str, list[Article]]:
    """Return the articles at the broker by outlet, in order of publication."""
    consumer = KafkaConsumer(bootstrap_servers=kafka.bootstrap, group_id=None)
    topic = kafka.topic_prefix + "articles"
    places = [TopicPartition(topic, number) for number in consumer.partitions_for_topic(topic)]
    consumer.assign(places)
    consumer.seek_to_beginning(*places)
    ends, found = consumer.end_offsets(places), dict[str, list[Article]]()
    while any(consumer.position(place) < ends[place] for place in places):
        for records in consumer.poll(timeout_ms=200).values():
            for record in records:
                article = decode(record.value, Article)
                found.setdefault(article.outlet, []).append(article)
    consumer.close()
    return {outlet: sorted(its, key=lambda it: (it.url, it.revision)) for outlet, its in found.items()}


def test_each_connector_is_shorter_than_sixty_lines() -> None:
    assert set(BLOCKS) == {"checks", "releases"}
    for name, code in BLOCKS.items():
        lines = [line for line in code.splitlines()[1:] if line.strip()]
        assert len(lines) < 60, f"{name}.py has {len(lines)} lines"


def test_each_connector_keeps_the_rules_of_the_house(tmp_path: Path) -> None:
    for name, code in BLOCKS.items():
        (tmp_path / f"{name}.py").write_text(code)
    ruff = [sys.executable, "-m", "ruff"]
    for command in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [*ruff, *command, "--config", str(ROOT / "pyproject.toml"), str(tmp_path)], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.broker
def test_the_guides_connectors_bring_articles_to_the_broker(
    sources: Path, hostile: Hostile, kafka: Kafka, tmp_path: Path
) -> None:
    def all_once() -> Summary:
        return run(settings(tmp_path, kafka), read_feed_list(sources), threading.Event(), once=True)

    hostile.answers["/api/latest"] = answer(check(2, author="Ana Ruiz"), check(1))
    hostile.answers["/press/"] = Answer(
        b'<html><body><ul><li class="release"><a href="/press/7">Harbour to be closed</a>'
        b'<time datetime="2019-06-02">2 June</time></li></ul></body></html>',
        headers=PAGE_HEADERS,
    )
    hostile.answers["/press/7"] = Answer(page(), headers=PAGE_HEADERS)
    first = all_once()
    assert (first.feeds_read, first.articles, first.problems) == (2, 3, ())
    articles = published(kafka)
    one, two = articles["Checks"]
    assert (one.title, one.text, one.language) == ("Check 1", TEXT.strip(), "en")
    assert one.published_at == datetime(2019, 6, 3, 8, 0, tzinfo=UTC)
    assert two.authors == ("Ana Ruiz",)
    (release,) = articles["Ministry"]
    assert release.published_at == datetime(2019, 6, 2, tzinfo=UTC)
    assert release.text
    # A complete entry needs no page; the release's page was read.
    assert sorted(path for path in hostile.paths() if path != "/robots.txt") == ["/api/latest", "/press/", "/press/7"]

    assert all_once().articles == 0  # nothing changed, nothing is said again

    corrected = TEXT.replace("40", "14")
    hostile.answers["/api/latest"] = answer(check(3), check(2, author="Ana Ruiz"), check(1, corrected))
    assert all_once().articles == 2
    assert [(it.title, it.revision) for it in published(kafka)["Checks"]] == [
        ("Check 1", 1), ("Check 1", 2), ("Check 2", 1), ("Check 3", 1),
    ]  # fmt: skip


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("path", "given", "words"),
    [
        ("/api/latest", Answer(b'{"checks": [{"id": 5}]}'), "Expected `str`"),
        (
            "/press/",
            Answer(b"<html><body><p>New design</p></body></html>"),
            "it lists no release; its form has changed",
        ),
    ],
)
async def test_a_source_of_another_form_fails_in_its_health_and_nothing_else(
    path: str, given: Answer, words: str, sources: Path, hostile: Hostile, tmp_path: Path
) -> None:
    hostile.answers[path] = given
    (source,) = [it for it in read_feed_list(sources) if it.url.endswith(path)]
    async with looking(settings(tmp_path)) as tools:
        seen = await look(source, tools, NOW)
    assert seen.verdict == "dead"
    assert words in seen.why
