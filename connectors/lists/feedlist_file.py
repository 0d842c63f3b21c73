"""The person's own list of feeds, changed on disk: feeds added, removed, written out; all of a change or nothing."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from connectors.lists.feedlist import Form, form_of, parse, read_bytes
from connectors.lists.feedlist_opml import add_to_opml, remove_from_opml, write_opml
from connectors.lists.feedlist_toml import add_to_toml, remove_from_toml, write_toml
from connectors.lists.feedlisted import FeedList, Listed, checked, once, same_address
from pipeline.config import ROOT
from pipeline.errors import SetupError

SHIPPED = ROOT / "config" / "feeds.opml"
_WRITERS: dict[str, Callable[[Iterable[Listed], str], bytes]] = {
    ".opml": write_opml,
    ".xml": write_opml,
    ".toml": write_toml,
}


@dataclass(frozen=True)
class Added:
    """What became of feeds that were to be added: `known` are (given, listed already) pairs."""

    added: tuple[Listed, ...]
    known: tuple[tuple[Listed, Listed], ...]


def merge(ours: Sequence[Listed], given: Sequence[Listed]) -> Added:
    """Say which of the feeds given are new. Equal addresses (see `same_address`) are one feed. Pure."""
    there: dict[str, Listed] = {}
    for feed in ours:
        there.setdefault(same_address(feed.url), feed)
    added, known = [], []
    for feed in given:
        key = same_address(feed.url)
        if key in there:
            known.append((feed, there[key]))
        else:
            there[key] = feed
            added.append(feed)
    return Added(tuple(added), tuple(known))


def add(path: Path, given: Sequence[Listed]) -> Added:
    """Add feeds to a list, which is made when it does not exist; those it holds already are left as they are.

    Raises SetupError when it cannot be read or written, or is the list that comes with crossclaim, and ValueError for
    an address or kind that cannot be listed.
    """
    given = [checked(feed) for feed in given]
    with _changing(path) as file:
        raw = read_bytes(file) if file.exists() else b""
        form = form_of(raw, file)
        merged = merge(_whole(raw, file).feeds if raw.strip() else (), given)
        if merged.added:
            _replace(file, _with(raw, form, merged.added, f"changing the feed list {path}"))
    return merged


def remove(path: Path, addresses: Collection[str]) -> tuple[Listed, ...]:
    """Take feeds out of a list, by address or any address that is the same feed; return those that were there."""
    keys = {same_address(address) for address in addresses}
    with _changing(path) as file:
        raw = read_bytes(file)
        gone = tuple(feed for feed in _whole(raw, file).feeds if same_address(feed.url) in keys)
        if gone:
            _replace(file, _without(raw, form_of(raw, file), keys, f"changing the feed list {path}"))
    return gone


def export(listed: FeedList, path: Path, *, overwrite: bool = False) -> int:
    """Write a list anew, each feed once, in the form that the file's name says; return how many.

    Raises SetupError when the name says none, or the file exists and may not be overwritten.
    """
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise SetupError(f"writing the feed list {path}: its name says no form; let it end in .opml or .toml")
    if path.exists() and not overwrite:
        raise SetupError(
            f"writing the feed list {path}: it exists already; give another name, or --force to replace it"
        )
    feeds = once(listed.feeds)
    with _changing(path) as file:
        _replace(file, write(feeds, listed.title))
    return len(feeds)


def _whole(raw: bytes, path: Path) -> FeedList:
    """A list that is about to be changed must be right: what could not be read could be lost."""
    listed = parse(raw, path)
    if listed.problems:
        raise SetupError(f"{listed.problems[0]}; nothing was changed")
    return listed


def _with(raw: bytes, form: Form, feeds: Sequence[Listed], where: str) -> bytes:
    match form:
        case "opml":
            return add_to_opml(raw, feeds, where) if raw.strip() else write_opml(feeds, "Feeds of crossclaim")
        case "toml":
            return add_to_toml(raw, feeds, where)
        case "lines":
            if any(feed.kind != "feed" for feed in feeds):
                raise SetupError(f"{where}: a plain list names no kinds; export it to OPML or TOML first")
            text = raw.decode("utf-8-sig", "replace").rstrip()
            return "\n".join([*([text] if text else []), *(feed.url for feed in feeds), ""]).encode()


def _without(raw: bytes, form: Form, keys: Collection[str], where: str) -> bytes:
    match form:
        case "opml":
            return remove_from_opml(raw, keys, where)
        case "toml":
            return remove_from_toml(raw, keys, where)
        case "lines":
            lines = raw.decode("utf-8-sig", "replace").splitlines(keepends=True)
            return "".join(line for line in lines if same_address(line.strip()) not in keys).encode()


@contextmanager
def _changing(path: Path) -> Iterator[Path]:
    """Hold a list for one change, links followed; a second command waits, so that neither change is lost."""
    file = path.resolve()
    where = f"changing the feed list {path}"
    if file == SHIPPED.resolve():
        raise SetupError(
            f"{where}: it comes with crossclaim, and an update would undo the change; copy it by `crossclaim feeds "
            "export my.opml` and name the copy by CROSSCLAIM_FEEDS=my.opml or --feeds my.opml"
        )
    try:
        folder = os.open(file.parent, os.O_RDONLY)
    except OSError as error:
        raise SetupError(f"{where}: {file.parent}: {error.strerror}; correct the path") from error
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield file
    finally:
        os.close(folder)


def _replace(file: Path, raw: bytes) -> None:
    """Put new bytes in a file's place at once; who may read it stays as it was."""
    temporary = ""
    try:
        if file.exists() and not (os.access(file, os.W_OK) and file.stat().st_mode & 0o222):
            raise PermissionError(13, "it is write-protected")
        handle, temporary = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
        with os.fdopen(handle, "wb") as new:
            new.write(raw)
            new.flush()
            _like(file, new.fileno())
            os.fsync(new.fileno())
        Path(temporary).replace(file)
    except OSError as error:
        if temporary:
            with suppress(OSError):
                Path(temporary).unlink()
        why = error.strerror or error
        raise SetupError(
            f"writing the feed list {file}: {why}; nothing was changed. Make the file and its folder writable, or name "
            "another list by --feeds"
        ) from error


def _like(file: Path, new: int) -> None:
    """Give a new file the owner and the permissions of the one that it replaces, else those of any new file."""
    try:
        before = file.stat()
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        os.fchmod(new, 0o666 & ~mask)
        return
    with suppress(PermissionError):
        os.fchown(new, before.st_uid, before.st_gid)
    os.fchmod(new, before.st_mode & 0o7777)
