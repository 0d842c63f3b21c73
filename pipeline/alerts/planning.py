"""What is to be told of a contradiction, given what has been told of it. Pure: alerts in, alerts out.

A contradiction may change its id when clusters are joined or split, and stands for a while in states that later
articles overturn. So an alert is planned, waits until its contradiction has been quiet for a moment, and is told then;
and whoever was told of a contradiction that rests on one of the same pairs of claims has been told of this one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from pipeline.alerts.forms import Delivery, Rule
from pipeline.alerts.times import digest_time
from pipeline.alerts.wording import contradiction_text
from schemas.alert import Alert, AlertStatus, Change
from schemas.contradiction import Contradiction
from schemas.ids import alert_id

UNSENT = ("due", "held")
JOINED = "it became part of one that is told"
OUTLET_STEPS = (3, 5, 10, 20, 50, 100)
"""Independent sources at which a contradiction that was told is told again: what three report weighs more than what two
do, and a hundred-and-first changes nothing."""

UPDATES_AFTER = timedelta(minutes=10)
"""How long an update waits: a story that breaks gains sources by the minute, and is worth one message, not five."""

LONGEST_SETTLING = 6
"""A contradiction that keeps changing is told after so many times the settling time."""


@dataclass(frozen=True)
class Moment:
    """When it is, and how long a contradiction must have been quiet before it is told."""

    now: datetime
    settling: timedelta


def plan(
    contradiction: Contradiction, rule: Rule, channel: str, wanted: bool, chain: Sequence[Alert], moment: Moment
) -> list[Alert]:
    """Return the alerts to keep: new ones, and unsent ones that change.

    `chain` is all that was planned for this rule and channel of this contradiction, under whatever id. `wanted` says
    whether the rule's conditions hold.
    """
    ours = {contradiction.contradiction_id, *contradiction.supersedes}
    unsent = [alert for alert in chain if alert.status in UNSENT and alert.subject_id in ours]
    if contradiction.status == "superseded":
        gone = [alert for alert in unsent if alert.subject_id == contradiction.contradiction_id]
        return [_dropped(alert, "it became part of another contradiction") for alert in gone]
    if contradiction.status != "open":
        dropped = [_dropped(a, "it was resolved before it was told") for a in unsent if a.change != "resolved"]
        return dropped + _resolution(contradiction, rule, channel, chain, moment)
    if not wanted:
        return [_dropped(alert, "it no longer meets the rule") for alert in unsent]
    news = sorted((a for a in unsent if a.change == "new"), key=lambda a: (a.created_at or moment.now, a.alert_id))
    told = any(alert.change == "new" and alert.status not in (*UNSENT, "dropped") for alert in chain)
    if told:
        spare = [_dropped(alert, JOINED) for alert in news]
        return spare + (_updates(contradiction, rule, channel, chain, moment) if rule.updates else [])
    if news:
        return [_refreshed(news[0], contradiction, rule, moment), *(_dropped(alert, JOINED) for alert in news[1:])]
    return [_anew(contradiction, rule, channel, chain, moment)]


def told_with_another(alert: Alert, chain: Sequence[Alert]) -> bool:
    """Say whether an alert that is about to be sent says what was told meanwhile, under the id of another one."""
    return alert.change == "new" and any(
        other.change == "new"
        and other.status in ("told", "sending")
        and (other.rule, other.channel) == (alert.rule, alert.channel)
        and not set(alert.pair_ids).isdisjoint(other.pair_ids)
        for other in chain
        if other.alert_id != alert.alert_id
    )


def _anew(contradiction: Contradiction, rule: Rule, channel: str, chain: Sequence[Alert], moment: Moment) -> Alert:
    """A first alert; where one of its id was dropped it takes that one's place, where one stands it gets another id."""
    fresh = _alert(contradiction, rule, channel, "new", (), moment)
    known = next((alert for alert in chain if alert.alert_id == fresh.alert_id), None)
    if known is None:
        return fresh
    if known.status == "dropped":
        return msgspec.structs.replace(fresh, version=known.version + 1)
    parted = alert_id(contradiction.contradiction_id, rule.name, channel, "parted", *fresh.pair_ids)
    return msgspec.structs.replace(fresh, alert_id=parted)


def _updates(
    contradiction: Contradiction, rule: Rule, channel: str, chain: Sequence[Alert], moment: Moment
) -> list[Alert]:
    """Return the alert of what is material and was not told: a further kind, a step of independent sources.

    One that waits already says the newest; it is dropped when there is nothing left to say.
    """
    waiting = next((a for a in chain if a.status in UNSENT and a.change in ("kind", "outlets")), None)
    news = _what_is_new(contradiction, [a for a in chain if a.status not in (*UNSENT, "dropped")])
    if news is None:
        return [_dropped(waiting, "it no longer holds")] if waiting else []
    update = _alert(contradiction, rule, channel, *news, moment)
    if waiting is None:
        due_at = max(update.due_at or moment.now, moment.now + UPDATES_AFTER)
        return [msgspec.structs.replace(update, status="held", due_at=due_at, reason="updates wait for more of them")]
    kept = {"alert_id": waiting.alert_id, "created_at": waiting.created_at, "version": waiting.version + 1}
    kept |= {"status": waiting.status, "due_at": waiting.due_at, "reason": waiting.reason, "attempts": waiting.attempts}
    return [msgspec.structs.replace(update, **kept)]


def _what_is_new(contradiction: Contradiction, told: Sequence[Alert]) -> tuple[Change, tuple[str, ...]] | None:
    kinds = {kind for alert in told if alert.contradiction for kind in alert.contradiction.kinds}
    most = max((a.contradiction.independent_sources for a in told if a.contradiction), default=0)
    if further := tuple(kind for kind in contradiction.kinds if kind not in kinds):
        return "kind", further
    step = max((s for s in OUTLET_STEPS if s <= contradiction.independent_sources), default=0)
    return ("outlets", (str(step),)) if most < step else None


def _resolution(
    contradiction: Contradiction, rule: Rule, channel: str, chain: Sequence[Alert], moment: Moment
) -> list[Alert]:
    """Return the alert that a contradiction which was told is resolved, once."""
    told = any(alert.change == "new" and alert.status in ("told", "sending") for alert in chain)
    known = any(alert.change == "resolved" and alert.status != "dropped" for alert in chain)
    return [_alert(contradiction, rule, channel, "resolved", (), moment)] if rule.updates and told and not known else []


def _alert(
    contradiction: Contradiction,
    rule: Rule,
    channel: str,
    change: Change,
    detail: tuple[str, ...],
    moment: Moment,
) -> Alert:
    detailed = () if change == "new" else (change, *detail)
    status, due_at = when(rule, moment.now, moment.settling)
    return Alert(
        alert_id=alert_id(contradiction.contradiction_id, rule.name, channel, *detailed),
        subject="contradiction",
        subject_id=contradiction.contradiction_id,
        change=change,
        contradiction_id=contradiction.contradiction_id,
        pair_ids=pair_ids(contradiction),
        rule=rule.name,
        channel=channel,
        severity=rule.severity,
        text=contradiction_text(contradiction, change, detail),
        created_at=moment.now,
        contradiction=contradiction,
        status=status,
        due_at=due_at,
    )


def when(rule: Delivery, now: datetime, settling: timedelta) -> tuple[AlertStatus, datetime]:
    """Return status and time of a new alert: soon, or with the next digest."""
    later = digest_time(rule, now)
    return ("held", later) if later else ("due", now + settling)


def _refreshed(alert: Alert, contradiction: Contradiction, rule: Rule, moment: Moment) -> Alert:
    """An unsent alert with what its contradiction says now; it waits until that has been quiet, but not for ever."""
    latest = (alert.created_at or moment.now) + LONGEST_SETTLING * moment.settling
    waits = alert.status == "due" and alert.due_at is not None and not alert.attempts
    return msgspec.structs.replace(
        alert,
        contradiction_id=contradiction.contradiction_id,
        subject_id=contradiction.contradiction_id,
        pair_ids=pair_ids(contradiction),  # not those of before: what was split off is told by itself
        contradiction=contradiction,
        severity=rule.severity,
        text=contradiction_text(contradiction, "new", ()),
        due_at=min(moment.now + moment.settling, latest) if waits else alert.due_at,
        version=alert.version + 1,
    )


def _dropped(alert: Alert, reason: str) -> Alert:
    return msgspec.structs.replace(alert, status="dropped", reason=reason, version=alert.version + 1)


def pair_ids(contradiction: Contradiction) -> tuple[str, ...]:
    """Return the ids of the pairs of claims that a contradiction rests on."""
    return _distinct(evidence.pair_id for evidence in contradiction.evidence)


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
