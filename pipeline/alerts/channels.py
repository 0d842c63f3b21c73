"""How alerts reach somebody. A channel is a function of one message; it raises Undelivered when it could not.

A channel is asked once; when to ask it again is the courier's to know (`courier.py`).
"""

from __future__ import annotations

import base64
import hmac
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

import msgspec

from pipeline.alerts.forms import (
    AppriseChannel,
    BoardChannel,
    Channel,
    FileChannel,
    TerminalChannel,
    TopicChannel,
    WebhookChannel,
)
from pipeline.config import Settings
from pipeline.errors import Retryable
from schemas.alert import Alert
from schemas.codec import encode
from schemas.topics import ALERTS, key_of


@dataclass(frozen=True)
class Message:
    """What is sent at once: one alert, or several. `id` is the same whenever the same alerts are sent together."""

    id: str
    text: str
    alerts: tuple[Alert, ...]

    @property
    def title(self) -> str:
        """The first line."""
        return self.text.partition("\n")[0]

    @property
    def body(self) -> str:
        """What follows the first line."""
        return self.text.partition("\n")[2]


Send = Callable[[Message], None]


class Undelivered(Exception):  # noqa: N818 - it says what happened
    """A channel did not take a message; the text names no secret."""


def open_channel(name: str, channel: Channel, settings: Settings) -> Send:
    """Return the function that sends by `channel`; relative paths are taken from the data folder."""
    match channel:
        case TerminalChannel():
            return _to_terminal
        case FileChannel():
            return partial(_to_file, settings.data / channel.path)
        case BoardChannel():
            return lambda message: None
        case TopicChannel():
            return partial(_to_topic, settings)
        case AppriseChannel():
            return partial(_by_apprise, name, channel.url)
        case WebhookChannel():
            return partial(_to_webhook, name, channel)


def _to_terminal(message: Message) -> None:
    sys.stdout.write(f"\n{message.text}\n")
    sys.stdout.flush()


def _to_file(path: Path, message: Message) -> None:
    """Append one line an alert, once: the file itself remembers, also when the worker died before it was marked."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [line for alert in message.alerts if not _stands_in(path, alert) for line in _line(alert)]
        if not lines:
            return
        with path.open("ab") as file:
            if file.tell() and not _ends_well(path):
                file.write(b"\n")  # a line that a crash cut off must not spoil the next one
            file.write(b"".join(lines))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise Undelivered(f"writing to {path}: {error.strerror or error}") from error


def _line(alert: Alert) -> tuple[bytes, bytes]:
    return msgspec.json.encode(alert), b"\n"


def _stands_in(path: Path, alert: Alert) -> bool:
    marker = f'"alert_id":"{alert.alert_id}"'.encode()
    if not path.exists():
        return False
    with path.open("rb") as file:
        return any(marker in line and line.endswith(b"\n") for line in file)


def _ends_well(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _to_topic(settings: Settings, message: Message) -> None:
    """Publish each alert under its id; returns when the broker has acknowledged all."""
    from pipeline import topics  # imports kafka, which `alerts check` does without

    name = topics.kafka_name(settings, ALERTS)
    try:
        with topics.producer(settings, "publishing alerts") as producer:
            for sent in [producer.send(name, value=encode(a), key=key_of(ALERTS, a)) for a in message.alerts]:
                sent.get(timeout=30)
    except Retryable as error:
        raise Undelivered(str(error)) from error


def _to_webhook(name: str, channel: WebhookChannel, message: Message) -> None:
    """Post JSON: an alert, or {"alerts": […]} for several. The headers are those of Standard Webhooks.

    A receiver drops a repetition by `webhook-id` (also sent as Idempotency-Key), and trusts what is signed with the
    secret that both know: HMAC-SHA256 over id, timestamp and body.
    """
    import httpx  # slow to import, and needed by few

    content = _payload(message)
    stamp = str(int(time.time()))
    headers = {"Content-Type": "application/json", "Idempotency-Key": message.id}
    headers |= {"webhook-id": message.id, "webhook-timestamp": stamp}
    if channel.secret:
        headers["webhook-signature"] = signature(channel.secret.get_secret_value(), message.id, stamp, content)
    try:
        answer = httpx.post(channel.url, content=content, headers=headers, timeout=channel.timeout_seconds)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Undelivered(f"posting by channel {name}: {type(error).__name__}: {error}") from error
    if not answer.is_success:
        raise Undelivered(f"posting by channel {name}: it answered {answer.status_code}")


def signature(secret: str, id: str, stamp: str, content: bytes) -> str:
    """Return the signature of a webhook: "v1," and base64 of HMAC-SHA256 over "id.timestamp.body".

    A secret that begins with "whsec_" is base64, as Standard Webhooks has it; any other is taken as it is.
    """
    prefix, _, encoded = secret.partition("whsec_")
    key = base64.b64decode(encoded) if not prefix and encoded else secret.encode()
    signed = f"{id}.{stamp}.".encode() + content
    return "v1," + base64.b64encode(hmac.new(key, signed, sha256).digest()).decode()


def _payload(message: Message) -> bytes:
    if len(message.alerts) == 1:
        return msgspec.json.encode(message.alerts[0])
    return msgspec.json.encode({"message": "alerts", "id": message.id, "text": message.text, "alerts": message.alerts})


def _by_apprise(name: str, url: str, message: Message) -> None:
    import apprise  # slow to import, and needed by few

    service = apprise.Apprise()
    # As text: services that show HTML get it escaped, so that a headline cannot put a link or a script into a mail.
    if not service.add(url) or not service.notify(
        title=message.title, body=message.body or message.title, body_format=apprise.NotifyFormat.TEXT
    ):
        # The address may hold a password, so it is not repeated.
        raise Undelivered(f"sending by channel {name}: Apprise could not; is its url right?")
