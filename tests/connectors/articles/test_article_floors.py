"""The floors of extraction, on real pages, in the same run as trafilatura's default."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest
from conftest import SHARED

from benchmarks.quality.pages import default, measure, ours

FLOORS = tomllib.loads((Path(__file__).parents[3] / "benchmarks/quality/floors.toml").read_text("utf-8"))


@pytest.mark.skipif(
    not SHARED.is_dir() and os.environ.get("CI") != "true", reason="the real pages are not beside the checkout"
)
def test_extraction_keeps_its_floor_and_is_no_worse_than_trafilatura_s_default() -> None:
    counts = measure("test", {"ours": ours, "default": default})
    assert counts["ours"].f1 >= FLOORS["pages"]["f1"]
    assert counts["ours"].f1 >= counts["default"].f1
