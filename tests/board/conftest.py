"""A board over a real SQLite index that holds the sample."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from board.app import create_app
from pipeline.index.sqlite import SqliteIndex
from tests.board import sample
from tests.board.sample import BASE


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed index file that holds the sample."""
    path = tmp_path_factory.mktemp("sample") / "index.sqlite"
    store = SqliteIndex(path)
    sample.fill(store)
    store.close()
    return path


@pytest.fixture
def index(filled: Path, tmp_path: Path) -> Iterator[SqliteIndex]:
    store = SqliteIndex(shutil.copy(filled, tmp_path / "index.sqlite"))
    yield store
    store.close()


@pytest.fixture
def client(index: SqliteIndex) -> TestClient:
    return TestClient(create_app(index), base_url=BASE, follow_redirects=False)
