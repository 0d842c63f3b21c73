"""An alert: what a rule wants told, to one channel, once."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from schemas.contradiction import Contradiction
from schemas.message import Message

Subject = Literal["contradiction", "feed", "pipeline"]
"""What an alert is about."""

Change = Literal["new", "kind", "outlets", "resolved", "trouble", "over"]
"""What happened to it. Of a contradiction: it is new, is of a further kind, is told by many more outlets, is resolved.
Of a feed or of the pipeline: it is in trouble, the trouble is over."""

Severity = Literal["low", "normal", "high"]

AlertStatus = Literal["due", "held", "sending", "told", "dropped", "parked"]
"""How far an alert has come: to be sent, to be sent later (quiet hours, a digest, a channel that is down), handed to
its channel but not yet known to have arrived, told, no longer to be told, set aside after a day of failures."""


class Alert(Message, frozen=True, kw_only=True, tag="alert"):
    """What is told. `text` is plain text that a person can act on: who against whom, both quotes, both links.

    `alert_id` is made of subject, rule, channel and change, so that the same thing is told once. `pair_ids` are the
    pairs of claims that a contradiction rests on: whoever was told of one of them has been told of it, whatever its id
    was. `version` rises with each change of `status`. `attempts` counts sendings that failed, `reason` says why the
    last one did, or why the alert was dropped.
    """

    alert_id: str
    subject: Subject = "contradiction"
    subject_id: str = ""
    change: Change = "new"
    contradiction_id: str
    pair_ids: tuple[str, ...] = ()
    rule: str
    channel: str
    severity: Severity = "normal"
    status: AlertStatus = "told"
    version: int = 1
    text: str
    created_at: datetime | None = None
    due_at: datetime | None = None
    told_at: datetime | None = None
    attempts: int = 0
    reason: str | None = None
    contradiction: Contradiction | None = None
