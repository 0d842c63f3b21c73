"""What is in the cache is whole, and fetched once."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from deploy.services import PrerequisiteMissingError, cache, distributions, tools
from deploy.services.errors import ServiceError

ROOT = Path(__file__).resolve().parents[2]


class Fetcher:
    """Fills an entry with two files and counts how often."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, folder: Path, scratch: Path) -> None:
        self.calls += 1
        (scratch / "download.zip").write_bytes(b"x" * 100)
        (folder / "lib").mkdir()
        (folder / "lib" / "a.jar").write_text("whole")
        (folder / "b.jar").write_text("whole too")


def test_it_is_fetched_once(tmp_path: Path) -> None:
    fetch = Fetcher()
    first = cache.entry("thing-1", fetch, within=tmp_path)
    assert cache.entry("thing-1", fetch, within=tmp_path) == first
    assert fetch.calls == 1
    assert (first / "lib" / "a.jar").read_text() == "whole"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["thing-1", "thing-1.lock"], "nothing is left over"


@pytest.mark.parametrize("damage", ["truncate", "delete", "no list", "broken list"])
def test_what_is_damaged_is_fetched_again(tmp_path: Path, damage: str) -> None:
    fetch = Fetcher()
    folder = cache.entry("thing-1", fetch, within=tmp_path)
    if damage == "truncate":
        (folder / "lib" / "a.jar").write_text("who")
    elif damage == "delete":
        (folder / "b.jar").unlink()
    elif damage == "no list":
        (folder / cache.COMPLETE).unlink()
    else:
        (folder / cache.COMPLETE).write_text('{"b.j')
    assert cache.entry("thing-1", fetch, within=tmp_path) == folder
    assert fetch.calls == 2
    assert cache.is_complete(folder)


def test_a_fetch_that_failed_leaves_nothing(tmp_path: Path) -> None:
    def fail(folder: Path, scratch: Path) -> None:
        (folder / "half").write_text("half")
        raise ServiceError("fetching: the network is away")

    with pytest.raises(ServiceError, match="network is away"):
        cache.entry("thing-1", fail, within=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thing-1.lock"]


def test_two_processes_do_not_fetch_twice(tmp_path: Path) -> None:
    code = (
        "import sys, time, pathlib; from deploy.services import cache\n"
        "def fetch(folder, scratch):\n"
        "    time.sleep(0.5); (folder / 'a').write_text('x')\n"
        "    with open(sys.argv[1] + '/calls', 'a') as f: f.write('.')\n"
        "cache.entry('thing-1', fetch, within=pathlib.Path(sys.argv[1]))\n"
    )
    both = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT) for _ in range(2)]
    assert [one.wait(30) for one in both] == [0, 0]
    assert (tmp_path / "calls").read_text() == "."


def test_it_lies_where_the_user_keeps_caches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.root() == tmp_path / "crossclaim"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert cache.root() == Path.home() / ".cache" / "crossclaim"


def test_only_one_folder_of_the_zip_is_unpacked(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("sonar/web/index.html", "no")
        file.writestr("sonar/elasticsearch/../../evil", "no")
        run = zipfile.ZipInfo("sonar/elasticsearch/bin/run")
        run.external_attr = 0o755 << 16
        file.writestr(run, "yes")
        closed = zipfile.ZipInfo("sonar/elasticsearch/config/users")
        closed.external_attr = 0o640 << 16
        file.writestr(closed, "yes")
    distributions.unpack(archive, "sonar/elasticsearch/", tmp_path / "out")
    found = {str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert found == {"bin/run", "config/users"}
    assert (tmp_path / "out/bin/run").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "out/config/users").stat().st_mode & 0o777 == 0o644, "the server's own user has to read it"


WHOLE = "java.base@25 jdk.attach@25 jdk.jdi@25 jdk.incubator.vector@25"


@pytest.mark.parametrize(
    ("first_line", "modules", "version"),
    [
        ('openjdk version "25.0.3" 2026-04-21', WHOLE, 25),
        ('openjdk version "21" 2023-09-19', WHOLE, 21),
        ('java version "1.8.0_392"', WHOLE, 1),
        ('openjdk version "25.0.3" 2026-04-21', "java.base@25 java.logging@25", None),
        ("", "", None),
    ],
)
def test_a_jdk_is_told_from_a_jre(tmp_path: Path, first_line: str, modules: str, version: int | None) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    lines = modules.replace(" ", "\\n")
    java.write_text(f"#!/bin/sh\n[ $1 = -version ] && echo '{first_line}' >&2 || printf '{lines}\\n'\n")
    java.chmod(0o755)
    assert tools.jdk_version(tmp_path) == version


def test_no_jdk_at_all_is_none(tmp_path: Path) -> None:
    assert tools.jdk_version(tmp_path) is None


def test_what_is_missing_is_said_with_how_to_mend_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(tools, "_INSTALLED_BY_PACKAGES", tmp_path)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    for find in (tools.java_home, tools.maven):
        find.cache_clear()
        with pytest.raises(PrerequisiteMissingError, match="apt-get install"):
            find()
        find.cache_clear()
