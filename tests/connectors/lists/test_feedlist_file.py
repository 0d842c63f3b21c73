"""The person's own list is changed whole or not at all, and keeps what others put there."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from connectors.lists import feedlist_file
from connectors.lists.feedlist import parse
from connectors.lists.feedlisted import FeedList, Listed
from pipeline.errors import SetupError

OPML = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE opml>
<!-- mine -->
<opml version="2.0">
  <head>
    <title>Desk</title>
  </head>
  <body>
    <!-- wires first -->
    <outline text="Wires" isOpen="true">
      <outline type="rss" text="A" xmlUrl="https://a.example/feed" starred="yes"/>
      <outline type="rss" text="B" xmlUrl="https://b.example/feed"/>
    </outline>
  </body>
</opml>
"""
TOML = """# mine
title = "Desk"

[[feed]] # the wire
url = "https://a.example/feed"
title = "A" # starred

[[feed]]
url = "https://b.example/feed"
"""
LINES = "# mine\nhttps://a.example/feed\n\nhttps://b.example/feed\n"
LISTS = {"a.opml": OPML, "a.toml": TOML, "a.txt": LINES}
NEW = Listed("https://c.example/feed", "C", folders=("Wires",))


@pytest.fixture(params=LISTS)
def mine(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    file = tmp_path / request.param
    file.write_text(LISTS[request.param])
    return file


def urls(file: Path) -> list[str]:
    return [feed.url for feed in parse(file.read_bytes(), file).feeds]


def test_adding_and_removing_again_leaves_the_file_as_it_was(mine: Path) -> None:
    before = mine.read_text()
    assert [feed.url for feed in feedlist_file.add(mine, [NEW]).added] == [NEW.url]
    assert urls(mine) == ["https://a.example/feed", "https://b.example/feed", NEW.url]
    assert "mine" in mine.read_text()
    (gone,) = feedlist_file.remove(mine, ["http://www.c.example/feed/"])
    assert gone.url == NEW.url
    assert mine.read_text() == before


def test_a_feed_comes_into_its_folder_on_a_line_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "a.opml"
    file.write_text(OPML)
    feedlist_file.add(file, [NEW, Listed("https://d.example/", "D", folders=("Wires", "Sport"))])
    lines = file.read_text().splitlines()
    assert '      <outline type="rss" text="C" xmlUrl="https://c.example/feed"/>' in lines
    assert '      <outline text="Sport">' in lines
    assert '        <outline type="rss" text="D" xmlUrl="https://d.example/"/>' in lines
    assert '    <outline text="Wires" isOpen="true">' in lines


def test_what_is_known_under_a_like_address_is_not_added(mine: Path) -> None:
    before = mine.read_bytes()
    merged = feedlist_file.add(mine, [Listed("http://www.a.example/feed/")])
    assert merged.added == ()
    assert [(given.url, there.url) for given, there in merged.known] == [
        ("http://www.a.example/feed/", "https://a.example/feed")
    ]
    assert mine.read_bytes() == before


def test_what_is_given_twice_is_added_once(mine: Path) -> None:
    feedlist_file.add(mine, [NEW, Listed("http://c.example/feed/")])
    assert len(urls(mine)) == 3


def test_removing_the_first_keeps_the_others_and_the_comments(mine: Path) -> None:
    feedlist_file.remove(mine, ["https://a.example/feed"])
    assert urls(mine) == ["https://b.example/feed"]
    assert "mine" in mine.read_text()


@pytest.mark.parametrize("name", ["new.opml", "new.toml", "new.txt"])
def test_a_list_that_is_not_there_is_made(name: str, tmp_path: Path) -> None:
    feedlist_file.add(tmp_path / name, [Listed("https://c.example/feed", "C")])
    assert urls(tmp_path / name) == ["https://c.example/feed"]
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o666 & ~mask


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    file, link = tmp_path / "real.opml", tmp_path / "link.opml"
    file.write_text(OPML)
    file.chmod(0o640)
    link.symlink_to(file)
    feedlist_file.add(link, [NEW])
    assert link.is_symlink()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert NEW.url in urls(file)
    assert sorted(it.name for it in tmp_path.iterdir()) == ["link.opml", "real.opml"]


def test_a_write_protected_list_is_left_alone_and_said(mine: Path) -> None:
    mine.chmod(0o444)
    before = mine.read_bytes()
    with pytest.raises(SetupError, match=r"write-protected; nothing was changed\. Make the file"):
        feedlist_file.add(mine, [NEW])
    assert mine.read_bytes() == before
    assert list(mine.parent.iterdir()) == [mine]


def test_the_shipped_list_is_not_changed() -> None:
    before = feedlist_file.SHIPPED.read_bytes()
    for change in (lambda path: feedlist_file.add(path, [NEW]), lambda path: feedlist_file.remove(path, [NEW.url])):
        with pytest.raises(SetupError, match=r"comes with crossclaim.*feeds export my\.opml.*CROSSCLAIM_FEEDS"):
            change(feedlist_file.SHIPPED)
    assert feedlist_file.SHIPPED.read_bytes() == before


def test_a_list_with_a_mistake_is_not_changed(tmp_path: Path) -> None:
    file = tmp_path / "a.opml"
    file.write_text(OPML.replace("https://b.example/feed", "ftp://b.example"))
    before = file.read_bytes()
    with pytest.raises(SetupError, match=r"line 12: 'ftp://b\.example' is no http.*nothing was changed"):
        feedlist_file.add(file, [NEW])
    assert file.read_bytes() == before


def test_changes_at_one_time_are_all_kept(mine: Path) -> None:
    feeds = [Listed(f"https://{number}.example/") for number in range(24)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda feed: feedlist_file.add(mine, [feed]), feeds))
    assert len(urls(mine)) == 26


def test_toml_that_cannot_be_edited_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_text('feed = [{ url = "https://a.example/" }]\n')
    for change in (lambda: feedlist_file.add(file, [NEW]), lambda: feedlist_file.remove(file, ["https://a.example/"])):
        with pytest.raises(SetupError):
            change()
    assert urls(file) == ["https://a.example/"]


def test_export_writes_anew_but_never_over_another_file_unasked(tmp_path: Path) -> None:
    listed = FeedList((NEW, Listed("http://c.example/feed/")), "Desk")
    assert feedlist_file.export(listed, tmp_path / "a.toml") == 1
    with pytest.raises(SetupError, match="it exists"):
        feedlist_file.export(listed, tmp_path / "a.toml")
    assert feedlist_file.export(listed, tmp_path / "a.toml", overwrite=True) == 1
    assert urls(tmp_path / "a.toml") == [NEW.url]
    with pytest.raises(SetupError, match=r"let it end in \.opml or \.toml"):
        feedlist_file.export(listed, tmp_path / "a.csv")
