"""A file that may be gzipped, opened for reading; what comes out of it is bounded by who reads it."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path
from typing import IO, cast

_GZIP_MAGIC = b"\x1f\x8b"


def opened(path: Path) -> IO[bytes]:
    """Open a file, unpacked when its name ends in .gz."""
    return cast(IO[bytes], gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")


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
