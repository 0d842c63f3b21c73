"""Dead letters of the connectors: what could not be used, with its bytes. Pure."""

from __future__ import annotations

from datetime import datetime

from schemas.ids import bytes_hash, digest
from schemas.rejected import Rejected

MAX_RAW_BYTES = 700_000
"""Of a rejected page so much is kept: in base64 it stays below the 1 MB that Kafka takes by default."""


def refused(url: str, reason: str, error: str, raw: bytes, now: datetime) -> Rejected:
    """Return the dead letter of something that a connector could not use; it has no place in a log."""
    return Rejected(
        rejected_id=digest("rejected", "connectors", url, bytes_hash(raw)),
        stage="connectors",
        topic="connectors",
        partition=-1,
        offset=-1,
        reason=reason,
        error=error,
        rejected_at=now,
        key=url.encode("utf-8", "replace"),
        raw=raw[:MAX_RAW_BYTES],
    )
