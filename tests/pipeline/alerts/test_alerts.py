"""Alerts: each contradiction told once for each rule and channel."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import msgspec
import pytest

from pipeline.alerts.channels import Send, Undelivered, open_channel
from pipeline.alerts.rules import FileChannel, Rule, WebhookChannel, due, load_rules, wants
from pipeline.alerts.tell import tell
from pipeline.alerts.wording import alert_text
from pipeline.errors import SetupError, Unusable
from schemas.alert import Alert
from schemas.contradiction import Contradiction, Evidence, Side

NOON = datetime(2019, 6, 4, 12, tzinfo=UTC)
ROOT = Path(__file__).parents[3]


def side(name: str, outlet: str, quote: str) -> Side:
    return Side(
        claim_id=name, article_id=name, url=f"http://{name}.example/a", outlet=outlet, title="On Rostec", source=name,
        quote=quote, sentence=quote, quote_start=0, published_at=NOON, cluster_id="c",
    )  # fmt: skip


def contradiction(id_: str = "one", **changes: object) -> Contradiction:
    a = side("Ledger", "Ledger", "Rostec cut its staff to a few dozen.")
    b = side("Rostec", "Herald", "The figures are exaggerated tens of times.")
    message = Contradiction(
        contradiction_id=id_, version=1, kind="denial", kinds=("denial", "quantity"), score=0.9, a=a, b=b,
        reasons=("Rostec rejects it",), first_seen=NOON, last_seen=NOON, outlets=("Ledger", "Herald"),
        evidence=(Evidence(kind="denial", score=0.9, reasons=("Rostec rejects it",), a=a, b=b),),
    )  # fmt: skip
    return msgspec.structs.replace(message, **changes)


class Ledger:
    """What was told, as the index remembers it."""

    def __init__(self) -> None:
        self.ids: set[str] = set()

    def told(self, ids: object) -> set[str]:
        return self.ids.intersection(ids)  # type: ignore[call-overload, no-any-return]

    def mark(self, alert: Alert) -> None:
        self.ids.add(alert.alert_id)


RULES = [Rule(name="all", channels=("one", "two")), Rule(name="figures", kinds=("quantity",), channels=("one",))]


def run(ledger: Ledger, message: Contradiction, channels: dict[str, Send]) -> list[Alert]:
    return tell(message, RULES, channels, ledger.told, ledger.mark, NOON)


def test_a_contradiction_is_told_once_for_each_rule_and_channel() -> None:
    ledger, said = Ledger(), []
    channels: dict[str, Send] = {"one": said.append, "two": said.append}
    assert len(run(ledger, contradiction(), channels)) == 3
    for again in (contradiction(), contradiction(version=9, score=0.95), contradiction(status="resolved")):
        assert run(ledger, again, channels) == []
    assert len(said) == len({alert.alert_id for alert in said}) == 3


def test_a_contradiction_under_a_new_id_is_not_told_again() -> None:
    ledger, said = Ledger(), []
    channels: dict[str, Send] = {"one": said.append, "two": said.append}
    run(ledger, contradiction("old"), channels)
    assert run(ledger, contradiction("new", supersedes=("older", "old")), channels) == []


def test_a_dead_channel_does_not_keep_the_others_silent_and_is_told_later() -> None:
    ledger, said = Ledger(), []

    def dead(alert: Alert) -> None:
        raise Undelivered("nobody answers")

    with pytest.raises(Unusable, match=r"nobody answers.*rejected replay"):
        run(ledger, contradiction(), {"one": said.append, "two": dead})
    assert [alert.channel for alert in said] == ["one", "one"]
    assert [alert.channel for alert in run(ledger, contradiction(), {"one": said.append, "two": said.append})] == [
        "two"
    ]


def test_rules_ask_for_every_condition() -> None:
    assert wants(Rule(name="r", channels=("c",), words=("ROSTEC",), outlets=("Herald",)), contradiction())
    assert not wants(Rule(name="r", channels=("c",), words=("Boeing",)), contradiction())
    assert not wants(Rule(name="r", channels=("c",), minimum_score=0.95), contradiction())
    assert not wants(Rule(name="r", channels=("c",), kinds=("opposite",)), contradiction())
    assert due(contradiction(status="superseded"), RULES) == []


def test_the_text_says_who_against_whom_with_both_quotes_and_links() -> None:
    first, *rest = alert_text(contradiction()).splitlines()
    assert first == "DENIED: Ledger against Rostec (Herald)"
    for words in ("a few dozen", "exaggerated tens of times", "http://Ledger.example/a", "http://Rostec.example/a"):
        assert any(words in line for line in rest)


def test_the_file_channel_writes_an_alert_once_even_when_it_was_not_marked(tmp_path: Path) -> None:
    send = open_channel("file", FileChannel(type="file", path=Path("out/alerts.jsonl")), tmp_path)
    (alert, *_) = run(Ledger(), contradiction(), {"one": send, "two": send})
    send(alert)
    lines = (tmp_path / "out" / "alerts.jsonl").read_text().splitlines()
    assert len(lines) == 3
    assert json.loads(lines[0])["contradiction"]["a"]["quote"] == "Rostec cut its staff to a few dozen."


@contextmanager
def webhook(statuses: list[int]) -> Iterator[tuple[str, list[tuple[str | None, bytes]]]]:
    """A receiver that answers with the statuses given, the last of them for ever."""
    got: list[tuple[str | None, bytes]] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append((self.headers["Idempotency-Key"], self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(statuses.pop(0) if len(statuses) > 1 else statuses[0])
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook", got
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_webhook_is_tried_again_under_the_same_key(tmp_path: Path) -> None:
    with webhook([503, 200]) as (url, got):
        send = open_channel("hook", WebhookChannel(type="webhook", url=url), tmp_path)
        (alert, *_) = run(Ledger(), contradiction(), {"one": lambda alert: None, "two": lambda alert: None})
        send(alert)
    assert [key for key, _ in got] == [alert.alert_id] * 2
    assert json.loads(got[0][1])["contradiction_id"] == "one"


def test_a_webhook_that_stays_down_is_undelivered(tmp_path: Path) -> None:
    send = open_channel("hook", WebhookChannel(type="webhook", url="http://127.0.0.1:9/", timeout_seconds=1), tmp_path)
    (alert, *_) = run(Ledger(), contradiction(), {"one": lambda alert: None, "two": lambda alert: None})
    with pytest.raises(Undelivered, match="posting to"):
        send(alert)


def test_the_shipped_rules_are_right() -> None:
    assert load_rules(ROOT / "config" / "alerts.toml").rule[0].name == "every-contradiction"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[rule]", "line 1"),
        ("[[rule]]\nname='r'\nchannels=['gone']\n[channel.here]\ntype='terminal'", "names channel 'gone'"),
        (
            "[[rule]]\nname='r'\nchannels=['c']\nminimum_score=7\n[channel.c]\ntype='terminal'",
            "it must be at most 1",
        ),
        ("[channel.c]\ntype='pigeon'\n[[rule]]\nname='r'\nchannels=['c']", "pigeon"),
        ("[[rule]]\nname='r'\nchannels=['c']\nkind=['denial']\n[channel.c]\ntype='terminal'", "did you mean kinds"),
    ],
)
def test_wrong_rules_end_the_start(text: str, words: str, tmp_path: Path) -> None:
    file = tmp_path / "alerts.toml"
    file.write_text(text)
    with pytest.raises(SetupError, match=words):
        load_rules(file)
