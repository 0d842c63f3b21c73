"""The command that shows one contradiction, cluster or claim whole."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.explain import checked_id
from pipeline.cli.printed import print_line
from pipeline.cli.search import tell_if_empty
from pipeline.errors import Unusable
from pipeline.index.named import Named, find_named
from pipeline.ports import Collection, Index, Query

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

MOST = 100
"""Clusters and contradictions of one claim that are listed."""

_SUCCESSOR = {"contradiction": ("superseded_by", "has become"), "cluster": ("merged_into", "was merged into")}


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(show)


def show(
    given: Annotated[
        str,
        typer.Argument(
            help="Id of a contradiction, cluster or claim, or its first 6 characters or more.", metavar="ID"
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print the document as one line of JSON.")] = False,
) -> None:
    """Show a contradiction with both sides, a cluster with its timeline, or a claim with what it is part of."""
    from pipeline.cli.styled import print_lines
    from pipeline.config import load
    from pipeline.index.open import open_index

    wanted, settings = checked_id(given), load()
    index = open_index(settings)
    try:
        named, notes = follow(index, find_named(index, wanted))
    except Unusable as error:
        sys.stderr.write(f"crossclaim: {error}\n")
        tell_if_empty(settings)
        raise typer.Exit(1) from None
    for note in notes:
        sys.stderr.write(f"crossclaim: {note}\n")
    if as_json:
        print_line({"collection": f"{named.what}s", **named.body})
    else:
        print_lines(_lines(index, named))


def follow(index: Index, named: Named) -> tuple[Named, list[str]]:
    """Return what stands now for what was named (itself, mostly), and what is to be said of the way there."""
    notes = []
    if named.what == "pair":
        notes.append(f"pair {named.id} is evidence of this contradiction; `crossclaim explain` says why")
        named = Named("contradiction", str(named.body["contradiction_id"]), named.body)
    if named.what == "claim":
        if named.body.get("status") == "superseded":
            revision = named.body.get("superseded_by_revision")
            notes.append(
                f"claim {named.id} is superseded: revision {revision} of its article does not make it any more"
            )
        return named, notes
    field, became = _SUCCESSOR[named.what]
    collection: Collection = "contradictions" if named.what == "contradiction" else "clusters"
    seen = {named.id}
    while (successor := named.body.get(field)) and successor not in seen:
        body = index.get(collection, [successor]).get(successor)
        notes.append(f"{named.what} {named.id} {became} {successor}{'' if body else ', which the index does not hold'}")
        if body is None:
            break
        seen.add(successor)
        named = Named(named.what, successor, body)
    return named, notes


def _lines(index: Index, named: Named) -> Iterator[Text | Table]:
    from pipeline.cli.shown import claim_lines, cluster_lines, contradiction_lines

    if named.what == "contradiction":
        return contradiction_lines(named.body)
    if named.what == "cluster":
        return cluster_lines(named.body)
    clusters = index.search(Query("clusters", where={"claims": named.id}, sort="newest", limit=MOST)).hits
    where = {"claim_ids": named.id, "status": ("open", "resolved")}
    contradictions = index.search(Query("contradictions", where=where, sort="newest", limit=MOST)).hits
    return claim_lines(named.body, [it.body for it in clusters], [it.body for it in contradictions])
