"""Commands over the person's own list of feeds: look at it, change it, ask how its feeds are."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.cli import feeds_web
from pipeline.cli.feeds_web import AsJson, ListOption
from pipeline.cli.printed import print_line
from pipeline.errors import SetupError

FEW = 5
"""Feeds that are told one by one; of more only the number."""


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    feeds = typer.Typer(no_args_is_help=True, help="Your list of feeds: look at it, change it, see how its feeds are.")
    feeds.command()(feeds_web.add)
    feeds.command()(feeds_web.discover)
    feeds.command()(feeds_web.check)
    feeds.command("list")(list_feeds)
    feeds.command("import")(import_feeds)
    feeds.command("export")(export_feeds)
    feeds.command("remove")(remove_feeds)
    feeds.command("health")(health)
    app.add_typer(feeds, name="feeds")


def list_feeds(feeds: ListOption = None, as_json: AsJson = False) -> None:
    """Print the feeds of the list, by folder."""
    from connectors.lists.feedlisted import once

    path, listed = _read(feeds)
    if as_json:
        for feed in once(listed.feeds):
            print_line(feed)
        return
    here: tuple[str, ...] = ()
    for feed in once(listed.feeds):
        if feed.folders != here:
            here = feed.folders
            sys.stdout.write(f"{' / '.join(here) or 'in no folder'}\n")
        kind = "" if feed.kind == "feed" else f"  ({feed.kind})"
        sys.stdout.write(f"{'  ' if here else ''}{feed.title or feed.url}  {feed.url}{kind}\n")
    sys.stderr.write(f"{len(once(listed.feeds))} feeds in {path}\n")


def import_feeds(
    file: Annotated[Path, typer.Argument(help="OPML, TOML, or one address a line.", metavar="FILE")],
    feeds: ListOption = None,
) -> None:
    """Put the feeds of another list into yours, with their folders; those that it has already stay as they are."""
    from connectors.lists.feedlist import parse, read_bytes
    from connectors.lists.feedlist_file import add

    given = parse(read_bytes(file), file)
    path = _path(feeds)
    merged = add(path, given.feeds)
    known = [f"{feed.url}{'' if feed.url == it.url else f' as {it.url}'}" for feed, it in merged.known]
    for words, told in (("listed already", known), ("left out", given.problems)):
        sys.stderr.write("".join(f"{words}: {line}\n" for line in told[:FEW]))
        if len(told) > FEW:
            sys.stderr.write(f"{words}: {len(told) - FEW} more\n")
    figures = f"{len(merged.added)} added to {path}, {len(merged.known)} listed already, {len(given.problems)} left out"
    sys.stdout.write(f"{figures}\n")
    raise typer.Exit(1 if given.problems else 0)


def export_feeds(
    file: Annotated[Path, typer.Argument(help="What to write: OPML (.opml) or TOML (.toml).", metavar="FILE")],
    feeds: ListOption = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file when it exists.")] = False,
) -> None:
    """Write the list to a file that other readers take in."""
    from connectors.lists.feedlist_file import export

    _, listed = _read(feeds)
    sys.stdout.write(f"{export(listed, file, overwrite=force)} feeds written to {file}\n")


def remove_feeds(
    addresses: Annotated[list[str], typer.Argument(help="Addresses of feeds.", metavar="URL…")],
    feeds: ListOption = None,
) -> None:
    """Take feeds out of the list. What was read of them stays."""
    from connectors.lists.feedlist_file import remove
    from connectors.lists.feedlisted import same_address

    path = _path(feeds)
    gone = remove(path, addresses)
    for feed in gone:
        sys.stdout.write(f"removed: {feed.title or feed.url}  {feed.url}\n")
    there = {same_address(feed.url) for feed in gone}
    missed = [address for address in addresses if same_address(address) not in there]
    for address in missed:
        sys.stderr.write(f"crossclaim: {address} is not in {path}{_nearest(address, path)}\n")
    raise typer.Exit(1 if missed else 0)


def health(
    feeds: ListOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Also those that read well.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say how the feeds are, from what the index holds of them: silent and failing ones first.

    Only the feeds of the list, when any of them was read; exit code 1 when one is in trouble.
    """
    from pipeline.cli.feeds_told import told_health
    from pipeline.config import load
    from pipeline.feed_health import TROUBLED, on_list, standings
    from pipeline.index.open import open_index

    now = datetime.now(UTC)
    found = standings(open_index(load()), now)
    listed = on_list(found, _sources(feeds), now)
    if feeds is not None or listed.count("new") < len(listed.feeds):
        found = listed
    shown = [it for it in found.feeds if everything or as_json or it.state in TROUBLED]
    for line in told_health(found, shown, now, as_json=as_json):
        sys.stdout.write(line)
    raise typer.Exit(1 if found.count(*TROUBLED) else 0)


def _sources(feeds: Path | None) -> Iterable[Any]:
    """The feeds of the list; none where it cannot be read and nobody named it."""
    from connectors.lists.feedlist import read_feed_list

    try:
        return read_feed_list(_path(feeds))
    except SetupError:
        if feeds is not None:
            raise
        return ()


def _path(feeds: Path | None) -> Path:
    from pipeline.config import load

    return feeds or load().feeds


def _read(feeds: Path | None) -> tuple[Path, Any]:
    """The list; one with a mistake in it is wrong set-up."""
    from connectors.lists.feedlist import parse, read_bytes

    path = _path(feeds)
    listed = parse(read_bytes(path), path)
    if listed.problems:
        more = f"; and {len(listed.problems) - FEW} more" if len(listed.problems) > FEW else ""
        raise SetupError("; ".join(listed.problems[:FEW]) + more)
    return path, listed


def _nearest(address: str, path: Path) -> str:
    from pipeline.plainly import nearest

    return nearest(address, [feed.url for feed in _read(path)[1].feeds])
