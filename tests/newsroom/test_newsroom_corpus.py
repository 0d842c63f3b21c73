"""The files: enough of them, varied, in the week they claim, and mistakes in them are named."""

import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsroom import NewsroomError
from newsroom.corpus import ROOT, load
from newsroom.model import Article, Corpus, current

WEEK = (datetime(2019, 6, 1, tzinfo=UTC), datetime(2019, 6, 8, tzinfo=UTC))
FRONT_MATTER = """+++
title = "Title"
published = 2019-06-03T14:05:00Z
authors = ["A. Writer"]
section = "News"
summary = "Summary."
feeds = ["main"]
{more}
+++
Some words.
"""
OUTLETS = """
[[outlet]]
id = "gazette"
name = "Gazette"
kind = "regional"
language = "en"
tagline = "Tagline"
template = "blog"
accent = "#000"
feeds = [{ id = "main", title = "Gazette", format = "rss2", content = "full" }]
"""


def words(article: Article) -> list[str]:
    return re.findall(r"\w+", " ".join(article.paragraphs).lower())


def test_there_is_enough_to_read(corpus: Corpus) -> None:
    visible = current(corpus.released(1))
    stories = Counter(article.story for article in visible if article.story)
    assert len(visible) >= 64
    assert len(corpus.outlets) >= 12
    assert len({outlet.kind for outlet in corpus.outlets.values()}) >= 8
    assert sum(count >= 2 for count in stories.values()) >= 14
    assert sum(article.story is None for article in visible) >= 10
    assert {article.outlet for article in visible} == set(corpus.outlets)
    assert {feed.format for outlet in corpus.outlets.values() for feed in outlet.feeds} == {"rss2", "atom", "rdf"}
    assert {outlet.template for outlet in corpus.outlets.values()} == {"broadsheet", "tabloid", "blog"}


def test_one_outlet_has_two_feeds_that_share_entries(corpus: Corpus) -> None:
    shared = [article for article in corpus.articles if len(article.feeds) == 2]
    assert len(shared) >= 3
    assert {article.outlet for article in shared} == {"ledger-journal"}


def test_every_article_has_an_articles_length_and_date(corpus: Corpus) -> None:
    for article in corpus.articles:
        assert 120 <= len(words(article)) <= 450, article.key
        assert WEEK[0] <= article.published <= article.modified < WEEK[1], article.key


def test_no_article_but_a_wire_copy_or_a_revision_repeats_another(corpus: Corpus) -> None:
    def shingles(article: Article) -> set[tuple[str, ...]]:
        tokens = words(article)
        return set(zip(*(tokens[n:] for n in range(7)), strict=False))

    own = [a for a in corpus.articles if a.wire is None and a.round == 1]
    sets = [(a.key, shingles(a)) for a in own]
    for position, (key, mine) in enumerate(sets):
        for other, theirs in sets[:position]:
            assert len(mine & theirs) < 0.1 * min(len(mine), len(theirs)), (key, other)


def test_the_venezuela_case_has_six_outlets(corpus: Corpus) -> None:
    case = [article for article in corpus.articles if article.story == "venezuela-rostec"]
    assert len({article.outlet for article in case}) == 6
    assert min(case, key=lambda a: a.published).outlet == "ledger-journal"
    assert all(2 <= article.published.day <= 4 for article in case)


def test_the_second_round_revises_one_article_at_its_address(corpus: Corpus) -> None:
    before, after = current(corpus.released(1)), current(corpus.released(2))
    assert {(a.outlet, a.path) for a in before} == {(a.outlet, a.path) for a in after}
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    [(old, new)] = changed
    assert "73 percent" in old.title
    assert "37 percent" in new.title
    assert new.paragraphs[0].startswith("*Correction")


def write(root: Path, more: str = "", outlet: str = "gazette", text: str | None = None) -> Path:
    (root / "outlets.toml").write_text(OUTLETS)
    path = root / "articles" / outlet / "story.md"
    path.parent.mkdir(parents=True)
    path.write_text(FRONT_MATTER.replace("{more}", more) if text is None else text)
    return root


def test_a_well_formed_article_is_read(tmp_path: Path) -> None:
    [article] = load(write(tmp_path, 'wire = "meridian-wire"')).articles
    assert (article.key, article.path, article.wire) == ("gazette/story", "/2019/06/03/story", "meridian-wire")
    assert article.paragraphs == ("Some words.",)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("storey = 'x'", "unknown key 'storey'"),
        ("round = 0", "round must be a number from 1 on"),
        ("updated = 2019-06-03", "updated must be a time with its zone"),
        ("revises = 'nothing'\nround = 2", "revises 'nothing', which gazette has not published"),
        ("wire = ''", "wire must be a text"),
        ("= broken", "not valid TOML"),
    ],
)
def test_a_mistake_is_named_with_its_file(tmp_path: Path, more: str, message: str) -> None:
    with pytest.raises(NewsroomError, match=r"articles/gazette/story\.md: ") as caught:
        load(write(tmp_path, more))
    assert message in str(caught.value)


def test_a_file_of_no_outlet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NewsroomError, match="no outlet 'nobody'"):
        load(write(tmp_path, outlet="nobody"))


def test_a_file_without_front_matter_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NewsroomError, match="must begin with TOML"):
        load(write(tmp_path, text="Just words."))


def test_every_outlet_has_a_folder_and_every_folder_an_outlet() -> None:
    assert {path.name for path in (ROOT / "articles").iterdir()} == set(load().outlets)
