"""What is not to be told until a time: a rule, a channel, a contradiction, a feed, an outlet, or whatever names one.

A muted alert is dropped, not held: who mutes a thing for the afternoon does not want its afternoon in the evening.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from pipeline.index.mapping import instant
from pipeline.ports import Document, Index, Query
from schemas.alert import Alert
from schemas.ids import digest

What = Literal["rule", "channel", "contradiction", "feed", "outlet", "entity"]
WHATS: tuple[What, ...] = get_args(What)
MOST = 1_000


@dataclass(frozen=True)
class Mute:
    """One thing that is muted. Names are compared in any case; a contradiction by the beginning of its id."""

    what: What
    value: str
    until: datetime
    note: str = ""

    @property
    def mute_id(self) -> str:
        """Made of what is muted, so that muting it again replaces the time."""
        return digest("mute", self.what, self.value.casefold())

    def covers(self, alert: Alert, now: datetime) -> bool:
        """Say whether it keeps an alert silent at `now`."""
        return now < self.until and self._is_about(alert)

    def _is_about(self, alert: Alert) -> bool:
        value, told = self.value.casefold(), alert.contradiction
        match self.what:
            case "rule":
                return value == alert.rule.casefold()
            case "channel":
                return value == alert.channel.casefold()
            case "contradiction":
                return alert.subject == "contradiction" and alert.contradiction_id.startswith(value)
            case "feed":
                return alert.subject == "feed" and value in alert.subject_id.casefold()
            case "outlet":
                outlets = (*told.outlets, told.a.outlet, told.b.outlet) if told else ()
                return value in (name.casefold() for name in outlets)
            case "entity":
                return told is not None and value in (name.casefold() for name in told.entities)


def mutes(index: Index, now: datetime) -> list[Mute]:
    """Return what is muted at `now`, the latest made first. Raises Retryable when the index is away."""
    found = index.search(Query("mutes", sort="newest", limit=MOST)).hits
    each = [_of(hit.body) for hit in found]
    return [mute for mute in each if mute.until > now]


def keep(index: Index, mute: Mute, now: datetime) -> None:
    """Mute something, or with a time that is past unmute it."""
    body: dict[str, Any] = {
        "mute_id": mute.mute_id,
        "what": mute.what,
        "value": mute.value,
        "until": mute.until.isoformat(),
        "made_at": now.isoformat(),
        "note": mute.note,
        "version": instant(now),
        "status": "open" if mute.until > now else "ended",
    }
    index.write([Document("mutes", mute.mute_id, instant(now), body)])


def covering(found: Sequence[Mute], alert: Alert, now: datetime) -> Mute | None:
    """Return what keeps an alert silent, if anything does."""
    return next((mute for mute in found if mute.covers(alert, now)), None)


def _of(body: Any) -> Mute:
    return Mute(body["what"], body["value"], datetime.fromisoformat(body["until"]), body.get("note") or "")
