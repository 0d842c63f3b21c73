"""The model of pairs with its real weights, and other models from a folder and from a hub on loopback."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipeline.models.cross_encoder import CrossEncoder
from pipeline.models.manifest import MODELS, ModelError
from pipeline.models.verdict_files import find_verdict_model, graph_of
from schemas.verdict import LABELS

TOLL = "The flood in Marsdale killed 14 people on Friday, officials said."
PAIRS = (
    (TOLL, "Fourteen people died on Friday when Marsdale was flooded.", "same"),
    (TOLL, "Nobody was killed in Friday's flood in Marsdale, officials said.", "contradiction"),
    (TOLL, "A bakery in Lyon has won the national prize for its bread.", "unrelated"),
)


@pytest.fixture(scope="module")
def reader() -> CrossEncoder:
    return CrossEncoder()


@pytest.mark.parametrize(("a", "b", "verdict"), PAIRS)
def test_plain_pairs_get_their_verdict(reader: CrossEncoder, a: str, b: str, verdict: str) -> None:
    chances = reader(a, b)
    assert sum(chances.values()) == pytest.approx(1, abs=1e-5)
    assert max(chances, key=lambda name: chances[name]) == verdict


def test_the_order_of_the_texts_changes_no_bit(reader: CrossEncoder) -> None:
    for a, b, _ in PAIRS:
        assert reader(a, b) == CrossEncoder()(b, a)


def test_what_is_read_beside_a_pair_changes_nothing(reader: CrossEncoder) -> None:
    rows = [reader(a, b) for a, b, _ in PAIRS]
    assert [tuple(row) for row in rows] == [LABELS] * 3
    assert rows == [CrossEncoder()(a, b) for a, b, _ in PAIRS]


def test_any_text_is_read(reader: CrossEncoder) -> None:
    for text in ("", "word " * 5_000, "\ud800 half a pair", "否定した。"):
        assert sum(reader(text, TOLL).values()) == pytest.approx(1, abs=1e-5)


def copy_of_shipped(folder: Path, graph: str = "model.onnx") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / graph).parent.mkdir(exist_ok=True)
    shutil.copy(MODELS / "verdicts" / "model.int8.onnx", folder / graph)
    shutil.copy(MODELS / "encoder" / "tokenizer.json", folder / "tokenizer.json")
    return folder


def test_a_model_in_a_folder_is_read(tmp_path: Path, reader: CrossEncoder) -> None:
    other = CrossEncoder(find_verdict_model(str(copy_of_shipped(tmp_path / "mine", "onnx/model.onnx"))))
    assert other(*PAIRS[1][:2]) == reader(*PAIRS[1][:2])


def test_the_smallest_graph_is_taken() -> None:
    assert graph_of(["onnx/model.onnx", "onnx/model_quantized.onnx", "a.txt"]) == "onnx/model_quantized.onnx"
    assert graph_of(["special.onnx"]) == "special.onnx"
    assert graph_of(["pytorch_model.bin"]) is None


@pytest.mark.parametrize("wrong", ["./no/folder", "no-such-folder", "a/b/c"])
def test_what_is_neither_folder_nor_id_is_told(wrong: str) -> None:
    with pytest.raises(ModelError, match="no such folder"):
        find_verdict_model(wrong)


def test_a_folder_without_a_graph_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"holds no \.onnx file"):
        find_verdict_model(str(tmp_path))


def test_a_damaged_graph_is_told(tmp_path: Path) -> None:
    folder = copy_of_shipped(tmp_path)
    (folder / "model.onnx").write_bytes(b"no graph")
    with pytest.raises(ModelError, match="loading model"):
        CrossEncoder(find_verdict_model(str(folder)))


class Hub(ThreadingHTTPServer):
    """The two requests by which the hub gives a model: which files there are, and one file."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Hub)
        self.folder = folder
        self.asked: list[str] = []


class _Hub(BaseHTTPRequestHandler):
    server: Hub

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, *, body: bool) -> None:
        self.server.asked.append(self.path)
        if self.path.startswith("/api/models/team/news-verdicts"):
            names = [str(path.relative_to(self.server.folder)) for path in self.server.folder.rglob("*.*")]
            listed = [{"type": "file", "path": name, "size": 1, "oid": "1" * 40} for name in names]
            return self._send(200, json.dumps(listed).encode(), {"Content-Type": "application/json"}, body=body)
        path = self.server.folder / self.path.removeprefix("/team/news-verdicts/resolve/main/")
        if not self.path.startswith("/team/news-verdicts/resolve/main/") or not path.is_file():
            return self._send(404, b"{}", {"X-Error-Code": "RepoNotFound"}, body=body)
        raw = path.read_bytes()
        return self._send(200, raw, {"ETag": f'"{hashlib.sha256(raw).hexdigest()}"'}, body=body)

    def _send(self, status: int, raw: bytes, headers: dict[str, str], *, body: bool) -> None:
        self.send_response(status)
        for name, value in {**headers, "X-Repo-Commit": "1" * 40, "Content-Length": str(len(raw))}.items():
            self.send_header(name, value)
        self.end_headers()
        if body:
            self.wfile.write(raw)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    server = Hub(copy_of_shipped(tmp_path / "hub", "onnx/model_quantized.onnx"))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def compare(hub: Hub, home: Path, model: str) -> subprocess.CompletedProcess[str]:
    env = {
        **os.environ,
        "HF_ENDPOINT": f"http://127.0.0.1:{hub.server_port}",
        "HF_HOME": str(home),
        "CROSSCLAIM_VERDICTS__MODEL": model,
    }
    command = [sys.executable, "-m", "pipeline.cli", "compare", *PAIRS[1][:2]]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=False)


def test_a_model_on_a_hub_is_fetched_once(hub: Hub, tmp_path: Path) -> None:
    first = compare(hub, tmp_path / "home", "team/news-verdicts")
    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout)["verdict"] == "contradiction"
    asked = len([path for path in hub.asked if path.endswith("model_quantized.onnx")])
    assert compare(hub, tmp_path / "home", "team/news-verdicts").returncode == 0
    again = [path for path in hub.asked if path.endswith("model_quantized.onnx")][asked:]
    assert len(again) <= 1  # the head alone: is it still the one that is kept?


def test_an_unknown_model_is_told_in_one_line(hub: Hub, tmp_path: Path) -> None:
    told = compare(hub, tmp_path / "home", "team/none")
    assert told.returncode != 0
    assert "loading model team/none from the hub" in told.stderr
    assert "Traceback" not in told.stderr
