"""A file that may be gzipped, opened for reading, or read by the line; how much comes out of it is for the reader."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from connectors.archive.bad import BadLine

_GZIP_MAGIC = b"\x1f\x8b"
_TOLD_BYTES = 1_000


def opened(path: Path) -> IO[bytes]:
    """Open a file, unpacked when its name ends in .gz."""
    return cast(IO[bytes], gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")


def lines_of(path: Path, longest: int = -1) -> Iterator[tuple[int, bytes | BadLine]]:
    """Yield the lines that hold something, with their numbers.

    A line of more than `longest` bytes comes as a BadLine, and so does the place where a gzip file breaks off.
    """
    number = 0
    try:
        with opened(path) as lines:
            while raw := lines.readline(longest):
                number += 1
                if len(raw) == longest and not raw.endswith(b"\n"):
                    while (rest := lines.readline(longest)) and not rest.endswith(b"\n"):
                        pass
                    yield number, BadLine(number, raw[:_TOLD_BYTES], f"line {number}: longer than {longest:,} bytes")
                elif raw.strip():
                    yield number, raw
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        number += 1
        yield number, BadLine(number, b"", f"line {number}: the file is no whole gzip file ({error}); fetch it again")


class Unpacked:
    """A file's bytes, unpacked when they are gzip; where the packing breaks off or is damaged, the bytes end.

    `torn` says so afterwards.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            packed = file.read(2) == _GZIP_MAGIC
        self._file = gzip.GzipFile(path, "rb") if packed else io.FileIO(path)
        self.torn = False

    def read(self, size: int) -> bytes:
        """Return some bytes, at most `size`, none at the end."""
        try:
            return self._file.read1(size) if isinstance(self._file, gzip.GzipFile) else self._file.read(size)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            self.torn = True
            return b""

    def close(self) -> None:
        """Close the file."""
        self._file.close()
