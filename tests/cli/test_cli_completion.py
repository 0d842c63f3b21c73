"""The shell completes commands and options, in bash, zsh and fish."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = (sys.executable, "-m", "pipeline.cli")


def asked(shell: str, typed: str, instruction: str = "complete", **more: str) -> str:
    """Return what the command answers a shell that asks how to go on from what was typed."""
    words = shlex.split(typed) + ([""] if typed.endswith(" ") else [])
    environment = {
        **os.environ,
        "_CROSSCLAIM_COMPLETE": f"{instruction}_{shell}",
        "COMP_WORDS": "\n".join(words),
        "COMP_CWORD": str(len(words) - 1),
        "_TYPER_COMPLETE_ARGS": typed,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        **more,
    }
    done = subprocess.run(COMMAND, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def offered(shell: str, typed: str) -> list[str]:
    """Return the words that are offered, without what is said of them."""
    lines = asked(shell, typed).splitlines()
    if shell == "zsh":
        return [part.split('"')[1] for line in lines for part in [line[line.index('"') :]]]
    return [line.split("\t")[0] for line in lines]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("crossclaim sea", {"search"}),
        ("crossclaim s", {"search", "setup", "show"}),
        ("crossclaim wat", {"watch"}),
        ("crossclaim rejected ", {"list", "show", "replay"}),
        ("crossclaim search --un", {"--until"}),
        ("crossclaim watch --", {"--kind", "--minimum-score", "--words", "--every", "--json", "--once", "--bell"}),
    ],
)
def test_what_was_begun_is_completed(shell: str, typed: str, wanted: set[str]) -> None:
    assert set(offered(shell, typed)) - {"--help"} == wanted


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_is_given_a_script_that_asks_for_more(shell: str) -> None:
    script = asked(shell, "", "source")
    assert f"complete_{shell}" in script
    assert "crossclaim" in script


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_takes_the_script(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    (tmp_path / "script").write_text(asked(shell, "", "source"))
    subprocess.run([shell, "-n", str(tmp_path / "script")], check=True, timeout=60)


def test_bash_itself_completes(tmp_path: Path) -> None:
    (tmp_path / "crossclaim").write_text(f'#!/bin/sh\nexec {shlex.join(COMMAND)} "$@"\n')
    (tmp_path / "crossclaim").chmod(0o755)
    asking = f"""
        {asked("bash", "", "source")}
        complete -p crossclaim
        COMP_WORDS=(crossclaim sea) COMP_CWORD=1
        _crossclaim_completion crossclaim
        echo "${{COMPREPLY[@]}}"
    """
    path = f"{tmp_path}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "--norc", "-c", asking], env={**os.environ, "PATH": path},
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines() == ["complete -o default -F _crossclaim_completion crossclaim", "search"]
