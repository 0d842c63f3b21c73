"""The commands over files, as a person or a script calls them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from pipeline.cli import build_app
from pipeline.errors import SetupError

SEED = Path(__file__).parents[3] / "shared" / "data" / "seed" / "article.md"

SPEAKERS = {
    "Trump": "Trump", "the Journal": "Wall Street Journal", "source near the ministry": "Defense Ministry",
    "source near the Kremlin": "close to the Kremlin", "Rostec": "Rostec", "Rosoboronexport": "Rosoboronexport",
    "envoy": "Zaemsky", "deputy minister": "Ryabkov", "spokesman": "Peskov", "vice president": "Rodriguez",
    "counselor": "Seredin",
}  # fmt: skip


def crossclaim(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(build_app(), arguments, input=text)


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text().splitlines()]


def plain(markdown: str) -> str:
    """Return the words of a Markdown text."""
    linked = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    return re.sub(r"[*#<>]+", "", linked)


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `crossclaim replay` wrote of the first case's article, given as one article."""
    folder = tmp_path_factory.mktemp("seed")
    article = {
        "url": "https://news.example/seed", "title": "Dubious Report", "text": plain(SEED.read_text()),
        "published_at": "2019-06-04T12:00:00Z", "outlet": "Global Research",
    }  # fmt: skip
    (folder / "seed.jsonl").write_text(json.dumps(article) + "\n")
    result = crossclaim("replay", str(folder / "seed.jsonl"), "--out", str(folder / "out"), "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout.splitlines()[-1])["articles"] == 1
    return folder / "out"


def test_the_speakers_of_the_first_case_are_heard(seed: Path) -> None:
    sources = [claim["source"]["name"] for claim in lines(seed / "claims.jsonl")]
    heard = {who for who, name in SPEAKERS.items() if any(name in source for source in sources)}
    assert len(heard) >= 9, set(SPEAKERS) - heard


@pytest.mark.parametrize("speaker", ["Rostec", "Zaemsky"])
def test_the_denials_of_the_first_case_point_to_the_report(speaker: str, seed: Path) -> None:
    claims = {claim["claim_id"]: claim for claim in lines(seed / "claims.jsonl")}
    denials = [c for c in claims.values() if speaker in c["source"]["name"] and c["stance"] == "denies"]
    denied = [claims[d["denies"]["claim_id"]] for d in denials if d["denies"] and d["denies"]["claim_id"]]
    assert any("cut its staff" in claim["text"] for claim in denied)


def test_every_file_of_the_contract_is_written(seed: Path) -> None:
    names = {file.name for file in seed.iterdir()}
    wanted = ("claims", "pairs", "verdicts", "clusters", "contradictions", "alerts", "rejected")
    assert names == {f"{name}.jsonl" for name in wanted}
    claim = lines(seed / "claims.jsonl")[0]
    fields = "claim_id article_id url outlet text start end standalone source cue content stance denies quantities"
    assert set(fields.split()) | {"entities", "checkworthy"} <= set(claim)
    contradiction = lines(seed / "contradictions.jsonl")[0]
    assert {"contradiction_id", "kind", "score", "reasons", "first_seen", "a", "b"} <= set(contradiction)
    side = "claim_id url outlet source quote sentence published_at cluster_id"
    assert set(side.split()) <= set(contradiction["a"])
    cluster = lines(seed / "clusters.jsonl")[0]
    fields = "cluster_id headline claims outlets independent_sources asserters deniers first_seen last_seen"
    assert set(fields.split()) <= set(cluster)


def test_a_bad_line_is_said_and_the_rest_is_done(tmp_path: Path) -> None:
    good = {"url": "http://a.example/1", "text": "The mayor said 40 people were hurt.", "outlet": "A", "title": "T"}
    (tmp_path / "in.jsonl").write_text(json.dumps(good) + "\nnonsense\n")
    result = crossclaim("replay", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "out"), "--json")
    assert result.exit_code == 1
    assert "line 2" in result.stderr
    assert json.loads(result.stdout.splitlines()[-1])["rejected"] == 1
    assert lines(tmp_path / "out" / "rejected.jsonl")[0]["reason"].startswith("line 2")


def test_claims_come_as_lines(tmp_path: Path) -> None:
    article = {"url": "http://a.example/1", "text": "Mayor Ana Ruiz said that 40 people were hurt in the fire in Lima."}
    (tmp_path / "in.jsonl").write_text(json.dumps(article))
    result = crossclaim("claims", str(tmp_path / "in.jsonl"))
    assert result.exit_code == 0
    (claim,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert "Ruiz" in claim["source"]["name"]
    assert article["text"][claim["start"] : claim["end"]] == claim["text"]


def test_pairs_are_judged_line_by_line_in_either_order(tmp_path: Path) -> None:
    a = "Rostec cut its staff in Venezuela to a few dozen from about 1,000."
    b = "Rostec said its staff in Venezuela has not changed for many years."
    pairs = [{"a": a, "b": b, "note": "kept"}, {"a": b, "b": a}, {"a": a, "b": a}]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, pairs)) + '\n{"a": 1}\n')
    result = crossclaim("compare", str(tmp_path / "in.jsonl"))
    assert result.exit_code == 1
    assert "line 4" in result.stderr
    first, second, same = [json.loads(line) for line in result.stdout.splitlines()]
    assert first["note"] == "kept"
    assert first["verdict"] == second["verdict"] == "contradiction"
    assert first["score"] == second["score"]
    assert same["verdict"] == "same"
    assert first["reasons"]


def test_two_claims_can_be_given_as_words() -> None:
    result = crossclaim("compare", "The bridge in Lima collapsed on Monday.", "The bridge in Lima did not collapse.")
    assert json.loads(result.stdout)["verdict"] == "contradiction"


@pytest.mark.parametrize("command", ["replay", "claims", "compare"])
def test_a_missing_file_is_named(command: str) -> None:
    result = crossclaim(command, "nowhere.jsonl")
    assert isinstance(result.exception, SetupError)
    assert "nowhere.jsonl" in str(result.exception)


def test_every_command_explains_itself() -> None:
    names = "run connect worker board setup doctor backfill replay claims compare search explain rejected"
    for name in names.split():
        result = crossclaim(name, "--help")
        assert result.exit_code == 0
        assert "Usage:" in result.stdout
