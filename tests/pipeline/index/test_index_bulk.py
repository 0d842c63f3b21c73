"""What Elasticsearch answers to a bulk request, item by item; over HTTP, from a server that answers as it is told.

A real node is hard to make busy; tests/services has the rest, on a real one.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from pipeline.config import Elasticsearch as Settings
from pipeline.errors import Retryable, SetupError
from pipeline.index.elastic import ElasticIndex
from pipeline.index.elastic.bulk import CHUNK_BYTES, CHUNK_DOCUMENTS, chunks, judge, prepared
from pipeline.ports import Query
from tests.pipeline.index.index_builders import document


@pytest.mark.parametrize(
    ("status", "type", "fate"),
    [
        (200, None, "written"),
        (201, None, "written"),
        (409, "version_conflict_engine_exception", "stale"),
        (400, "strict_dynamic_mapping_exception", "refused"),
        (400, "document_parsing_exception", "refused"),
        (429, "es_rejected_execution_exception", "busy"),
        (503, "unavailable_shards_exception", "busy"),
        (500, "some_exception", "busy"),
        (403, "cluster_block_exception", "busy"),
    ],
)
def test_the_fate_of_an_item(status: int, type: str | None, fate: str) -> None:
    error = {"type": type, "reason": "why", "caused_by": {"type": "inner", "reason": "the very cause"}}
    found = judge({"status": status, "error": error} if type else {"status": status})
    assert found.name == fate
    if fate in ("refused", "busy"):
        assert found.reason == f"{type}: why (inner: the very cause)"


@pytest.mark.parametrize(
    ("status", "mend"), [(404, "crossclaim setup"), (401, "give the user"), (403, "give the user")]
)
def test_an_item_that_shows_a_wrong_setup(status: int, mend: str) -> None:
    with pytest.raises(SetupError, match=mend):
        judge({"status": status, "error": {"type": "some_exception", "reason": "why"}})


def test_requests_are_cut_by_count_and_by_bytes() -> None:
    small, _ = prepared("p-", [document(f"d{n}") for n in range(2 * CHUNK_DOCUMENTS + 1)])
    assert [len(chunk) for chunk in chunks(small)] == [CHUNK_DOCUMENTS, CHUNK_DOCUMENTS, 1]
    large, _ = prepared("p-", [document(f"d{n}", "x" * (CHUNK_BYTES // 3)) for n in range(4)])
    assert [len(chunk) for chunk in chunks(large)] == [2, 2]
    (huge,), _ = prepared("p-", [document("a", "x" * CHUNK_BYTES)])
    assert [len(chunk) for chunk in chunks([huge, *small[:2]])] == [1, 2]


class Told(BaseHTTPRequestHandler):
    """Answers a bulk request: too large beyond `most` documents, busy for ids the first `busy` times they are sent."""

    most = 1_000
    busy: dict[str, int] = {}
    sent: list[str] = []

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        ids = [json.loads(line)["index"]["_id"] for line in body.splitlines()[::2]]
        if len(ids) > self.most:
            self.answer(413, {"error": "too large"})
            return
        self.sent.extend(ids)
        self.answer(200, {"errors": True, "items": [{"index": self.item(id)} for id in ids]})

    def item(self, id: str) -> dict[str, Any]:
        left = self.busy.get(id, 0)
        self.busy[id] = left - 1
        return {"_id": id, "status": 429, "error": {"type": "full", "reason": "queue"}} if left > 0 else {"status": 201}

    def answer(self, status: int, body: Any) -> None:
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Keep quiet."""


@pytest.fixture
def told() -> Iterator[tuple[type[Told], ElasticIndex]]:
    handler = type("Handler", (Told,), {"busy": {}, "sent": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield handler, ElasticIndex(Settings(url=f"http://127.0.0.1:{server.server_port}"))
    server.shutdown()
    server.server_close()


def test_busy_items_are_sent_again_and_the_others_are_not(told: tuple[type[Told], ElasticIndex]) -> None:
    handler, index = told
    handler.busy.update(b=2, c=1)
    report = index.write([document("a"), document("b"), document("c")])
    assert (report.written, report.stale, report.refused) == (3, 0, ())
    assert handler.sent == ["a", "b", "c", "b", "c", "b"]


def test_what_stays_busy_is_for_later(told: tuple[type[Told], ElasticIndex]) -> None:
    handler, index = told
    handler.busy["b"] = 1_000
    with pytest.raises(Retryable, match=r"busy 5 times \(1 of 1 documents, the first because full: queue"):
        index.write([document("a"), document("b")])
    assert handler.sent.count("a") == 1


def test_a_request_too_large_is_halved(told: tuple[type[Told], ElasticIndex]) -> None:
    handler, index = told
    handler.most = 2
    assert index.write([document(f"d{n}") for n in range(7)]).written == 7
    assert handler.sent == [f"d{n}" for n in range(7)]
    handler.most = 0
    (refused,) = index.write([document("a")]).refused
    assert "more than Elasticsearch takes" in refused.reason


def test_a_server_that_never_answers_is_for_later() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        index = ElasticIndex(Settings(url=url, timeout_seconds=0.05))
        with pytest.raises(Retryable, match="searching in Elasticsearch: Elasticsearch was busy 3 times"):
            index.search(Query("claims"))
