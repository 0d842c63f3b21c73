"""What the verdict model learns from: which pairs, in which part, in which order."""

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.quality.verdicts_data import load, part_of
from training.verdicts.data import (
    COUNTERPARTS,
    MINED,
    VERDICTS,
    Row,
    articles,
    batches,
    counterparts,
    mined,
    nli,
    of_test_part,
    own,
    part_of_story,
    turned,
)


def write_pairs(path: Path, stories: int, label: str = "same") -> Path:
    rows = [
        {"id": f"{story}-{number}", "story": f"s{story}", "domain": "x", "a": f"a{story}", "b": "b", "label": label}
        for story in range(stories)
        for number in range(3)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_story_is_in_one_part_and_about_a_tenth_is_held_out(tmp_path: Path) -> None:
    path = write_pairs(tmp_path / "pairs.jsonl", 400)
    learnt, held = own([path], "train"), own([path], "dev")
    assert len(learnt) + len(held) == 1_200
    assert not {row.a for row in learnt} & {row.a for row in held}
    assert 25 <= len(held) / 3 <= 55


def test_the_part_of_a_story_stays() -> None:
    assert [part_of_story(f"story-{number}") for number in range(12)].count("dev") == 1


def test_a_wrong_label_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"pairs\.jsonl, line 1: label 'equal'"):
        own([write_pairs(tmp_path / "pairs.jsonl", 1, "equal")], "train")


def test_each_pair_is_read_in_both_orders() -> None:
    rows = [Row(f"a{number}", f"b{number}", "same", "own") for number in range(5)]
    first, second = turned(rows, 0), turned(rows, 1)
    assert [row.a[0] for row in first] == ["a", "b", "a", "b", "a"]
    assert all({one.a, other.a} == {f"a{n}", f"b{n}"} for n, (one, other) in enumerate(zip(first, second, strict=True)))
    assert turned(rows, 2) == first


def test_batches_hold_every_pair_once_and_no_more_tokens_than_allowed() -> None:
    lengths = [5 + (number * 7) % 40 for number in range(300)]
    made = batches(lengths, 200, seed=1)
    assert sorted(place for batch in made for place in batch) == list(range(300))
    assert all(len(batch) * max(lengths[place] for place in batch) <= 200 for batch in made)
    assert made == batches(lengths, 200, seed=1) != batches(lengths, 200, seed=2)


def test_a_pair_longer_than_a_batch_stands_alone() -> None:
    assert sorted(batches([300, 10], 200, seed=1)) == [[0], [1]]


def test_only_open_short_pairs_of_chosen_sources_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "nli.jsonl.gz"
    kinds = [("open", "mnli-dev"), ("open", "covidfact"), ("open", "other"), ("nc", "mnli-dev"), ("noted", "mnli-dev")]
    rows = [
        {"premise": text, "hypothesis": "b", "label": "neutral", "source": source, "licence_class": licence}
        for licence, source in kinds
        for text in ("short", "long " * 60)
    ]
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    assert [(row.source, row.a[:5]) for row in nli(path)] == [
        ("mnli-dev", "short"),
        ("mnli-dev", "long "),
        ("other", "short"),
        ("other", "long "),
    ]
    assert nli(path, {"mnli": 1.0}) == [Row("short", "b", "neutral", "mnli-dev")]


def test_pairs_of_real_sentences_are_cut_from_their_articles_and_none_is_of_a_tested_article() -> None:
    texts, left_out = articles(), of_test_part()
    known = {text for one in load("mined", ["test"]) for text in (one.a, one.b)}
    for read, path in ((mined, MINED), (counterparts, COUNTERPARTS)):
        learnt, held = read(path, texts, left_out, "train"), read(path, texts, left_out, "dev")
        assert held
        assert {row.label for row in learnt} == set(VERDICTS)
        assert not {row.a for row in learnt} & known
        assert all(text.strip() == text for row in (*learnt, *held) for text in (row.a, row.b))
        assert all(len(text.split()) > 2 for row in (*learnt, *held) for text in (row.a, row.b))


def test_rows_of_one_first_article_are_in_one_part(tmp_path: Path) -> None:
    path, texts = tmp_path / "rows.jsonl", {str(number): f"Text {number} of an article." for number in range(200)}
    rows = [{"a_article": name, "a_start": 0, "a_end": 4, "b": "b", "label": "same"} for name in texts]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    sizes = [len(counterparts(path, texts, frozenset(), part)) for part in ("train", "dev")]
    assert sizes == [sum(part_of(name) == part for name in texts) for part in ("train", "dev")]
    assert not counterparts(path, texts, frozenset(texts), "train")
