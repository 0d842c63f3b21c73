"""The whole way in memory over the sample newsroom, twice: the second pass changes nothing."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from benchmarks.quality.newsroom import newsroom_articles, score
from newsroom import load_expected
from pipeline import compose
from pipeline.config import load
from pipeline.flow import Flow
from pipeline.index.open import open_index
from pipeline.stage import Output
from schemas.alert import Alert
from schemas.claim import ArticleClaims
from schemas.cluster import Cluster
from schemas.contradiction import Contradiction
from schemas.topics import ARTICLES, CLAIMS, CLUSTERS, CONTRADICTIONS, PAIRS, REJECTED, VERDICTS

FLOORS = Path(__file__).parents[2] / "benchmarks" / "quality" / "floors.toml"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


RULES = """
[channel.file]
type = "file"
path = "alerts.jsonl"
[[rule]]
name = "all"
channels = ["file"]
"""


class TwoPasses:
    """Both passes of the newsroom through one flow, and the alerts told after each."""

    def __init__(self, folder: Path) -> None:
        (folder / "rules.toml").write_text(RULES)
        settings = load(data=folder, alerts={"rules": folder / "rules.toml", "settle_seconds": 0})
        telling = compose.telling(settings, open_index(settings))
        self.flow = Flow([*compose.analysis(settings), telling], clock_ms=lambda: 0)
        self.first = list(self.flow.run(newsroom_articles(NOW)))
        self.fates = Counter(self.flow.fates)
        telling.tick()
        self.told = self._told(folder)
        self.second = list(self.flow.run(newsroom_articles(NOW)))
        telling.tick()
        self.told_again = self._told(folder)[len(self.told) :]

    @staticmethod
    def _told(folder: Path) -> list[Alert]:
        lines = (folder / "alerts.jsonl").read_bytes().splitlines()
        return [msgspec.json.decode(line, type=Alert) for line in lines]


@pytest.fixture(scope="module")
def passes(tmp_path_factory: pytest.TempPathFactory) -> TwoPasses:
    return TwoPasses(tmp_path_factory.mktemp("newsroom"))


def topic_counts(outputs: Sequence[Output]) -> Counter[str]:
    return Counter(output.topic.name for output in outputs)


def test_every_stage_accounts_for_every_message(passes: TwoPasses) -> None:
    went = topic_counts(passes.first)
    for stage, topic in (("claims", ARTICLES), ("matching", CLAIMS), ("contradictions", PAIRS), ("clusters", VERDICTS)):
        taken = sum(passes.fates[stage, fate] for fate in ("done", "duplicate", "rejected"))
        assert taken == went[topic.name], stage
    assert went[REJECTED.name] == 0


def test_the_second_pass_changes_nothing(passes: TwoPasses) -> None:
    went = topic_counts(passes.second)
    assert went[ARTICLES.name] == went[CLAIMS.name] == topic_counts(passes.first)[ARTICLES.name]
    assert went[PAIRS.name] == went[VERDICTS.name] == went[CLUSTERS.name] == went[CONTRADICTIONS.name] == 0
    assert passes.told_again == []


def test_claims_stand_where_they_say(passes: TwoPasses) -> None:
    texts = {(a.article_id, a.revision): a.text for a in newsroom_articles(NOW)}
    claims = [c for o in passes.first if isinstance(o.message, ArticleClaims) for c in o.message.claims]
    assert len(claims) > 300
    for claim in claims:
        assert texts[claim.article_id, claim.revision][claim.start : claim.end] == claim.text


def test_each_contradiction_is_told_once(passes: TwoPasses) -> None:
    told = [alert for alert in passes.told if alert.change == "new"]
    for contradiction in open_contradictions(passes):
        pairs = {evidence.pair_id for evidence in contradiction.evidence}
        assert len([alert for alert in told if pairs & set(alert.pair_ids)]) == 1
    assert len(told) == len(open_contradictions(passes))


def open_contradictions(passes: TwoPasses) -> list[Contradiction]:
    latest = {o.message.contradiction_id: o.message for o in passes.first if isinstance(o.message, Contradiction)}
    return [message for message in latest.values() if message.status == "open"]


def open_clusters(passes: TwoPasses) -> list[Cluster]:
    latest = {o.message.cluster_id: o.message for o in passes.first if isinstance(o.message, Cluster)}
    return [message for message in latest.values() if message.status == "open"]


def test_the_venezuela_case_comes_out(passes: TwoPasses) -> None:
    """One contradiction that holds the newspaper's report, the denials of firm and envoy, and the figures."""
    contradictions = [c for c in open_contradictions(passes) if "Venezuela" in " ".join(c.entities)]
    whole = [c for c in contradictions if {"denial", "quantity"} <= set(c.kinds)]
    assert whole, [c.kinds for c in contradictions]
    speakers = {side.source for c in whole for e in c.evidence for side in (e.a, e.b)}
    outlets = {side.outlet for c in whole for e in c.evidence for side in (e.a, e.b)}
    assert "The Ledger-Journal" in outlets
    assert any("Rostec" in name for name in speakers)
    assert any("Zaemsky" in name for name in speakers)


def test_what_a_careful_reader_finds_is_found(passes: TwoPasses) -> None:
    result = score(open_contradictions(passes), load_expected())
    floors = tomllib.loads(FLOORS.read_text())["newsroom"]
    assert {"venezuela-staff-cut", "venezuela-informed"} <= set(result.found)
    assert result.recall >= floors["recall"], result.missed
    assert result.precision >= floors["precision"], [c.reasons for c in result.false]


def test_wire_copies_count_as_one_source(passes: TwoPasses) -> None:
    """The ferry story went out by the agency and was printed by three outlets."""
    copied = [c for c in open_clusters(passes) if len(c.outlets) >= 4 and "Meridian Wire" in c.outlets]
    assert copied
    assert all(c.independent_sources == 1 for c in copied)


def test_the_corrected_figure_is_gone(passes: TwoPasses) -> None:
    held = {side.quote for c in open_contradictions(passes) for e in c.evidence for side in (e.a, e.b)}
    assert not any("73 percent" in quote for quote in held)
