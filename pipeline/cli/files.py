"""Commands over files: replay, claims, compare. None of them needs a broker or an index."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import msgspec
import typer

from connectors.archive import BadLine
from connectors.archive.opened import lines_of
from pipeline.cli.hopeless import Hopeless, until_hopeless
from pipeline.cli.printed import print_line
from pipeline.errors import SetupError, Unusable
from schemas.article import Article
from schemas.verdict import Layer

if TYPE_CHECKING:
    from pipeline.config import Settings
    from pipeline.stage import Stage

Judge = Callable[[Any, Any], Any]

ARTICLE = 'an article: {"url": …, "title": …, "text": …, "published_at": …, "outlet": …}'
PAIR = '{"a": claim, "b": claim}'

FEW = 40
"""Articles that are read by this process: to start others would take longer."""

MAX_LINE_BYTES = 10_000_000
"""Longest line of pairs that is read; what has no line breaks at all must not fill the memory."""

InFile = Annotated[
    Path,
    typer.Argument(
        help="JSON lines, WARC, saved feeds and pages, plain or .gz, or a folder of these; - for standard input.",
        metavar="IN.jsonl",
    ),
]


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(replay)
    app.command()(claims)
    app.command()(compare)


def replay(
    source: InFile,
    out: Annotated[Path | None, typer.Option(help="Folder for claims.jsonl, verdicts.jsonl and so on.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as one JSON object.")] = False,
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, help="Processes that read articles; default: one a core.")
    ] = None,
) -> None:
    """Take articles through all stages without a broker and say what came of them.

    Each line of JSON is an article: url, title, text (or html), published_at, outlet.
    """
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from pipeline import compose
    from pipeline.config import load
    from pipeline.replay import Summary
    from pipeline.replay import replay as run

    settings = load()
    lines = _articles(source)
    rules = compose.rules_of(settings)
    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with (
        _reading(settings, lines, workers or cores()) as (coming, stages),
        Progress(*columns, console=Console(stderr=True)) as progress,
    ):
        task = progress.add_task("reading")

        def show(summary: Summary) -> None:
            counts = summary.counts
            progress.update(
                task, description=f"{counts['articles']} articles, {counts['claims']} claims, {counts['pairs']} pairs"
            )

        summary = run(coming, stages, rules, out, show)
    for bad in summary.bad_lines:
        _tell(source, bad)
    _tell_empty(source, summary.counts["articles"] + len(summary.bad_lines))
    figures: dict[str, Any] = {
        **{name: summary.counts[name] for name in ("articles", "claims", "pairs", "verdicts", "clusters")},
        **{name: summary.counts[name] for name in ("contradictions", "alerts", "rejected")},
        **{f"pairs_decided_by_{layer}": summary.counts[f"by {layer}"] for layer in get_args(Layer)},
        "seconds": round(summary.seconds, 2),
        "articles_per_second": round(summary.articles_per_second, 2),
        "peak_memory_mb": round(summary.peak_mb),
    }
    if as_json:
        print_line(figures)
    else:
        width = max(map(len, figures))
        sys.stdout.write("".join(f"{name.replace('_', ' '):<{width}}  {value}\n" for name, value in figures.items()))
    raise typer.Exit(1 if summary.bad_lines else 0)


@contextmanager
def _reading(
    settings: Settings, lines: Iterator[Article | BadLine], processes: int
) -> Iterator[tuple[Iterator[Article | BadLine], list[Stage]]]:
    """Lend the articles and the stages that take them; of many articles the claims are read by processes beside."""
    from pipeline import compose
    from pipeline.claims.ahead import ReadingAhead

    first = list(islice(lines, FEW + 1))
    every = chain(first, lines)
    if processes == 1 or len(first) <= FEW:
        yield every, compose.analysis(settings)
        return
    with ReadingAhead(processes, compose.claims_of_articles, settings.models) as beside:
        yield beside.articles(every), compose.analysis(settings, read_claims=beside.read)


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def claims(source: InFile) -> None:
    """Print only the claims of articles, as JSON lines."""
    from pipeline.claims.extract import ClaimExtractor

    extractor, bad, read = ClaimExtractor(), 0, 0
    for line in _articles(source):
        read += 1
        if isinstance(line, BadLine):
            _tell(source, line)
            bad += 1
        else:
            for claim in extractor.extract(line):
                print_line(claim)
    _tell_empty(source, read)
    raise typer.Exit(1 if bad else 0)


def compare(
    source: Annotated[str, typer.Argument(help='Lines {"a": …, "b": …}, or the first claim.', metavar="IN.jsonl|A")],
    other: Annotated[str | None, typer.Argument(help="The second claim, when the first is given.", metavar="B")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Of two given claims: what each layer saw.")] = False,
) -> None:
    """Judge pairs of claims: same, suggested, contradiction, compatible or unrelated, with score, kind and reasons.

    A claim is a sentence, or an object as `crossclaim claims` prints it. --explain tells it in words, not as JSON.
    """
    from pipeline.config import load
    from pipeline.contradictions.compare import Comparer
    from pipeline.models.cross_encoder import CrossEncoder
    from pipeline.models.encoder import Encoder
    from pipeline.models.verdict_files import find_verdict_model

    if explain and other is None:
        raise typer.BadParameter("--explain is for two claims given as words: compare A B --explain")
    settings = load()
    encoder = Encoder(root=settings.models, threads=settings.worker_threads)
    reader = CrossEncoder(find_verdict_model(settings.verdicts.model, settings.models), threads=settings.worker_threads)
    judge = Comparer(encoder.encode, reader)
    if other is not None and explain:
        _explain(source, other, encoder.encode, reader)
        return
    if other is not None:
        print_line({"a": source, "b": other, **_judged(_only(judge, source, other))})
        return
    file, bad, read = Path(source), 0, 0
    if source != "-" and not file.exists():
        raise SetupError(f"reading {source}: there is no such file; give a file of pairs, or two claims")
    for line in until_hopeless(_pairs(file, judge), PAIR):
        read += 1
        if isinstance(line, BadLine):
            _tell(file, line)
            bad += 1
        else:
            print_line(line)
    _tell_empty(file, read)
    raise typer.Exit(1 if bad else 0)


def _explain(a: str, b: str, encode: Any, read: Any) -> None:
    from pipeline.cli.explained_told import tell_layers, tell_verdict
    from pipeline.contradictions.compare import pair_of
    from pipeline.contradictions.explained import explained

    found = _only(lambda a, b: explained(pair_of(a, b, encode), read, thorough=True), a, b)
    tell_verdict(found)
    tell_layers(found)


def _only(judge: Judge, a: str, b: str) -> Any:
    """What is judged of two claims of the command line; one that cannot be compared is wrong input."""
    try:
        return judge(a, b)
    except Unusable as error:
        sys.stderr.write(f"crossclaim: {error}\n")
        raise typer.Exit(1) from None


def _pairs(source: Path, judge: Judge) -> Iterator[dict[str, Any] | BadLine]:
    for number, raw in _lines(source):
        if isinstance(raw, BadLine):
            yield raw
            continue
        try:
            pair = msgspec.json.decode(raw, type=dict[str, Any])
            verdict = judge(pair["a"], pair["b"])
        except (msgspec.DecodeError, KeyError, ValueError, TypeError, Unusable) as error:
            what = f"{error} is missing" if isinstance(error, KeyError) else str(error)
            yield BadLine(number, raw, f"line {number}: {what}; a line is {PAIR}")
        else:
            yield {**pair, **_judged(verdict)}


def _judged(verdict: Any) -> dict[str, Any]:
    return {name: getattr(verdict, name) for name in ("verdict", "score", "kind", "reasons")}


def _articles(source: Path) -> Iterator[Article | BadLine]:
    from connectors.archive.read import holds_lines, read_articles

    file = _existing(source)
    found = read_articles(file, datetime.now(UTC))
    # Of other archives each part may be bad for reasons of its own.
    return until_hopeless(found, ARTICLE) if not file.is_dir() and holds_lines(file) else found


def _lines(source: Path) -> Iterator[tuple[int, bytes | BadLine]]:
    """Yield the lines that hold something, with their numbers; a line that is too long comes as a BadLine."""
    file = _existing(source)
    if file.is_dir():
        raise SetupError(f"reading {source}: it is a folder; give a file of pairs")
    return lines_of(file, MAX_LINE_BYTES)


def _tell(source: Path, bad: BadLine) -> None:
    where = _stopped(source, bad.last) if isinstance(bad, Hopeless) and bad.stopped else ""
    sys.stderr.write(f"{_named(source)}: {bad.reason}{where}\n")


def _tell_empty(source: Path, lines: int) -> None:
    if not lines:
        sys.stderr.write(f"{_named(source)}: it is empty; there is nothing to read\n")


def _stopped(source: Path, last: int) -> str:
    """Say how far a file was read: by line, and by byte where that can be told."""
    how_far = f"; reading stopped after line {last}"
    if source.is_file() and source.suffix != ".gz":
        with source.open("rb") as lines:
            done = sum(len(line) for line in islice(lines, last))
        how_far += f", byte {done:,} of {source.stat().st_size:,}"
    return f"{how_far}; is it the right file?"


def _named(source: Path) -> str:
    return "standard input" if str(source) == "-" else str(source)


def _existing(source: Path) -> Path:
    """Return where to read: a file, a folder or a pipe."""
    if str(source) == "-":
        return Path("/dev/stdin")
    if not source.exists():
        raise SetupError(f"reading {source}: there is no such file; correct the path")
    return source
