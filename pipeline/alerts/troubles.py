"""Feeds that fall silent or fail, and a pipeline that does not keep up: told when it begins and when it is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from pipeline.alerts.forms import Delivery, FeedRule, PipelineRule
from pipeline.alerts.planning import UNSENT, when
from pipeline.alerts.wording import trouble_text
from pipeline.feed_health import FeedHealth
from schemas.alert import Alert, Change, Subject
from schemas.ids import alert_id

SETTLING = timedelta(minutes=6)
"""How long a trouble must last before it is told: what is over at the next look (`LOOK_EVERY` later) is not."""


@dataclass(frozen=True)
class Trouble:
    """What is wrong: `id` names the feed or the part, `what` says it in a sentence."""

    id: str
    name: str
    what: str


@dataclass(frozen=True)
class Pipeline:
    """How the pipeline is: messages that wait by group of workers, refused within an hour, the newest article read
    (None when there is none, or when that cannot be told), alerts parked."""

    lag: Mapping[str, int]
    rejected: int
    newest: datetime | None
    parked: int


def of_feeds(rule: FeedRule, feeds: Sequence[FeedHealth]) -> list[Trouble]:
    """Return the feeds that are in one of the states that a rule names. Pure."""
    return [
        Trouble(feed.feed.feed_url, f"feed {feed.name}", f"{feed.state}: {feed.health.reason}")
        for feed in feeds
        if feed.state in rule.states and _is_named(rule, feed)
    ]


def of_pipeline(rule: PipelineRule, how: Pipeline, now: datetime) -> list[Trouble]:
    """Return what a rule calls trouble. Pure."""
    found = [
        Trouble(f"lag of {group}", f"workers of {group} do not keep up", f"{lag:,} messages wait; start more workers.")
        for group, lag in how.lag.items()
        if rule.lag and lag >= rule.lag
    ]
    if rule.rejected_an_hour and how.rejected >= rule.rejected_an_hour:
        what = f"{how.rejected:,} within an hour; see `crossclaim rejected list` or the board."
        found.append(Trouble("rejected", "many messages are rejected", what))
    if rule.silent_minutes and how.newest and now - how.newest >= timedelta(minutes=rule.silent_minutes):
        minutes = int((now - how.newest).total_seconds() // 60)
        what = f"The last one was read {minutes:,} minutes ago; see whether `crossclaim connect` runs."
        found.append(Trouble("silence", "no article comes in", what))
    if rule.parked and how.parked >= rule.parked:
        what = f"{how.parked:,} of them; see `crossclaim alerts list --status parked`."
        found.append(Trouble("parked", "alerts could not be delivered for a day", what))
    return found


def plan_troubles(
    rule: Delivery, channel: str, subject: Subject, troubles: Sequence[Trouble], told: Sequence[Alert], now: datetime
) -> list[Alert]:
    """Return the alerts to keep: of troubles that are new, and of those that are over. Pure.

    `told` are the alerts about this kind of subject, the oldest first; the last of each tells whether its trouble is
    known.
    """
    last = {alert.subject_id: alert for alert in told if (alert.rule, alert.channel) == (rule.name, channel)}
    now_wrong = {trouble.id: trouble for trouble in troubles}
    begun = [
        _alert(rule, channel, subject, trouble, "trouble", now)
        for trouble in troubles
        if trouble.id not in last or not _is_known(last[trouble.id])
    ]
    over = [
        alert
        for id_, before in last.items()
        if id_ not in now_wrong and _is_known(before)
        for alert in _over(rule, channel, subject, before, now)
    ]
    return begun + over


def _is_known(last: Alert) -> bool:
    """Say whether somebody was told, or is about to be, that it is in trouble, and not yet that this is over.

    A dropped one counts: it was muted.
    """
    return last.change == "trouble" and not (last.status == "dropped" and last.reason == WELL_BY_ITSELF)


WELL_BY_ITSELF = "it was over before it was told"


def _over(rule: Delivery, channel: str, subject: Subject, before: Alert, now: datetime) -> list[Alert]:
    if before.status in UNSENT:
        reason = WELL_BY_ITSELF
        return [msgspec.structs.replace(before, status="dropped", reason=reason, version=before.version + 1)]
    name = before.text.partition("\n")[0].partition(": ")[2]
    return [_alert(rule, channel, subject, Trouble(before.subject_id, name, "It is well again."), "over", now)]


def _alert(rule: Delivery, channel: str, subject: Subject, trouble: Trouble, change: Change, now: datetime) -> Alert:
    status, due_at = when(rule, now, SETTLING)
    return Alert(
        alert_id=alert_id(trouble.id, rule.name, channel, change, now.isoformat()),
        subject=subject,
        subject_id=trouble.id,
        change=change,
        contradiction_id="",
        rule=rule.name,
        channel=channel,
        severity=rule.severity,
        text=trouble_text(trouble.name, trouble.what, over=change == "over"),
        created_at=now,
        status=status,
        due_at=due_at,
    )


def _is_named(rule: FeedRule, feed: FeedHealth) -> bool:
    text = f"{feed.name} {feed.feed.outlet} {feed.feed.feed_url}".casefold()
    return not rule.feeds or any(words.casefold() in text for words in rule.feeds)
