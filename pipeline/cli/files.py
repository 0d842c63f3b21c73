"""Commands over files: replay, claims, compare. None of them needs a broker or an index."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

InFile = Annotated[Path, typer.Argument(help="JSON lines, plain or .gz; - for standard input.", metavar="IN.jsonl")]


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(replay)
    app.command()(claims)
    app.command()(compare)


def replay(
    source: InFile,
    out: Annotated[Path | None, typer.Option(help="Folder for claims.jsonl, verdicts.jsonl and so on.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as one JSON object.")] = False,
) -> None:
    """Take articles through all stages without a broker and say what came of them.

    Each line of IN.jsonl is an article: url, title, text (or html), published_at, outlet.
    """
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from pipeline import compose
    from pipeline.config import load
    from pipeline.replay import Summary
    from pipeline.replay import replay as run

    settings = load()
    lines = _articles(source)
    rules, stages = compose.rules_of(settings), compose.analysis(settings)
    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("reading")

        def show(summary: Summary) -> None:
            counts = summary.counts
            progress.update(
                task, description=f"{counts['articles']} articles, {counts['claims']} claims, {counts['pairs']} pairs"
            )

        summary = run(lines, stages, rules, out, show)
    for bad in summary.bad_lines:
        sys.stderr.write(f"{source}: {bad.reason}\n")
    figures: dict[str, Any] = {
        **{name: summary.counts[name] for name in ("articles", "claims", "pairs", "verdicts", "clusters")},
        **{name: summary.counts[name] for name in ("contradictions", "alerts", "rejected")},
        "seconds": round(summary.seconds, 2),
        "articles_per_second": round(summary.articles_per_second, 2),
        "peak_memory_mb": round(summary.peak_mb),
    }
    if as_json:
        _print_line(figures)
    else:
        width = max(map(len, figures))
        sys.stdout.write("".join(f"{name.replace('_', ' '):<{width}}  {value}\n" for name, value in figures.items()))
    raise typer.Exit(1 if summary.bad_lines else 0)


def claims(source: InFile) -> None:
    """Print only the claims of articles, as JSON lines."""
    from connectors.archive import BadLine
    from pipeline.claims.extract import ClaimExtractor

    extractor, bad = ClaimExtractor(), 0
    for line in _articles(source):
        if isinstance(line, BadLine):
            sys.stderr.write(f"{source}: {line.reason}\n")
            bad += 1
        else:
            for claim in extractor.extract(line):
                _print_line(claim)
    raise typer.Exit(1 if bad else 0)


def compare(
    source: Annotated[str, typer.Argument(help='Lines {"a": …, "b": …}, or the first claim.', metavar="IN.jsonl|A")],
    other: Annotated[str | None, typer.Argument(help="The second claim, when the first is given.", metavar="B")] = None,
) -> None:
    """Judge pairs of claims: same, suggested, contradiction, compatible or unrelated, with score, kind and reasons.

    A claim is a sentence, or an object as `crossclaim claims` prints it.
    """
    from pipeline.config import load
    from pipeline.contradictions.compare import Comparer
    from pipeline.errors import Unusable
    from pipeline.models.encoder import Encoder

    settings = load()
    encoder = Encoder(root=settings.models, threads=settings.worker_threads)
    judge = Comparer(encoder.encode)
    if other is not None:
        _print_line({"a": source, "b": other, **_judged(judge(source, other))})
        return
    bad = 0
    for number, raw in enumerate(_lines(Path(source)), start=1):
        try:
            pair = msgspec.json.decode(raw, type=dict[str, Any])
            a, b = pair["a"], pair["b"]
            verdict = judge(a, b)
        except (msgspec.DecodeError, KeyError, ValueError, TypeError, Unusable) as error:
            what = f"{error} is missing" if isinstance(error, KeyError) else str(error)
            sys.stderr.write(f'{source}: line {number}: {what}; a line is {{"a": claim, "b": claim}}\n')
            bad += 1
            continue
        _print_line({**pair, **_judged(verdict)})
    raise typer.Exit(1 if bad else 0)


def _judged(verdict: Any) -> dict[str, Any]:
    return {name: getattr(verdict, name) for name in ("verdict", "score", "kind", "reasons")}


def _articles(source: Path) -> Any:
    from connectors.archive import read_articles

    return read_articles(_file(source), datetime.now(UTC))


def _lines(source: Path) -> Iterator[bytes]:
    source = _file(source)
    opener: Any = gzip.open if source.suffix == ".gz" else open
    with opener(source, "rb") as lines:
        yield from (line for line in lines if line.strip())


def _file(source: Path) -> Path:
    if str(source) == "-":
        return Path("/dev/stdin")
    if not source.is_file():
        what = "it is a folder" if source.is_dir() else "there is no such file"
        sys.stderr.write(f"crossclaim: reading {source}: {what}\n")
        raise typer.Exit(2)
    return source


def _print_line(value: Any) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
