"""What a run came to, for the terminal: counts, the largest clusters, the contradictions with both quotes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from pipeline.ports import RESULTS, Index, Query

MAX_CLUSTERS = 8
MAX_CONTRADICTIONS = 20


def show(console: Console, index: Index, board_url: str | None) -> None:
    """Print the summary of what the index holds; `board_url` is None when the board is about to end."""
    clusters = [hit.body for hit in index.search(Query("clusters", limit=500, sort="newest")).hits]
    contradictions = index.search(Query("contradictions", limit=MAX_CONTRADICTIONS, sort="newest"))
    console.print()
    console.print(_counts(index))
    console.print(_clusters(clusters))
    console.rule(f"Contradictions ({contradictions.total})")
    for hit in contradictions.hits:
        console.print(_contradiction(hit.body))
    for feed in failing(index):
        console.print(Text.assemble((f"not read: {feed['feed_url']}", "bold"), f"  {feed['state']}"), soft_wrap=True)
    if board_url:
        console.print(Text.assemble("The board: ", (board_url, "bold underline")))


def show_counts(console: Console, index: Index, when: str) -> None:
    """Print in one line what the index holds."""
    counts = (f"{index.search(Query(name, limit=0)).total} {name}" for name in RESULTS)
    console.print(f"{when}: {', '.join(counts)}")


def failing(index: Index) -> list[Mapping[str, Any]]:
    """Return the feeds whose last poll failed."""
    return [hit.body for hit in index.search(Query("feeds", limit=10_000)).hits if int(hit.body.get("failures") or 0)]


def _counts(index: Index) -> RenderableType:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name in RESULTS:
        table.add_row(name, str(index.search(Query(name, limit=0)).total))
    return table


def _clusters(clusters: list[Mapping[str, Any]]) -> RenderableType:
    table = Table(title="Claims made most widely", title_justify="left", expand=True)
    table.add_column("claim", ratio=3)
    table.add_column("outlets", ratio=1)
    table.add_column("independent", justify="right")
    table.add_column("denied by", ratio=1)
    ranked = sorted(clusters, key=lambda c: (-int(c["independent_sources"]), -len(c["claims"]), str(c["first_seen"])))
    for cluster in ranked[:MAX_CLUSTERS]:
        table.add_row(
            str(cluster["headline"]),
            ", ".join(_several(cluster["outlets"])),
            str(cluster["independent_sources"]),
            ", ".join(_several(cluster["deniers"])),
        )
    return table


def _contradiction(body: Mapping[str, Any]) -> RenderableType:
    reasons = "; ".join(_several(body["reasons"])[:3])
    kinds = ", ".join(_several(body["kinds"]))
    sides = Group(_side(body["a"]), Text("against", style="dim italic"), _side(body["b"]))
    return Panel(Group(sides, Padding(Text(reasons, style="dim"), (1, 0, 0, 0))), title=kinds, title_align="left")


def _side(side: Mapping[str, Any]) -> RenderableType:
    who = str(side["source"]) if side["source"] == side["outlet"] else f"{side['source']}, in {side['outlet']}"
    when = str(side["published_at"])[:16].replace("T", " ")
    return Text.assemble((who, "bold"), f"  {when}\n", f"“{side['quote']}”\n", (str(side["url"]), "dim"))


def _several(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [str(item) for item in value or ()]
