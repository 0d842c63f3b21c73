"""The command that prints contradictions as they come."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from pipeline.cli.printed import print_line
from pipeline.cli.signals import ending_at_once
from pipeline.index.words import parse
from schemas.verdict import Kind

if TYPE_CHECKING:
    from rich.text import Text

    from pipeline.cli.watching import Fresh, Watcher

EVERY = 5.0
"""Seconds from one look to the next."""
REST = 4.0
"""Rest for so many times as long as a look took, where that is longer: 10,000 contradictions take two seconds."""


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(watch)


def watch(
    kind: Annotated[str | None, typer.Option(help=f"Only of this kind: {', '.join(get_args(Kind))}.")] = None,
    minimum_score: Annotated[float, typer.Option(min=0.0, max=1.0, help="Only from this score on.")] = 0.0,
    words: Annotated[str, typer.Option(help='Only where all these words, or "quoted phrases", occur.')] = "",
    every: Annotated[float, typer.Option(min=0.1, max=3_600.0, help="Seconds from one look to the next.")] = EVERY,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False,
    once: Annotated[bool, typer.Option("--once", help="Print those that are open now, and end.")] = False,
    bell: Annotated[bool, typer.Option("--bell", help="Ring the terminal's bell for each.")] = False,
) -> None:
    """Print each contradiction that comes new into the index, or is resolved, until Ctrl-C.

    It need not be of today: what a backfill brings is new, too. What is there already is not printed, but by --once.
    """
    if kind is not None and kind not in get_args(Kind):
        raise typer.BadParameter(f"{kind!r} is no kind; choose one of {', '.join(get_args(Kind))}")
    if words and not parse(words):
        raise typer.BadParameter(f"--words {words!r} has neither letters nor figures")
    with ending_at_once() as stop:
        from pipeline.cli.watching import Watcher
        from pipeline.config import load
        from pipeline.index.open import open_index

        watcher = Watcher(open_index(load()), kind, minimum_score, words)
        if once:
            _print([it for it in watcher.look() if it.change == "new"][::-1], as_json, bell)
            return
        looks = _looks(watcher, every, stop)
        next(looks, None)
        sys.stderr.write(f"crossclaim: watching; {watcher.known:,} contradictions are there already; Ctrl-C ends\n")
        for fresh in looks:
            _print(fresh, as_json, bell)


def _looks(watcher: Watcher, every: float, stop: threading.Event) -> Iterator[list[Fresh]]:
    """Yield what each look found, the earliest first; of the first, which is whole, nothing.

    Says once when the index is away, and when it answers again.
    """
    from pipeline.errors import Retryable

    away = begun = False
    found: list[Fresh] = []
    while not stop.is_set():
        began, rest = time.monotonic(), every
        try:
            for fresh in watcher.look():
                if begun:
                    found.append(fresh)  # one by one: what was found before the index went away is told
        except Retryable as error:
            if not away:
                sys.stderr.write(f"crossclaim: {error}; trying on\n")
            away = True
        else:
            if away:
                sys.stderr.write("crossclaim: the index answers again\n")
            away, begun = False, True
            rest = max(every, REST * (time.monotonic() - began))
        if begun:
            yield found[::-1]
            found = []
        stop.wait(rest)


def _print(fresh: list[Fresh], as_json: bool, bell: bool) -> None:
    from pipeline.cli.styled import print_lines

    try:
        for it in fresh:
            if as_json:
                print_line({"change": it.change, **it.body})
            else:
                print_lines(_lines(it))
            sys.stdout.flush()
            if bell:
                sys.stderr.write("\a")
                sys.stderr.flush()
    except BrokenPipeError:  # whoever read has enough, `head` for one; what is left goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None


def _lines(fresh: Fresh) -> Iterator[Text]:
    from rich.text import Text

    from pipeline.alerts.wording import contradiction_text
    from pipeline.cli.styled import short

    it = fresh.contradiction
    told = contradiction_text(it, "resolved" if fresh.change == "resolved" else "new")
    again = "OPEN AGAIN, " if fresh.change == "open again" else ""
    for number, line in enumerate(told.splitlines()):
        if number == 0:
            yield Text.assemble(f"{short(it.contradiction_id)}  ", (f"{again}{line}", "bold"))
        else:
            yield Text(line, no_wrap=line.startswith("    "))
    yield Text()
