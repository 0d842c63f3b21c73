"""Vectors by slot: exact when read, never below the truth when estimated, and memory that is given back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.matching import rows
from pipeline.matching.rows import VectorRows

DIMENSIONS = 384


def unit(seed: int, weight_of_one: float = 0.0) -> np.ndarray:
    """A unit vector as messages bring it; with a weight, one component stands out and the others are coarse."""
    found = np.random.default_rng(seed).standard_normal(DIMENSIONS)
    found[0] += weight_of_one
    return (found / np.linalg.norm(found)).astype("<f2").astype(np.float32)


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 10**6), st.floats(0, 1_000), st.floats(0, 1_000))
def test_no_estimate_is_below_the_cosine(seed: int, of_one: float, of_other: float) -> None:
    held = VectorRows(DIMENSIONS)
    vectors = [unit(seed + number, of_one) for number in range(20)]
    slots = np.array([held.put(vector) for vector in vectors], np.int32)
    other = unit(seed + 100, of_other)
    cosines = np.array([vector.astype(np.float64) @ other.astype(np.float64) for vector in vectors])
    assert (held.cosines_at_most(slots, other) >= cosines - 1e-5).all()


def test_estimates_are_close_enough_to_leave_most_out() -> None:
    held = VectorRows(DIMENSIONS)
    slots = np.array([held.put(unit(number)) for number in range(200)], np.int32)
    other = unit(1_000)
    assert (held.cosines_at_most(slots, other) - held.read(slots) @ other).max() < 0.02


def test_a_vector_without_length_is_kept() -> None:
    held = VectorRows(DIMENSIONS)
    slot = held.put(np.zeros(DIMENSIONS, np.float32))
    assert held.cosines_at_most(np.array([slot], np.int32), unit(1))[0] >= 0
    assert not held.read([slot]).any()


def test_what_is_read_is_what_was_put_also_over_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "BLOCK", 7)
    held = VectorRows(DIMENSIONS)
    vectors = [unit(number) for number in range(30)]
    slots = [held.put(vector) for vector in vectors]
    wanted = [29, 0, 7, 6, 13, 14, 2]
    assert (held.read([slots[number] for number in wanted]) == np.stack([vectors[number] for number in wanted])).all()
    estimates = held.cosines_at_most(np.array(slots, np.int32), vectors[3])
    assert int(estimates.argmax()) == 3


def test_room_at_the_end_is_given_back_and_the_lowest_slot_is_taken_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "BLOCK", 8)
    held = VectorRows(DIMENSIONS)
    slots = [held.put(unit(number)) for number in range(40)]
    for slot in slots[5:]:
        held.drop(slot)
    assert len(held) == 5
    assert len(held._exact) == len(held._coarse) == 1
    held.drop(2)
    held.drop(1)
    assert [held.put(unit(number)) for number in range(3)] == [1, 2, 5]
    assert (held.read([5]) == unit(2)).all()
