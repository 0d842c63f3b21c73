"""Stories of tagged sentences: which label every pair gets, and which pairs are taken."""

import json
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from training.verdicts.stories import STORIES, chosen, pairs, read_stories

STORY: dict[str, Any] = {
    "story": "mine",
    "domain": "mining",
    "sentences": [
        ["toll=12", "Twelve miners died at Orlov."],
        ["toll=12", "A dozen dead in Orlov pit."],
        ["toll=19", "The toll at Orlov has risen to 19."],
        ["toll=none", "Everyone at Orlov came up alive."],
        ["cause=gas", "Gas blew up in the Orlov mine."],
        ["vent=fine", "No gas was ever measured at Orlov."],
        ["other=mill", "Twelve died in a mill at Orlovka."],
    ],
    "together": [["toll=12", "toll=19"]],
    "clash": [["cause=gas", "vent=fine"]],
}


@pytest.mark.parametrize(
    ("first", "second", "label"),
    [
        (0, 1, "same"),
        (0, 2, "compatible"),  # named in `together`
        (0, 3, "contradiction"),
        (0, 4, "compatible"),
        (4, 5, "contradiction"),  # named in `clash`
        (0, 6, "unrelated"),
    ],
)
def test_tags_make_labels(first: int, second: int, label: str) -> None:
    texts = [text for _, text in STORY["sentences"]]
    found = {(one.a, one.b): one.label for one in pairs(STORY)}
    assert len(found) == 21
    assert found[texts[first], texts[second]] == label


def test_what_says_the_same_or_excludes_is_taken_whole_and_others_in_proportion() -> None:
    taken = Counter(one.label for one in chosen(STORY))
    assert taken == {"contradiction": 4, "same": 1, "compatible": 3, "unrelated": 2}


def test_of_what_is_about_something_else_the_most_alike_is_taken() -> None:
    others = [one.a for one in chosen(STORY) if one.label == "unrelated"]
    assert "Twelve miners died at Orlov." in others


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"sentences": [["toll", "Twelve died."]]}, "line 1: tag 'toll' is not slot=value"),
        ({"together": [["toll=12", "toll=13"]]}, "line 1: tag 'toll=13' stands at no sentence"),
        ({"sentences": None}, "line 1"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, wrong: dict[str, Any], said: str) -> None:
    path = tmp_path / "stories.jsonl"
    path.write_text(json.dumps(STORY | wrong) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        list(read_stories(path))


def test_the_files_hold_stories_of_several_labels() -> None:
    assert STORIES
    for path in STORIES:
        found = list(read_stories(path))
        assert {"same", "contradiction", "compatible"} <= {one.label for one in found}
    stories = [{one.story for one in read_stories(path)} for path in STORIES]
    assert not any(a & b for a, b in combinations(stories, 2))
