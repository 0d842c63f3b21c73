"""One SQLite file, several openings in one process, and other processes that come and go."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pipeline.index.sqlite import SqliteIndex
from pipeline.ports import Query

WRITES = """
import sys
from pathlib import Path
from pipeline.index.documents import documents
from pipeline.index.sqlite import SqliteIndex
from schemas.cursor import Cursor
for url in sys.argv[2:]:
    index = SqliteIndex(Path(sys.argv[1]))
    index.write(documents(Cursor(feed_url=url, title=url, outlet=url)))
    index.close()
"""


def write_elsewhere(path: Path, *urls: str) -> None:
    """Write one feed after the other in another process, which opens and closes the file for each."""
    subprocess.run([sys.executable, "-c", WRITES, str(path), *urls], check=True, cwd=Path(__file__).parents[3])


def test_a_file_opened_twice_here_still_sees_what_others_write(tmp_path: Path) -> None:
    """Closing any handle of a file gives up all locks that the process holds on it (POSIX), SQLite's among them."""
    path = tmp_path / "index.sqlite"
    first = SqliteIndex(path)
    assert first.search(Query("feeds", limit=0)).total == 0
    second = SqliteIndex(path)
    assert second.search(Query("feeds", limit=0)).total == 0
    write_elsewhere(path, "http://a.example/feed")
    write_elsewhere(path, "http://b.example/feed", "http://c.example/feed")
    assert first.search(Query("feeds", limit=0)).total == 3
    assert second.search(Query("feeds", limit=0)).total == 3
