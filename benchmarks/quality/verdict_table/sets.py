"""The test parts, and beside each what its thresholds are fitted on: never a pair that is measured.

NLI is told by source; what comes of one premise is no news pair, and "entailment" holds in one direction only, so read
`nli.dev` as a measure of breadth. Labels of FNC headlines come through one article body, and are noisy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from benchmarks.newsclash import pairs as newsclash
from benchmarks.quality.verdict_table import stances
from benchmarks.quality.verdict_table.cases import FOUR, NEUTRAL, SAME_OR_NOT, Case, CaseSet, lines, sampled
from benchmarks.quality.verdicts_data import Part, Set, load

NLI_MOST = 60
"""Pairs taken of one source of nli.dev."""
HEADLINES_MOST = 400
CLAIM_MATCH_MOST = 400
FIT_MOST = 800
"""Pairs on which the thresholds of a set are fitted."""
LEFT_OUT = frozenset({"covidfact"})
"""Sources that are printed but stand in no aggregate: models fitted to them called everything a contradiction."""

_OF_NLI = {"entailment": "same", "neutral": "neutral", "contradiction": "contradiction"}


@dataclass(frozen=True)
class Family:
    """How the sets of one name are read: the measured ones, and the one to fit on."""

    test: Callable[[], list[CaseSet]]
    fit: Callable[[], CaseSet]


def _newsclash(part: newsclash.Part) -> CaseSet:
    cases = tuple(Case(row.id, ((row.a, row.b),), row.label) for row in newsclash.load(part))
    return CaseSet("newsclash", cases, FOUR, f"{part} part, whole")


def _news_pairs(name: Set, part: Part, names: Mapping[str, str] = FOUR) -> CaseSet:
    rows = load(name, [part])
    cases = tuple(Case(f"{name}-{number}", ((row.a, row.b),), names[row.label]) for number, row in enumerate(rows))
    return CaseSet(f"news_pairs.{name}", cases, names, f"{part} part, whole")


def _nli(file: str) -> list[CaseSet]:
    by_source: defaultdict[str, dict[tuple[str, str], Case]] = defaultdict(dict)
    for row in lines(file):
        pair = (row["premise"], row["hypothesis"])
        found = by_source[row["source"]]
        found.setdefault(pair, Case(f"{row['source']}-{len(found)}", (pair,), _OF_NLI[row["label"]]))
    return [
        CaseSet(
            file,
            sampled(list(found.values()), NLI_MOST),
            NEUTRAL,
            f"at most {NLI_MOST} pairs of each source, by hash",
            source=source,
            aggregated=source not in LEFT_OUT,
        )
        for source, found in sorted(by_source.items())
    ]


def _nli_fit() -> CaseSet:
    cases = [case for one in _nli("nli.train") if one.aggregated for case in one.cases]
    return CaseSet("nli.dev", sampled(cases, FIT_MOST), NEUTRAL)


def _headlines() -> CaseSet:
    every = _all_headlines()
    note = f"{HEADLINES_MOST} of {len(every)} pairs, by hash; the thresholds are fitted on the others; labels are noisy"
    return CaseSet("fnc_headlines", sampled(every, HEADLINES_MOST), NEUTRAL, note)


def _all_headlines() -> list[Case]:
    """Each pair once; `nli.fnc_headlines` holds the same pairs in both orders."""
    found: dict[frozenset[str], Case] = {}
    for row in lines("claim_match.fnc_headlines"):
        case = Case(f"headlines-{len(found)}", ((row["a"], row["b"]),), NEUTRAL[row["label"]])
        found.setdefault(frozenset(case.pairs[0]), case)
    return list(found.values())


def _claim_match(file: str, most: int) -> CaseSet:
    cases = [Case(f"match-{number}", ((row["a"], row["b"]),), row["label"]) for number, row in enumerate(lines(file))]
    note = f"{most} of {len(cases)} pairs, by hash; no contradiction is labelled"
    return CaseSet("claim_match.dev", sampled(cases, most), SAME_OR_NOT, note)


FAMILIES: Mapping[str, Family] = {
    "newsclash": Family(lambda: [_newsclash("test")], lambda: _newsclash("dev")),
    "news_pairs.written": Family(lambda: [_news_pairs("written", "test")], lambda: _news_pairs("written", "train")),
    "news_pairs.mined": Family(lambda: [_news_pairs("mined", "test")], lambda: _news_pairs("mined", "train")),
    "nli.dev": Family(lambda: _nli("nli.dev"), _nli_fit),
    "fnc_headlines": Family(lambda: [_headlines()], lambda: CaseSet("fnc_headlines", tuple(_all_headlines()), NEUTRAL)),
    "claim_match.dev": Family(
        lambda: [_claim_match("claim_match.dev", CLAIM_MATCH_MOST)],
        lambda: _claim_match("claim_match.train", FIT_MOST),
    ),
    "stance": Family(lambda: [stances.load("test")], lambda: stances.load("dev")),
}


def load_sets(names: Iterable[str]) -> list[CaseSet]:
    """Return the sets to be measured. Raises FileNotFoundError when the data are not beside the checkout."""
    return [one for name in names for one in FAMILIES[name].test()]


def load_fit(name: str) -> CaseSet:
    """Return what the thresholds of a set are fitted on: a sample of FIT_MOST pairs without those that are measured.

    A pair may be in two parts: outlets print one wire story, and `news_pairs.mined` is split by article.
    """
    measured = {frozenset(pair) for one in FAMILIES[name].test() for pair in one.pairs}
    found = FAMILIES[name].fit()
    others = [case for case in found.cases if not any(frozenset(pair) in measured for pair in case.pairs)]
    return CaseSet(found.name, sampled(others, FIT_MOST), found.names)
