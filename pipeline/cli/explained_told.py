"""What `crossclaim explain` says, for a reader and as JSON."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.contradictions.explained import Explained, Layer
from pipeline.explain import Case, Why
from schemas.contradiction import Contradiction, Evidence, Side

INDENT = (0, 0, 0, 3)


def tell(case: Case, console: Console | None = None) -> None:
    """Print a case in plain words, on standard output unless told otherwise."""
    console = console or Console(highlight=False)
    if case.contradiction is not None:
        console.print(_heading(case.contradiction))
    for note in case.notes:
        console.print(_note(note))
    for why in case.explained:
        console.print(Text())
        _tell_why(console, why)
    if case.contradiction is not None:
        console.print(Text())
        console.print(_evidence(case.contradiction, {why.pair_id for why in case.explained}))


def tell_layers(explained: Explained, console: Console | None = None) -> None:
    """Print what each layer saw, and which decided."""
    console = console or Console(highlight=False)
    table = Table.grid(padding=(0, 1))
    for layer in explained.layers:
        _add_layer(table, layer)
    decided = explained.decided_by
    console.print(Text("What each layer saw", style="bold"))
    console.print(table)
    console.print(Text.assemble((f"Decided by {decided.name}", "bold"), f": {decided.decided}"))


def tell_verdict(explained: Explained, console: Console | None = None) -> None:
    """Print today's verdict with its reasons."""
    now = explained.verdict
    kind = f" ({now.kind})" if now.kind else ""
    _tell_judged(console or Console(highlight=False), "Verdict", f"{now.verdict}{kind}", now.score, now.reasons)


def as_object(case: Case) -> dict[str, Any]:
    """Return a case as one JSON object."""
    contradiction = case.contradiction
    return {
        "contradiction_id": contradiction and contradiction.contradiction_id,
        "status": contradiction and contradiction.status,
        "kinds": contradiction and contradiction.kinds,
        "score": contradiction and contradiction.score,
        "first_seen": contradiction and contradiction.first_seen,
        "notes": case.notes,
        "evidence": [_brief(it) for it in contradiction.evidence] if contradiction else [],
        "explained": [_object(why) for why in case.explained],
    }


def layers_as_object(explained: Explained) -> dict[str, Any]:
    """Return today's verdict and its layers as JSON."""
    verdict = explained.verdict
    return {
        "verdict": verdict.verdict,
        "kind": verdict.kind,
        "score": verdict.score,
        "reasons": verdict.reasons,
        "decided_by": explained.decided_by.name,
        "layers": explained.layers,
    }


def _object(why: Why) -> dict[str, Any]:
    told = why.told
    return {
        "pair_id": why.pair_id,
        "a": why.a,
        "b": why.b,
        "read_as": {"a": _read_as(why, why.a), "b": _read_as(why, why.b)},
        "told": told and {"verdict": "contradiction", "kind": told.kind, "score": told.score, "reasons": told.reasons},
        "today": why.today and layers_as_object(why.today),
        "differs": why.differs,
        "notes": why.notes,
    }


def _brief(it: Evidence) -> dict[str, Any]:
    return {
        "pair_id": it.pair_id,
        "kind": it.kind,
        "score": it.score,
        "reasons": it.reasons,
        "a": {"claim_id": it.a.claim_id, "outlet": it.a.outlet, "source": it.a.source, "quote": it.a.quote},
        "b": {"claim_id": it.b.claim_id, "outlet": it.b.outlet, "source": it.b.source, "quote": it.b.quote},
    }


def _tell_why(console: Console, why: Why) -> None:
    console.print(Text(f"Pair {why.pair_id}", style="dim"))
    for name, side in (("A", why.a), ("B", why.b)):
        console.print(_side(name, side))
        if read := _read_as(why, side):
            console.print(Padding(Text(f"read as: {_clean(read)}", style="dim"), INDENT))
        console.print(Text(f"   {_clean(side.url)}", style="dim"), soft_wrap=True)
    if why.told is not None:
        told = why.told
        _tell_judged(console, "Verdict", f"contradiction ({told.kind})", told.score, told.reasons)
    elif why.today is not None:
        tell_verdict(why.today, console)
    for note in why.notes:
        console.print(_note(note))
    if why.differs:
        console.print(Text(f"Differs: {why.differs}", style="bold yellow"))
    if why.today:
        tell_layers(why.today, console)


def _read_as(why: Why, side: Side) -> str | None:
    """Return the wording that the rules read, where it is not the quote's own."""
    if why.today is None:
        return None
    claims = {it.claim_id: it for it in (why.today.verdict.a, why.today.verdict.b)}
    read = claims[side.claim_id].standalone
    return read if _words(read) != _words(side.quote) else None


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _tell_judged(console: Console, heading: str, verdict: str, score: float, reasons: Sequence[str]) -> None:
    style = "bold red" if verdict.startswith("contradiction") else "bold"
    console.print(Text.assemble((f"{heading}: ", "bold"), (verdict, style), f", score {score:.2f}"))
    because = Table.grid(padding=(0, 1))
    for reason in reasons:
        because.add_row("  because", Text(_clean(reason)))
    console.print(because)


def _add_layer(table: Table, layer: Layer) -> None:
    style = "bold" if layer.decided else ""
    for place, line in enumerate(layer.lines):
        name = "" if place else f"{'▶' if layer.decided else ' '} {layer.name}"
        table.add_row(Text(name, style=style), "·", Text(_clean(line)))


def _heading(it: Contradiction) -> Text:
    told = f"   {', '.join(it.kinds)}, score {it.score:.2f}, first seen {_when(it.first_seen)}, {it.status}"
    return Text.assemble((f"Contradiction {it.contradiction_id}", "bold"), "\n", told)


def _side(name: str, side: Side) -> RenderableType:
    heading = Text.assemble((f"{name}  {_who(side)}", "bold"), f"  {_when(side.published_at)}")
    quote = Text(f"“{_clean(side.quote)}”")
    lines: list[RenderableType] = [heading, Padding(quote, INDENT)]
    if _adds(side):
        lines.append(Padding(_sentence(side), INDENT))
    return Group(*lines)


def _who(side: Side) -> str:
    return _clean(side.source if side.source == side.outlet else f"{side.source}, in {side.outlet}")


def _adds(side: Side) -> bool:
    """Say whether the sentence has more words than the quote."""
    return len(_words(side.sentence)) > len(_words(side.quote))


def _sentence(side: Side) -> Text:
    """The sentence with the quote marked, where it stands there word for word."""
    if side.quote_start < 0:
        return Text(f"in: {_clean(side.sentence)}", style="dim")
    end = side.quote_start + len(side.quote)
    before, quote, after = side.sentence[: side.quote_start], side.sentence[side.quote_start : end], side.sentence[end:]
    return Text.assemble(("in: " + _clean(before), "dim"), (_clean(quote), "underline"), (_clean(after), "dim"))


def _evidence(it: Contradiction, shown: set[str]) -> RenderableType:
    more = "; --all explains every one" if len(it.evidence) > len(shown) else ""
    table = Table.grid(padding=(0, 1))
    for one in it.evidence:
        mark = "▶" if one.pair_id in shown else " "
        sides = Text(f"{_who(one.a)} against {_who(one.b)}")
        table.add_row(mark, one.pair_id[:12], one.kind, f"{one.score:.2f}", sides)
    return Group(Text(f"Evidence ({len(it.evidence)}), ▶ is explained above{more}", style="bold"), table)


def _note(note: str) -> Text:
    return Text(f"Note: {_clean(note)}", style="yellow")


def _when(time: Any) -> str:
    return f"{time:%Y-%m-%d %H:%M} UTC"


def _clean(text: str) -> str:
    """Return text of the web without what would steer a terminal, on one line."""
    return "".join(each for each in re.sub(r"\s+", " ", text) if each.isprintable())
