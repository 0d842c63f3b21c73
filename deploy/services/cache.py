"""A cache of downloaded software outside the checkout, shared by every clone and every process of a user.

An entry is a folder. It counts as there when its `complete.json` lists every file with the size it has on disk; any
other state (missing, half-written, a file cut short) is fetched again. Files arrive in a folder of another name and
are renamed at the end, under a lock, so that two processes neither fetch twice nor see a half-written entry.
"""

import fcntl
import json
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

Fetch = Callable[[Path, Path], None]
"""(folder to fill, scratch folder that is deleted afterwards) → None; raises when it could not fill it."""

COMPLETE = "complete.json"


def say(text: str) -> None:
    """Progress goes to standard error: standard output belongs to what a command prints as its result."""
    print(text, file=sys.stderr, flush=True)


def root() -> Path:
    """Where the cache is: `$XDG_CACHE_HOME/crossclaim`, by default `~/.cache/crossclaim`."""
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "crossclaim"


def entry(name: str, fetch: Fetch, *, within: Path | None = None) -> Path:
    """The folder of entry `name`, fetched first when it is not there whole."""
    folder = (within or root()) / name
    if is_complete(folder):
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _locked(folder.with_name(name + ".lock"), name):
        if not is_complete(folder):  # another process may have fetched it while we waited for the lock
            _fetch_into(folder, fetch)
    return folder


def is_complete(folder: Path) -> bool:
    """Whether every file that was fetched is still there with its size."""
    try:
        sizes: dict[str, int] = json.loads((folder / COMPLETE).read_text())
        return all((folder / path).stat().st_size == size for path, size in sizes.items())
    except (OSError, ValueError):
        return False


def _fetch_into(folder: Path, fetch: Fetch) -> None:
    partial = folder.with_name(folder.name + ".partial")
    scratch = folder.with_name(folder.name + ".scratch")
    for leftover in (partial, scratch, folder):
        shutil.rmtree(leftover, ignore_errors=True)
    partial.mkdir()
    scratch.mkdir()
    try:
        fetch(partial, scratch)
        sizes = {str(file.relative_to(partial)): file.stat().st_size for file in partial.rglob("*") if file.is_file()}
        (partial / COMPLETE).write_text(json.dumps(sizes, indent=0, sort_keys=True))
        partial.rename(folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        shutil.rmtree(partial, ignore_errors=True)


@contextmanager
def _locked(path: Path, name: str) -> Iterator[None]:
    # flock, not a pid file: the kernel lets go of it when its holder dies
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"{name}: waiting for another process that is fetching it")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def progress(what: str, folder: Path, expected_bytes: int, every_s: float = 5.0) -> Iterator[None]:
    """Says every few seconds how many bytes lie in `folder`: Maven itself shows nothing when no person watches it."""
    done = threading.Event()
    started = time.monotonic()

    def watch() -> None:
        while not done.wait(every_s):
            here = folder_bytes(folder)
            say(f"{what}: {here / 1e6:.0f} of about {expected_bytes / 1e6:.0f} MB")

    say(f"{what}: about {expected_bytes / 1e6:.0f} MB, once")
    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
    say(f"{what}: done in {time.monotonic() - started:.0f} s")


def folder_bytes(folder: Path) -> int:
    """Bytes of all files below `folder`; files that vanish meanwhile count nothing."""
    total = 0
    for directory, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(directory) / name).stat().st_size
            except FileNotFoundError:
                continue
    return total
