"""Which contradictions are told, and where to: rules in a readable TOML file, checked whole before anything starts."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from pipeline.errors import SetupError
from pipeline.plainly import ANY_FORM, HTTP_FORM, wrong
from schemas.contradiction import Contradiction
from schemas.ids import alert_id
from schemas.verdict import Kind


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TerminalChannel(_Table):
    """Prints alerts where the worker runs."""

    type: Literal["terminal"]


class FileChannel(_Table):
    """Appends alerts to a file, one JSON object a line; a relative path is taken from the data folder."""

    type: Literal["file"]
    path: Path


class WebhookChannel(_Table):
    """Posts alerts as JSON to an address of one's own."""

    type: Literal["webhook"]
    url: str = Field(pattern=HTTP_FORM)
    timeout_seconds: float = Field(default=10.0, gt=0, le=60)


class AppriseChannel(_Table):
    """Sends alerts by any service that Apprise knows: mail, Slack, Teams, Telegram, ntfy, Matrix …"""

    type: Literal["apprise"]
    url: str = Field(pattern=ANY_FORM)


Channel = Annotated[TerminalChannel | FileChannel | WebhookChannel | AppriseChannel, Field(discriminator="type")]


class Rule(_Table):
    """What one reader wants to be told of. Every condition that is given must hold."""

    name: str = Field(min_length=1)
    channels: tuple[str, ...] = Field(min_length=1)
    kinds: tuple[Kind, ...] = ()
    """Kinds of contradiction; none given means all."""
    minimum_score: float = Field(default=0.0, ge=0, le=1)
    outlets: tuple[str, ...] = ()
    """At least one of these takes part."""
    words: tuple[str, ...] = ()
    """At least one of these stands in a quote, title or name (case does not matter)."""


class Rules(_Table):
    """The whole file."""

    channel: dict[str, Channel]
    rule: tuple[Rule, ...]


@dataclass(frozen=True)
class Due:
    """An alert that a rule wants, not yet known to be new."""

    alert_id: str
    rule: str
    channel: str
    earlier_ids: tuple[str, ...]
    """Ids that this alert had under earlier ids of its contradiction: one of them told means that it is told."""


def load_rules(path: Path) -> Rules:
    """Read and check a rules file; raises SetupError that names what is wrong and where."""
    where = f"reading alert rules: {path}"
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        rules = Rules.model_validate(tables)
    except FileNotFoundError:
        raise SetupError(f"reading alert rules: {path} does not exist; set alerts.rules") from None
    except OSError as error:
        raise SetupError(f"{where}: {error.strerror}; set alerts.rules") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SetupError(f"{where}: {error}") from error
    except ValidationError as error:
        raise SetupError(f"{where}: {'; '.join(_wrong(each, tables) for each in error.errors())}") from error
    for rule in rules.rule:
        for channel in rule.channels:
            if channel not in rules.channel:
                raise SetupError(
                    f"reading alert rules: {path}: rule {rule.name!r} names channel {channel!r}, which no "
                    f"[channel.{channel}] describes"
                )
    names = [rule.name for rule in rules.rule]
    if len(set(names)) < len(names):
        raise SetupError(f"reading alert rules: {path}: two rules have one name; alerts are told once for each name")
    return rules


_BESIDE: Mapping[str, type[BaseModel]] = {
    "terminal": TerminalChannel, "file": FileChannel, "webhook": WebhookChannel, "apprise": AppriseChannel,
}  # fmt: skip


def _wrong(error: ErrorDetails, tables: Mapping[str, Any]) -> str:
    """Say what is wrong by the heading that it stands under, as the person who wrote the file knows it."""
    match error["loc"]:
        case ("rule", int(number), *rest):
            table = tables["rule"][number]
            name = table.get("name") if isinstance(table, dict) else None
            place = ", ".join([f"rule {number + 1}" + (f" ({name!r})" if name else ""), *map(str, rest[:1])])
            return f"{place}: {wrong(error, Rule.model_fields)}"
        case ("channel", name, *rest):
            # pydantic puts the channel's type between its name and the field
            form = _BESIDE.get(str(rest[0])) if rest else None
            place = ", ".join([f"[channel.{name}]", *map(str, rest[1:] if form else rest)])
            return f"{place}: {wrong(error, form.model_fields if form else ())}"
        case ("rule" | "channel" as missing,) if error["type"] == "missing":
            heading = "[[rule]]" if missing == "rule" else "[channel.NAME]"
            return f"there is no {heading}; a file of rules needs at least one rule and one channel"
        case (first, *_):
            return f"{first}: {wrong(error, ('rule', 'channel'))}"
    return wrong(error)


def due(contradiction: Contradiction, rules: Sequence[Rule]) -> list[Due]:
    """Return the alerts that the rules want of an open contradiction, in the order of the file."""
    if contradiction.status != "open":
        return []
    return [
        Due(
            alert_id=alert_id(contradiction.contradiction_id, rule.name, channel),
            rule=rule.name,
            channel=channel,
            earlier_ids=tuple(alert_id(earlier, rule.name, channel) for earlier in contradiction.supersedes),
        )
        for rule in rules
        if wants(rule, contradiction)
        for channel in rule.channels
    ]


def wants(rule: Rule, contradiction: Contradiction) -> bool:
    """Say whether every condition of a rule holds."""
    return (
        contradiction.score >= rule.minimum_score
        and (not rule.kinds or bool(set(rule.kinds) & set(contradiction.kinds)))
        and (not rule.outlets or bool(set(rule.outlets) & set(contradiction.outlets)))
        and (not rule.words or _mentions(contradiction, rule.words))
    )


def _mentions(contradiction: Contradiction, words: Sequence[str]) -> bool:
    sides = (contradiction.a, contradiction.b)
    text = " ".join(
        [*contradiction.entities, *(f"{side.title} {side.quote} {side.source}" for side in sides)]
    ).casefold()
    return any(word.casefold() in text for word in words)
