"""Labelled sentences and passages, one JSON object a line, in the parts "dev" and "test"."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

FOLDER = Path(__file__).parent
Part = Literal["dev", "test"]
"""Rules and models are made on "dev" only; figures and floors are those of "test"."""

Row = TypeVar("Row", bound=msgspec.Struct)


class Label(msgspec.Struct, frozen=True):
    """What every labelled row has."""

    id: str
    part: Part
    text: str


class Marked(msgspec.Struct, frozen=True):
    """A stretch of a row's text and where it starts."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset just after it."""
        return self.start + len(self.text)


def load(name: str, row: type[Row], part: Part | None) -> list[Row]:
    """Return the rows of one part of `name` (a file under this folder), or all rows. Raises msgspec.ValidationError."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    rows = [msgspec.json.decode(line, type=row) for line in lines]
    return [one for one in rows if part is None or getattr(one, "part", None) == part]


def score(description: str, measured: Callable[[Part], tuple[str, list[str]]]) -> None:
    """Run the command line of a scorer: measure a part, print its figures, and what went wrong where that is asked for.

    `measured` returns both, given the part. `--errors` means "dev": nobody is to work from the errors of "test".
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--part", choices=("dev", "test"), default="test")
    parser.add_argument("--errors", action="store_true", help="list what went wrong, on dev only")
    wanted = parser.parse_args()
    part: Part = "dev" if wanted.errors else wanted.part
    figures, errors = measured(part)
    print(f"{part}: {figures}")
    if wanted.errors:
        print("\n".join(errors))
