"""A server on loopback that answers as Kibana's documentation says Kibana does, and keeps what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

AVAILABLE = (200, {"status": {"overall": {"level": "available"}}})


@dataclass
class Fake:
    """Answers of a Kibana, and what it was asked."""

    url: str = ""
    statuses: list[tuple[int, Any]] = field(default_factory=lambda: [AVAILABLE])
    """One after the other; the last for good."""
    imported: tuple[int, Any] | None = None
    """What it says to an import; None takes everything."""
    rules: dict[str, Any] = field(default_factory=dict)
    created: tuple[int, Any] | None = None
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, Any]:
        self.asked.append((method, path, headers, body))
        path = path.removeprefix("/s/desk").partition("?")[0]
        if path == "/api/status":
            return self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        if path == "/api/saved_objects/_import":
            return self.imported or (200, {"success": True, "successCount": len(lines(body))})
        name = path.removeprefix("/api/alerting/rule/")
        if method == "GET":
            return (200, self.rules[name]) if name in self.rules else (404, {"message": "not found"})
        if self.created is None:
            self.rules[name] = json.loads(body)
        return self.created or (200, {"id": name})

    def made(self) -> list[str]:
        return [path for method, path, *_ in self.asked if method == "POST"]


def lines(body: bytes) -> list[dict[str, Any]]:
    """Objects in the file of a multipart body."""
    head, _, rest = body.partition(b"\r\n\r\n")
    assert b'name="file"; filename="objects.ndjson"' in head
    return [json.loads(line) for line in rest.rpartition(b"\r\n--")[0].splitlines() if line.startswith(b"{")]


@contextmanager
def serving(fake: Fake) -> Iterator[Fake]:
    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            code, said = fake.answer(self.command, self.path, dict(self.headers), body)
            text = said.encode() if isinstance(said, str) else json.dumps(said).encode()
            self.send_response(code)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = _answer  # noqa: N815 - http.server names them so

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
