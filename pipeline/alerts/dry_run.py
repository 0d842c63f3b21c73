"""Trying rules and channels without telling anybody of a contradiction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pipeline.alerts.channels import Message
from pipeline.alerts.forms import Rule, Rules
from pipeline.alerts.wanting import wants
from pipeline.alerts.wording import contradiction_text
from pipeline.desk import watches
from pipeline.desk.watches import Search
from pipeline.index.kept import contradiction_of
from pipeline.ports import Index, Query
from schemas.alert import Alert
from schemas.contradiction import Contradiction
from schemas.ids import digest

PAGE = 500
MOST = 10_000
"""Newest contradictions that rules are tried on."""
EXAMPLES = 3


@dataclass(frozen=True)
class Trial:
    """How many of the contradictions in the index a rule would tell, with the first lines of the newest."""

    rule: str
    channels: tuple[str, ...]
    wanted: int
    of: int
    examples: tuple[str, ...]


def dry_run(rules: Rules, index: Index) -> list[Trial]:
    """Return what each rule for contradictions would tell. Raises Retryable when the index is away."""
    contradictions = _newest(index)
    saved = watches.by_name(index)
    return [_trial(rule, contradictions, saved) for rule in rules.rule]


def _trial(rule: Rule, contradictions: Sequence[Contradiction], saved: Mapping[str, Search]) -> Trial:
    found = [each for each in contradictions if wants(rule, each, saved)]
    examples = tuple(contradiction_text(each).partition("\n")[0] for each in found[:EXAMPLES])
    return Trial(rule.name, rule.channels, len(found), len(contradictions), examples)


def _newest(index: Index) -> list[Contradiction]:
    found: list[Contradiction] = []
    for offset in range(0, MOST, PAGE):
        hits = index.search(Query("contradictions", sort="newest", limit=PAGE, offset=offset)).hits
        found += [contradiction_of(hit.body) for hit in hits]
        if len(hits) < PAGE:
            break
    return found


def trial_message(channel: str, now: datetime | None = None) -> Message:
    """Return what `crossclaim alerts test` sends."""
    now = now or datetime.now(UTC)
    text = (
        f"TEST: crossclaim can reach you by channel {channel}\n"
        "Somebody tried it by `crossclaim alerts test`. Nothing has happened."
    )
    alert = Alert(
        alert_id=digest("test", channel, now.isoformat()), subject="pipeline", subject_id="test", contradiction_id="",
        rule="test", channel=channel, text=text, created_at=now, told_at=now,
    )  # fmt: skip
    return Message(alert.alert_id, text, (alert,))
