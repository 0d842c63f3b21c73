"""`crossclaim search` over a real index: contradictions first, found words bold, hostile text as text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.index.sqlite import SqliteIndex
from tests.board.sample import fill
from tests.cli.asking import hostile, json_lines, keep, on_terminal, run, venezuela


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    index = SqliteIndex(folder / "index.sqlite")
    fill(index)
    index.close()
    keep(folder, *hostile())
    return folder


def test_contradictions_come_first_then_clusters_then_claims(data: Path) -> None:
    code, out, _ = run(data, "search", "Venezuela staff")
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == "contradictions: 1"
    assert lines[1].startswith(f"  {venezuela().contradiction_id[:8]}  denial, quantity, score 0.96, 2019-06-04 09:00")
    assert "Rostec (Global Research): “the composition of its presence" in lines[3]
    assert lines.index("clusters: 1") < lines.index("claims: 3")
    assert "\x1b" not in out


def test_json_tells_the_collection_of_each(data: Path) -> None:
    found = json_lines(data, "search", "Venezuela staff")
    assert list(dict.fromkeys(it["collection"] for it in found)) == ["contradictions", "clusters", "claims"]
    assert found[0]["score"] == pytest.approx(venezuela().score)
    assert found[0]["contradiction_id"] == venezuela().contradiction_id
    assert all("relevance" in it and "vector" not in it for it in found)


def test_days_bound_what_is_found(data: Path) -> None:
    def claims(*arguments: str) -> set[str]:
        found = json_lines(data, "search", "Venezuela", "--limit", "50", *arguments)
        return {it["published_at"][:10] for it in found if it["collection"] == "claims"}

    assert claims() >= {"2019-06-02", "2019-06-03", "2019-06-04"}
    assert claims("--since", "2019-06-03", "--until", "2019-06-03") == {"2019-06-03"}
    assert claims("--until", "2019-06-03T12:00") == {"2019-06-02", "2019-06-03"}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--until", "soon"), "write it as 2019-06-03"),
        (("--since", "2019-06-03", "--until", "2019-06-02"), "lies before"),
        (("--stance", "shouts"), "is no stance"),
        (("--kind", "ghost"), "is no kind"),
    ],
)
def test_wrong_options_are_told(data: Path, options: tuple[str, ...], told: str) -> None:
    code, _, err = run(data, "search", "Venezuela", *options)
    assert code == 2
    assert told in re.sub(r"[\s│]+", " ", err)


def test_kinds_of_sources_and_of_contradictions_are_taken(data: Path) -> None:
    assert {it["collection"] for it in json_lines(data, "search", "Venezuela", "--kind", "quantity")} == {
        "contradictions"
    }
    assert "contradictions" not in {
        it["collection"] for it in json_lines(data, "search", "Venezuela", "--kind", "person")
    }


def test_found_words_are_bold_on_a_terminal(data: Path) -> None:
    out = on_terminal(data, "search", "Venezuela staff", "--limit", "1")
    assert "has cut its \x1b[1mstaff\x1b[0m in \x1b[1mVenezuela\x1b[0m" in out


@pytest.mark.parametrize("terminal", [False, True])
def test_hostile_text_stays_text(data: Path, terminal: bool) -> None:
    out = on_terminal(data, "search", "zebras", columns=300) if terminal else run(data, "search", "zebras")[1]
    bare = re.sub(r"\x1b\[[0-9;]*m", "", out)
    assert "zebras [31mare [bold]red[/bold] &lt;mark&gt; on Monday neercs" in bare
    assert "[2JDr [link=https://evil.example]No ([red]Forger[/red])" in bare
    assert "[/nothing] (Honest)" in bare
    assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\u202e]", bare)
    if terminal:  # only our own styles
        assert set(re.findall(r"\x1b\[[0-9;]*m", out)) == {"\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[1;4m"}


def test_an_empty_index_is_told(tmp_path: Path) -> None:
    code, out, err = run(tmp_path, "search", "Venezuela", "--json")
    assert (code, out) == (0, "")
    assert "holds no claims yet" in err
