"""Commands on dead letters: look at them, put them back."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from pipeline.cli.printed import print_line
from pipeline.config import load

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON lines.")]


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    rejected = typer.Typer(no_args_is_help=True, help="Dead letters: messages that a stage could not use.")
    rejected.command("list")(listing)
    rejected.command("show")(show)
    rejected.command("replay")(put_back)
    app.add_typer(rejected, name="rejected")


def listing(as_json: AsJson = False) -> None:
    """List dead letters: when, where, why."""
    for letter in _letters():
        if as_json:
            print_line(letter)
        else:
            sys.stdout.write(
                f"{letter.rejected_id}  {letter.rejected_at:%Y-%m-%d %H:%M}  {letter.stage}: {letter.reason}\n"
            )


def show(rejected_id: Annotated[str, typer.Argument(help="Id, or its first characters.")]) -> None:
    """Show one dead letter with the bytes that were refused."""
    letter = _one(rejected_id)
    fields = {name: getattr(letter, name) for name in letter.__struct_fields__ if name not in ("raw", "v")}
    for name, value in fields.items():
        sys.stdout.write(f"{name:<12} {value}\n")
    sys.stdout.flush()
    sys.stdout.buffer.write(letter.raw + b"\n")


def put_back(rejected_id: Annotated[str, typer.Argument(help="Id, or its first characters; or: all.")]) -> None:
    """Put dead letters back on the topic that they came from."""
    from pipeline.dead_letters import replay
    from pipeline.run.running import with_broker

    letters = _letters() if rejected_id == "all" else [_one(rejected_id)]
    settings = with_broker(load(), "putting dead letters back")
    sys.stdout.write(f"{replay(settings, letters)} put back\n")


def _letters() -> list[Any]:
    from pipeline.dead_letters import read
    from pipeline.run.running import with_broker

    return read(with_broker(load(), "reading dead letters"))


def _one(rejected_id: str) -> Any:
    found = [letter for letter in _letters() if letter.rejected_id.startswith(rejected_id)]
    if len(found) != 1:
        sys.stderr.write(f"crossclaim: {len(found)} dead letters begin with {rejected_id!r}; see `rejected list`\n")
        raise typer.Exit(1)
    return found[0]
