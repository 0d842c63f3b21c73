"""Which alerts go out together, and in how many messages. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.alerts.channels import Message
from pipeline.alerts.forms import Delivery
from pipeline.alerts.wording import REPEATED, link, several_text
from schemas.alert import Alert
from schemas.ids import digest

_URGENCY = {"high": 0, "normal": 1, "low": 2}


@dataclass(frozen=True)
class Batch:
    """Alerts that are sent as one message. `several` says why they are together; None for an alert by itself."""

    alerts: tuple[Alert, ...]
    several: str | None = None


def batches(due: Sequence[tuple[Alert, Delivery]], allowance: int) -> list[Batch]:
    """Return at most `allowance` messages for the alerts due on one channel, digests first, then the most urgent.

    When there are more than may be sent, all but one message carry one alert, and the last carries the rest. Without an
    allowance nothing is sent.
    """
    digests: dict[str, list[Alert]] = {}
    single: list[Alert] = []
    for alert, rule in due:
        if rule.digest:
            digests.setdefault(rule.name, []).append(alert)
        else:
            single.append(alert)
    single.sort(key=lambda alert: (_URGENCY[alert.severity], _created(alert), alert.alert_id))
    found = [Batch(tuple(sorted(alerts, key=_created)), f"of rule {name}") for name, alerts in digests.items()]
    found = found[:allowance]
    left = allowance - len(found)
    if len(single) <= left:
        return found + [Batch((alert,)) for alert in single]
    alone = max(0, left - 1)
    rest = single[alone:]
    return found + [Batch((a,)) for a in single[:alone]] + ([Batch(tuple(rest), "more")] if left else [])


def message(batch: Batch, board: str, *, repeated: bool = False) -> Message:
    """Return a batch as it is sent. `board` is the board's address, "" for none."""
    first = batch.alerts[0]
    count = len(batch.alerts)
    if count == 1:
        text, id_ = link(first.text, board, first), first.alert_id
    else:
        what = "contradictions" if all(alert.subject == "contradiction" for alert in batch.alerts) else "alerts"
        title = f"And {count} more {what}" if batch.several == "more" else f"{count} {what} {batch.several}"
        text = several_text(batch.alerts, title)
        text += f"\n\n{board.rstrip('/')}/contradictions" if board else ""
        id_ = digest("alerts", *sorted(alert.alert_id for alert in batch.alerts))
    return Message(id_, f"{text}\n{REPEATED}" if repeated else text, batch.alerts)


def _created(alert: Alert) -> datetime:
    assert alert.created_at is not None
    return alert.created_at
