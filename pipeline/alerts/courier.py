"""The courier: sends what is due, marks what was told, and comes back to channels that were down.

An alert is marked as "sending" before its channel is asked, and as "told" after it took it. A worker that dies between
the two sends it again after its restart, with a line that says so: that is the one window in which somebody may be told
twice. Files close it (they look whether the alert stands there), and so do receivers that drop a webhook whose id they
know.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import msgspec
import structlog

from pipeline.alerts.batching import Batch, batches, message
from pipeline.alerts.channels import Send, Undelivered
from pipeline.alerts.forms import Delivery, Rules
from pipeline.alerts.mutes import Mute, covering, mutes
from pipeline.alerts.outbox import Outbox
from pipeline.alerts.planning import JOINED, told_with_another
from pipeline.alerts.times import quiet_until
from pipeline.ports import Index
from schemas.alert import Alert

log = structlog.get_logger()

RELOAD_EVERY = timedelta(seconds=10)
"""How soon a mute or a retry of the command line is seen."""
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=10)
"""A channel that is down is asked again after twice as long as before, up to this."""
GIVE_UP_AFTER = timedelta(days=1)
"""An alert that a channel did not take for so long is parked: `crossclaim alerts retry` sends it after all."""
LONGEST_SENDING = timedelta(seconds=60)
"""No channel takes longer (a webhook's time-out is at most this): what is still "sending" then was cut off."""
CUT_OFF = "the last sending was cut off"
HOUR = timedelta(hours=1)
_NEVER = datetime.min.replace(tzinfo=UTC)


class Courier:
    """Sends from an outbox by channels. `tick` is called about once a second by the one process that may send."""

    def __init__(
        self, rules: Rules, channels: Mapping[str, Send], outbox: Outbox, index: Index, board: str = ""
    ) -> None:
        self._rules, self._channels, self._outbox, self._index, self._board = rules, channels, outbox, index, board
        self._sent: dict[str, deque[datetime]] = {name: deque() for name in channels}
        self._failures: dict[str, int] = dict.fromkeys(channels, 0)
        self._rests_until: dict[str, datetime] = {}
        self._unmarked: list[Alert] = []
        self._mutes: list[Mute] = []
        self._loaded_at = _NEVER

    def _reload(self, now: datetime) -> None:
        """Read what others changed, and take over what whoever sent before was cut off in."""
        self._outbox.reload()
        self._mutes = mutes(self._index, now)
        if self._loaded_at == _NEVER:
            for alert in sorted(self._outbox.told_since(now - HOUR), key=lambda each: each.told_at or _NEVER):
                if alert.channel in self._sent and alert.told_at:
                    self._sent[alert.channel].append(alert.told_at)
        again = [alert for alert in self._outbox.cut_off() if alert.due_at and alert.due_at <= now - LONGEST_SENDING]
        self._outbox.put([_changed(alert, status="due", due_at=now, reason=CUT_OFF) for alert in again])
        self._loaded_at = now

    def tick(self, now: datetime) -> list[Alert]:
        """Send what is due at `now`; return what was told. Raises Retryable when the index is away."""
        if self._unmarked:
            self._mark()
        if now - self._loaded_at >= RELOAD_EVERY:
            self._reload(now)
        by_channel: dict[str, list[tuple[Alert, Delivery]]] = {}
        chosen: list[Alert] = []
        for alert in sorted(self._outbox.due(now), key=lambda each: each.created_at or _NEVER):
            rule = self._sendable(alert, now)
            if rule is None or now < self._rests_until.get(alert.channel, _NEVER):
                continue
            if self._is_told(alert, chosen):
                self._settle(alert, status="dropped", reason=JOINED)
                continue
            chosen.append(msgspec.structs.replace(alert, status="sending"))
            by_channel.setdefault(alert.channel, []).append((alert, rule))
        return [told for name, due in by_channel.items() for told in self._by(name, due, now)]

    def _sendable(self, alert: Alert, now: datetime) -> Delivery | None:
        """Return the rule of an alert that may be sent now; settle one that may not."""
        rule = self._rules.named(alert.rule)
        if rule is None or alert.channel not in self._channels:
            self._settle(alert, status="dropped", reason="its rule or channel is no longer in the file of rules")
            return None
        if mute := covering(self._mutes, alert, now):
            until = f"{mute.until.astimezone(UTC):%d %b %H:%M} UTC"
            self._settle(alert, status="dropped", reason=f"{mute.what} {mute.value} is muted until {until}")
            return None
        if until_ := quiet_until(rule, now):
            self._settle(alert, status="held", due_at=until_, reason="quiet hours")
            return None
        return rule

    def _is_told(self, alert: Alert, chosen: Sequence[Alert]) -> bool:
        """Whether another alert, kept or among those chosen now, tells of the same. Asks the index."""
        known = self._outbox.chain(alert.contradiction, ()) if alert.contradiction else []
        return told_with_another(alert, [*known, *chosen])

    def _by(self, name: str, due: Sequence[tuple[Alert, Delivery]], now: datetime) -> list[Alert]:
        told: list[Alert] = []
        for batch in batches(due, self._allowance(name, now)):
            sent = self._send(name, batch, now)
            if sent is None:
                break
            told += sent
        return told

    def _allowance(self, name: str, now: datetime) -> int:
        sent = self._sent[name]
        while sent and sent[0] <= now - HOUR:
            sent.popleft()
        return max(0, self._rules.channel[name].at_most - len(sent))

    def _send(self, name: str, batch: Batch, now: datetime) -> list[Alert] | None:
        """Send a batch; return what was told, None when the channel is down."""
        # What changed since it was read (a refreshed text, a drop) counts.
        with self._outbox.lock:
            current = {alert.alert_id: alert for alert in self._outbox.due(now)}
            alerts = tuple(current[a.alert_id] for a in batch.alerts if a.alert_id in current)
            if not alerts:
                return []
            sending = tuple(_changed(alert, status="sending", due_at=now) for alert in alerts)
            self._outbox.put(sending)
        repeated = any(alert.reason == CUT_OFF for alert in alerts)
        try:
            self._channels[name](message(Batch(sending, batch.several), self._board, repeated=repeated))
        except Undelivered as failure:
            self._failed(name, sending, str(failure), now)
            return None
        self._failures[name] = 0
        self._sent[name].append(now)
        told = [_changed(alert, status="told", told_at=now, reason=None) for alert in sending]
        self._unmarked += told
        self._mark()
        return told

    def _mark(self) -> None:
        """Write down what was told. Kept in mind until the index took it, so that nothing is sent again meanwhile."""
        self._outbox.put(self._unmarked)
        self._unmarked = []

    def _failed(self, name: str, alerts: Sequence[Alert], why: str, now: datetime) -> None:
        self._failures[name] += 1
        wait = min(FIRST_WAIT * 2 ** min(self._failures[name] - 1, 20), LONGEST_WAIT)
        self._rests_until[name] = now + wait
        log.warning("alert not delivered", channel=name, alerts=len(alerts), again_in=str(wait), why=why)
        self._outbox.put([_after_failure(alert, why, now, now + wait) for alert in alerts])

    def _settle(self, alert: Alert, **changes: object) -> None:
        with self._outbox.lock:
            current = {each.alert_id: each for each in self._outbox.due(alert.due_at or _NEVER)}.get(alert.alert_id)
            if current is not None:
                self._outbox.put([_changed(current, **changes)])


def _after_failure(alert: Alert, why: str, now: datetime, again: datetime) -> Alert:
    old = alert.created_at is not None and now - alert.created_at >= GIVE_UP_AFTER
    status = "parked" if old and alert.attempts else "held"
    return _changed(alert, status=status, attempts=alert.attempts + 1, reason=why, due_at=again)


def _changed(alert: Alert, **changes: object) -> Alert:
    return msgspec.structs.replace(alert, version=alert.version + 1, **changes)
