"""What Kibana would ask Elasticsearch for our charts, searches and rules finds what is there. No Kibana runs here."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from elasticsearch import Elasticsearch

from benchmarks.quality.newsroom import newsroom_articles
from deploy.kibana.dashboards import everything
from deploy.kibana.requests import Request, Span, of_object, of_rule
from deploy.kibana.rules import rules
from deploy.kibana.views import PREFIX
from pipeline import compose
from pipeline.config import Elasticsearch as Settings
from pipeline.config import load
from pipeline.flow import Flow
from pipeline.index.documents import documents
from pipeline.index.elastic import ElasticIndex
from pipeline.index.elastic.client import connect
from pipeline.index.stage import index_messages
from pipeline.index.templates import set_up
from pipeline.ports import COLLECTIONS, Document
from schemas.alert import Alert
from schemas.article import Article
from schemas.claim import ArticleClaims
from schemas.cluster import Cluster
from schemas.contradiction import Contradiction
from schemas.message import Message
from tests.board import sample
from tests.pipeline.index import index_builders as build

pytestmark = pytest.mark.services

NOW = build.hours(72)
"""When the newsroom's week is over."""
SPAN = Span(datetime(2019, 5, 1, tzinfo=UTC), NOW + timedelta(days=1))
OBJECTS = everything()
ASKING = [each for each in OBJECTS if each["type"] in ("lens", "search")]
STATUSES = ("due", "held", "sending", "told", "dropped", "parked")
BAD_ADDRESS = "javascript:alert(1)"


def metrics() -> list[Document]:
    """Samples of two stages and of what waits, some minutes before NOW."""

    def sample_of(number: int, **values: Any) -> Document:
        body = {"metric_id": f"m{number}", "at": (NOW - timedelta(minutes=number)).isoformat(), **values}
        return Document("metrics", f"m{number}", 1, body)

    work = {"duplicate": 1, "rejected": 1, "published": 9, "retries": 2, "idle_seconds": 3.5, "memory_mb": 400.0}
    return [
        sample_of(0, role="analyse", process="host:1", stage="claims", done=40, **work),
        sample_of(1, role="analyse", process="host:1", stage="matching", done=30, **work),
        sample_of(2, role="deliver", process="host:2", stage="index", done=20, **work),
        sample_of(3, role="analyse", group="analyse", topic="articles", lag=9_000),
        sample_of(4, role="deliver", group="deliver", topic="claims", lag=4),
    ]


def alerts() -> list[Alert]:
    """One alert of each status, and one about a feed."""
    told = build.alert()
    return [
        *(msgspec.structs.replace(told, alert_id=f"{n}" * 32, status=each) for n, each in enumerate(STATUSES)),
        msgspec.structs.replace(told, alert_id="f" * 32, subject="feed", contradiction_id="", contradiction=None),
    ]


def written() -> list[Document]:
    """Documents that do not come of articles."""
    rejected = msgspec.structs.replace(build.rejected(), rejected_at=NOW - timedelta(minutes=5))
    bad = build.article(url=BAD_ADDRESS, article_id="ba" * 16)
    messages = [build.article(), bad, build.contradiction(), rejected, *alerts()]
    return [*metrics(), *(document for message in messages for document in documents(message))]


def newsroom() -> list[Message]:
    """Everything that comes of the sample newsroom's articles."""
    kept = (Article, ArticleClaims, Cluster, Contradiction)
    flow = Flow(compose.analysis(load()), clock_ms=lambda: 0)
    outputs = flow.run(newsroom_articles(datetime.now(UTC)))
    return [output.message for output in outputs if isinstance(output.message, kept)]


@pytest.fixture(scope="module")
def filled(elasticsearch: Any) -> Iterator[tuple[Elasticsearch, str]]:
    """A client, and the prefix of indices that hold something of everything."""
    settings = Settings(url=elasticsearch.url, prefix=f"test-{uuid.uuid4().hex[:12]}-", timeout_seconds=60)
    with connect(settings) as client:
        set_up(client, settings.prefix)
        index = ElasticIndex(settings)
        assert not index_messages(index, [*newsroom(), *sample.feeds(NOW), build.cursor()]).refused
        assert not index.write(written()).refused
        index.close()
        client.indices.refresh(index=f"{settings.prefix}*")
        yield client, settings.prefix
        for collection in COLLECTIONS:
            client.indices.delete(index=f"{settings.prefix}{collection}-000001", ignore_unavailable=True)
            client.indices.delete_index_template(name=f"{settings.prefix}{collection}")


def ask(filled: tuple[Elasticsearch, str], request: Request) -> dict[str, Any]:
    """Send a request to the test's indices; all of their shards must have answered."""
    client, prefix = filled
    answer = client.search(index=prefix + request.index.removeprefix(PREFIX), body=request.body).body
    assert not answer["timed_out"]
    assert answer["_shards"]["failed"] == 0
    return dict(answer)


def leaves(found: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The innermost buckets that hold documents."""
    inner = [value for value in found.values() if isinstance(value, dict) and "buckets" in value]
    if not inner and found.get("doc_count", 1):
        yield found
    for each in inner:
        for bucket in each["buckets"]:
            yield from leaves(bucket)


@pytest.mark.parametrize("made", ASKING, ids=lambda made: f"{made['type']}:{made['id']}")
def test_a_chart_or_search_finds_something(made: dict[str, Any], filled: tuple[Elasticsearch, str]) -> None:
    answer = ask(filled, of_object(made, OBJECTS, SPAN))
    assert answer["hits"]["total"]["value"] > 0
    if made["type"] == "search":
        assert answer["hits"]["hits"]
        return
    columns = made["attributes"]["state"]["datasourceStates"]["formBased"]["layers"]["layer"]["columns"]
    rows = list(leaves(answer.get("aggregations", {})))
    assert rows
    for key, column in columns.items():
        if not column["isBucketed"] and column["operationType"] != "count":
            assert any(measured(row[key]) for row in rows), f"{key} ({column['label']}) is empty in every row"


def measured(found: dict[str, Any]) -> bool:
    """Whether a measure has a value."""
    if "hits" in found:
        return any(hit.get("fields") for hit in found["hits"]["hits"])
    return found.get("value") is not None


@pytest.mark.parametrize("made", [each for each in ASKING if each["type"] == "search"], ids=lambda made: made["id"])
def test_a_search_shows_every_column(made: dict[str, Any], filled: tuple[Elasticsearch, str]) -> None:
    hits = ask(filled, of_object(made, OBJECTS, SPAN))["hits"]["hits"]
    shown = {name for hit in hits for name in hit["fields"]}
    not_in_the_sample = {"reason", "due_at", "reporter"}
    assert set(made["attributes"]["columns"]) - shown <= not_in_the_sample


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_a_rule_would_fire(rule: Any, filled: tuple[Elasticsearch, str]) -> None:
    answer = ask(filled, of_rule(rule, NOW))
    groups = answer["aggregations"]["groupAgg"]["buckets"]
    assert groups
    assert answer["aggregations"]["groupAggCount"]["count"] == len(groups)
    assert all(group["topHitsAgg"]["hits"]["hits"] for group in groups)


def test_rules_fire_for_what_they_name_only(filled: tuple[Elasticsearch, str]) -> None:
    found = {
        rule.id: [group["key"] for group in ask(filled, of_rule(rule, NOW))["aggregations"]["groupAgg"]["buckets"]]
        for rule in rules()
    }
    assert found["crossclaim-lag"] == ["articles"]
    assert sorted(found["crossclaim-feed-in-trouble"]) == [
        "https://mirovadaily.example/feed",
        "https://valleyecho.example/rss",
    ]
    assert found["crossclaim-rejected-messages"] == ["claims"]
    assert "e1" * 16 in found["crossclaim-new-contradiction"]


def test_links_lead_to_the_web_and_to_the_board_only(filled: tuple[Elasticsearch, str]) -> None:
    searches = {each["id"]: each for each in ASKING if each["type"] == "search"}
    articles = ask(filled, of_object(searches["crossclaim-sources-articles-list"], OBJECTS, SPAN))["hits"]["hits"]
    by_url = {hit["fields"]["url"][0]: hit["fields"].get("article_link") for hit in articles}
    assert by_url[build.URL] == [build.URL]
    assert by_url[BAD_ADDRESS] is None
    found = ask(filled, of_object(searches["crossclaim-contradictions-list"], OBJECTS, SPAN))["hits"]["hits"]
    (ours,) = (hit["fields"] for hit in found if hit["_id"] == "e1" * 16)
    assert ours["article_link"] == ["https://b.example/2", build.URL]
    assert ours["board_link"] == ["/contradictions/" + "e1" * 16]
    assert ours["quote_b"] == ["there is no talk of any cuts"]
    told = ask(filled, of_object(searches["crossclaim-pipeline-alerts-list"], OBJECTS, SPAN))["hits"]["hits"]
    (of_feed,) = (hit["fields"] for hit in told if hit["_id"] == "f" * 32)
    assert "board_link" not in of_feed
