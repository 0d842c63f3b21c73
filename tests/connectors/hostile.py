"""A real HTTP server on loopback that answers as told, and misbehaves in the ways that servers do."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CHUNK = b"x" * 65536
ENDLESS_BYTES = 2_000_000_000
"""So much is endless enough, and ends a test that would take it all."""


@dataclass
class Answer:
    """What a path answers. `drip` seconds lie between the single bytes; `hang_up` closes before all is sent.

    An `endless` body is repeated until the reader has had enough.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    drip: float = 0.0
    drip_headers: float = 0.0
    hang_up: bool = False
    endless: bool = False


Rule = Answer | Callable[[Mapping[str, str]], Answer]


class Hostile:
    """The server: `answers` by path, which a test may change at any time, and `asked`, the requests that came.

    `sent` counts the bytes of endless bodies; with `certificate` (a PEM file) it speaks TLS.
    """

    def __init__(self, address: str = "127.0.0.1", port: int = 0, certificate: Path | None = None) -> None:
        self.answers: dict[str, Rule] = {}
        self.asked: list[tuple[str, Mapping[str, str]]] = []
        self.sent = 0
        self._server = _Server((address, port), self._handler())
        self.port = int(self._server.server_address[1])
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Return the URL of a path on this server."""
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """Return the paths asked for, in order."""
        return [path for path, _ in self.asked]

    @staticmethod
    def free_port() -> int:
        """Return a port that nothing listens on."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return int(probe.getsockname()[1])

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        hostile = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                hostile.asked.append((self.path, headers))
                rule = hostile.answers.get(self.path, Answer(b"nothing here", 404))
                try:
                    hostile.sent += _send(self, rule(headers) if callable(rule) else rule)
                except OSError:
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up, or do not trust the certificate, are what the tests are about."""


def _send(handler: BaseHTTPRequestHandler, answer: Answer) -> int:
    """Send an answer; return how many bytes of an endless one went out."""
    handler.send_response(answer.status)
    for name, value in answer.headers.items():
        handler.send_header(name, value)
    if answer.endless:
        handler.send_header("Connection", "close")
        handler.end_headers()
        return _send_on(handler, answer.body)
    handler.send_header("Content-Length", str(len(answer.body)))
    if answer.drip_headers:
        handler.flush_headers()
        for letter in b"X-Slow: " + b"a" * 1000:
            handler.wfile.write(bytes([letter]))
            time.sleep(answer.drip_headers)
    handler.end_headers()
    if answer.hang_up:
        handler.wfile.write(answer.body[: len(answer.body) // 2])
        handler.wfile.flush()
        handler.connection.close()
    elif answer.drip:
        for letter in answer.body:
            handler.wfile.write(bytes([letter]))
            time.sleep(answer.drip)
    else:
        handler.wfile.write(answer.body)
    return 0


def _send_on(handler: BaseHTTPRequestHandler, body: bytes) -> int:
    sent = 0
    try:
        while sent < ENDLESS_BYTES:
            handler.wfile.write(body)
            sent += len(body)
    except OSError:
        handler.close_connection = True
    return sent


def gzip_bomb(megabytes: int) -> bytes:
    """Return a small gzip body that unpacks to so many megabytes."""
    return gzip.compress(b"\0" * megabytes * 1_000_000, 9)


SENTENCES = (
    "The harbour council voted on Tuesday to close the northern pier for two years, its chair said.",
    "Repairs will cost about 14 million crowns, according to a report that the council published.",
    "Fishermen denied that they had been asked, and said that the figures were exaggerated many times.",
    "A second vote is planned for the autumn, when the engineers have given their opinion on the piles.",
)
TEXT = "\n\n".join(SENTENCES)


def page(title: str = "Pier closes", text: str = TEXT, head: str = "", lang: str = "en") -> bytes:
    """Return a plain news page."""
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        f'<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>{title}</h1>{paragraphs}</article>'
        f"<footer>All rights reserved. Cookie settings.</footer></body></html>"
    ).encode()


def item(link: str, title: str = "Pier closes", guid: str | None = None, summary: str = "In short.",
         date: str = "Mon, 03 Jun 2019 10:00:00 GMT", content: str = "") -> str:  # fmt: skip
    """Return one RSS item."""
    return (
        f'<item><title>{title}</title><link>{link}</link><guid isPermaLink="false">{guid or link}</guid>'
        f"<pubDate>{date}</pubDate><description>{summary}</description>"
        + (f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else "")
        + "</item>"
    )


def rss(*items: str, title: str = "The Harbour Post") -> bytes:
    """Return an RSS 2.0 feed."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>{title}</title><link>http://example.org/</link><language>en</language>{''.join(items)}"
        "</channel></rss>"
    ).encode()


FEED_HEADERS = {"Content-Type": "application/rss+xml; charset=utf-8"}
PAGE_HEADERS = {"Content-Type": "text/html; charset=utf-8"}
