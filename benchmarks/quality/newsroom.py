"""What crossclaim finds in the sample newsroom against what a careful reader found there.

    python -m benchmarks.quality.newsroom

The newsroom was written before this was measured and is what a newcomer sees first; no threshold is fitted to it.
A found contradiction is a hit when one of its pairs of quotes joins both sides of an expected one: the right articles,
and quotes or sentences that share at least HIT_OVERLAP of the expected words. Debatable ones count neither way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from connectors.archive import article_of
from newsroom import articles, load_expected
from newsroom.expected import Expected, Passage
from newsroom.replay import DEFAULT_BASE_URL
from pipeline import compose
from pipeline.config import load
from pipeline.replay import replay
from schemas.article import Article
from schemas.cluster import Cluster
from schemas.contradiction import Contradiction, Evidence, Side

HIT_OVERLAP = 0.3


@dataclass(frozen=True)
class Score:
    """Expected contradictions found and missed, and found ones by what they are."""

    found: tuple[str, ...]
    missed: tuple[str, ...]
    hits: tuple[Contradiction, ...]
    debatable: tuple[Contradiction, ...]
    false: tuple[Contradiction, ...]

    @property
    def recall(self) -> float:
        """Share of the expected contradictions that were found."""
        return len(self.found) / (len(self.found) + len(self.missed))

    @property
    def precision(self) -> float:
        """Share of the found contradictions, debatable ones aside, that are real."""
        return len(self.hits) / max(1, len(self.hits) + len(self.false))


def read_newsroom() -> tuple[list[Cluster], list[Contradiction]]:
    """Take the newsroom's articles through all stages in memory."""
    settings = load()
    lines = newsroom_articles(datetime.now(UTC))
    summary = replay(lines, compose.analysis(settings), compose.rules_of(settings), out=None)
    return list(summary.clusters.values()), list(summary.contradictions.values())


def newsroom_articles(now: datetime, base_url: str = DEFAULT_BASE_URL) -> list[Article]:
    """Return the newsroom's articles, every revision, in the order in which they came out."""
    return [article_of(line, now) for line in _with_revisions(articles(base_url))]


def score(found: Iterable[Contradiction], expected: Expected) -> Score:
    """Hold found contradictions against expected ones."""
    found = list(found)
    wanted = {item.id: _matcher(item.a, item.b) for item in expected.contradictions if _lasts(item.a, item.b)}
    either_way = [_matcher((pair.a,), (pair.b,)) for pair in expected.debatable]
    names = {c.contradiction_id: [id_ for id_, fits in wanted.items() if _any(c, fits)] for c in found}
    hits = [c for c in found if names[c.contradiction_id]]
    rest = [c for c in found if not names[c.contradiction_id]]
    debatable = [c for c in rest if any(_any(c, fits) for fits in either_way)]
    got = {name for each in names.values() for name in each}
    return Score(
        found=tuple(sorted(got)),
        missed=tuple(sorted(wanted.keys() - got)),
        hits=tuple(hits),
        debatable=tuple(debatable),
        false=tuple(c for c in rest if c not in debatable),
    )


def _with_revisions(lines: Iterable[object]) -> list[dict[str, object]]:
    """Number the revisions of an article in the order in which they came out."""
    seen: dict[object, int] = {}
    numbered = []
    for line in lines:
        fields = dict(line)  # type: ignore[call-overload]
        seen[fields["url"]] = seen.get(fields["url"], 0) + 1
        numbered.append({**fields, "revision": seen[fields["url"]]})
    return numbered


def _lasts(*sides: tuple[Passage, ...]) -> bool:
    """Whether each side is still held in the last round."""
    return all(any(passage.until_round is None for passage in side) for side in sides)


Fits = Callable[[Evidence], bool]


def _matcher(a: tuple[Passage, ...], b: tuple[Passage, ...]) -> Fits:
    def fits(evidence: Evidence) -> bool:
        return (_holds(evidence.a, a) and _holds(evidence.b, b)) or (_holds(evidence.a, b) and _holds(evidence.b, a))

    return fits


def _any(contradiction: Contradiction, fits: Fits) -> bool:
    return any(fits(evidence) for evidence in contradiction.evidence)


def _holds(side: Side, passages: tuple[Passage, ...]) -> bool:
    address = urlsplit(side.url)
    article = f"{(address.hostname or '').split('.')[0]}/{address.path.rsplit('/', 1)[-1]}"
    words = _words(f"{side.sentence} {side.quote}")
    return any(
        passage.article == article and len(words & _words(passage.quote)) >= HIT_OVERLAP * len(_words(passage.quote))
        for passage in passages
    )


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def main() -> None:
    """Print the table and what was missed and raised wrongly."""
    clusters, contradictions = read_newsroom()
    result = score(contradictions, load_expected())
    print(f"clusters {len(clusters)}, contradictions {len(contradictions)}")
    print(f"expected found {len(result.found)} of {len(result.found) + len(result.missed)}, recall {result.recall:.2f}")
    print(f"real {len(result.hits)}, debatable {len(result.debatable)}, false {len(result.false)}, ", end="")
    print(f"precision {result.precision:.2f}")
    print("found: ", ", ".join(result.found))
    print("missed:", ", ".join(result.missed))
    for contradiction in result.false:
        a, b = contradiction.a, contradiction.b
        print(f"false ({contradiction.kind}, {contradiction.score}): {a.outlet}: {a.quote}")
        print(f"    against {b.outlet}: {b.quote}")


if __name__ == "__main__":
    main()
