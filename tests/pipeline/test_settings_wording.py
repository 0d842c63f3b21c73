"""Wrong settings are told in words that lead to the right ones."""

from __future__ import annotations

import pytest

from pipeline.config import load, unknown_variables
from pipeline.errors import SetupError


@pytest.mark.parametrize(
    ("variable", "meant"),
    [
        ("CROSSCLAIM_PROFLE", "CROSSCLAIM_PROFILE"),
        ("CROSSCLAIM_KAFKA_BOOTSTRAP", "CROSSCLAIM_KAFKA__BOOTSTRAP"),
        ("CROSSCLAIM_POLLING__USERAGENT", "CROSSCLAIM_POLLING__USER_AGENT"),
        ("CROSSCLAIM_CONFG", "CROSSCLAIM_CONFIG"),
    ],
)
def test_a_mistyped_variable_is_an_error_that_names_the_nearest_setting(
    variable: str, meant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "1")
    with pytest.raises(SetupError, match=rf"{variable}: there is no such setting; did you mean {meant}\?"):
        load()


def test_all_mistakes_are_told_at_once_each_under_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("BOARD__PRT", "1"), ("BOARD__PORT", "many"), ("PROFILE", "cloud"), ("BORD__HOST", "x")):
        monkeypatch.setenv(f"CROSSCLAIM_{name}", value)
    with pytest.raises(SetupError) as caught:
        load()
    told = str(caught.value)
    assert told.count("CROSSCLAIM_BOARD__PRT") == 1
    assert "board.prt" not in told
    assert "CROSSCLAIM_BORD__HOST: there is no such setting; did you mean CROSSCLAIM_BOARD__HOST?" in told
    assert "board.port: it must be a whole number, not 'many'" in told
    assert "profile: choose one of 'embedded', 'services', not 'cloud'" in told


def test_what_is_known_or_written_by_nobody_is_no_mistake() -> None:
    fine = (
        "CROSSCLAIM_CONFIG", "CROSSCLAIM_SHARED", "CROSSCLAIM_SCREENSHOTS", "crossclaim_profile", "CROSSCLAIM_KAFKA",
        "CROSSCLAIM_POLLING__ALLOW_PRIVATE", "CROSSCLAIM_SERVICE_HOST", "CROSSCLAIM_PORT", "PATH",
        "CROSSCLAIM_BOARD_PORT_8600_TCP",
    )  # fmt: skip
    assert unknown_variables(fine) == []


def test_a_password_is_told_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CROSSCLAIM_ELASTICSEARCH__PASSWORT", "hunter2")
    with pytest.raises(SetupError) as caught:
        load()
    assert "hunter2" not in str(caught.value)
    assert "CROSSCLAIM_ELASTICSEARCH__PASSWORD" in str(caught.value)
