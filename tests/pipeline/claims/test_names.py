from __future__ import annotations

import pytest

from pipeline.claims.names import is_outlet, normal


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("President Vladimir Putin's", "Vladimir Putin"),
        ("Mr. Zaemsky", "Zaemsky"),
        ("the Kremlin", "Russia"),
        ("Venezuelan", "Venezuela"),
        ("U.S.", "United States"),
        ("Rostec", "Rostec"),
        ("The", "The"),
    ],
)
def test_normal(name, expected):
    assert normal(name) == expected


def test_outlets():
    assert is_outlet("The Wall Street Journal")
    assert not is_outlet("Rostec")
