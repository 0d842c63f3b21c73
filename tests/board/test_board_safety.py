"""Nothing that an article says, and nobody but the person at this machine, gets power over the board."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import msgspec
import pytest
from starlette.testclient import TestClient

from board.app import create_app
from board.asked import Asked
from pipeline.desk import watches
from pipeline.errors import Retryable
from pipeline.index.sqlite import SqliteIndex
from pipeline.ports import Query, Results
from schemas.alert import Alert
from schemas.cursor import Cursor
from schemas.rejected import Rejected
from tests.board import sample, stories
from tests.board.builders import article, cluster, cluster_id, contradiction, evidence, side
from tests.board.sample import BASE

XSS = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{222*222}}</title></textarea>"
"""Put into every field that comes from outside."""


class _Elements(HTMLParser):
    """Collects what a browser would run."""

    def __init__(self) -> None:
        super().__init__()
        self.active: list[str] = []
        self.links: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        if tag in ("img", "iframe", "object", "style") or any(name.startswith("on") for name in names):
            self.active.append(tag)
        if tag == "script" and not {"src"} <= names <= {"src", "defer"}:
            self.active.append(tag)
        if "style" in names:
            self.active.append("style attribute")
        if tag == "a":
            self.links.append(dict(attrs))


def _evil(index: SqliteIndex) -> list[str]:
    """Keep a story made of attacks; return the addresses of its pages."""
    first = replace(
        stories.JOURNAL,
        outlet=XSS,
        url="https://evil.example/a",
        title=XSS,
        sentence=f"{XSS} said {XSS} indeed {XSS}",
        quote=f"said {XSS} indeed",
        standalone=XSS,
        source=XSS,
        cue=XSS,
        denies=XSS,
        entities=(XSS,),
        quantities=tuple(
            msgspec.structs.replace(q, text=XSS, unit=XSS, counted=XSS) for q in stories.JOURNAL.quantities
        ),
    )
    second = replace(first, url="https://evil.example/b", role="denies", stance="denies")
    both = cluster_id(first, second)
    found = contradiction(evidence("denial", 0.9, (XSS,), side(first, both), side(second, both)), entities=(XSS,))
    doubled = msgspec.structs.replace(found, evidence=(*found.evidence, *found.evidence))
    group = cluster(first, second, headline=XSS, contradictions=(found.contradiction_id,))
    feed = Cursor(feed_url=f"https://evil.example/{XSS}", title=XSS, outlet=XSS, state=XSS, failures=1)
    alert = Alert(
        alert_id="a", subject="pipeline", subject_id="s", contradiction_id="", rule=XSS, channel=XSS,
        text=f"{XSS}\n{XSS}", reason=XSS, created_at=stories.JOURNAL.at, told_at=stories.JOURNAL.at,
    )  # fmt: skip
    letter = Rejected(
        rejected_id="r", stage=XSS, topic=XSS, partition=0, offset=0, reason=XSS, error=XSS,
        rejected_at=stories.JOURNAL.at, key=None, raw=XSS.encode(),
    )  # fmt: skip
    sample.keep(index, [*article(first), *article(second), group, doubled, feed, alert, letter])
    watches.save(index, XSS, watches.Search(words=XSS, outlet=XSS), stories.JOURNAL.at)
    return [
        "/",
        "/search?q=script",
        "/contradictions",
        f"/contradictions/{found.contradiction_id}",
        f"/clusters/{both}",
        f"/claims/{first.claim_id}",
        f"/search?like={first.claim_id}",
        "/contradictions",
        "/watches",
        "/alerts",
        "/rejected",
        "/feeds",
    ]


def test_attacks_in_every_field_stay_text(client: TestClient, index: SqliteIndex) -> None:
    for path in _evil(index):
        answer = client.get(path)
        assert answer.status_code == 200
        elements = _Elements()
        elements.feed(answer.text)
        assert elements.active == [], path
        assert "&lt;script&gt;" in answer.text, path
        assert "49284" not in answer.text


@pytest.mark.parametrize("name", [*Asked.__dataclass_fields__, "page"])
def test_attacks_in_every_parameter_stay_text(client: TestClient, name: str) -> None:
    answer = client.get("/search", params={name: XSS, "q": XSS} if name != "q" else {"q": XSS})
    elements = _Elements()
    elements.feed(answer.text)
    assert elements.active == []


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//host/x", "ftp://host/x", " https://x.example"]
)
def test_only_web_addresses_become_links(client: TestClient, index: SqliteIndex, url: str) -> None:
    told = replace(stories.FERRY, url=url)
    sample.keep(index, [*article(told), cluster(told, headline="x")])
    for path in (f"/claims/{told.claim_id}", f"/clusters/{cluster_id(told)}"):
        page = client.get(path).text
        assert f'href="{url}"' not in page
        assert "no link" in page


def test_links_out_tell_nothing_and_hand_over_nothing(client: TestClient) -> None:
    elements = _Elements()
    elements.feed(client.get(f"/clusters/{stories.WITHDRAWAL_ID}").text)
    outward = [link for link in elements.links if not (link["href"] or "").startswith(("/", "#"))]
    assert len(outward) > 5
    assert all(link["rel"] == "noopener noreferrer" for link in outward)


@pytest.mark.parametrize("path", ["/", "/nope", "/health", "/search?since=x", "/static/none.css"])
def test_every_answer_has_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_a_static_file_is_kept_only_under_its_version(client: TestClient) -> None:
    assert "immutable" in client.get("/static/board.css?v=1").headers["cache-control"]
    assert client.get("/static/board.css").headers["cache-control"] == "no-cache"
    assert client.get("/static/../app.py").status_code == 404
    assert client.get("/static/%2e%2e/app.py").status_code == 404


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "192.0.2.7", "localhost.evil", "[::2]"])
def test_a_foreign_name_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "Rostec" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80", "127.0.0.1:9", "[::1]:8600", "localhost."])
def test_names_of_this_machine_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


def test_a_configured_host_is_answered_and_a_wildcard_takes_addresses_only(index: SqliteIndex) -> None:
    named = TestClient(create_app(index, hosts=["News.Example"]), base_url="http://news.example:8600")
    assert named.get("/health").status_code == 200
    everywhere = TestClient(create_app(index, hosts=["0.0.0.0"]), base_url="http://192.0.2.7:8600")
    assert everywhere.get("/health").status_code == 200
    assert everywhere.get("/health", headers={"host": "evil.example"}).status_code == 421


def test_the_board_only_shows(client: TestClient) -> None:
    for path in ("/", "/search", "/feeds", "/events"):
        assert client.post(path).status_code == 405
        assert client.delete(path).status_code == 405


def test_an_index_that_is_away_is_said_with_what_to_do(index: SqliteIndex) -> None:
    client = TestClient(create_app(index), base_url=BASE)
    index.close()
    for path in ("/", "/search?q=x", "/feeds", "/claims/x"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert "crossclaim doctor" in answer.text
        assert answer.headers["retry-after"] == "5"
    assert client.get("/health").status_code == 503


class _Broken:
    """An index with a defect."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def write(self, documents: object) -> None:
        raise self._error

    def get(self, collection: object, ids: object) -> dict[str, dict[str, object]]:
        raise self._error

    def search(self, query: Query) -> Results:
        raise self._error


def test_a_defect_is_owned_up_to_without_its_entrails() -> None:
    app = create_app(_Broken(RuntimeError("secret path")))  # type: ignore[arg-type]
    answer = TestClient(app, base_url=BASE, raise_server_exceptions=False).get("/")
    assert answer.status_code == 500
    assert "The board made a mistake" in answer.text
    assert "secret path" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_reason_of_the_index_is_escaped() -> None:
    app = create_app(_Broken(Retryable("reading: <b>gone</b>")))  # type: ignore[arg-type]
    assert "&lt;b&gt;gone" in TestClient(app, base_url=BASE).get("/").text
