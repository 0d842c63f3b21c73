"""Commands on judgements: what readers said of contradictions on the board, for the eye and for training."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from pipeline.cli.printed import print_line
from pipeline.config import load


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    labels = typer.Typer(no_args_is_help=True, help="Judgements: what readers said of contradictions on the board.")
    labels.command("list")(listing)
    labels.command("export")(export)
    app.add_typer(labels, name="labels")


def listing(as_json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False) -> None:
    """List judgements, the newest first."""
    from pipeline.desk import labels
    from pipeline.index.open import open_index
    from pipeline.plain import plain

    for label in labels.newest(open_index(load())):
        if as_json:
            print_line(label)
            continue
        sys.stdout.write(f"{label.made_at:%Y-%m-%d %H:%M}  {label.judgement:<13} {label.contradiction_id[:8]}")
        sys.stdout.write(f"  {plain(label.note)}\n" if label.note else "\n")
        sys.stdout.write("".join(f"    {plain(side.source)}: {plain(side.quote)}\n" for side in (label.a, label.b)))


def export(
    out: Annotated[Path | None, typer.Option(help="File to write; default: standard output.")] = None,
) -> None:
    """Write judgements as pairs that the verdict model can be fitted to: `make train LABELS=FILE`.

    "Resolved" is left out: it says what happened later, not what the two quotes are to each other.
    """
    from pipeline.desk import labels
    from pipeline.index.open import open_index

    index = open_index(load())
    found = [label for label in labels.newest(index) if label.judgement != "resolved"]
    ids = [side.claim_id for label in found for side in (label.a, label.b)]
    claims = index.get("claims", ids)
    rows = [_row(label, claims) for label in reversed(found)]
    lines = b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
    if out is None:
        sys.stdout.buffer.write(lines)
    else:
        out.write_bytes(lines)
    sys.stderr.write(f"crossclaim: {len(rows)} judgements exported\n")


def _row(label: Any, claims: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """A pair in the form of training/verdicts/pairs: what is judged are the claims' stand-alone wordings."""

    def text(side: Any) -> str:
        return str(claims.get(side.claim_id, {}).get("standalone") or side.sentence)

    return {
        "id": label.pair_id,
        "story": label.contradiction_id,
        "domain": "judged on the board",
        "a": text(label.a),
        "b": text(label.b),
        "label": label.judgement,
        "kind": label.kind,
        "note": label.note,
    }
