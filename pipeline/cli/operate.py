"""Commands that operate the pipeline: run, connect, worker, board, setup, prune, doctor, backfill."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated, Any

import structlog
import typer

from pipeline.cli import setting_up
from pipeline.cli.printed import print_line
from pipeline.cli.signals import stopping
from pipeline.config import Settings

log = structlog.get_logger()

TOLD = 20
"""Bad parts of an archive that are told one by one; of more only the number."""

FeedsOption = Annotated[Path | None, typer.Option(help="OPML or TOML list of feeds; default: the setting `feeds`.")]


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(run)
    app.command()(connect)
    app.command()(worker)
    app.command()(board)
    setting_up.add_commands(app)
    app.command()(doctor)
    app.command()(backfill)


def run(
    feeds: FeedsOption = None,
    sample: Annotated[bool, typer.Option("--sample", help="Read the sample newsroom, served on this machine.")] = False,
    once: Annotated[
        bool, typer.Option("--once", help="Stop when every feed was read and every message is through.")
    ] = False,
    workers: Annotated[int, typer.Option(help="Processes that read articles; one fills one core.", min=1, max=64)] = 1,
    data: Annotated[
        Path | None, typer.Option(help="Folder of everything written; default: the setting `data`.")
    ] = None,
) -> None:
    """Run connectors, workers and board together until Ctrl-C. With the embedded profile it needs nothing else."""
    from pipeline.config import load
    from pipeline.run.session import run_session

    overrides = {"data": data} if data else {}
    with stopping() as stop:
        run_session(load(**overrides), feeds, sample=sample, once=once, workers=workers, stop=stop)


def connect(
    feeds: FeedsOption = None,
    once: Annotated[bool, typer.Option("--once", help="Read every feed once, then stop.")] = False,
) -> None:
    """Read feeds and publish their articles to Kafka, until told to stop."""
    from connectors.lists.feedlist import read_feed_list
    from connectors.run import run as run_connectors
    from pipeline.config import load
    from pipeline.run.running import with_broker

    settings = load()
    sources = read_feed_list(feeds or settings.feeds)
    settings = with_broker(settings, "publishing articles")
    with stopping() as stop:
        run_connectors(settings, sources, stop, once=once, on_progress=Progress())


class Progress:
    """Logs how reading goes: what is new to say at once, counts once in a while."""

    def __init__(self) -> None:
        self._told: tuple[int, int, int, str] = (0, 0, 0, "")
        self._problems: frozenset[Any] = frozenset()

    def __call__(self, summary: Any) -> None:
        # Only those that the summary still holds are remembered: over months it would be every page that ever failed.
        for problem in dict.fromkeys(summary.problems):
            if problem not in self._problems:
                log.warning("problem", feed=problem.url, what=problem.text)
        self._problems = frozenset(summary.problems)
        told = (summary.feeds_read, summary.feeds_failed, summary.articles, summary.note)
        if told != self._told:
            self._told = told
            log.info("reading", feeds=told[0], failed=told[1], articles=told[2], note=told[3])


def worker(
    role: Annotated[str, typer.Option(help="analyse (claims to contradictions), deliver (index, alerts).")] = "analyse",
    metrics_port: Annotated[
        int | None, typer.Option(min=0, max=65_535, help="Serve Prometheus metrics on this loopback port.")
    ] = None,
) -> None:
    """Work on the topics until told to stop; start as many as there are cores."""
    from pipeline.compose import ROLES, measuring, stages_of
    from pipeline.config import load
    from pipeline.worker import run_worker

    if role not in ROLES:
        raise typer.BadParameter(f"{role!r} is no role; choose one of {', '.join(ROLES)}")
    settings = load()
    raise typer.Exit(run_worker(settings, role, stages_of(settings, role), metrics_port, measuring(settings, role)))


def board(
    port: Annotated[
        int | None, typer.Option(min=0, max=65_535, help="Port, 0 for any; default: the setting `board.port`.")
    ] = None,
) -> None:
    """Serve the board, a local web page over the index, until told to stop."""
    from board.serve import serve
    from pipeline.config import load
    from pipeline.index.open import open_index

    settings = load()
    if port is not None:
        settings = settings.model_copy(update={"board": settings.board.model_copy(update={"port": port})})
    with stopping() as stop:
        serve(settings, open_index(settings), stop, lambda url: log.info("board", url=url), encode=_encoder(settings))


def _encoder(settings: Settings) -> Callable[[str], Sequence[float]]:
    """The encoder of search words; it is loaded beside, so that neither the first page nor the first search waits."""

    def load() -> Any:
        from pipeline.models.encoder import Encoder

        return Encoder(root=settings.models, threads=1)

    loaded = ThreadPoolExecutor(1, "encoder").submit(load)

    def encode(words: str) -> Sequence[float]:
        vector: Sequence[float] = loaded.result().encode([words])[0].tolist()
        return vector

    return encode


def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a check.")] = False) -> None:
    """Say what is missing or wrong, and how to mend it. Exit code 2 when something is."""

    from pipeline.doctor import examine

    findings = examine()
    for finding in findings:
        if as_json:
            print_line(finding)
        else:
            sys.stdout.write(f"{'ok   ' if finding.ok else 'WRONG'}  {finding.what}: {finding.detail}\n")
    raise typer.Exit(0 if all(finding.ok for finding in findings) else 2)


def backfill(
    archive: Annotated[
        Path,
        typer.Argument(help="JSON lines, WARC, saved feeds and pages, or a folder of these.", metavar="ARCHIVE"),
    ],
) -> None:
    """Publish old articles to Kafka; they keep their publication time and give the clusters that live reading gave."""
    from connectors.backfill import backfill as run_backfill
    from pipeline.config import load
    from pipeline.run.running import with_broker

    if not archive.exists():
        raise typer.BadParameter(f"{archive} is not there")
    settings = with_broker(load(), f"publishing the articles of {archive}")
    published, bad = run_backfill(settings, archive, lambda n: sys.stderr.write(f"\r{n} articles"))
    for line in bad[:TOLD]:
        sys.stderr.write(f"\n{archive}: {line.reason}")
    if len(bad) > TOLD:
        sys.stderr.write(f"\n{archive}: {len(bad) - TOLD:,} more")
    sys.stdout.write(f"\n{published} articles published, {len(bad)} parts rejected\n")
    raise typer.Exit(1 if bad else 0)
