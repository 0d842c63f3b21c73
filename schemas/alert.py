"""An alert: one contradiction that a rule wants told, to one channel, once."""

from __future__ import annotations

from datetime import datetime

from schemas.contradiction import Contradiction
from schemas.message import Message


class Alert(Message, frozen=True, kw_only=True, tag="alert"):
    """What was told. `text` is plain text that a person can act on: who against whom, both quotes, both links."""

    alert_id: str
    contradiction_id: str
    rule: str
    channel: str
    text: str
    told_at: datetime
    contradiction: Contradiction
