"""expected.toml speaks of articles that exist and quotes words that stand in them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from newsroom import NewsroomError, load_expected
from newsroom.corpus import load
from newsroom.expected import Passage
from newsroom.model import Article
from newsroom.prose import plain

ARTICLES = {article.key: article for article in load().articles}
EXPECTED = load_expected()


def passages() -> Iterator[tuple[tuple[str, ...], Passage]]:
    for contradiction in EXPECTED.contradictions:
        yield from (((contradiction.story,), passage) for passage in contradiction.a + contradiction.b)
    for pair in EXPECTED.must_not + EXPECTED.debatable:
        yield from ((pair.stories, passage) for passage in (pair.a, pair.b))


def text_of(article: Article) -> str:
    return "\n".join(plain(paragraph) for paragraph in article.paragraphs)


@pytest.mark.parametrize(("stories", "passage"), list(passages()), ids=lambda value: getattr(value, "article", None))
def test_a_quote_stands_in_one_paragraph_of_its_article(stories: tuple[str, ...], passage: Passage) -> None:
    article = ARTICLES[passage.article]
    found = [paragraph for paragraph in article.paragraphs if passage.quote in plain(paragraph)]
    assert found, passage.quote
    assert article.story in stories or article.story == "martin-pryce"


def test_a_passage_that_ends_is_gone_from_the_next_revision() -> None:
    ending = [passage for _, passage in passages() if passage.until_round]
    assert ending
    for passage in ending:
        old = ARTICLES[passage.article]
        later = [a for a in ARTICLES.values() if (a.outlet, a.path) == (old.outlet, old.path) and a.round > old.round]
        assert later
        assert all(passage.quote not in text_of(article) for article in later)


def test_what_has_to_be_in_the_newsroom_is() -> None:
    main = [c for c in EXPECTED.contradictions if c.grade == "main"]
    kinds = {c.kind for c in main}
    assert kinds == {"denial", "negation", "quantity", "opposite", "other"}
    assert sum(c.kind == "denial" and c.story != "venezuela-rostec" for c in main) >= 1
    assert {"place", "date", "person", "organisation", "later_figure"} <= {pair.why for pair in EXPECTED.must_not}
    assert len({c.id for c in EXPECTED.contradictions}) == len(EXPECTED.contradictions)


def test_no_pair_is_both_expected_and_forbidden() -> None:
    expected = {
        frozenset(((a.article, a.quote), (b.article, b.quote)))
        for c in EXPECTED.contradictions
        for a in c.a
        for b in c.b
    }
    for pair in EXPECTED.must_not + EXPECTED.debatable:
        assert frozenset(((pair.a.article, pair.a.quote), (pair.b.article, pair.b.quote))) not in expected


def test_wire_copies_are_the_agencys_words_and_are_all_listed() -> None:
    listed = {copy: group.origin for group in EXPECTED.wire_groups for copy in group.copies}
    assert listed.keys() == {article.key for article in ARTICLES.values() if article.wire}
    assert max(len(group.copies) for group in EXPECTED.wire_groups) >= 3
    for copy, origin in listed.items():
        theirs = set(text_of(ARTICLES[origin]).split())
        mine = set(text_of(ARTICLES[copy]).split())
        assert len(mine & theirs) >= 0.85 * len(mine), copy
        assert "(Meridian Wire)" in text_of(ARTICLES[copy])
        assert ARTICLES[copy].wire == ARTICLES[origin].outlet != ARTICLES[copy].outlet
        assert ARTICLES[copy].published > ARTICLES[origin].published


def test_a_mistake_in_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "expected.toml").write_text("[[contradiction]]\nid = 'x'\nkind = 'wrong'\n")
    with pytest.raises(NewsroomError, match="contradiction 1: kind must be one of denial"):
        load_expected(tmp_path)
