"""expected.toml as values: what a careful reader finds in the newsroom, to compare crossclaim's findings with."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from newsroom.corpus import ROOT
from newsroom.errors import NewsroomError
from newsroom.fields import Fields, parse
from newsroom.model import FIRST_ROUND

Kind = Literal["denial", "negation", "quantity", "opposite", "other"]
Grade = Literal["main", "minor"]
Reason = Literal[
    "place", "person", "organisation", "date", "later_figure", "doubt", "correction", "same", "product", "other_thing"
]


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of one article (`outlet/slug` of its file); `until_round`: from the next round on they are gone."""

    article: str
    quote: str
    until_round: int | None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two sides that cannot both be true; any passage of one side against any of the other is a hit."""

    id: str
    story: str
    kind: Kind
    also: tuple[str, ...]
    grade: Grade
    note: str
    a: tuple[Passage, ...]
    b: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two passages that only look like a contradiction (`why`), or where either answer will do (no `why`)."""

    stories: tuple[str, ...]
    why: Reason | None
    note: str
    a: Passage
    b: Passage


@dataclass(frozen=True, slots=True)
class WireGroup:
    """An agency's article and its copies in other outlets: one independent source."""

    origin: str
    copies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """The whole file."""

    contradictions: tuple[Contradiction, ...]
    must_not: tuple[Pair, ...]
    debatable: tuple[Pair, ...]
    wire_groups: tuple[WireGroup, ...]


def load_expected(root: Path = ROOT) -> Expected:
    """Read expected.toml; raises NewsroomError that lists every mistake in its form."""
    path = root / "expected.toml"
    problems: list[str] = []
    try:
        document = Fields(path.name, parse(path.read_text(encoding="utf-8"), path.name, problems), problems)
    except (OSError, UnicodeDecodeError) as error:
        raise NewsroomError(f"reading {path}: {error}") from error
    expected = Expected(
        contradictions=tuple(_contradiction(table) for table in document.tables("contradiction")),
        must_not=tuple(_pair(table, refused=True) for table in document.tables("must_not")),
        debatable=tuple(_pair(table, refused=False) for table in document.tables("debatable")),
        wire_groups=tuple(WireGroup(t.text("origin"), t.texts("copies")) for t in document.tables("wire_group")),
    )
    if problems:
        raise NewsroomError(f"reading {path.name}: mend these and start again:\n  " + "\n  ".join(problems))
    return expected


def _contradiction(table: Fields) -> Contradiction:
    kinds: tuple[Kind, ...] = get_args(Kind)
    grades: tuple[Grade, ...] = get_args(Grade)
    table.known(frozenset(["id", "story", "kind", "also", "grade", "note", "a", "b"]))
    return Contradiction(
        id=table.text("id"),
        story=table.text("story"),
        kind=table.choice("kind", kinds),
        also=table.texts("also") if "also" in table.table else (),
        grade=table.choice("grade", grades),
        note=table.text("note"),
        a=tuple(_passage(side) for side in table.tables("a")),
        b=tuple(_passage(side) for side in table.tables("b")),
    )


def _pair(table: Fields, refused: bool) -> Pair:
    reasons: tuple[Reason, ...] = get_args(Reason)
    table.known(frozenset(["stories", "why", "note", "a", "b"]))
    return Pair(
        stories=table.texts("stories"),
        why=table.choice("why", reasons) if refused else None,
        note=table.text("note"),
        a=_passage(table.inner("a")),
        b=_passage(table.inner("b")),
    )


def _passage(table: Fields) -> Passage:
    table.known(frozenset(("article", "quote", "until_round")))
    return Passage(
        article=table.text("article"),
        quote=table.text("quote"),
        until_round=table.number("until_round", FIRST_ROUND) if "until_round" in table.table else None,
    )
