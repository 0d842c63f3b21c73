"""`crossclaim explain` over an index that holds what a few articles of the sample newsroom came to."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from benchmarks.quality.newsroom import newsroom_articles
from pipeline import compose
from pipeline.cli import build_app
from pipeline.config import load
from pipeline.flow import Flow
from pipeline.index.sqlite import SqliteIndex
from pipeline.index.stage import index_messages
from pipeline.ports import Document, Query
from schemas.article import Article
from schemas.claim import ArticleClaims
from schemas.cluster import Cluster
from schemas.contradiction import Contradiction
from schemas.ids import pair_id
from schemas.verdict import Verdict

KEPT = (Article, ArticleClaims, Cluster, Contradiction)
Explain = Callable[..., Result]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Verdict]]:
    """An index file of the articles about Venezuela, and every verdict that was given."""
    articles = [it for it in newsroom_articles(datetime(2026, 1, 1, tzinfo=UTC)) if "Venezuela" in it.text]
    flow = Flow(compose.analysis(load()), clock_ms=lambda: 0)
    messages = [output.message for output in flow.run(articles)]
    path = tmp_path_factory.mktemp("read") / "index.sqlite"
    index = SqliteIndex(path)
    index_messages(index, [it for it in messages if isinstance(it, KEPT)])
    index.close()
    return path, [it for it in messages if isinstance(it, Verdict)]


@pytest.fixture
def folder(read: tuple[Path, list[Verdict]], tmp_path: Path) -> Path:
    """A folder of data with a copy of that index."""
    shutil.copy(read[0], tmp_path / "index.sqlite")
    return tmp_path


@pytest.fixture
def index(folder: Path) -> SqliteIndex:
    return SqliteIndex(folder / "index.sqlite")


@pytest.fixture
def explain(folder: Path) -> Explain:
    def run(*arguments: str) -> Result:
        environment = {"CROSSCLAIM_DATA": str(folder), "COLUMNS": "200"}
        return CliRunner().invoke(build_app(), ("explain", *arguments), env=environment)

    return run


@pytest.fixture
def body(index: SqliteIndex) -> dict[str, Any]:
    """The contradiction with the most evidence."""
    hits = index.search(Query("contradictions", limit=100)).hits
    return dict(max((hit.body for hit in hits), key=lambda body: body["evidence_count"]))


def objects(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def pair_of(evidence: dict[str, Any]) -> str:
    return pair_id(evidence["a"]["claim_id"], evidence["b"]["claim_id"])


def rewrite(index: SqliteIndex, body: dict[str, Any], **fields: Any) -> None:
    """Keep a contradiction in another form."""
    document = Document("contradictions", body["contradiction_id"], body["version"] + 1, {**body, **fields})
    assert index.write([document]).written == 1


def test_a_contradiction_is_shown_with_both_sides_and_every_layer(explain: Explain, body: dict[str, Any]) -> None:
    result = explain(body["contradiction_id"])
    assert result.exit_code == 0, result.output
    told = " ".join(result.stdout.split())
    first = body["evidence"][0]
    for side in (first["a"], first["b"]):
        assert side["url"] in told
        assert " ".join(side["quote"].split()) in told
        assert side["outlet"] in told
    for reason in first["reasons"]:
        assert reason in told
    for words in ("likeness", "gate", "signs", "weights", "model", "cosine of meaning", "chances:", "Decided by"):
        assert words in told
    assert "Differs" not in told
    assert f"Evidence ({body['evidence_count']})" in told


def test_all_evidence_is_judged_today_as_it_was_told(explain: Explain, body: dict[str, Any]) -> None:
    """The claims are rebuilt from the index: the same words, names and figures give the same verdicts and reasons."""
    (case,) = objects(explain(body["contradiction_id"][:6], "--all", "--json"))
    assert [why["pair_id"] for why in case["explained"]] == [pair_of(it) for it in body["evidence"]]
    for why in case["explained"]:
        assert why["differs"] is None
        assert why["today"]["reasons"] == why["told"]["reasons"]
        assert why["today"]["score"] == pytest.approx(why["told"]["score"], abs=1e-3)


def test_any_two_claims_are_judged_as_the_pipeline_judged_them(
    explain: Explain, read: tuple[Path, list[Verdict]]
) -> None:
    for verdict in {it.verdict: it for it in read[1]}.values():
        (case,) = objects(explain(verdict.b.claim_id, verdict.a.claim_id, "--json"))
        today = case["explained"][0]["today"]
        assert (today["verdict"], today["kind"]) == (verdict.verdict, verdict.kind)
        assert today["reasons"] == list(verdict.reasons)
        assert (case["contradiction_id"] is not None) == (verdict.verdict == "contradiction")


def test_a_pair_is_explained_alone(explain: Explain, body: dict[str, Any]) -> None:
    wanted = pair_of(body["evidence"][-1])
    (case,) = objects(explain(wanted[:10].upper(), "--json"))
    assert case["contradiction_id"] == body["contradiction_id"]
    assert [why["pair_id"] for why in case["explained"]] == [wanted]


def test_a_claim_and_a_cluster_stand_for_their_contradictions(explain: Explain, body: dict[str, Any]) -> None:
    side = body["evidence"][-1]["b"]
    for case in objects(explain(side["claim_id"], "--json")):
        assert {side["claim_id"]} & {case["explained"][0][it]["claim_id"] for it in "ab"}
    cases = objects(explain(body["cluster_ids"][0], "--json"))
    assert body["contradiction_id"] in {case["contradiction_id"] for case in cases}


def test_a_cluster_that_was_joined_to_another_stands_for_that(
    explain: Explain, index: SqliteIndex, body: dict[str, Any]
) -> None:
    cluster = index.get("clusters", body["cluster_ids"][:1])[body["cluster_ids"][0]]
    joined = {**cluster, "cluster_id": "d" * 32, "status": "merged", "merged_into": cluster["cluster_id"]}
    index.write([Document("clusters", "d" * 32, 1, joined)])
    assert [it["contradiction_id"] for it in objects(explain("dddddd", "--json"))] == [
        it["contradiction_id"] for it in objects(explain(cluster["cluster_id"], "--json"))
    ]


def test_what_the_rules_would_not_say_today_is_said(explain: Explain, index: SqliteIndex, body: dict[str, Any]) -> None:
    first = {**body["evidence"][0], "kind": "other", "score": 0.31}
    rewrite(index, body, evidence=[first])
    result = explain(body["contradiction_id"])
    assert "Differs: told as contradiction (other), score 0.31; today's rules say contradiction" in result.stdout


def test_a_claim_that_is_not_there_is_said(explain: Explain, index: SqliteIndex, body: dict[str, Any]) -> None:
    first = body["evidence"][0]
    rewrite(index, body, evidence=[{**first, "a": {**first["a"], "claim_id": "0" * 32}}])
    result = explain(body["contradiction_id"])
    assert result.exit_code == 0
    assert f"claim {'0' * 32} ({first['a']['outlet']}) is not in the index" in result.stdout
    assert first["reasons"][0] in " ".join(result.stdout.split())
    assert "What each layer saw" not in result.stdout


def test_a_claim_kept_before_names_were_is_read_again(
    explain: Explain, index: SqliteIndex, body: dict[str, Any]
) -> None:
    claim_id = body["evidence"][0]["a"]["claim_id"]
    old = {name: value for name, value in index.get("claims", [claim_id])[claim_id].items() if name != "named"}
    index.write([Document("claims", claim_id, old["revision"] + 1, old)])
    result = explain(body["contradiction_id"])
    assert "does not hold what the names" in result.stdout
    assert "What each layer saw" in result.stdout


def test_a_contradiction_that_was_joined_to_another_names_it(
    explain: Explain, index: SqliteIndex, body: dict[str, Any]
) -> None:
    rewrite(index, body, status="superseded", superseded_by="f" * 32)
    assert f"it is told as {'f' * 32} now" in explain(body["contradiction_id"]).stdout


def test_text_of_the_web_does_not_steer_the_terminal(
    explain: Explain, index: SqliteIndex, body: dict[str, Any]
) -> None:
    first = body["evidence"][0]
    rewrite(index, body, evidence=[{**first, "a": {**first["a"], "quote": "\x1b[2J[red]gone[/red]"}}])
    told = explain(body["contradiction_id"]).stdout
    assert "\x1b" not in told
    assert "[2J[red]gone[/red]" in told


def test_an_unknown_id_says_where_ids_stand(explain: Explain) -> None:
    result = explain("abcdef0123456789")
    assert result.exit_code == 1
    assert "abcdef0123456789" in result.stderr
    assert "crossclaim search" in result.stderr


def test_an_id_that_is_not_enough_names_what_begins_so(
    explain: Explain, index: SqliteIndex, body: dict[str, Any]
) -> None:
    twin = body["contradiction_id"][:7] + "0" * 25
    index.write([Document("contradictions", twin, 1, {**body, "contradiction_id": twin})])
    result = explain(body["contradiction_id"][:7])
    assert result.exit_code == 1
    assert f"contradiction {twin}" in result.stderr
    assert "give more characters" in result.stderr
    assert explain(body["contradiction_id"]).exit_code == 0


def test_an_empty_index_is_said(tmp_path: Path) -> None:
    environment = {"CROSSCLAIM_DATA": str(tmp_path)}
    result = CliRunner().invoke(build_app(), ("explain", "abcdef"), env=environment)
    assert result.exit_code == 1
    assert f"the index in {tmp_path} holds no claims yet" in result.stderr


@pytest.mark.parametrize(("given", "why"), [("abcde", "too short"), ("rostec staff", "is no id"), ("", "is no id")])
def test_what_is_no_id_is_wrong_usage(explain: Explain, given: str, why: str) -> None:
    result = explain(given)
    assert result.exit_code == 2
    assert why in " ".join(result.stderr.replace("│", " ").split())


def test_a_claim_in_no_contradiction_asks_for_another(explain: Explain, index: SqliteIndex) -> None:
    disputed = {one for hit in index.search(Query("contradictions", limit=100)).hits for one in hit.body["claim_ids"]}
    quiet = next(hit.id for hit in index.search(Query("claims", limit=1000)).hits if hit.id not in disputed)
    result = explain(quiet)
    assert result.exit_code == 1
    assert "give the ids of both" in result.stderr
    assert "both ids are of one claim" in explain(quiet, quiet).stderr


def test_two_given_claims_are_explained() -> None:
    words = "The bridge in Lima collapsed on Monday.", "The bridge in Lima did not collapse."
    told = CliRunner().invoke(build_app(), ("compare", *words, "--explain"))
    assert told.exit_code == 0
    assert "Verdict: contradiction (negation)" in told.stdout
    assert "Decided by model" in told.stdout
    assert CliRunner().invoke(build_app(), ("compare", "pairs.jsonl", "--explain")).exit_code == 2
