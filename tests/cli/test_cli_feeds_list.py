"""`crossclaim feeds`: list, import, export, remove, as a person or a script calls them."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from connectors.lists.feedlist import parse
from connectors.lists.feedlist_file import SHIPPED
from pipeline.cli import build_app

OTHER = """<?xml version="1.0"?>
<opml version="1.0"><head><title>Export</title></head><body>
<outline text="News"><outline text="Europe" title="Europe">
  <outline type="rss" text="Monde" xmlUrl="https://monde.example/rss" htmlUrl="https://monde.example/" starred="yes"/>
</outline></outline>
<outline type="rss" text="Checkers" xmlUrl="https://check.example/sitemap.xml" kind="sitemap" outlet="The Checker"/>
</body></opml>
"""


def feeds(*arguments: str | Path) -> Result:
    return CliRunner().invoke(build_app(), ["feeds", *map(str, arguments)])


def test_import_export_import_is_the_same_in_either_form(tmp_path: Path) -> None:
    (tmp_path / "other.opml").write_text(OTHER)
    chain = ["other.opml", "one.opml", "two.toml", "three.opml", "four.toml"]
    for before, after in pairwise(chain):
        if after == "one.opml":
            result = feeds("import", tmp_path / before, "--feeds", tmp_path / after)
        else:
            result = feeds("export", tmp_path / after, "--feeds", tmp_path / before)
        assert result.exit_code == 0, result.output
    first, *others = [parse((tmp_path / name).read_bytes(), Path(name)).feeds for name in chain]
    for other in others:
        assert other == first
    (monde, check) = first
    assert monde.folders == ("News", "Europe")
    assert dict(monde.other)["starred"] == "yes"
    assert (check.kind, check.outlet) == ("sitemap", "The Checker")


def test_what_is_listed_already_is_said_and_stays_as_it_is(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('[[feed]]\nurl = "http://www.monde.example/rss/"\ntitle = "My Monde"\n')
    (tmp_path / "other.opml").write_text(OTHER)
    result = feeds("import", tmp_path / "other.opml", "--feeds", mine)
    assert f"1 added to {mine}, 1 listed already, 0 left out" in result.stdout
    assert "listed already: https://monde.example/rss as http://www.monde.example/rss/" in result.stderr
    assert "My Monde" in mine.read_text()


def test_what_is_no_feed_is_left_out_and_said(tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("https://a.example/feed\n" + "just words\n" * 30)
    result = feeds("import", tmp_path / "other.txt", "--feeds", tmp_path / "mine.opml")
    assert result.exit_code == 1
    assert "1 added" in result.stdout
    assert "line 2: 'just words' is no http or https address" in result.stderr
    assert "left out: 25 more" in result.stderr
    assert len(result.stderr.splitlines()) == 6


def test_the_list_is_printed_by_folder_or_as_json(tmp_path: Path) -> None:
    (tmp_path / "mine.opml").write_text(OTHER)
    told = feeds("list", "--feeds", tmp_path / "mine.opml").stdout
    assert "News / Europe\n  Monde  https://monde.example/rss\n" in told
    assert "Checkers  https://check.example/sitemap.xml  (sitemap)" in told
    printed = feeds("list", "--json", "--feeds", tmp_path / "mine.opml").stdout.splitlines()
    assert [json.loads(line)["url"] for line in printed] == [
        "https://monde.example/rss",
        "https://check.example/sitemap.xml",
    ]


def test_remove_says_what_it_removed_and_what_it_did_not_find(tmp_path: Path) -> None:
    mine = tmp_path / "mine.opml"
    mine.write_text(OTHER)
    result = feeds("remove", "http://monde.example/rss/", "https://check.example/sitemap.xm", "--feeds", mine)
    assert result.exit_code == 1
    assert result.stdout == "removed: Monde  https://monde.example/rss\n"
    assert "sitemap.xm is not in" in result.stderr
    assert "did you mean https://check.example/sitemap.xml?" in result.stderr
    assert "monde" not in mine.read_text()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("remove", "https://a.example/", "--feeds", str(SHIPPED)), "it comes with crossclaim"),
        (("import", "nowhere.opml"), "nowhere.opml: No such file"),
        (("list", "--feeds", "nowhere.opml"), "nowhere.opml: No such file"),
        (("export", "list.csv"), "let it end in .opml or .toml"),
        (("list", "--feeds", __file__), "is no http or https address"),
        (("health", "--feeds", "nowhere.opml"), "nowhere.opml: No such file"),
    ],
)
def test_wrong_use_is_a_sentence(
    arguments: tuple[str, ...], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CROSSCLAIM_DATA", str(tmp_path / "data"))
    result = feeds(*arguments)
    assert result.exception is not None
    assert words in str(result.exception) + result.stderr
