"""Commands that mute: tell nothing of a thing for a while."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer

from pipeline.cli.printed import print_line
from pipeline.config import load

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON lines.")]

_SPAN = re.compile(r"(\d+)([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
FOR_EVER = timedelta(days=36_500)


def mute(
    what: Annotated[str, typer.Argument(help="rule, channel, contradiction, feed, outlet or entity.")],
    value: Annotated[str, typer.Argument(help="Its name; of a contradiction the id or its beginning.")],
    span: Annotated[
        str | None, typer.Option("--for", help="How long: 30m, 2h, 3d, 1w; default: until `unmute`.")
    ] = None,
    note: Annotated[str, typer.Option(help="Why, for whoever wonders.")] = "",
) -> None:
    """Tell nothing of a thing for a while. What comes up meanwhile is dropped, and listed as such."""
    from pipeline.alerts.mutes import Mute, keep
    from pipeline.index.open import open_index

    now = datetime.now(UTC)
    until = now + _span(span)
    keep(open_index(load()), Mute(_what(what), value, until, note), now)
    sys.stdout.write(f"{what} {value} is muted{f' until {until:%d %b %Y %H:%M} UTC' if span else ''}\n")


def unmute(
    what: Annotated[str, typer.Argument(help="rule, channel, contradiction, feed, outlet or entity.")],
    value: Annotated[str, typer.Argument(help="As it was muted.")],
) -> None:
    """Tell of a thing again from now on."""
    from pipeline.alerts.mutes import Mute, keep, mutes
    from pipeline.index.open import open_index

    now, index = datetime.now(UTC), open_index(load())
    wanted = Mute(_what(what), value, now)
    if all(found.mute_id != wanted.mute_id for found in mutes(index, now)):
        sys.stderr.write(f"crossclaim: {what} {value} is not muted; see `crossclaim alerts mutes`\n")
        raise typer.Exit(1)
    keep(index, wanted, now)
    sys.stdout.write(f"{what} {value} is told again\n")


def muted(as_json: AsJson = False) -> None:
    """List what is muted."""
    from pipeline.alerts.mutes import mutes
    from pipeline.index.open import open_index
    from pipeline.plain import plain

    now = datetime.now(UTC)
    for found in mutes(open_index(load()), now):
        if as_json:
            print_line(found)
        else:
            until = f"until {found.until:%d %b %Y %H:%M} UTC" if found.until - now < FOR_EVER / 2 else "until unmuted"
            sys.stdout.write(f"{found.what} {plain(found.value)}  {until}  {plain(found.note)}".rstrip() + "\n")


def _what(text: str) -> Any:
    from pipeline.alerts.mutes import WHATS

    if text not in WHATS:
        raise typer.BadParameter(f"{text!r} cannot be muted; choose one of {', '.join(WHATS)}")
    return text


def _span(text: str | None) -> timedelta:
    if text is None:
        return FOR_EVER
    found = _SPAN.fullmatch(text.strip())
    if not found or not 0 < int(found[1]) < 10_000:
        raise typer.BadParameter(f"{text!r} is no span of time; write it as 30m, 2h, 3d or 1w")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})
