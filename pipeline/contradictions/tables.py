"""The word lists of the rules, read once from the TOML files beside this one."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.matching.words import stem

_HERE = Path(__file__).parent


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))


def _families() -> dict[str, str]:
    """Return the head of its family by stem; a word in two families stays with the first."""
    heads: dict[str, str] = {}
    for line in _load("families.toml")["families"]:
        head, *others = [stem(word) for word in line.split() if "-" not in word]
        for word in (head, *others):
            heads.setdefault(word, head)
    return heads


def _opposites() -> dict[str, frozenset[str]]:
    """Return the stems that each stem is opposite to; both directions are held."""
    found: dict[str, set[str]] = {}
    for pair in _load("opposites.toml")["pairs"]:
        left = {stem(word) for word in pair["a"].split()}
        right = {stem(word) for word in pair["b"].split()}
        for word in left - right:
            found.setdefault(word, set()).update(right - left)
        for word in right - left:
            found.setdefault(word, set()).update(left - right)
    return {word: frozenset(others) for word, others in found.items()}


def _places() -> dict[str, str]:
    """Return the country by lower-case name of a country, its people or its towns."""
    found: dict[str, str] = {}
    for country, words in _load("places.toml")["countries"].items():
        found[country.replace("_country", "").replace("_", " ")] = country
        found.update(dict.fromkeys(words.split(), country))
    return found


FAMILIES = _families()
OPPOSITES = _opposites()
COUNTRIES = _places()


@lru_cache(maxsize=50_000)
def family(word: str) -> str:
    """Return what stands for a lower-case word: the head of its family, its country, or its stem."""
    country = COUNTRIES.get(word.removesuffix("'s"))
    if country is not None:
        return country
    short = stem(word)
    return FAMILIES.get(short, short)
