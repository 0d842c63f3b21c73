"""What `crossclaim show` says of a contradiction, a cluster or a claim: lines for a terminal or for a pipe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from pipeline.cli.styled import bold, on_terminal, quoted, short, when, who, width
from pipeline.plain import plain

Body = Mapping[str, Any]
WIDE = 100
"""From this many characters a line on, the sides of a contradiction stand beside each other."""


def contradiction_lines(body: Body) -> Iterator[Text | Table]:
    """Yield both sides, why they cannot both be true, and what else bears it out."""
    yield _heading(f"Contradiction {body['contradiction_id']}")
    facts = [", ".join(body["kinds"]), f"score {body['score']:.2f}", body["status"]]
    if body.get("independent_sources"):
        facts.append(f"{body['independent_sources']} independent sources")
    yield Text(plain(f"{', '.join(facts)}, first seen {when(body['first_seen'])}"))
    yield Text()
    yield from _sides(body["a"], body["b"])
    yield _heading("Why")
    yield from (Text(f"  {plain(reason)}") for reason in body["reasons"])
    further = [it for it in body["evidence"] if _pair(it) != _pair(body)]
    if further:
        yield Text()
        yield _heading(f"Further evidence ({len(further)})")
    for it in further:
        yield Text(f"  {plain(it['kind'])}, score {it['score']:.2f}: {plain('; '.join(it['reasons']))}")
        for side in (it["a"], it["b"]):
            yield Text.assemble(f"    {_who(side)}, {when(side['published_at'])}: ", _quote(side["quote"]))
            yield _link(4, side["url"])


def cluster_lines(body: Body) -> Iterator[Text | Table]:
    """Yield what is said, by how many, who says so and who denies it, and when it came out where."""
    yield _heading(f"Cluster {body['cluster_id']}")
    yield Text.assemble((plain(body["headline"]), "bold"))
    yield Text(
        f"{_many(len(body['claims']), 'claim')} in {_many(len(body['outlets']), 'outlet')}, "
        f"{_many(body['independent_sources'], 'independent source')}, "
        f"from {when(body['first_seen'])} to {when(body['last_seen'])}"
    )
    for what, names in (("Said by", body["asserters"]), ("Denied by", body["deniers"])):
        if names:
            yield Text.assemble((f"{what} ", "bold"), ", ".join(map(plain, names)))
    if body.get("contradictions"):
        yield Text.assemble(("In the contradictions ", "bold"), ", ".join(map(short, body["contradictions"])))
    yield Text()
    yield _heading("Timeline")
    for it in body["members"]:
        copy = f" (a copy of {plain(it['copy_of']['outlet'])})" if it.get("copy_of") else ""
        yield Text.assemble(
            f"  {when(it['published_at'])}  ", (plain(it["outlet"]), "bold"), f"{copy}  {short(it['claim_id'])}"
        )
        yield Text.assemble(f"    {plain(it['source']['name'])} {plain(it['stance'])}: ", _quote(it["quote"]))
        yield _link(4, it["url"])


def claim_lines(body: Body, clusters: Sequence[Body], contradictions: Sequence[Body]) -> Iterator[Text | Table]:
    """Yield who says what and where, with its figures, and what it is part of."""
    yield _heading(f"Claim {body['claim_id']}")
    said = Text.assemble((plain(body["source"]), "bold"), f" ({plain(body['kind'])}) {plain(body['stance'])}")
    if body.get("reporter"):
        said.append(f", as {plain(body['reporter'])} reports")
    yield said
    yield from _sentence(body["sentence"], body["text"], body["start"] - body["sentence_start"])
    if body.get("denies_text") or body.get("denies_claim_id"):
        denied = plain(body.get("denies_text") or "") or f"claim {short(body['denies_claim_id'])}"
        yield Text.assemble(("Denies ", "bold"), denied)
    for figure in body.get("quantities") or ():
        yield Text.assemble(("Figure ", "bold"), _figure(figure))
    yield Text.assemble(("Article ", "bold"), plain(body["title"]))
    yield Text(f"  {plain(body['outlet'])}, {when(body['published_at'])}, revision {body['revision']}")
    yield _link(2, body["url"])
    for it in clusters:
        yield Text.assemble((f"Cluster {short(it['cluster_id'])} ", "bold"), plain(it["headline"]))
    for it in contradictions:
        against = f"{_who(it['a'])} against {_who(it['b'])}"
        told = f"{', '.join(it['kinds'])}, score {it['score']:.2f}, {it['status']}: {against}"
        yield Text.assemble((f"Contradiction {short(it['contradiction_id'])} ", "bold"), plain(told))


def _sides(a: Body, b: Body) -> Iterator[Text | Table]:
    if width() >= WIDE:
        table = Table.grid(padding=(0, 2, 1, 0), expand=True)
        for _ in "ab":
            table.add_column(ratio=1, overflow="fold")
        table.add_row(*(Text("\n").join(_side(side, 0)) for side in (a, b)))
        yield table
        return
    for side in (a, b):
        yield from _side(side, 2)
        yield Text()


def _side(side: Body, indent: int) -> Iterator[Text]:
    yield Text(_who(side), style="bold")
    yield Text(f"{' ' * indent}{when(side['published_at'])}", style="dim")
    for line in _sentence(side["sentence"], side["quote"], side["quote_start"]):
        yield Text.assemble(" " * indent, line)
    yield Text(f"{' ' * indent}{plain(side['title'])}", style="italic")
    yield _link(indent, side["url"])


def _sentence(sentence: str, quote: str, start: int) -> Iterator[Text]:
    """Yield a sentence with its quote marked; where nothing can be marked, the quote and then its sentence."""
    if on_terminal() and start >= 0:
        yield quoted(sentence, quote, start, "bold underline")
        return
    yield _quote(quote)
    if len(plain(sentence)) > len(plain(quote)):
        yield Text(f"in: {plain(sentence)}", style="dim")


def _figure(it: Body) -> str:
    low, high = it.get("low"), it.get("high")
    span = f"{_number(low)}" if low == high else f"{_number(low)} to {_number(high)}"
    what = " ".join(plain(word) for word in (it.get("unit"), it.get("counted")) if word)
    role = f" ({plain(it['role'])})" if it.get("role", "value") != "value" else ""
    return f"“{plain(it['text'])}”: {'about ' if it.get('approximate') else ''}{span}{what and ' '}{what}{role}"


def _number(value: float | None) -> str:
    return "…" if value is None else f"{value:,.10g}"


def _quote(text: str) -> Text:
    return Text.assemble("“", bold(text), "”")


def _who(side: Body) -> str:
    return who(side["source"], side["outlet"])


def _pair(it: Body) -> tuple[str, str]:
    return it["a"]["claim_id"], it["b"]["claim_id"]


def _link(indent: int, url: str) -> Text:
    return Text(f"{' ' * indent}{plain(url)}", style="dim", no_wrap=True)


def _heading(text: str) -> Text:
    return Text(plain(text), style="bold")


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
