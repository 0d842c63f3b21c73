"""Commands that prepare and clear the stores: setup, prune."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from pipeline.setup import Tell

EVERY_SECONDS = 10.0
"""Between two lines of progress where there is no terminal."""


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(setup)
    app.command()(prune)


def setup(
    upgrade: Annotated[
        bool,
        typer.Option("--upgrade", help="Make Elasticsearch indices of an older version anew, in use all the while."),
    ] = False,
    anew: Annotated[
        list[str] | None,
        typer.Option(metavar="COLLECTION", help="Make this collection's index anew in any case; may be repeated."),
    ] = None,
    drop_old: Annotated[
        bool, typer.Option("--drop-old", help="Remove the indices that upgrades have replaced.")
    ] = False,
    roles: Annotated[
        bool,
        typer.Option("--roles", help="Make the roles crossclaim_setup, _worker and _reader; needs a user who may."),
    ] = False,
    api_key: Annotated[
        str | None,
        typer.Option(metavar="ROLE", help="Only print a new API key with the rights of setup, worker or reader."),
    ] = None,
) -> None:
    """Create topics, templates and indices where they are missing, bring dashboards into Kibana; safe to repeat."""
    from pipeline.config import load
    from pipeline.kibana import set_up_kibana
    from pipeline.run.running import with_broker
    from pipeline.setup import Wishes, set_up

    if api_key is not None:
        _print_key(api_key)
        return
    wishes = Wishes(upgrade, tuple(anew or ()), drop_old, roles)
    settings = load()
    with progress() as tell:
        done = set_up(with_broker(settings, "setting up"), wishes, tell)
    for line in [*done, *set_up_kibana(settings)] or ["everything was there already"]:
        sys.stdout.write(line + "\n")


def prune() -> None:
    """Remove from Elasticsearch what is older than elasticsearch.keep_days and metrics_keep_days; for a daily job."""
    from pipeline.config import load
    from pipeline.setup import prune as prune_now

    with progress() as tell:
        done = prune_now(load(), tell)
    for line in done or ["nothing was old enough"]:
        sys.stdout.write(line + "\n")


@contextmanager
def progress() -> Iterator[Tell]:
    """Yield what is to be told of long work: bars on a terminal, else a line now and then, on standard error."""
    if not sys.stderr.isatty():
        yield Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, int] = {}

        def tell(doing: str, done: int, total: int) -> None:
            task = tasks.setdefault(doing, len(tasks))
            if task == len(bars.tasks):
                bars.add_task(doing, total=total)
            bars.update(bars.tasks[task].id, completed=done, total=total)

        yield tell


class Lines:
    """Progress as lines: the first and the last of each step, and one every EVERY_SECONDS between."""

    def __init__(self) -> None:
        self._doing = ""
        self._last = -EVERY_SECONDS

    def __call__(self, doing: str, done: int, total: int) -> None:
        """Write a line if it is time for one."""
        now = time.monotonic()
        if doing != self._doing or now - self._last >= EVERY_SECONDS:
            self._doing, self._last = doing, now
            sys.stderr.write(f"{doing}: {done:,} of {total:,} documents\n")
            sys.stderr.flush()


def _print_key(role: str) -> None:
    from pipeline.config import load
    from pipeline.index.elastic.setup.roles import ROLES
    from pipeline.setup import make_key

    for name in ROLES:
        if name == role:
            sys.stdout.write(make_key(load(), name) + "\n")
            return
    raise typer.BadParameter(f"{role!r} is no role; choose one of {', '.join(ROLES)}")
