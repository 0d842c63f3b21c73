"""Channels with real ends: a file, a web server, a mail server, a worker that is killed while it sends."""

from __future__ import annotations

import base64
import hmac
import json
import socketserver
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline.alerts.batching import Batch, message
from pipeline.alerts.channels import Message, Send, Undelivered, open_channel, signature
from pipeline.alerts.forms import AppriseChannel, Channel, FileChannel, WebhookChannel
from pipeline.alerts.stage import would_tell
from pipeline.config import Settings
from tests.pipeline.alerts.alert_builders import NOON, Room, after, contradiction, evidence, rules, side

ROOT = Path(__file__).parents[3]
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\r\nBcc: everybody@example.org"


def sent(*ids: str, **changes: object) -> Message:
    contradictions = [contradiction(id_, evidence(id_), **changes) for id_ in ids]
    alerts = would_tell(contradictions, rules(), NOON)
    return message(Batch(tuple(alerts), "more" if len(alerts) > 1 else None), "")


def opened(channel: Channel, folder: Path) -> Send:
    return open_channel("desk", channel, Settings(data=folder))


def test_the_file_holds_each_alert_once_also_after_a_line_that_was_cut_off(tmp_path: Path) -> None:
    send = opened(FileChannel(type="file", path=Path("out/alerts.jsonl")), tmp_path)
    file = tmp_path / "out" / "alerts.jsonl"
    send(sent("one"))
    send(sent("one"))
    whole = file.read_bytes()
    assert whole.count(b"\n") == 1
    file.write_bytes(whole + whole.replace(b"one", b"two")[:200])
    send(sent("one", "two"))
    lines = file.read_bytes().splitlines()
    assert [json.loads(line)["contradiction_id"] for line in (lines[0], lines[-1])] == ["one", "two"]
    assert len(lines) == 3


def test_a_file_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "in-the-way").write_text("")
    with pytest.raises(Undelivered, match="writing to"):
        opened(FileChannel(type="file", path=Path("in-the-way/alerts.jsonl")), tmp_path)(sent("one"))


@contextmanager
def receiver(answer: Callable[[Any, bytes], int]) -> Iterator[tuple[str, list[tuple[dict[str, str], bytes]]]]:
    """A web server that keeps what is posted and answers with what `answer` says."""
    got: list[tuple[dict[str, str], bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((dict(self.headers.items()), body))
            self.send_response(answer(self, body))
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook", got
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_webhook_is_signed_and_can_be_told_from_its_repetition(tmp_path: Path) -> None:
    with receiver(lambda *_: 200) as (url, got):
        send = opened(
            WebhookChannel(type="webhook", url=url, secret="whsec_" + base64.b64encode(b"key").decode()), tmp_path
        )
        for _ in range(2):
            send(sent("one"))
        send(sent("one", "two"))
    ids = [headers["webhook-id"] for headers, _ in got]
    assert ids[0] == ids[1] != ids[2]
    for headers, body in got:
        assert headers["Idempotency-Key"] == headers["webhook-id"]
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        expected = base64.b64encode(hmac.new(b"key", signed, sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{expected}"
    assert json.loads(got[0][1])["contradiction_id"] == "one"
    assert [alert["contradiction_id"] for alert in json.loads(got[2][1])["alerts"]] == ["one", "two"]


def test_the_signature_is_that_of_the_standards_own_example() -> None:
    """From the documentation of Standard Webhooks."""
    told = signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", b'{"test": 2432232314}'
    )
    assert told == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize(
    ("url", "words"),
    [("http://127.0.0.1:9/", "ConnectError"), ("http://127.0.0.1:9/?key=hush", "ConnectError")],
)
def test_a_webhook_that_cannot_be_reached_is_undelivered_and_keeps_its_address(
    tmp_path: Path, url: str, words: str
) -> None:
    with pytest.raises(Undelivered, match=words) as caught:
        opened(WebhookChannel(type="webhook", url=url, timeout_seconds=1), tmp_path)(sent("one"))
    assert "hush" not in str(caught.value)


def test_a_webhook_that_refuses_is_undelivered(tmp_path: Path) -> None:
    with receiver(lambda *_: 503) as (url, _), pytest.raises(Undelivered, match="it answered 503"):
        opened(WebhookChannel(type="webhook", url=url), tmp_path)(sent("one"))


@contextmanager
def mail_server() -> Iterator[tuple[int, list[bytes]]]:
    """As much of SMTP as a client needs, and the mails that came."""
    mails: list[bytes] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            while line := self.rfile.readline():
                word = line[:4].upper()
                if word == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    mails.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 well\r\n")
                if word == b"QUIT":
                    return

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_address[1], mails
        server.shutdown()
        thread.join()


def test_hostile_words_stay_words_in_a_mail(tmp_path: Path) -> None:
    a = side(HOSTILE, HOSTILE, f"Rostec {HOSTILE}")
    with mail_server() as (port, mails):
        url = f"mailto://127.0.0.1:{port}/?from=desk@example.org&to=editor@example.org"
        opened(AppriseChannel(type="apprise", url=url), tmp_path)(sent("one", a=a, reasons=(HOSTILE,)))
    (mail,) = (message_from_bytes(raw) for raw in mails)
    assert mail["To"].endswith("editor@example.org>") or mail["To"] == "editor@example.org"
    assert mail["Bcc"] is None
    parts = [part for part in mail.walk() if not part.is_multipart()]
    assert parts
    for part in parts:
        text = part.get_payload(decode=True).decode()
        if part.get_content_type() == "text/html":
            assert "<script" not in text
            assert "<img" not in text
        assert "alert(1)" in text


def test_apprise_that_fails_names_no_password(tmp_path: Path) -> None:
    channel = AppriseChannel(type="apprise", url="json://user:hush@127.0.0.1:9/")
    with pytest.raises(Undelivered) as caught:
        opened(channel, tmp_path)(sent("one"))
    assert "hush" not in str(caught.value)


SENDER = """
import sys
from datetime import datetime, timedelta
from pathlib import Path
from pipeline.alerts.channels import open_channel
from pipeline.alerts.forms import WebhookChannel
from pipeline.config import Settings
from tests.pipeline.alerts.alert_builders import Room, NOON, after, contradiction
folder, url, seconds = Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])
room = Room(folder)
send = open_channel("desk", WebhookChannel(type="webhook", url=url), Settings(data=folder))
room.courier._channels["desk"] = send
room.teller.take(contradiction(), after(seconds - 10))
room.teller.tick(after(seconds))
"""


def test_a_worker_killed_while_it_sends_sends_again_once_under_the_same_id(tmp_path: Path) -> None:
    """kill -9 between the sending and its mark: the one window in which a receiver hears a thing twice."""
    running: list[subprocess.Popen[bytes]] = []

    def kill_the_first(handler: Any, body: bytes) -> int:
        if len(got) == 1:
            running[0].kill()
        return 200

    def run(url: str, seconds: float) -> int:
        process = subprocess.Popen([sys.executable, "-c", SENDER, str(tmp_path), url, str(seconds)], cwd=ROOT)
        running.append(process)
        return process.wait(60)

    with receiver(kill_the_first) as (url, got):
        assert run(url, 10) == -9
        assert run(url, 100) == 0
        assert run(url, 200) == 0
    assert len(got) == 2
    assert got[0][0]["webhook-id"] == got[1][0]["webhook-id"]
    assert msgspec.json.decode(got[0][1])["status"] == "sending"


def test_one_killed_before_it_sends_loses_nothing(tmp_path: Path) -> None:
    first = Room(tmp_path)
    first.teller.take(contradiction(), NOON)
    del first  # a process that ends right after the acknowledgement has written nothing else
    room = Room(tmp_path)
    room.teller.tick(after(10))
    assert len(room.desk.got) == 1
