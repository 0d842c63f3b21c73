"""The tools of the machine that the services need: a whole JDK and Maven. Looked for, then installed if we may."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from deploy import versions
from deploy.services.cache import say
from deploy.services.errors import PrerequisiteMissingError

# Elasticsearch loads these; a JRE or a "headless minimal" build lacks some of them.
JDK_MODULES = ("jdk.attach", "jdk.jdi", "jdk.incubator.vector")
_APT_JDKS = ("openjdk-25-jdk-headless", "openjdk-21-jdk-headless")
_INSTALLED_BY_PACKAGES = Path("/usr/lib/jvm")


@cache
def java_home() -> Path:
    """A JDK that runs both services: JAVA_HOME if it will do, else the newest one found, else one from apt."""
    found = _best_jdk()
    if found is None and _apt_install(*_first_known_to_apt(_APT_JDKS)):
        found = _best_jdk()
    if found is None:
        raise PrerequisiteMissingError(
            f"finding a JDK: no whole JDK of version {versions.JAVA_AT_LEAST} or newer in JAVA_HOME, on PATH or in "
            f"{_INSTALLED_BY_PACKAGES}; install one (Debian 13: apt-get install {_APT_JDKS[0]}; elsewhere any OpenJDK "
            "build that has the modules " + ", ".join(JDK_MODULES) + ") and point JAVA_HOME to it"
        )
    return found


@cache
def maven() -> Path:
    """The `mvn` program, installed from Debian's packages when missing and we are root."""
    found = shutil.which("mvn")
    if found is None and _apt_install("maven"):
        found = shutil.which("mvn")
    if found is None:
        raise PrerequisiteMissingError(
            "finding Maven: there is no `mvn` on PATH; install it (Debian: apt-get install maven; macOS: brew install "
            "maven) and run this again"
        )
    return Path(found)


def jdk_version(home: Path) -> int | None:
    """The version of the JDK at `home` (21, 25, ...), or None when it is none, or not a whole one."""
    java = home / "bin" / "java"
    if not java.is_file():
        return None
    first = re.search(r'version "(\d+)', _output(java, "-version"))
    modules = {line.partition("@")[0] for line in _output(java, "--list-modules").split()}
    return int(first[1]) if first and modules.issuperset(JDK_MODULES) else None


def _best_jdk() -> Path | None:
    preferred = os.environ.get("JAVA_HOME")
    if preferred and _will_do(jdk_version(Path(preferred))):
        return Path(preferred)
    usable = [(version, home) for home in _candidates() if _will_do(version := jdk_version(home)) and version]
    return max(usable)[1] if usable else None


def _will_do(version: int | None) -> bool:
    return version is not None and version >= versions.JAVA_AT_LEAST


def _candidates() -> Iterator[Path]:
    seen: set[Path] = set()
    on_path = shutil.which("java")
    homes = [Path(on_path).resolve().parent.parent] if on_path else []
    homes += sorted(_INSTALLED_BY_PACKAGES.glob("*")) if _INSTALLED_BY_PACKAGES.is_dir() else []
    for home in homes:
        if (real := home.resolve()) not in seen:
            seen.add(real)
            yield real


def _output(program: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603  a program we found, constant arguments, no shell
            [program, *arguments], capture_output=True, text=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout + done.stderr


def _first_known_to_apt(packages: tuple[str, ...]) -> tuple[str, ...]:
    """The first package that this release of the system has, as a tuple of one; an empty tuple when it has none."""
    apt_cache = shutil.which("apt-cache")
    if apt_cache is None or not _may_install() or not _apt("update"):
        return ()
    for package in packages:
        policy = _output(Path(apt_cache), "policy", package)
        if "Candidate:" in policy and "Candidate: (none)" not in policy:
            return (package,)
    return ()


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt_install(*packages: str) -> bool:
    """Whether the packages were installed; False when there are none, or we may not."""
    if not packages or not _may_install():
        return False
    say(f"installing {', '.join(packages)} from the system's packages")
    _apt("update")
    return _apt("install", "-y", "--no-install-recommends", *packages)


def _apt(*arguments: str) -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(  # noqa: S603  constant arguments, no shell
        ["apt-get", "-q", *arguments],  # noqa: S607  the system's own, wherever it lies
        env=environment,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    if done.returncode != 0:
        say(f"apt-get {' '.join(arguments)}: exit {done.returncode}: {done.stderr[-500:].strip()}")
    return done.returncode == 0
