"""The scores of all stores and ways as a table in Markdown. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean

from benchmarks.quality.search.labels import Search
from benchmarks.quality.search.metrics import DEPTH, Interval, Score, has_answer, interval, score
from benchmarks.quality.search.ranking import STORES, WAYS, Ranked, Store, Way

Runs = Mapping[tuple[Store, Way], Ranked]
Graded = Mapping[str, Mapping[str, int]]

NAMES = {"sqlite": "SQLite", "elasticsearch": "Elasticsearch"}


def answerable(asked: Sequence[Search], graded: Graded) -> list[Search]:
    """Return the searches that something relevant was found for, by whatever way."""
    return [one for one in asked if has_answer(graded.get(one.id, {}))]


def scores(ranked: Ranked, asked: Sequence[Search], graded: Graded) -> list[Score]:
    """Return the score of each search."""
    return [score(ranked[one.id], graded[one.id]) for one in asked]


def report(runs: Runs, asked: Sequence[Search], graded: Graded, claims: int) -> str:
    """Return the whole report of one part of the searches."""
    able = answerable(asked, graded)
    each = {key: scores(ranked, able, graded) for key, ranked in runs.items()}
    return "\n".join(
        [
            f"{len(able)} searches with an answer (of {len(asked)}) in {claims:,} claims; brackets: 95 % of samples.",
            "",
            *_table(each),
            "",
            *_differences(each),
            *_agreement(runs, able),
            "",
            *_kinds(each, able),
            "",
        ]
    )


def _table(each: Mapping[tuple[Store, Way], list[Score]]) -> Iterator[str]:
    yield f"| store | way | nDCG@{DEPTH} | MRR | recall@{DEPTH} | not graded |"
    yield "|---|---|---|---|---|---|"
    for (store, way), found in each.items():
        columns = [
            _shown(interval([one.ndcg for one in found])),
            _shown(interval([one.reciprocal_rank for one in found])),
            _shown(interval([one.recall for one in found])),
            f"{fmean(one.unjudged for one in found):.1%}",
        ]
        yield f"| {NAMES[store]} | {way} | {' | '.join(columns)} |"


def _differences(each: Mapping[tuple[Store, Way], list[Score]]) -> Iterator[str]:
    """Say by how much both together are better than each alone, search by search."""
    for store in (store for store in STORES if (store, "both") in each):
        for way in (way for way in WAYS if way != "both"):
            pairs = zip(each[store, "both"], each[store, way], strict=True)
            gained = interval([both.ndcg - alone.ndcg for both, alone in pairs])
            yield f"- {NAMES[store]}: both is better than {way} alone by {_shown(gained)} nDCG@{DEPTH}."


def _agreement(runs: Runs, asked: Sequence[Search]) -> Iterator[str]:
    """Say how much of the first places is the same on both stores."""
    for way in WAYS if len({store for store, _ in runs}) == len(STORES) else ():
        one, other = (runs[store, way] for store in STORES)
        shares = [len({*one[it.id]} & {*other[it.id]}) / max(1, len(one[it.id])) for it in asked]
        yield f"- {way}: {fmean(shares):.0%} of the first {DEPTH} are the same on both stores."


def _kinds(each: Mapping[tuple[Store, Way], list[Score]], asked: Sequence[Search]) -> Iterator[str]:
    """Show nDCG by kind of search; with so few of each it says where to look, not what is better."""
    columns = list(each)
    yield f"| kind (nDCG@{DEPTH}) | searches | {' | '.join(f'{NAMES[store]}, {way}' for store, way in columns)} |"
    yield "|---|---|" + "---|" * len(columns)
    for kind in dict.fromkeys(one.kind for one in asked):
        rows = [place for place, one in enumerate(asked) if one.kind == kind]
        means = [f"{fmean(each[column][row].ndcg for row in rows):.2f}" for column in columns]
        yield f"| {kind} | {len(rows)} | {' | '.join(means)} |"


def _shown(value: Interval) -> str:
    return f"{value.mean:.3f} [{value.low:.3f}, {value.high:.3f}]"
