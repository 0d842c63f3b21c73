"""The file of rules: read, and checked whole before anything starts; what is wrong is told with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from pipeline.alerts.forms import (
    AppriseChannel,
    BoardChannel,
    FeedRule,
    FileChannel,
    PipelineRule,
    Rule,
    Rules,
    TerminalChannel,
    TopicChannel,
    WebhookChannel,
)
from pipeline.errors import SetupError
from pipeline.plainly import wrong

_HEADING = re.compile(r"^\s*(\[\[?)\s*([\w.\"'-]+)\s*\]\]?")
_KEY = re.compile(r"^\s*([\w-]+)\s*=")

_CHANNELS: Mapping[str, type[BaseModel]] = {
    "terminal": TerminalChannel, "file": FileChannel, "board": BoardChannel, "topic": TopicChannel,
    "webhook": WebhookChannel, "apprise": AppriseChannel,
}  # fmt: skip
_RULES: Mapping[str, type[BaseModel]] = {"rule": Rule, "feed_rule": FeedRule, "pipeline_rule": PipelineRule}
_WORDS = {"rule": "rule", "feed_rule": "feed rule", "pipeline_rule": "pipeline rule"}


def load_rules(path: Path) -> Rules:
    """Read and check a file of rules; raises SetupError that names all that is wrong, and where."""
    where = f"reading alert rules: {path}"
    try:
        text = path.read_text(encoding="utf-8")
        tables = tomllib.loads(text)
        rules = Rules.model_validate(tables)
    except FileNotFoundError:
        raise SetupError(f"reading alert rules: {path} does not exist; set alerts.rules") from None
    except OSError as error:
        raise SetupError(f"{where}: {error.strerror}; set alerts.rules") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SetupError(f"{where}: {error}") from error
    except ValidationError as error:
        lines = Lines(text)
        raise SetupError(f"{where}: {'; '.join(_wrong(each, tables, lines) for each in error.errors())}") from error
    if problems := list(_disagreements(rules, Lines(text))):
        raise SetupError(f"{where}: {'; '.join(problems)}")
    return rules


class Lines:
    """Where things stand in a file of rules: the line of a heading, and of a key under it. TOML readers do not say."""

    def __init__(self, text: str) -> None:
        self._at: dict[tuple[str | int, ...], int] = {}
        counts: dict[str, int] = {}
        here: tuple[str | int, ...] = ()
        for number, line in enumerate(text.splitlines(), start=1):
            if heading := _HEADING.match(line):
                here = self._opened(heading[1] == "[[", heading[2], counts)
                self._at.setdefault(here, number)
            elif key := _KEY.match(line):
                self._at.setdefault((*here, key[1]), number)

    @staticmethod
    def _opened(several: bool, name: str, counts: dict[str, int]) -> tuple[str | int, ...]:
        path = tuple(part.strip("\"'") for part in name.split("."))
        if several:
            counts[name] = counts.get(name, -1) + 1
            return (*path, counts[name])
        first = path[0]
        return (first, counts[first], *path[1:]) if first in counts and len(path) > 1 else path

    def prefix(self, *where: str | int) -> str:
        """Return "line 7: " for the narrowest of a place's surroundings that is known, "" for none."""
        for length in range(len(where), 0, -1):
            if where[:length] in self._at:
                return f"line {self._at[where[:length]]}: "
        return ""


def _disagreements(rules: Rules, lines: Lines) -> Iterator[str]:
    """Say what is right by itself and wrong together: unknown channels, a name given twice."""
    seen: set[str] = set()
    for heading in _RULES:
        for number, rule in enumerate(getattr(rules, heading)):
            for channel in rule.channels:
                if channel not in rules.channel:
                    yield (
                        f"{lines.prefix(heading, number, 'channels')}rule {rule.name!r} names channel {channel!r}, "
                        f"which no [channel.{channel}] describes"
                    )
            if rule.name in seen:
                yield (
                    f"{lines.prefix(heading, number, 'name')}two rules have one name, {rule.name!r}; alerts are told "
                    "once for each name"
                )
            seen.add(rule.name)


def _wrong(error: ErrorDetails, tables: Mapping[str, Any], lines: Lines) -> str:
    """Say what is wrong by the line and heading that it stands under, as the person who wrote the file knows it."""
    match error["loc"]:
        case (str(heading), int(number), *rest) if heading in _RULES:
            table = tables[heading][number]
            name = table.get("name") if isinstance(table, dict) else None
            titled = f"{_WORDS[heading]} {number + 1}" + (f" ({name!r})" if name else "")
            place = ", ".join([titled, *map(str, rest[:1])])
            at = lines.prefix(heading, number, *rest[:1])
            return f"{at}{place}: {wrong(error, _RULES[heading].model_fields)}"
        case ("channel", name, *rest):
            # pydantic puts the channel's type between its name and the field
            form = _CHANNELS.get(str(rest[0])) if rest else None
            fields: Sequence[str | int] = rest[1:] if form else rest
            place = ", ".join([f"[channel.{name}]", *map(str, fields)])
            return f"{lines.prefix('channel', name, *fields)}{place}: {wrong(error, form.model_fields if form else ())}"
        case ("rule" | "channel" as missing,) if error["type"] == "missing":
            heading = "[[rule]]" if missing == "rule" else "[channel.NAME]"
            return f"there is no {heading}; a file of rules needs at least one rule and one channel"
        case (first, *_):
            return f"{lines.prefix(first)}{first}: {wrong(error, ('channel', *_RULES))}"
    return wrong(error)
