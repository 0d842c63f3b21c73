"""The feeds that reading is measured on: 120 real ones, and the files that feedparser is tested with.

feedparser's own come out of its source distribution, fetched once by pip into the cache outside the checkout; pip
checks it against the sha256 written down here. They stay there: nothing of them is part of this repository.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from pathlib import Path

from deploy.services.cache import entry, say

FEEDPARSER = "6.0.14"
_SHA256 = "088679b0c4b543ee211a820dd544698c76a402122eae7473c04a43425f283d06"
_DEADLINE_S = 600
SHARED = Path(os.environ.get("CROSSCLAIM_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "data"


def real_feeds() -> dict[str, bytes]:
    """The 120 real feeds by name, as they were served."""
    with tarfile.open(SHARED / "feeds.tar.gz") as archive:
        files = {member.name: archive.extractfile(member) for member in archive if member.isfile()}
        return {name: file.read() for name, file in sorted(files.items()) if file}


def feedparser_files() -> dict[str, bytes]:
    """The documents of feedparser's tests that its parser is tested with, well-formed and ill-formed, by path."""
    folder = entry(f"feedparser-tests-{FEEDPARSER}", _fetch)
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.xml"))}


def _fetch(folder: Path, scratch: Path) -> None:
    say(f"fetching feedparser's test files {FEEDPARSER}: about 0.3 MB, once")
    wanted = scratch / "wanted.txt"
    wanted.write_text(f"feedparser=={FEEDPARSER} --hash=sha256:{_SHA256}\n")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    options = ["--no-binary", ":all:", "--no-build-isolation", "--require-hashes", "--dest", str(scratch)]
    try:
        done = subprocess.run(  # noqa: S603  our own arguments, no shell
            [*command, *options, "--requirement", str(wanted)],
            capture_output=True,
            text=True,
            timeout=_DEADLINE_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RuntimeError(
            f"fetching feedparser's tests: not done after {_DEADLINE_S} s; look at the network"
        ) from None
    if done.returncode:
        raise RuntimeError(f"fetching feedparser's tests: pip ended with {done.returncode}: {done.stderr[-2000:]}")
    _unpack(scratch / f"feedparser-{FEEDPARSER}.tar.gz", folder)


def _unpack(archive: Path, folder: Path) -> None:
    """Only the documents of both kinds, without the folders that they lie in."""
    with tarfile.open(archive) as files:
        for member in files:
            kind, found, name = member.name.partition("/tests/")[2].partition("formed/")
            if member.isfile() and found and name.endswith(".xml"):
                member.name = f"{kind}formed/{name}"
                files.extract(member, folder, filter="data")
