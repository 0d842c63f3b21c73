"""When a file is not what a command reads: said once, instead of once for each of its lines. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from connectors.archive import BadLine

ENOUGH = 20
"""Bad lines in a row after which reading stops, when nothing good came before them or they are not even text."""

Good = TypeVar("Good")


@dataclass(frozen=True)
class Hopeless(BadLine):
    """A run of bad lines that shows the file to be another: `number` is the first, `last` the last of them, `raw` all
    their bytes. Nothing beyond was read when `stopped`."""

    last: int
    stopped: bool


def until_hopeless(lines: Iterable[Good | BadLine], wanted: str) -> Iterator[Good | BadLine]:
    """Yield lines as they come; a run of bad ones that shows the file to be another becomes one Hopeless, the last.

    Bad lines are held back while they may still become such a run, and follow in order when they do not. `wanted` says
    what a line should be.
    """
    run: list[BadLine] = []
    good = False
    for line in lines:
        if not isinstance(line, BadLine):
            yield from run
            run, good = [], True
            yield line
            continue
        run.append(line)
        if good and not _binary(line.raw):
            yield from run
            run = []
        elif len(run) == ENOUGH:
            yield _verdict(run, wanted, stopped=True)
            return
    if run and not good and all(_binary(line.raw) for line in run):
        yield _verdict(run, wanted, stopped=False)
    else:
        yield from run


def _verdict(run: list[BadLine], wanted: str, *, stopped: bool) -> Hopeless:
    first, last = run[0].number, run[-1].number
    where = f"line {first}" if first == last else f"lines {first} to {last}"
    if all(_binary(line.raw) for line in run):
        what = "no text but other bytes"
    else:
        what = f"not {wanted} (the first: {run[0].reason.partition(': ')[2]})"
    return Hopeless(first, b"".join(line.raw for line in run), f"{where}: {what}", last, stopped)


def _binary(raw: bytes) -> bool:
    """Say whether bytes are no text: a zero byte, or no UTF-8."""
    if b"\0" in raw:
        return True
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False
