"""A dead letter: a message that a stage could not use, with its bytes."""

from __future__ import annotations

from datetime import datetime

from schemas.message import Message


class Rejected(Message, frozen=True, kw_only=True, tag="rejected"):
    """Why and where a message was refused, and the message itself, so that it can be mended and replayed."""

    rejected_id: str
    stage: str
    topic: str
    partition: int
    offset: int
    reason: str
    error: str
    rejected_at: datetime
    key: bytes | None
    raw: bytes
