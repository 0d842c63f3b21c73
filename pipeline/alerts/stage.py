"""Telling: contradictions → alerts that are planned; and once a second, what is due is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from pipeline.alerts.courier import Courier
from pipeline.alerts.forms import Rules
from pipeline.alerts.outbox import Outbox
from pipeline.alerts.planning import Moment, plan
from pipeline.alerts.troubles import Pipeline, of_feeds, of_pipeline, plan_troubles
from pipeline.alerts.wanting import NONE_SAVED, wants
from pipeline.desk.watches import Search
from pipeline.feed_health import FeedHealth
from schemas.alert import Alert
from schemas.contradiction import Contradiction
from schemas.ids import alert_id

LOOK_EVERY = timedelta(minutes=5)
"""How often feeds and pipeline are looked at: all feeds are read for it, and none falls silent within minutes."""
WATCHES_FOR = timedelta(seconds=10)
"""How long saved searches are remembered before they are read again."""


@dataclass(frozen=True)
class World:
    """What alerts need to know of everything else; each raises Retryable when what it asks is away."""

    watches: Callable[[], Mapping[str, Search]]
    feeds: Callable[[datetime], Sequence[FeedHealth]]
    pipeline: Callable[[datetime], Pipeline]


class Teller:
    """Plans and sends. `take` and `tick` may be called from two threads."""

    def __init__(self, rules: Rules, outbox: Outbox, courier: Courier, world: World, settling: timedelta) -> None:
        self._rules, self._outbox, self._courier, self._world = rules, outbox, courier, world
        self._settling = settling
        self._watches: tuple[datetime, Mapping[str, Search]] | None = None
        self._looked_at: datetime | None = None

    def take(self, contradiction: Contradiction, now: datetime) -> list[Alert]:
        """Keep the alerts that follow from a contradiction; return those that are new or changed."""
        moment = Moment(now, self._settling)
        with self._outbox.lock:
            chain = self._outbox.chain(contradiction, _ids(contradiction, self._rules))
            saved = self._saved(now)
            planned = [
                alert
                for rule in self._rules.rule
                for wanted in [wants(rule, contradiction, saved)]
                for channel in rule.channels
                for alert in plan(contradiction, rule, channel, wanted, _of(chain, rule.name, channel), moment)
            ]
            self._outbox.put(planned)
        return planned

    def tick(self, now: datetime) -> list[Alert]:
        """Look at feeds and pipeline when it is time, and send what is due; return what was told."""
        if self._looked_at is None or now - self._looked_at >= LOOK_EVERY:
            self._looked_at = now
            self._look(now)
        return self._courier.tick(now)

    def _look(self, now: datetime) -> None:
        if self._rules.feed_rule:
            feeds, known = self._world.feeds(now), self._outbox.about("feed")
            for feed_rule in self._rules.feed_rule:
                troubles = of_feeds(feed_rule, feeds)
                for channel in feed_rule.channels:
                    self._outbox.put(plan_troubles(feed_rule, channel, "feed", troubles, known, now))
        if self._rules.pipeline_rule:
            how, known = self._world.pipeline(now), self._outbox.about("pipeline")
            for rule in self._rules.pipeline_rule:
                troubles = of_pipeline(rule, how, now)
                for channel in rule.channels:
                    self._outbox.put(plan_troubles(rule, channel, "pipeline", troubles, known, now))

    def _saved(self, now: datetime) -> Mapping[str, Search]:
        if not any(rule.watches for rule in self._rules.rule):
            return NONE_SAVED
        if self._watches is None or now - self._watches[0] >= WATCHES_FOR:
            self._watches = (now, self._world.watches())
        return self._watches[1]


def would_tell(contradictions: Iterable[Contradiction], rules: Rules, now: datetime) -> list[Alert]:
    """Return the alerts of contradictions as they stand, as if all were told at `now`. Pure.

    Saved searches are not known here: rules that ask for one want nothing.
    """
    moment = Moment(now, timedelta(0))
    return [
        msgspec.structs.replace(alert, status="told", told_at=now)
        for contradiction in sorted(contradictions, key=lambda each: (each.first_seen, each.contradiction_id))
        for rule in rules.rule
        for channel in rule.channels
        for alert in plan(contradiction, rule, channel, wants(rule, contradiction), (), moment)
    ]


def _ids(contradiction: Contradiction, rules: Rules) -> list[str]:
    """The ids under which a contradiction may have been told before pairs were remembered."""
    own = (contradiction.contradiction_id, *contradiction.supersedes)
    return [alert_id(id_, rule.name, channel) for rule in rules.rule for channel in rule.channels for id_ in own]


def _of(chain: Sequence[Alert], rule: str, channel: str) -> list[Alert]:
    return [alert for alert in chain if (alert.rule, alert.channel) == (rule, channel)]
