"""Lists of feeds in OPML, TOML and plain lines: what is read, written, and read again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.lists.feedlist import parse, read_feed_list
from connectors.lists.feedlist_opml import write_opml
from connectors.lists.feedlist_toml import write_toml
from connectors.lists.feedlisted import FeedList, Listed, once, same_address
from connectors.text import one_line
from pipeline.errors import SetupError

READERS = b"""<?xml version="1.0" encoding="ISO-8859-1"?>
<!-- exported by a reader -->
<opml version="1.0" xmlns:frss="https://freshrss.org/opml">
  <head><title>Mes flux</title><ownerName>Ana</ownerName></head>
  <body>
    <outline text="News" title="News" isOpen="true">
      <outline text="Europe">
        <outline text="Le Monde \xe9t\xe9" title="Le Monde" type="rss" xmlUrl="https://lemonde.example/rss"
          htmlUrl="https://lemonde.example/" description="Le quotidien" frss:priority="category"/>
      </outline>
      <outline title="Old style" type="RSS" xmlURL="http://old.example/feed" version="RSS2"/>
    </outline>
    <outline text="Bookmark" type="link" url="https://nofeed.example/"/>
    <outline text="Checkers" outlet="The Checker" kind="sitemap" xmlUrl="https://check.example/sitemap.xml"/>
    <outline text="Apple" xmlUrl="feed://apple.example/a.atom" category="/Tech/Fruit"/>
  </body>
</opml>
"""


def test_the_list_of_another_reader_keeps_folders_names_and_attributes() -> None:
    listed = parse(READERS, Path("a.opml"))
    assert listed.problems == ()
    assert listed.title == "Mes flux"
    monde, old, check, apple = listed.feeds
    assert (monde.title, monde.folders) == ("Le Monde été", ("News", "Europe"))
    assert dict(monde.other)["{https://freshrss.org/opml}priority"] == "category"
    assert dict(monde.other)["htmlUrl"] == "https://lemonde.example/"
    assert (old.title, old.url, old.folders) == ("Old style", "http://old.example/feed", ("News",))
    assert (check.outlet, check.kind) == ("The Checker", "sitemap")
    assert (apple.url, dict(apple.other)) == ("http://apple.example/a.atom", {"category": "/Tech/Fruit"})


@pytest.mark.parametrize("form", ["a.opml", "a.toml"])
def test_written_and_read_again_it_is_the_same(form: str) -> None:
    listed = parse(READERS, Path("a.opml"))
    write = write_opml if form.endswith("opml") else write_toml
    again = parse(write(listed.feeds, listed.title), Path(form))
    assert again == listed


others = st.dictionaries(st.from_regex(r"[b-m]{6,9}", fullmatch=True), st.text("abc é<&\"'=", min_size=1), max_size=2)
names = st.text(max_size=12).map(one_line)
words = st.text(st.characters(min_codepoint=32, exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
listed = st.builds(
    Listed,
    url=st.from_regex(r"https?://[a-z]{1,8}\.example/[a-z]{0,5}(\?[a-z]{1,3}=[0-9&=%]{0,4})?", fullmatch=True),
    title=names,
    outlet=names,
    kind=st.sampled_from(["feed", "sitemap", "topic", "my.code:list_it"]),
    folders=st.lists(words.map(one_line).filter(bool), max_size=3).map(tuple),
    other=others.map(lambda found: tuple(sorted(found.items()))),
)


@given(st.lists(listed, max_size=8).map(tuple), names)
def test_any_list_survives_both_forms(feeds: tuple[Listed, ...], title: str) -> None:
    feeds = tuple(feed if feed.title else Listed(feed.url, feed.url) for feed in feeds)
    whole = FeedList(feeds, title)
    assert parse(write_toml(feeds, title), Path("a.toml")) == whole
    by_opml = parse(write_opml(feeds, title), Path("a.opml"))
    assert sorted(by_opml.feeds, key=repr) == sorted(feeds, key=repr)
    assert by_opml.problems == ()
    assert parse(write_opml(by_opml.feeds, title), Path("a.opml")) == by_opml


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.example/feed", "https://www.A.example:443/feed/"),
        ("https://a.example/feed?utm_source=x#top", "https://a.example/feed"),
        ("https://a.example", "https://a.example/"),
    ],
)
def test_equal_addresses(one: str, other: str) -> None:
    assert same_address(one) == same_address(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/feed?rss=1", "https://a.example/feed?rss=2"),
        ("https://a.example/?feed=rss2", "https://a.example/?feed=atom"),
        ("https://me:word@a.example/feed", "https://a.example/feed"),
        ("https://a.example:8443/feed", "https://a.example/feed"),
        ("https://a.example/Feed", "https://a.example/feed"),
    ],
)
def test_other_addresses(one: str, other: str) -> None:
    assert same_address(one) != same_address(other)


def test_a_feed_listed_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("https://a.example/feed\n# mine\nhttps://b.example/\nhttp://www.a.example/feed/\n")
    assert [it.url for it in read_feed_list(tmp_path / "a.txt")] == ["https://a.example/feed", "https://b.example/"]
    assert len(once(parse(b"https://a.example\nhttp://a.example/", Path("a")).feeds)) == 1


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.opml", '<opml><body>\n<outline xmlUrl="ftp://a"/></body></opml>', "line 2: 'ftp://a' is no http or https"),
        ("a.opml", '<opml><body><outline xmlUrl="http://a" kind="web"/></body></opml>', "kind 'web' is unknown"),
        ("a.toml", '[[feed]]\nurl = "https://a.example/"\nfolder = 5', "feed 1: folder is a text, or a list"),
        ("a.toml", '[[feed]]\nurl = "https://a.example/"\nother = 5', "feed 1: other is a table of texts"),
        ("a.txt", "https://a.example/\nhttps://a b/", "line 2: 'https://a b/'"),
    ],
)
def test_what_is_no_feed_is_told_with_its_place(name: str, text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(SetupError) as caught:
        read_feed_list(tmp_path / name)
    assert words in str(caught.value)
    assert str(tmp_path / name) in str(caught.value)
