"""`crossclaim show` over a real index: both sides, timelines, what a claim is part of; what has moved is followed."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from pipeline.index.sqlite import SqliteIndex
from schemas.cluster import Cluster
from schemas.contradiction import Contradiction
from tests.board import stories
from tests.board.sample import fill
from tests.cli.asking import FORGED, hostile, json_lines, keep, on_terminal, run, venezuela

CASE = venezuela()
CLUSTER = next(message for message in stories.venezuela() if isinstance(message, Cluster))
FORMER, CHAIN = "f00f" * 8, "f11f" * 8
EMPTIED, LOST = "fccf" * 8, "fddf" * 8


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    index = SqliteIndex(folder / "index.sqlite")
    fill(index)
    index.close()
    changed = msgspec.structs.replace
    keep(
        folder,
        *hostile(),
        changed(CASE, contradiction_id=FORMER, status="superseded", superseded_by=CHAIN),
        changed(CASE, contradiction_id=CHAIN, status="superseded", superseded_by=CASE.contradiction_id),
        changed(CLUSTER, cluster_id=EMPTIED, status="merged", merged_into=CLUSTER.cluster_id),
        changed(CLUSTER, cluster_id=LOST, status="merged", merged_into="0" * 32),
    )
    return folder


def test_a_contradiction_is_shown_with_both_sides_and_further_evidence(data: Path) -> None:
    code, out, _ = run(data, "show", CASE.contradiction_id[:6])
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == f"Contradiction {CASE.contradiction_id}"
    assert lines[1] == "denial, quantity, score 0.96, open, first seen 2019-06-04 09:00 UTC"
    assert f"  “{CASE.a.quote}”" in lines
    assert f"  in: {CASE.b.sentence}" in lines
    assert f"  {CASE.b.url}" in lines
    assert "Why" in lines
    assert "Further evidence (2)" in lines
    assert f"  {CASE.reasons[0]}" in lines


def test_a_wide_terminal_has_the_sides_beside_each_other(data: Path) -> None:
    wide = on_terminal(data, "show", CASE.contradiction_id, columns=120)
    line = next(line for line in wide.splitlines() if "2019-06-02 16:05" in line)
    assert "\x1b[1;4m" in line, line  # beside the first side's time stands the other's marked quote
    narrow = on_terminal(data, "show", CASE.contradiction_id, columns=99)
    line = next(line for line in narrow.splitlines() if "2019-06-02 16:05" in line)
    assert "\x1b[1;4m" not in line
    assert "\x1b[1;4mhas cut its staff" in narrow


def test_a_cluster_is_shown_as_a_timeline(data: Path) -> None:
    code, out, _ = run(data, "show", CLUSTER.cluster_id)
    assert code == 0
    assert "6 claims in 5 outlets, 5 independent sources, from 2019-06-02 16:05 UTC" in out
    assert "Denied by Vladimir Zaemsky, Rostec" in out
    assert f"In the contradictions {CASE.contradiction_id[:8]}" in out
    times = re.findall(r"^  (2019-\S+ \S+) UTC", out, re.MULTILINE)
    assert len(times) == 6
    assert times == sorted(times)


def test_a_claim_is_shown_with_what_it_is_part_of(data: Path) -> None:
    code, out, _ = run(data, "show", stories.JOURNAL.claim_id)
    assert code == 0
    assert "a person close to the Russian defense ministry (unnamed) asserts" in out
    assert "Figure “a few dozen”: about 24 to 96 staff (to)" in out
    assert f"  {stories.JOURNAL.url}" in out
    assert f"Cluster {CLUSTER.cluster_id[:8]} {CLUSTER.headline}" in out
    assert f"Contradiction {CASE.contradiction_id[:8]} denial, quantity" in out
    assert "Denies about 1,000" in run(data, "show", stories.FIGURES.claim_id)[1]


def test_json_is_the_document(data: Path) -> None:
    (body,) = json_lines(data, "show", CASE.contradiction_id[:8])
    assert body["collection"] == "contradictions"
    assert msgspec.convert({**body, "message": "contradiction"}, Contradiction).evidence == CASE.evidence
    assert json_lines(data, "show", CLUSTER.cluster_id)[0]["headline"] == CLUSTER.headline
    assert json_lines(data, "show", stories.JOURNAL.claim_id)[0]["text"] == stories.JOURNAL.quote


def test_what_has_become_another_is_followed_and_said(data: Path) -> None:
    code, out, err = run(data, "show", FORMER)
    assert (code, out.splitlines()[0]) == (0, f"Contradiction {CASE.contradiction_id}")
    assert err.splitlines() == [
        f"crossclaim: contradiction {FORMER} has become {CHAIN}",
        f"crossclaim: contradiction {CHAIN} has become {CASE.contradiction_id}",
    ]
    _, out, err = run(data, "show", EMPTIED[:6], "--json")
    assert f'"cluster_id":"{CLUSTER.cluster_id}"' in out
    assert f"was merged into {CLUSTER.cluster_id}" in err
    code, out, err = run(data, "show", LOST)
    assert (code, out.splitlines()[0]) == (0, f"Cluster {LOST}")
    assert "which the index does not hold" in err


def test_a_pair_shows_its_contradiction(data: Path) -> None:
    pair = CASE.evidence[1].pair_id
    code, out, err = run(data, "show", pair)
    assert (code, out.splitlines()[0]) == (0, f"Contradiction {CASE.contradiction_id}")
    assert f"pair {pair} is evidence" in err


def test_a_superseded_claim_is_said_to_be_so(data: Path, tmp_path: Path) -> None:
    index = SqliteIndex(tmp_path / "index.sqlite")
    fill(index)
    index.close()
    messages = {type(message).__name__: message for message in stories.article(stories.HARBOR)}
    later = msgspec.structs.replace(messages["ArticleClaims"], revision=2, claims=())
    keep(tmp_path, later)
    code, out, err = run(tmp_path, "show", stories.HARBOR.claim_id)
    assert (code, out.splitlines()[0]) == (0, f"Claim {stories.HARBOR.claim_id}")
    assert "superseded: revision 2 of its article does not make it any more" in err


@pytest.mark.parametrize(("given", "code"), [("fffffff", 1), ("abc", 2), ("Rostec", 2)])
def test_what_is_no_id_is_told(data: Path, given: str, code: int) -> None:
    ended, out, err = run(data, "show", given)
    assert (ended, out) == (code, "")
    assert given in err


@pytest.mark.parametrize("terminal", [False, True])
@pytest.mark.parametrize("what", ["contradiction", "cluster", "claim"])
def test_hostile_text_stays_text(data: Path, what: str, terminal: bool) -> None:
    messages = {type(message).__name__: message for message in hostile()}
    id = FORGED.claim_id if what == "claim" else getattr(messages[what.capitalize()], f"{what}_id")
    out = on_terminal(data, "show", id, columns=250) if terminal else run(data, "show", id)[1]
    bare = re.sub(r"\x1b\[[0-9;]*m", "", out)
    assert "zebras [31mare [bold]red[/bold] &lt;mark&gt; on Monday neercs" in bare
    assert "[2JDr [link=https://evil.example]No" in bare
    assert "[red]Forger[/red]" in bare
    assert "https://forged.example/ ]8;;https://evil.example" in bare
    assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\u202e]", bare)
    assert set(re.findall(r"\x1b\[[0-9;]*m", out)) <= {f"\x1b[{it}m" for it in ("0", "1", "2", "3", "1;4")}
