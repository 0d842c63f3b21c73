from __future__ import annotations

import pytest

from pipeline.claims.quantity_words import number


@pytest.fixture(scope="module")
def figures(extractor):
    from pipeline.claims.quantities import quantities

    def read(text):
        units, _ = extractor.read(text)
        (unit,) = units
        return quantities(unit.parsed, text, 0, len(text))

    return read


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "counted"),
    [
        ("Acme fired 300 workers in Leeds.", 300, 300, None, "worker"),
        ("Acme fired about 1,000 workers in Leeds.", 900, 1100, None, "worker"),
        ("Acme fired more than twenty-five workers in Leeds.", 25, None, None, "worker"),
        ("Acme fired up to 50 workers in Leeds.", None, 50, None, "worker"),
        ("Acme fired several workers in Leeds.", 3, 9, None, "worker"),
        ("Acme fired hundreds of workers in Leeds.", 200, 999, None, "worker"),
        ("Acme fired two dozen workers in Leeds.", 24, 24, None, "worker"),
        ("Acme said no workers were fired in Leeds.", 0, 0, None, "worker"),
        ("Acme fired between 10 and 15 workers in Leeds.", 10, 15, None, "worker"),
        ("Acme paid $2.5 billion in taxes in Leeds.", 2.5e9, 2.5e9, "USD", "tax"),
        ("Acme paid £9m in taxes in Leeds.", 9e6, 9e6, "GBP", "tax"),
        ("Acme fired 20% of workers in Leeds.", 20, 20, "percent", "worker"),
    ],
)
def test_figures(figures, text, low, high, unit, counted):
    (quantity,) = figures(text)
    assert (quantity.low, quantity.high, quantity.unit) == (low, high, unit)
    if unit not in ("USD", "GBP"):
        assert quantity.counted == counted


@pytest.mark.parametrize(
    "text",
    [
        "Acme said in 2018 that it was founded on 12 March 1950.",
        "Acme said that Flight 370 was lost at 10:30 p.m. over Leeds.",
        "Acme said that Section 5 of the law was void in Leeds.",
        "Acme said that Jane Roe, 45, was fired in Leeds.",
        "Acme said there was no doubt about it in Leeds.",
        "Acme said the team from Leeds won 3-1 against the Rovers.",
    ],
)
def test_what_is_no_figure(figures, text):
    assert figures(text) == ()


@pytest.mark.parametrize(
    ("word", "value"), [("1,234.5", 1234.5), ("seven", 7), ("2bn", 2e9), ("F-16", None), ("x", None)]
)
def test_number(word, value):
    assert number(word) == value
