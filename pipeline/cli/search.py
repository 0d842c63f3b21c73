"""The command that finds contradictions, clusters and claims by words and meaning."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from pipeline.cli.printed import print_line
from pipeline.config import Settings, load
from pipeline.ports import Collection, Hit, Query
from schemas.claim import SourceKind, Stance
from schemas.verdict import Kind

if TYPE_CHECKING:
    from rich.text import Text

FOUND: tuple[Collection, ...] = ("contradictions", "clusters", "claims")
"""What is looked for, in the order in which it is printed."""


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(search)


def search(
    words: Annotated[str, typer.Argument(help='Words, or "quoted phrases".')],
    outlet: Annotated[str | None, typer.Option(help="Only this outlet.")] = None,
    source: Annotated[str | None, typer.Option(help="Only what this speaker says.")] = None,
    since: Annotated[str | None, typer.Option(help="Only from this day on: 2019-06-03.")] = None,
    until: Annotated[str | None, typer.Option(help="Only up to this day, itself included.")] = None,
    stance: Annotated[str | None, typer.Option(help="asserts, denies, questions or reports.")] = None,
    kind: Annotated[
        str | None,
        typer.Option(help="Kind of source (person, organisation, unnamed …) or of contradiction (denial, quantity …)."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most results of each sort.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False,
) -> None:
    """Find contradictions, clusters and claims by words; claims also by meaning. `crossclaim show ID` tells more."""
    query = Query(
        "claims",
        words=words,
        outlet=outlet,
        source=source,
        since=_day(since),
        until=_day(until, over=True),
        stance=_one_of(stance, "stance", get_args(Stance)),
        kind=_one_of(kind, "kind", (*get_args(SourceKind), *get_args(Kind))),
        limit=limit,
    )
    if query.since and query.until and query.since >= query.until:
        raise typer.BadParameter(f"--until {until} lies before --since {since}")
    from pipeline.cli.styled import print_lines
    from pipeline.index.open import open_index
    from pipeline.index.search import find
    from pipeline.models.encoder import Encoder

    settings = load()
    vector = Encoder(root=settings.models, threads=1).encode([words])[0].tolist()
    found = find(open_index(settings), replace(query, vector=vector), FOUND)
    if not any(results.total for results in found.values()):
        tell_if_empty(settings)
    for name, results in found.items():
        if as_json:
            for hit in results.hits:
                # A contradiction's own score takes the place of that of the search.
                print_line({"collection": name, "relevance": hit.score, "score": hit.score, **hit.body})
        else:
            print_lines(_told(name, results.hits, results.total))


def tell_if_empty(settings: Settings) -> None:
    """Say where nothing was found, on standard error, when nothing is there at all."""
    from pipeline.index.open import open_index

    if not open_index(settings).search(Query("claims", limit=0)).total:
        where = settings.data.resolve() if settings.profile == "embedded" else settings.elasticsearch.url
        sys.stderr.write(f"crossclaim: the index in {where} holds no claims yet; is it the one that you mean?\n")


def _told(name: Collection, hits: Sequence[Hit], total: int) -> Iterator[Text]:
    """Yield what is printed of one sort of result."""
    from rich.text import Text

    yield Text(f"{name}: {total}", style="bold underline")
    for hit in hits:
        match name:
            case "contradictions":
                yield from _contradiction(hit)
            case "clusters":
                yield from _cluster(hit)
            case _:
                yield from _claim(hit)


def _contradiction(hit: Hit) -> Iterator[Text]:
    from rich.text import Text

    from pipeline.cli.styled import bold, found_words, short, when, who

    body, words = hit.body, found_words(hit.highlights)
    kinds = ", ".join(body["kinds"])
    yield Text(f"  {short(hit.id)}  {kinds}, score {body['score']:.2f}, {when(body['first_seen'])}")
    for side in (body["a"], body["b"]):
        yield Text.assemble(f"    {who(side['source'], side['outlet'])}: “", bold(side["quote"], words), "”")


def _cluster(hit: Hit) -> Iterator[Text]:
    from rich.text import Text

    from pipeline.cli.styled import bold, found_words, short

    body = hit.body
    outlets = body["outlets"] if isinstance(body["outlets"], list) else [body["outlets"]]
    yield Text.assemble(f"  {short(hit.id)}  ", bold(body["headline"], found_words(hit.highlights)))
    yield Text.assemble(f"    {len(body['claims'])} claims in ", bold(", ".join(outlets)))


def _claim(hit: Hit) -> Iterator[Text]:
    from rich.text import Text

    from pipeline.cli.styled import bold, found_words, short, when

    body, words = hit.body, found_words(hit.highlights)
    said = Text.assemble(bold(body["source"], words), f" {body['stance']}: ", bold(body["text"], words))
    yield Text.assemble(f"  {short(hit.id)}  ", said)
    where = Text.assemble("    ", bold(body["outlet"]), f", {when(body['published_at'])}  ", bold(body["url"]))
    where.stylize("dim")
    where.no_wrap = True
    yield where


def _day(given: str | None, *, over: bool = False) -> datetime | None:
    """Return a moment; of a day its beginning, or when it is over."""
    if given is None:
        return None
    try:
        day = datetime.fromisoformat(given)
    except ValueError:
        raise typer.BadParameter(f"{given!r} is no day; write it as 2019-06-03") from None
    if over and len(given) <= len("2019-06-03"):
        day += timedelta(days=1)
    return day if day.tzinfo else day.replace(tzinfo=UTC)


def _one_of(given: str | None, what: str, choice: Sequence[Any]) -> str | None:
    if given is not None and given not in choice:
        raise typer.BadParameter(f"{given!r} is no {what}; choose one of {', '.join(choice)}")
    return given
