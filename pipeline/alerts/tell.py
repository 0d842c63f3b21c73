"""Telling a contradiction: what the rules want, less what was told, sent and marked one by one.

An alert is marked as told right after its channel took it. A worker that dies between the two tells it again after its
restart: that is the one window, and files and webhooks with an Idempotency-Key close it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from pipeline.alerts.channels import Send, Undelivered
from pipeline.alerts.rules import Due, Rule, due
from pipeline.alerts.wording import alert_text
from pipeline.errors import Unusable
from schemas.alert import Alert
from schemas.contradiction import Contradiction

Told = Callable[[Sequence[str]], set[str]]
"""Alert ids → those of them that were told already."""

Mark = Callable[[Alert], None]
"""Remember for ever that an alert was told."""


def tell(
    contradiction: Contradiction,
    rules: Sequence[Rule],
    channels: Mapping[str, Send],
    told: Told,
    mark: Mark,
    now: datetime,
) -> list[Alert]:
    """Send every alert that is due and new; return those that are told now.

    Raises Unusable after all channels were tried when one did not take its alert; replaying the message then tells only
    what is missing.
    """
    wanted = _new(due(contradiction, rules), told)
    sent, failures = [], []
    for item in wanted:
        alert = _alert(item, contradiction, now)
        try:
            channels[item.channel](alert)
        except Undelivered as failure:
            failures.append(str(failure))
            continue
        mark(alert)
        sent.append(alert)
    if failures:
        raise Unusable(f"sending alerts: {'; '.join(failures)}; mend the channel, then `crossclaim rejected replay`")
    return sent


def _new(wanted: list[Due], told: Told) -> list[Due]:
    known = told([id_ for item in wanted for id_ in (item.alert_id, *item.earlier_ids)]) if wanted else set()
    return [item for item in wanted if not known & {item.alert_id, *item.earlier_ids}]


def _alert(item: Due, contradiction: Contradiction, now: datetime) -> Alert:
    return Alert(
        alert_id=item.alert_id,
        contradiction_id=contradiction.contradiction_id,
        rule=item.rule,
        channel=item.channel,
        text=alert_text(contradiction),
        told_at=now,
        contradiction=contradiction,
    )
