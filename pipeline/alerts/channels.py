"""How an alert reaches somebody. A channel is a function of one alert; it raises Undelivered when it could not."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from pipeline.alerts.rules import AppriseChannel, Channel, FileChannel, TerminalChannel
from schemas.alert import Alert

Send = Callable[[Alert], None]

ATTEMPTS = 4
"""Tries before an alert is set aside: about five seconds, so that a dead channel does not hold up the others."""


class Undelivered(Exception):  # noqa: N818 - it says what happened
    """A channel did not take an alert."""


def open_channel(name: str, channel: Channel, data: Path) -> Send:
    """Return the function that sends an alert by `channel`; relative paths are taken from `data`."""
    match channel:
        case TerminalChannel():
            return _to_terminal
        case FileChannel():
            return partial(_to_file, data / channel.path)
        case AppriseChannel():
            return partial(_by_apprise, name, channel.url)
        case _:
            return partial(_to_webhook, channel.url, channel.timeout_seconds)


def _to_terminal(alert: Alert) -> None:
    sys.stdout.write(f"\n{alert.text}\n")
    sys.stdout.flush()


def _to_file(path: Path, alert: Alert) -> None:
    """Append one line, once: the file itself remembers, also when the worker died before it could be marked as told."""
    line = msgspec.json.encode(alert)
    marker = f'"alert_id":"{alert.alert_id}"'.encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and any(marker in written for written in path.open("rb")):
            return
        with path.open("ab") as file:
            file.write(line + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise Undelivered(f"writing to {path}: {error}") from error


@retry(
    retry=retry_if_exception_type(Undelivered),
    stop=stop_after_attempt(ATTEMPTS),
    wait=wait_exponential_jitter(multiplier=0.5, max=3),
    reraise=True,
)
def _to_webhook(url: str, timeout: float, alert: Alert) -> None:
    """Post JSON; the header lets a receiver drop a repetition (Idempotency-Key, IETF draft httpapi-idempotency-key)."""
    import httpx  # slow to import, and needed by few

    headers = {"Content-Type": "application/json", "Idempotency-Key": alert.alert_id}
    try:
        answer = httpx.post(url, content=msgspec.json.encode(alert), headers=headers, timeout=timeout)
    except httpx.HTTPError as error:
        raise Undelivered(f"posting to {url}: {error!r}") from error
    if not answer.is_success:
        raise Undelivered(f"posting to {url}: it answered {answer.status_code}")


@retry(
    retry=retry_if_exception_type(Undelivered),
    stop=stop_after_attempt(ATTEMPTS),
    wait=wait_exponential_jitter(multiplier=0.5, max=3),
    reraise=True,
)
def _by_apprise(name: str, url: str, alert: Alert) -> None:
    import apprise  # slow to import, and needed by few

    service = apprise.Apprise()
    title, _, body = alert.text.partition("\n")
    if not service.add(url) or not service.notify(title=title, body=body):
        # The address may hold a password, so it is not repeated.
        raise Undelivered(f"sending by channel {name}: Apprise could not; is its url right?")
