"""Commands that ask: search the index, look at dead letters."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, get_args

import typer

from pipeline.cli.printed import print_line
from pipeline.config import Settings, load
from pipeline.ports import Query
from schemas.claim import Stance

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON lines.")]


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(search)
    rejected = typer.Typer(no_args_is_help=True, help="Dead letters: messages that a stage could not use.")
    rejected.command("list")(rejected_list)
    rejected.command("show")(rejected_show)
    rejected.command("replay")(rejected_replay)
    app.add_typer(rejected, name="rejected")


def search(
    words: Annotated[str, typer.Argument(help='Words, or "quoted phrases".')],
    outlet: Annotated[str | None, typer.Option(help="Only this outlet.")] = None,
    source: Annotated[str | None, typer.Option(help="Only claims of this speaker.")] = None,
    since: Annotated[str | None, typer.Option(help="Only from this day on: 2019-06-03.")] = None,
    stance: Annotated[str | None, typer.Option(help="asserts, denies, questions or reports.")] = None,
    kind: Annotated[str | None, typer.Option(help="Kind of source (person, organisation, unnamed …).")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most results of each sort.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Find clusters and claims by words and meaning."""
    from pipeline.index.open import open_index
    from pipeline.index.search import find
    from pipeline.models.encoder import Encoder

    if stance is not None and stance not in get_args(Stance):
        raise typer.BadParameter(f"{stance!r} is no stance; choose one of {', '.join(get_args(Stance))}")
    settings = load()
    vector = Encoder(root=settings.models, threads=1).encode([words])[0].tolist()
    found = find(
        open_index(settings),
        words,
        outlet=outlet,
        source=source,
        since=_day(since),
        stance=stance,
        kind=kind,
        vector=vector,
        limit=limit,
    )
    if not any(results.total for results in found.values()):
        tell_if_empty(settings)
    for name, results in found.items():
        if not as_json:
            sys.stdout.write(f"{name}: {results.total}\n")
        for hit in results.hits:
            body = {key: value for key, value in hit.body.items() if key != "vector"}
            if as_json:
                print_line({"collection": name, "score": hit.score, **body})
            else:
                sys.stdout.write(_told(name, body))


def tell_if_empty(settings: Settings) -> None:
    """Say where nothing was found, on standard error, when nothing is there at all."""
    from pipeline.index.open import open_index

    if not open_index(settings).search(Query("claims", limit=0)).total:
        where = settings.data.resolve() if settings.profile == "embedded" else settings.elasticsearch.url
        sys.stderr.write(f"crossclaim: the index in {where} holds no claims yet; is it the one that you mean?\n")


def _told(name: str, body: Mapping[str, Any]) -> str:
    if name == "clusters":
        outlets = body["outlets"] if isinstance(body["outlets"], list) else [body["outlets"]]
        return f"  {body['headline']}\n    {len(body['claims'])} claims in {', '.join(outlets)}\n"
    where = f"{body['outlet']}, {body['published_at']}  {body['url']}"
    return f"  {body['source']} {body['stance']}: {body['text']}\n    {where}\n"


def _day(since: str | None) -> datetime | None:
    if since is None:
        return None
    try:
        day = datetime.fromisoformat(since)
    except ValueError:
        raise typer.BadParameter(f"{since!r} is no day; write it as 2019-06-03") from None
    return day if day.tzinfo else day.replace(tzinfo=UTC)


def rejected_list(as_json: AsJson = False) -> None:
    """List dead letters: when, where, why."""
    for letter in _letters():
        if as_json:
            print_line(letter)
        else:
            sys.stdout.write(
                f"{letter.rejected_id}  {letter.rejected_at:%Y-%m-%d %H:%M}  {letter.stage}: {letter.reason}\n"
            )


def rejected_show(rejected_id: Annotated[str, typer.Argument(help="Id, or its first characters.")]) -> None:
    """Show one dead letter with the bytes that were refused."""
    letter = _one(rejected_id)
    fields = {name: getattr(letter, name) for name in letter.__struct_fields__ if name not in ("raw", "v")}
    for name, value in fields.items():
        sys.stdout.write(f"{name:<12} {value}\n")
    sys.stdout.flush()
    sys.stdout.buffer.write(letter.raw + b"\n")


def rejected_replay(rejected_id: Annotated[str, typer.Argument(help="Id, or its first characters; or: all.")]) -> None:
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
