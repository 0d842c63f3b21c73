"""Settings: read once, checked together, every one of them written down."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from pipeline.config import CONFIG_ENV, Settings, load
from pipeline.errors import SetupError

SHIPPED = Path(__file__).parents[2] / "config" / "crossclaim.toml"


def leaves(model: BaseModel, prefix: str = "") -> dict[str, Any]:
    """Return every setting by its dotted name."""
    found: dict[str, Any] = {}
    for name in type(model).model_fields:
        value = getattr(model, name)
        found.update(leaves(value, f"{prefix}{name}.") if isinstance(value, BaseModel) else {prefix + name: value})
    return found


def test_the_shipped_file_names_every_setting_with_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CONFIG_ENV, str(SHIPPED))
    assert leaves(load()) == leaves(Settings())
    text = SHIPPED.read_text()
    for name in leaves(Settings()):
        section, _, key = name.rpartition(".")
        assert f"{key} = " in text, name
        assert not section or section in tomllib.loads(text), name


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CONFIG_ENV, str(SHIPPED))
    monkeypatch.setenv("CROSSCLAIM_BOARD__PORT", "9000")
    assert (load().board.port, load().board.host) == (9000, "127.0.0.1")


def test_all_that_is_wrong_is_named_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text("[board]\nprot = 1\n[polling]\ninterval_seconds = 0\n")
    monkeypatch.setenv(CONFIG_ENV, str(file))
    with pytest.raises(SetupError, match=r"board\.prot.*polling\.interval_seconds"):
        load()


@pytest.mark.parametrize(("text", "words"), [("[board", "reading settings"), (None, "does not exist")])
def test_a_file_that_cannot_be_read_is_named(
    text: str | None, words: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "settings.toml"
    if text is not None:
        file.write_text(text)
    monkeypatch.setenv(CONFIG_ENV, str(file))
    with pytest.raises(SetupError, match=words):
        load()


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CROSSCLAIM_ELASTICSEARCH__PASSWORD", "hunter2")
    assert "hunter2" not in repr(load())
