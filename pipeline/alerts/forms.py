"""What a file of rules may hold: channels, and rules for contradictions, feeds and the pipeline itself."""

from __future__ import annotations

import os
import re
from datetime import time, tzinfo
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, field_validator

from pipeline.plainly import ANY_FORM, HTTP_FORM
from schemas.alert import Severity
from schemas.verdict import Kind

CLOCK_FORM = r"^([01]\d|2[0-3]):[0-5]\d$"
_VARIABLE = re.compile(r"\$\{(\w+)\}")


def _from_environment(value: Any) -> Any:
    """Put variables of the environment, written ${NAME}, in their places: secrets need not stand in the file."""
    if not isinstance(value, str):
        return value
    missing = [name for name in _VARIABLE.findall(value) if name not in os.environ]
    if missing:
        raise ValueError(f"the environment has no variable {missing[0]}; set it, or write the value here")
    return _VARIABLE.sub(lambda found: os.environ[found[1]], value)


Expanded = BeforeValidator(_from_environment)


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class _Channel(_Table):
    at_most: int = Field(default=20, ge=1, le=10_000)
    """Messages an hour; what is beyond it comes together as one ("and 14 more")."""


class TerminalChannel(_Channel):
    """Prints alerts where the worker runs."""

    type: Literal["terminal"]
    at_most: int = Field(default=1_000, ge=1, le=10_000)


class FileChannel(_Channel):
    """Appends alerts to a file, one JSON object a line; a relative path is taken from the data folder."""

    type: Literal["file"]
    path: Path
    at_most: int = Field(default=10_000, ge=1, le=10_000)


class BoardChannel(_Channel):
    """Keeps alerts for the board's list and its feeds, and sends them nowhere."""

    type: Literal["board"]
    at_most: int = Field(default=10_000, ge=1, le=10_000)


class TopicChannel(_Channel):
    """Publishes alerts to the Kafka topic `alerts`."""

    type: Literal["topic"]
    at_most: int = Field(default=10_000, ge=1, le=10_000)


class WebhookChannel(_Channel):
    """Posts alerts as JSON to an address of one's own, signed when there is a secret (docs/alerts.md)."""

    type: Literal["webhook"]
    url: Annotated[str, Expanded] = Field(pattern=HTTP_FORM)
    secret: Annotated[SecretStr | None, Expanded] = None
    at_most: int = Field(default=1_000, ge=1, le=10_000)
    timeout_seconds: float = Field(default=10.0, gt=0, le=60)


class AppriseChannel(_Channel):
    """Sends alerts by any service that Apprise knows: mail, Slack, Teams, Telegram, ntfy, Matrix …"""

    type: Literal["apprise"]
    url: Annotated[str, Expanded] = Field(pattern=ANY_FORM)


Channel = Annotated[
    TerminalChannel | FileChannel | BoardChannel | TopicChannel | WebhookChannel | AppriseChannel,
    Field(discriminator="type"),
]


class Quiet(_Table):
    """Hours in which nothing is sent: what comes up is told when they end. They may go past midnight."""

    start: str = Field(pattern=CLOCK_FORM)
    end: str = Field(pattern=CLOCK_FORM)


class Delivery(_Table):
    """What all rules say: whom to tell, when, how urgently."""

    name: str = Field(min_length=1)
    channels: tuple[str, ...] = Field(min_length=1)
    severity: Severity = "normal"
    quiet: Quiet | None = None
    digest: Literal["hourly", "daily"] | None = None
    """Collects alerts and sends them together at each full hour, or once a day."""
    digest_at: str = Field(default="07:00", pattern=CLOCK_FORM)
    """When the daily digest is sent."""
    zone: str | None = None
    """Time zone of quiet hours and digests ("Europe/Berlin"); that of the machine when there is none."""

    @field_validator("zone")
    @classmethod
    def _known(cls, name: str | None) -> str | None:
        try:
            return ZoneInfo(name).key if name else None
        except (LookupError, ValueError, OSError):
            raise ValueError(f"{name!r} is no time zone; write one as Europe/Berlin") from None

    @property
    def clock(self) -> tzinfo | None:
        """The zone that its times are in, None for the machine's."""
        return ZoneInfo(self.zone) if self.zone else None


class Rule(Delivery):
    """Contradictions that one reader wants to be told of. Every condition that is given must hold."""

    kinds: tuple[Kind, ...] = ()
    """Kinds of contradiction; none given means all."""
    minimum_score: float = Field(default=0.0, ge=0, le=1)
    minimum_sources: int = Field(default=1, ge=1)
    """Fewest independent sources on both sides together; wire copies and sister outlets count once."""
    outlets: tuple[str, ...] = ()
    """At least one of these takes part (case does not matter, as with all names here)."""
    entities: tuple[str, ...] = ()
    """At least one of these people, places or organisations is named."""
    words: tuple[str, ...] = ()
    """At least one of these stands in a quote, title or name."""
    watches: tuple[str, ...] = ()
    """At least one of these saved searches of the board matches."""
    updates: bool = True
    """Whether to tell, too, what changes later: a further kind, many more outlets, resolved."""


class FeedRule(Delivery):
    """Feeds in trouble: told when it begins and when it is over."""

    states: tuple[Literal["silent", "failing", "ended", "overdue"], ...] = ("silent", "failing", "ended")
    feeds: tuple[str, ...] = ()
    """Only feeds with one of these in name, outlet or address; none given means all."""


class PipelineRule(Delivery):
    """The pipeline in trouble: told when it begins and when it is over."""

    lag: int | None = Field(default=5_000, ge=1)
    """Messages that wait for a group of workers."""
    rejected_an_hour: int | None = Field(default=20, ge=1)
    """Messages that stages could not use within an hour."""
    silent_minutes: int | None = Field(default=180, ge=1)
    """Minutes without a new article from any feed."""
    parked: int | None = Field(default=1, ge=1)
    """Alerts that were set aside since their channel stayed down for a day."""


class Rules(_Table):
    """The whole file."""

    channel: dict[str, Channel]
    rule: tuple[Rule, ...]
    feed_rule: tuple[FeedRule, ...] = ()
    pipeline_rule: tuple[PipelineRule, ...] = ()

    @property
    def all(self) -> tuple[Delivery, ...]:
        """Every rule, whatever it is about."""
        return (*self.rule, *self.feed_rule, *self.pipeline_rule)

    def named(self, name: str) -> Delivery | None:
        """Return the rule of that name."""
        return next((rule for rule in self.all if rule.name == name), None)


def clock_time(text: str) -> time:
    """Return a time of day written as 07:00."""
    return time.fromisoformat(text)
