from __future__ import annotations

import gzip
import re
import time
from pathlib import Path

import numpy as np
import pytest

from pipeline.claims.worth.boilerplate import boilerplate, ends_article
from pipeline.claims.worth.checkworthy import LEAST, Worth, checkworthy, read_weights
from pipeline.claims.worth.wording import read, terms
from pipeline.models.manifest import MODELS, ModelError, find_model
from training.checkworthy.build import build, written
from training.checkworthy.figures import figures, reliability
from training.checkworthy.fit import logistic_loss, matrix, minimise, platt, vocabulary


@pytest.mark.parametrize(
    ("higher", "lower"),
    [
        ("Acme fired 300 workers in Leeds on Friday.", "We should all be proud of this beautiful country."),
        ("The toll rose to 61 in Lomera.", "The toll may rise further."),
        ("Two men were killed in Oslo.", "Were two men killed in Oslo?"),
        ("The firm sold its plant in Leeds.", "See below."),
        ("Unemployment fell to 4 percent last year.", "I think people are tired of all this."),
    ],
)
def test_facts_before_opinions(higher: str, lower: str) -> None:
    assert checkworthy(higher) > checkworthy(lower)


def test_boilerplate_scores_nothing_and_nothing_else_does() -> None:
    assert checkworthy("His new book as editor was published in 2014 by Clarity Press.") == 0
    assert checkworthy("Oh, come on!") >= LEAST
    assert checkworthy("") >= LEAST


@pytest.mark.parametrize(
    "text",
    [
        "Follow us on Facebook for live updates.",
        "Want to get more like this? Sign up here.",
        "Reporting by Li Wen; Editing by Sam Okoro",
        "This article first appeared in the Tinder Valley Review.",
        "An earlier version of this story gave the wrong age.",
        "Clarification: the vote was on Monday.",
        "Anna Berg is a staff writer at the Lake Review.",
        "Read more on this subject",
        "Image courtesy of the harbour authority",
        "Copyright 2021 Lake Review. All rights reserved.",
        "Please sign up for our weekly newsletter.",
        "You have 1 free article left this month.",
    ],
)
def test_the_pages_own_voice(text: str) -> None:
    assert boilerplate(text)


@pytest.mark.parametrize(
    "text",
    [
        "The website used cookies to track 4 million children, the regulator found.",
        "Subscribers to the newsletter doubled to 9 million.",
        "The court ruled that the song breached his copyright.",
        "Parents can sign up for the trial until May.",
        "By noon, 300 people had left the village.",
        "From Leeds, the convoy went on to Hull.",
        "The writer was killed outside her home.",
        "The editor of the paper said that he stood by the report.",
        "The journalist Ana Ruiz was arrested on Monday.",
        "The policy covers 40 towns for the first time.",
        "Updated figures show that 12 people died.",
        "Share prices fell by 3 percent.",
        "Le ministre a annoncé la fermeture de la centrale.",
    ],
)
def test_reports_that_hold_a_page_word_are_no_boilerplate(text: str) -> None:
    assert not boilerplate(text)
    assert not ends_article(text)


def test_where_an_article_ends() -> None:
    assert ends_article("The original source of this article is Global Research")
    assert ends_article("About the author")
    assert not ends_article("More than 9,000 people have said they will sign up for it.")


def test_long_and_odd_input_takes_little_time() -> None:
    started = time.process_time()
    for text in ("a" * 60_000, "@" * 60_000, "share this " * 6_000, '"' * 60_000, "\ud800 x", "by " * 9_000):
        assert 0 <= checkworthy(text) <= 1
        ends_article(text)
    assert time.process_time() - started < 2


def test_the_score_is_the_sum_of_the_terms() -> None:
    weights = read_weights(find_model("checkworthy", MODELS).graph)
    for sentence in ("The US cut 1,200 jobs in 1998, 1998 and 2001.", "Really?", "No, no, no: we didn't do that!"):
        total = sum(weights.get(term, 0.0) * value for term, value in terms(sentence).items())
        assert Worth(weights).logit(sentence) == pytest.approx(total, abs=1e-9)


def test_figures_are_read_by_their_digits() -> None:
    assert [word.text for word in read("In 1998 US firms paid $4,500.")] == [
        "in",
        "<year>",
        "u.s",
        "firms",
        "paid",
        "$",
        "0000",
    ]


def test_broken_weights_say_how_to_mend_them(tmp_path: Path) -> None:
    (tmp_path / "weights.tsv").write_text("w the\tmuch\n", encoding="utf-8")
    with pytest.raises(ModelError, match=r"reading the weights of check-worthiness .*make train"):
        read_weights(tmp_path / "weights.tsv")


def test_the_descent_finds_the_least_loss() -> None:
    rows = [{"s bias": 1.0, "a": float(n % 3), "b": float(n % 5)} for n in range(60)]
    labels = np.array([float(n % 3 == 2 or n % 7 == 0) for n in range(60)])
    columns = vocabulary(rows, 1)
    loss = logistic_loss(matrix(rows, columns), labels, 0.5, columns["s bias"])
    weights = minimise(loss, len(columns))
    value, gradient = loss(weights)
    assert np.abs(gradient).max() < 1e-6
    for step in np.eye(len(columns)) * 0.05:
        assert loss(weights + step)[0] > value < loss(weights - step)[0]
        slope = (loss(step + 1.0)[0] - loss(-step + 1.0)[0]) / 0.1
        assert slope == pytest.approx(float(loss(np.ones(len(columns)))[1] @ step) / 0.05, rel=0.02)


def test_calibration_makes_scores_into_shares() -> None:
    scores = np.repeat([-8.0, 0.0, 8.0], 100)
    labels = np.concatenate([np.arange(100) < share for share in (10, 50, 90)]).astype(float)
    slope, intercept = platt(scores, labels)
    told = 1 / (1 + np.exp(-(slope * scores + intercept)))
    assert told[[0, 100, 200]] == pytest.approx([0.1, 0.5, 0.9], abs=0.02)
    assert figures(told, labels).calibration_error < 0.02
    assert [count for _, count, _, _ in reliability(told, labels)] == [100, 100, 100]


def test_figures_of_a_known_ranking() -> None:
    one = figures(np.array([0.9, 0.8, 0.7, 0.1]), np.array([1.0, 0.0, 1.0, 0.0]))
    assert one.average_precision == pytest.approx((1 + 2 / 3) / 2)
    assert one.auc == pytest.approx(0.75)
    assert (one.precision, one.recall) == pytest.approx((2 / 3, 1.0))
    assert figures(np.full(4, 0.5), np.array([1.0, 0, 0, 0])).average_precision == pytest.approx(0.25)


def test_training_again_gives_the_same_bytes(tmp_path: Path, shared: Path) -> None:
    """On a tenth of the data, since the whole takes half a minute."""
    data = tmp_path / "few.jsonl.gz"
    with gzip.open(shared / "claims/checkworthy.train.jsonl.gz", "rt", encoding="utf-8") as lines:
        few = [line for line in lines if '"claimbuster"' in line][:900]
    with gzip.open(data, "wt", encoding="utf-8") as out:
        out.writelines(few)
    first, second = build(data, tmp_path / "a"), build(data, tmp_path / "b")
    assert first == second
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["weights.tsv"]
    assert written(read_weights(tmp_path / "a" / "weights.tsv")) == (tmp_path / "a" / "weights.tsv").read_bytes()
    assert re.fullmatch(r"[0-9a-f]{64}", first[0])
