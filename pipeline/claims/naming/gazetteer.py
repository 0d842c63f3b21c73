"""The open tables of names: countries with their peoples and seats of government, and well-known organisations.

Grown by reading; what is missing keeps its own name and costs only a match. Look-ups are by lower-case name.
"""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent


def _rows(name: str) -> list[list[str]]:
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def _list(cell: str) -> list[str]:
    return [name.strip() for name in cell.split(",") if name.strip()]


def _peoples(country: str, cell: str) -> dict[str, tuple[str, str]]:
    """Return the adjective and the country by each word for a people."""
    names = _list(cell)
    return {name.lower(): (names[0], country) for name in names}


def _seats(country: str, cell: str) -> dict[str, tuple[str, str]]:
    """Return the usual name and the country by each spelling."""
    spellings = [one.split("=") for one in _list(cell)]
    return {name.strip().lower(): (names[0].strip(), country) for names in spellings for name in names}


_COUNTRIES = _rows("countries.tsv")
COUNTRIES: dict[str, str] = {name.lower(): row[0] for row in _COUNTRIES for name in (row[0], *_list(row[1]))}
"""The country by each of its names: "u.s.", "america" and "united states" are the United States."""

PEOPLES: dict[str, tuple[str, str]] = {}
"""Adjective and country by each word for a people: "russians" is ("Russian", "Russia")."""

CAPITALS: dict[str, tuple[str, str]] = {}
"""Usual name and country by each name of a capital. Brussels is that of the European Union, as news has it."""

HOUSES: dict[str, tuple[str, str]] = {}
"""Usual name and country by each house of government: the Kremlin, the White House."""

for _row in _COUNTRIES:
    PEOPLES |= _peoples(_row[0], _row[2])
    _capitals, _, _houses = _row[3].partition(";")
    CAPITALS |= _seats(_row[0], _capitals)
    HOUSES |= _seats(_row[0], _houses)

ORGANISATIONS: dict[str, str] = {
    name.lower(): row[0] for row in _rows("organisations.tsv") for name in (row[0], *_list(row[1]))
}
"""The name of a well-known organisation by each of its names and initials."""
