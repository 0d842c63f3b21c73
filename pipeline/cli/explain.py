"""The command that shows why a pair of claims got its verdict."""

from __future__ import annotations

import re
import sys
from typing import Annotated

import typer

from pipeline.cli.printed import print_line
from pipeline.cli.search import tell_if_empty
from pipeline.errors import Unusable

_ID = re.compile(r"[0-9a-f]+")

GivenId = Annotated[
    str,
    typer.Argument(
        help="Id of a contradiction, pair, claim or cluster, or its first 6 characters or more.", metavar="ID"
    ),
]


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(explain)


def explain(
    given: GivenId,
    other: Annotated[str | None, typer.Argument(help="A second claim: why these two?", metavar="CLAIM")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Explain all evidence, not only the strongest.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one line a contradiction.")] = False,
) -> None:
    """Show why claims contradict each other, or do not: both quotes, the verdict, what each layer saw.

    ID is a contradiction or a pair; a claim or a cluster stands for the open contradictions that it is in. The ids of
    two claims explain these two, also where no contradiction was found. Looks into the index only.
    """
    from pipeline.cli.explained_told import as_object, tell
    from pipeline.config import load
    from pipeline.explain import Explainer
    from pipeline.index.open import open_index
    from pipeline.models.cross_encoder import CrossEncoder
    from pipeline.models.encoder import Encoder
    from pipeline.models.verdict_files import find_verdict_model

    first, second = checked_id(given), None if other is None else checked_id(other)
    settings = load()
    encoder = Encoder(root=settings.models, threads=1)
    reader = CrossEncoder(find_verdict_model(settings.verdicts.model, settings.models))
    explainer = Explainer(open_index(settings), encoder.encode, reader)
    try:
        cases = (
            explainer.by_id(first, everything=everything) if second is None else [explainer.two_claims(first, second)]
        )
    except Unusable as error:
        sys.stderr.write(f"crossclaim: {error}\n")
        tell_if_empty(settings)
        raise typer.Exit(1) from None
    for case in cases:
        if as_json:
            print_line(as_object(case))
        else:
            tell(case)


def checked_id(given: str) -> str:
    """Return an id as it is kept."""
    from pipeline.index.named import MIN_CHARS

    plain = given.strip().rstrip("…").lower()
    if not _ID.fullmatch(plain):
        raise typer.BadParameter(f"{given!r} is no id: ids have only 0-9 and a-f; `crossclaim search` finds by words")
    if len(plain) < MIN_CHARS:
        raise typer.BadParameter(f"{given!r} is too short; give at least the first {MIN_CHARS} characters of an id")
    return plain
