"""The figures of verdicts, against cases that can be reckoned by hand."""

import numpy as np
import pytest

from training.verdicts.data import VERDICTS
from training.verdicts.figures import calibration_error, figures, fitted_temperature, softmax

SAME, CONTRADICTION, COMPATIBLE, UNRELATED = range(len(VERDICTS))


def test_right_answers_have_the_best_figures() -> None:
    labels = np.arange(4)
    found = figures(softmax(np.eye(4) * 50), labels, 0.5)
    assert (found.accuracy, found.macro_f1, found.f1, found.best_f1, found.same_f1, found.auc) == (1.0,) * 6
    assert found.calibration_error == pytest.approx(0.0, abs=1e-6)


def test_a_threshold_trades_precision_for_recall() -> None:
    told = np.array([0.9, 0.6, 0.4, 0.1])
    probabilities = np.stack([1 - told, told, np.zeros(4), np.zeros(4)], axis=1)
    labels = np.array([CONTRADICTION, SAME, CONTRADICTION, SAME])
    low, high = figures(probabilities, labels, 0.3), figures(probabilities, labels, 0.7)
    assert (low.precision, low.recall) == (pytest.approx(2 / 3), 1.0)
    assert (high.precision, high.recall) == (1.0, 0.5)
    assert low.best_f1 == pytest.approx(0.8)
    assert low.best_threshold == 0.4
    assert low.auc == pytest.approx(0.75)


def test_calibration_error_is_the_distance_of_trust_from_truth() -> None:
    probabilities = np.tile([0.8, 0.2, 0.0, 0.0], (10, 1))
    labels = np.array([SAME] * 5 + [CONTRADICTION] * 5)
    assert calibration_error(probabilities, labels) == pytest.approx(0.3)


def test_temperature_finds_how_far_scores_were_stretched() -> None:
    chance = np.random.default_rng(1)
    scores = chance.normal(size=(4_000, 4)) * 1.5
    labels = np.array([chance.choice(4, p=row) for row in softmax(scores)])
    assert fitted_temperature(scores * 3, labels) == pytest.approx(3.0, rel=0.1)
    assert fitted_temperature(scores, labels) == pytest.approx(1.0, rel=0.1)
