"""Score the search: `python -m benchmarks.quality.search --part dev`, and `--write` for the table of both parts.

The whole collection (corpus.py) is searched, or with --small the one that tests use. --show q07 prints a search's
graded claims with their texts, --unjudged the claims among the first ten that nobody graded yet.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import cast, get_args

from benchmarks.quality.search.corpus import corpus
from benchmarks.quality.search.labels import Part, Search, grades, searches
from benchmarks.quality.search.ranking import STORES, WAYS, Store, opened, rank, vectors
from benchmarks.quality.search.report import Runs, report
from benchmarks.quality.search.small import small
from pipeline.ports import Document

RESULTS = Path(__file__).parents[2] / "results" / "search.md"

ABOUT = """# How well search finds

Written by `python -m benchmarks.quality.search --write`; how it is measured: `benchmarks/quality/search/guide.md`, what
was chosen by it: `docs/decisions/0012-search.md`. "dev" is what the fusing was tuned on, "test" was left alone until
then.
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    asked = _arguments(arguments)
    documents = [one for one in (small() if asked.small else corpus().documents()) if one.collection == "claims"]
    if asked.show:
        _show(asked.show, documents)
        return
    parts: tuple[Part, ...] = get_args(Part) if asked.write or asked.part is None else (asked.part,)
    wanted = [one for part in parts for one in searches(part)]
    runs = _runs(asked.store or STORES, documents, wanted, asked.elasticsearch)
    if asked.unjudged:
        _print_unjudged(runs, wanted, documents)
        return
    shown = [f"## {part}\n\n{report(runs, searches(part), grades(), len(documents))}" for part in parts]
    print("\n".join(shown))
    if asked.write:
        RESULTS.write_text("\n".join([ABOUT, *shown]), encoding="utf-8")


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality.search", description=__doc__)
    parser.add_argument("--part", choices=get_args(Part), help="searches to report; default: both parts")
    parser.add_argument("--store", choices=STORES, action="append", help="default: both")
    parser.add_argument("--elasticsearch", metavar="URL", help="a running one; default: one is started")
    parser.add_argument("--small", action="store_true", help="search the collection of the tests")
    parser.add_argument("--write", action="store_true", help=f"write {RESULTS.name} beside the other results")
    parser.add_argument("--show", metavar="SEARCH", help="print the graded claims of a search")
    parser.add_argument("--unjudged", action="store_true", help="print what nobody graded among the first ten")
    return parser.parse_args(arguments)


def _runs(stores: Iterable[Store], documents: list[Document], asked: list[Search], url: str | None) -> Runs:
    known = vectors(asked)
    runs = {}
    for store in stores:
        with opened(store, documents, url) as index:
            runs |= {(store, way): rank(index, asked, known, way) for way in WAYS}
    return runs


def _show(search: str, documents: Iterable[Document]) -> None:
    texts = {one.id: one.body for one in documents}
    for id, grade in grades()[search].items():
        print(grade, id, _line(texts[id]))


def _print_unjudged(runs: Runs, asked: list[Search], documents: Iterable[Document]) -> None:
    """Print each once, by id, so that nothing shows which way had found it."""
    texts, graded = {one.id: one.body for one in documents}, grades()
    for one in asked:
        found = {id for ranked in runs.values() for id in ranked[one.id]} - graded.get(one.id, {}).keys()
        for id in sorted(found):
            print(one.id, id, one.text, "|", _line(texts[id]))


def _line(body: object) -> str:
    fields = cast("dict[str, str]", body)
    return f"[{fields['source']}] {fields['standalone']} {{{fields['title']}}}"


if __name__ == "__main__":
    main()
