"""The index contract on SQLite, and what only a file can get wrong."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.config import Settings
from pipeline.errors import Retryable, SetupError
from pipeline.index import open_index
from pipeline.index.mapping import mapping
from pipeline.index.sqlite import SqliteIndex
from pipeline.ports import Query
from tests.pipeline.index.contract import IndexContract
from tests.pipeline.index.contract_support import ids
from tests.pipeline.index.index_builders import NOON, direction, document


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new folder" / "index #1?.sqlite"


@pytest.fixture
def index(path: Path) -> Iterator[SqliteIndex]:
    opened = SqliteIndex(path, busy_seconds=0.2)
    yield opened
    opened.close()


@pytest.fixture
def settle() -> Callable[[], None]:
    return lambda: None


class TestSqlite(IndexContract):
    """Every promise of the port."""


def test_it_is_what_the_embedded_profile_opens(tmp_path: Path) -> None:
    opened = open_index(Settings(data=tmp_path / "data"))
    assert opened.write([document("a")]).written == 1
    assert (tmp_path / "data" / "index.sqlite").is_file()


def test_what_is_written_outlives_the_process(path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path\n"
        "from pipeline.index.sqlite import SqliteIndex\n"
        "from tests.pipeline.index.index_builders import direction, document\n"
        "SqliteIndex(Path(sys.argv[1])).write([document('a', vector=direction(3))]); os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", program, str(path)], check=False).returncode == 9
    assert ids(SqliteIndex(path).search(Query("claims", vector=direction(3)))) == ["a"]


def test_a_reader_sees_what_another_wrote_changed_and_dropped(index: SqliteIndex, path: Path) -> None:
    reader = SqliteIndex(path)
    near = Query("claims", vector=direction(0))
    assert ids(reader.search(near)) == []
    index.write([document("a", vector=direction(0)), document("b", vector=direction(0, 0.5))])
    assert ids(reader.search(near)) == ["a", "b"]
    index.write([document("a", version=2, vector=direction(77)), document("b", version=2, status="superseded")])
    assert ids(reader.search(near)) == []
    assert ids(reader.search(Query("claims", vector=direction(77)))) == ["a"]


def test_many_threads_read_while_two_write(path: Path) -> None:
    writers = [SqliteIndex(path), SqliteIndex(path)]
    reader = SqliteIndex(path)

    def write(number: int) -> int:
        batch = [document(f"{number}-{n}", vector=direction(number % 300)) for n in range(20)]
        return writers[number % 2].write(batch).written

    def read(_: int) -> bool:
        found = reader.search(Query("claims", words="staff", vector=direction(1), limit=100))
        return len(found.hits) == min(found.total, 100)

    with ThreadPoolExecutor(8) as pool:
        written = [pool.submit(write, number) for number in range(20)]
        checked = [pool.submit(read, number) for number in range(40)]
        assert sum(job.result() for job in written) == 400
        assert all(job.result() for job in checked)
    assert reader.search(Query("claims")).total == 400


def test_several_processes_may_make_the_file_together(path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from pipeline.index.sqlite import SqliteIndex\n"
        "SqliteIndex(Path(sys.argv[1]))"
    )
    running = [subprocess.Popen([sys.executable, "-c", program, str(path)]) for _ in range(2)]
    assert [process.wait() for process in running] == [0, 0]


def test_a_locked_file_is_tried_again(index: SqliteIndex, path: Path) -> None:
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(Retryable, match=r"using the index .*: database is locked"):
        index.write([document("a")])
    assert index.get("claims", ["a"]) == {}, "readers do not wait for a writer"
    holder.execute("ROLLBACK")
    holder.close()
    assert index.write([document("a")]).written == 1


def test_a_full_disk_is_tried_again_and_keeps_nothing_by_half(index: SqliteIndex, path: Path) -> None:
    index.write([document("kept")])
    with index._file.connection() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 8}")
    with pytest.raises(Retryable, match="disk is full"):
        index.write([document(f"d{n}", "words " * 500) for n in range(100)])
    assert index.search(Query("claims")).total == 1
    assert index.write([document("more")]).written == 1


def test_a_closed_index_is_tried_again(index: SqliteIndex) -> None:
    index.close()
    for call in (
        lambda: index.write([document("a")]),
        lambda: index.get("claims", ["a"]),
        lambda: index.search(Query("claims")),
    ):
        with pytest.raises(Retryable, match="it was closed"):
            call()


def test_a_file_that_vanished_is_not_made_anew_by_a_reader(path: Path) -> None:
    opened = SqliteIndex(path)
    opened.write([document("a")])
    opened._file.close()
    opened._file._closed = False
    for file in path.parent.iterdir():
        file.unlink()
    with pytest.raises(Retryable, match="unable to open"):
        opened.search(Query("claims"))


def test_a_file_that_is_no_database(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"these are not the bytes you are looking for" * 100)
    with pytest.raises(SetupError, match="move the file away"):
        SqliteIndex(path)


def test_a_database_of_another_program(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipes (name)")
    with pytest.raises(SetupError, match="another program"):
        SqliteIndex(path)
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT count(*) FROM recipes").fetchone() == (0,)


def test_a_file_of_another_layout(path: Path) -> None:
    SqliteIndex(path).close()
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 99")
    with pytest.raises(SetupError, match="layout is 99"):
        SqliteIndex(path)


def test_a_file_of_the_layout_before_other_languages(path: Path) -> None:
    """Its claims are found by other forms of their words, too, once it has been opened."""
    index = SqliteIndex(path)
    index.write([document("de", "Die Häuser wurden durchsucht", language="de"), document("en", "Houses were searched")])
    index.close()
    with sqlite3.connect(path) as other:
        other.execute("DROP TABLE claims_texts")
        names = ", ".join(mapping("claims").texts)
        other.execute(
            f"CREATE VIRTUAL TABLE claims_texts USING fts5 ({names}, tokenize = 'porter unicode61 remove_diacritics 2')"
        )
        other.execute("PRAGMA user_version = 2")
    with closing(SqliteIndex(path)) as again:
        assert ids(again.search(Query("claims", words="Haus"))) == ["de"]
        assert ids(again.search(Query("claims", words="house"))) == ["en"]
        assert again.write([document("de", "Die Katzen", version=2, language="de")]).written == 1
        assert ids(again.search(Query("claims", words="Katze"))) == ["de"]
        assert again.search(Query("claims", words="Haus")).total == 0


def test_what_is_old_can_be_forgotten(index: SqliteIndex) -> None:
    times = {"old": NOON - timedelta(days=2), "just": NOON, "new": NOON + timedelta(days=1)}
    index.write([document(id, published_at=at.isoformat(), vector=direction(0)) for id, at in times.items()])
    assert index.prune("claims", NOON) == 1
    assert index.get("claims", list(times)).keys() == {"just", "new"}
    assert set(ids(index.search(Query("claims", words="staff")))) == {"just", "new"}
    assert set(ids(index.search(Query("claims", vector=direction(0))))) == {"just", "new"}
    assert index.prune("claims", NOON) == 0
    index.write([document("again", vector=direction(3))])
    assert ids(index.search(Query("claims", vector=direction(3)))) == ["again"]


def test_a_path_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SetupError, match="CROSSCLAIM_DATA"):
        SqliteIndex(tmp_path / "file" / "index.sqlite")
    with pytest.raises(SetupError, match="opening the index"):
        SqliteIndex(tmp_path)
