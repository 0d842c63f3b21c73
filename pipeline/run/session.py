"""One run as a person sees it: progress, alerts as they come, the summary, the board's address, an orderly end."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from rich.console import Console
from rich.live import Live
from rich.text import Text

from pipeline.config import Settings, data_folder
from pipeline.errors import Retryable, SetupError
from pipeline.index.open import open_index
from pipeline.run.progress import look
from pipeline.run.summary import failing, show, show_counts
from pipeline.run.supervise import Parts, parts_running
from pipeline.run.troubles import Troubles

LOOK_SECONDS = 1.0
LINE_SECONDS = 2.0
"""Where there is no terminal to rewrite a line on, one is printed at most this often."""

SAMPLE_POLLING_SECONDS = 2.0
"""The sample newsroom is read this often, so that its correction shows soon."""


def run_session(
    settings: Settings, feeds: Path | None, *, sample: bool, once: bool, workers: int, stop: threading.Event
) -> None:
    """Run until `stop`, or with `once` until everything is read and through."""
    console = Console()
    if sample:
        _run_sample(settings, console, once=once, workers=workers, stop=stop)
        return
    feeds = feeds or settings.feeds
    count, began = _count_feeds(feeds), datetime.now(UTC)
    with _running(settings, feeds, console, workers, stop, {}, once) as parts:
        troubles = _troubles(parts, began, console)
        if _wait(parts, count, began, console, troubles, stop):
            index = open_index(parts.settings)
            show(console, index, None if once else parts.board_url)
            if once and len(failing(index)) >= count:
                raise SetupError("reading feeds: not one of them could be read; the reasons stand above")
        if not once:
            _stay(parts, console, troubles, stop)


def _run_sample(settings: Settings, console: Console, *, once: bool, workers: int, stop: threading.Event) -> None:
    from newsroom.server import Newsroom

    feeds = data_folder(settings) / "newsroom.opml"
    newsroom = Newsroom()
    newsroom.start()
    try:
        feeds.write_text(newsroom.opml(), encoding="utf-8")
        seconds = str(SAMPLE_POLLING_SECONDS)
        environment = {
            **{f"CROSSCLAIM_POLLING__{which}INTERVAL_SECONDS": seconds for which in ("", "MIN_", "MAX_")},
            "CROSSCLAIM_POLLING__HOST_SPACING_SECONDS": "0",
            "CROSSCLAIM_POLLING__ALLOW_PRIVATE": '["127.0.0.0/8"]',
        }
        count, began = _count_feeds(feeds), datetime.now(UTC)
        with _running(settings, feeds, console, workers, stop, environment, once=False) as parts:
            troubles = _troubles(parts, began, console)
            index = open_index(parts.settings)
            if _wait(parts, count, began, console, troubles, stop):
                show(console, index, None if once else parts.board_url)
                console.print("Every article is read; the newsroom now publishes a correction.", style="dim")
                newsroom.advance(2)
                if _wait(parts, count, datetime.now(UTC), console, troubles, stop):
                    show_counts(console, index, "after the correction")
            if not once:
                _stay(parts, console, troubles, stop)
    finally:
        newsroom.stop()


@contextmanager
def _running(
    settings: Settings,
    feeds: Path,
    console: Console,
    workers: int,
    stop: threading.Event,
    environment: dict[str, str],
    once: bool,
) -> Iterator[Parts]:
    began = monotonic()
    with parts_running(
        settings,
        feeds,
        workers=workers,
        stop=stop,
        say=lambda line: console.print(line, style="dim"),
        on_line=lambda line: console.print(Text(line), soft_wrap=True),
        environment=environment,
        once=once,
    ) as parts:
        console.print(f"started after {monotonic() - began:.1f} s; logs in {parts.settings.data / 'logs'}", style="dim")
        yield parts
        console.print("stopping", style="dim")


def _wait(
    parts: Parts, feeds: int, since: datetime, console: Console, troubles: Troubles, stop: threading.Event
) -> bool:
    """Show progress until everything is settled; False when told to stop before."""
    index = open_index(parts.settings)
    with Live(Text("starting"), console=console, transient=True, refresh_per_second=4) as live:
        last: Mapping[str, int] = {}
        next_line = 0.0
        while not stop.is_set():
            parts.children.watch()
            troubles.look()
            try:
                progress = look(parts.settings, index, since)
            except Retryable as error:
                live.update(Text(f"waiting: {error}"))
                if not console.is_terminal and monotonic() > next_line:
                    console.print(f"waiting: {error}", soft_wrap=True)
                    next_line = monotonic() + LINE_SECONDS
            else:
                line = progress.line(feeds)
                live.update(Text(line))
                if not console.is_terminal and progress.counts != last and monotonic() > next_line:
                    console.print(line, soft_wrap=True)
                    last, next_line = progress.counts, monotonic() + LINE_SECONDS
                if progress.settled(feeds):
                    return True
            stop.wait(LOOK_SECONDS)
    return False


def _stay(parts: Parts, console: Console, troubles: Troubles, stop: threading.Event) -> None:
    if not stop.is_set():
        console.print("Reading on; Ctrl-C ends it.", style="dim")
    while not stop.wait(LOOK_SECONDS):
        parts.children.watch()
        troubles.look()


def _troubles(parts: Parts, since: datetime, console: Console) -> Troubles:
    say = lambda line: console.print(Text(line, style="yellow"), soft_wrap=True)  # noqa: E731
    return Troubles(open_index(parts.settings), since, say)


def _count_feeds(feeds: Path) -> int:
    from connectors.lists.feedlist import read_feed_list

    count = len(read_feed_list(feeds))
    if not count:
        raise SetupError(f"reading feeds: {feeds} lists none")
    return count
