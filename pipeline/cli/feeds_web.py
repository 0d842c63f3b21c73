"""Commands over the list of feeds that ask the web: check, add, discover."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Coroutine, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from pipeline.cli.printed import print_line

R = TypeVar("R")

ListOption = Annotated[
    Path | None, typer.Option("--feeds", help="The list, OPML, TOML or one address a line; default: setting `feeds`.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON lines.")]
STOPPED = 130


def check(
    addresses: Annotated[list[str] | None, typer.Argument(help="Only these.", metavar="[URL…]")] = None,
    feeds: ListOption = None,
    as_json: AsJson = False,
) -> None:
    """Read every feed of the list once and say which cannot be read, and why. Exit code 1 when there are such."""
    sources = _sources(feeds, addresses or [])
    seen, stopped = _look_at_all(sources)
    now = datetime.now(UTC)
    for source in sources:
        if source.url in seen:
            _print(seen[source.url], now, as_json)
    good = sum(1 for it in seen.values() if it.readable)
    sys.stderr.write(f"{good} of {len(seen)} can be read{f'; stopped before {len(sources)} were asked' * stopped}\n")
    raise typer.Exit(STOPPED if stopped else int(good < len(seen)))


def add(
    url: Annotated[str, typer.Argument(help="A feed, or a web page that names one.", metavar="URL")],
    feeds: ListOption = None,
    title: Annotated[str, typer.Option(help="Its name; default: what the feed says.")] = "",
    outlet: Annotated[str, typer.Option(help="Who publishes it; default: found out by its address.")] = "",
    folder: Annotated[list[str] | None, typer.Option(help="The folder it goes to; repeat it for one within.")] = None,
    kind: Annotated[str, typer.Option(help="feed, sitemap, topic, or package.module:function.")] = "feed",
    unread: Annotated[bool, typer.Option("--unread", help="Add the address as it is, without asking it.")] = False,
) -> None:
    """Add a feed to the list. It is read first; of a web page it takes the feed, or sitemap, of its site."""
    from connectors.lists.feedlist_file import add as add_to_list
    from connectors.lists.feedlisted import Listed, checked

    path = _path(feeds)
    wanted = Listed(url, title, outlet, kind, tuple(folder or ()))
    try:
        wanted = checked(wanted)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    if known := _known(path, wanted.url):
        sys.stdout.write(f"listed already: {known.title or known.url}  {known.url}\n")
        return
    merged = add_to_list(path, [wanted if unread else _found(wanted)])
    for feed in merged.added:
        sys.stdout.write(f"added to {path}: {feed.title or feed.url}  {feed.url}\n")
    for _, there in merged.known:
        sys.stdout.write(f"listed already: {there.title or there.url}  {there.url}\n")


def discover(
    url: Annotated[str, typer.Argument(help="A web page, or a feed.", metavar="URL")], as_json: AsJson = False
) -> None:
    """Print what a site has to be read: the feeds that its page names, else feeds and sitemaps in the usual places.

    Exit code 1 when there is nothing.
    """
    from connectors.lists.feedlisted import Listed, checked

    try:
        source = checked(Listed(url)).source
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    found = _find(source)
    now = datetime.now(UTC)
    for it in found.readable or (found.first,):
        _print(it, now, as_json)
    raise typer.Exit(0 if found.readable else 1)


def _found(wanted: Any) -> Any:
    """Return the feed at an address, or one that its site has; ends the command when there is none."""
    from pipeline.cli.feeds_told import told_seen

    found = _find(wanted.source)
    if not found.readable:
        sys.stderr.write(f"crossclaim: not added: {found.first.why}; --unread adds the address all the same\n")
        raise typer.Exit(1)
    seen = _chosen(wanted.url, found.readable)
    sys.stdout.write(f"found: {told_seen(seen, datetime.now(UTC))}")
    return replace(wanted, url=seen.moved_to or seen.url, title=wanted.title or seen.title, kind=seen.kind)


def _chosen(address: str, readable: Sequence[Any]) -> Any:
    """What of a site is meant: the first, unless there is more and somebody is there to be asked."""
    if len(readable) == 1:
        return readable[0]
    sys.stderr.write(f"{address} names {len(readable)} feeds:\n")
    for number, it in enumerate(readable, 1):
        sys.stderr.write(f"  {number}  {it.title or 'without a name'}  {it.url}\n")
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        sys.stderr.write("the first is taken; add another by its own address\n")
        return readable[0]
    number = 0
    while not 1 <= number <= len(readable):
        number = typer.prompt(f"which one, 1 to {len(readable)}", default=1, type=int, err=True)
    return readable[number - 1]


def _find(source: Any) -> Any:
    from connectors.lists.finding import find
    from connectors.lists.looking import looking
    from pipeline.config import load

    async def one() -> Any:
        async with looking(load()) as tools:
            return await find(source, tools, datetime.now(UTC))

    return _run(one())


def _look_at_all(sources: Sequence[Any]) -> tuple[dict[str, Any], bool]:
    """Return what stands at each address, and whether Ctrl-C or SIGTERM ended it before all was done."""
    from rich.console import Console
    from rich.progress import Progress

    from connectors.lists.looking import Seen, look_at_all, looking
    from pipeline.config import load

    seen: dict[str, Seen] = {}
    settings = load()

    async def every(advance: Any) -> None:
        def on_seen(it: Seen) -> None:
            seen[it.url] = it
            advance()

        async with looking(settings) as tools:
            await look_at_all(sources, tools, datetime.now(UTC), on_seen)

    console = Console(stderr=True)
    with Progress(console=console, transient=True, redirect_stdout=False, disable=not console.is_terminal) as progress:
        task = progress.add_task("reading feeds", total=len(sources))
        try:
            _run(every(lambda: progress.advance(task)))
        except KeyboardInterrupt:
            return seen, True
    return seen, False


def _run(work: Coroutine[Any, Any, R]) -> R:
    """Run to the end. SIGTERM ends it as Ctrl-C does, by KeyboardInterrupt: else parsers just starting were left."""

    async def until_told() -> R:
        task = asyncio.current_task()
        assert task
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        return await work

    try:
        return asyncio.run(until_told())
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None


def _print(it: Any, now: datetime, as_json: bool) -> None:
    from pipeline.cli.feeds_told import told_seen

    if as_json:
        print_line(it)
    else:
        sys.stdout.write(told_seen(it, now))


def _sources(feeds: Path | None, addresses: Sequence[str]) -> list[Any]:
    """The feeds of the list, or those of them that are named; an address that is not listed is looked at as a feed."""
    from connectors.lists.feedlist import read_feed_list
    from connectors.lists.feedlisted import Listed, checked, same_address

    listed = {same_address(source.url): source for source in read_feed_list(_path(feeds))}
    if not addresses:
        return list(listed.values())
    try:
        return [listed.get(same_address(url)) or checked(Listed(url)).source for url in addresses]
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def _known(path: Path, url: str) -> Any:
    """The feed of a list that is at this address, None when there is none."""
    from connectors.lists.feedlist import parse, read_bytes
    from connectors.lists.feedlisted import same_address

    listed = parse(read_bytes(path), path).feeds if path.exists() else ()
    return next((feed for feed in listed if same_address(feed.url) == same_address(url)), None)


def _path(feeds: Path | None) -> Path:
    from pipeline.config import load

    return feeds or load().feeds
