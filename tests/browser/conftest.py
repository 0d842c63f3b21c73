"""A real browser before a board that is really served, over a real index that holds the sample."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from board.serve import serve
from pipeline.config import Settings
from pipeline.index.sqlite import SqliteIndex
from tests.board import sample

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 10_000
SCREENSHOTS = "CROSSCLAIM_SCREENSHOTS"
"""Names a folder to keep screenshots in; without it they go to the test's own."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; gone with its module: Playwright keeps an event loop in this thread that others would trip over."""
    program = shutil.which("chromium")
    if program is None:
        message = "install Chromium for the browser tests: apt-get update && apt-get install -y chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def index(tmp_path: Path) -> Iterator[SqliteIndex]:
    store = SqliteIndex(tmp_path / "index.sqlite")
    sample.fill(store)
    yield store
    store.close()


@pytest.fixture
def board(index: SqliteIndex) -> Iterator[str]:
    """The address of a board that is served while the test runs."""
    stop, ready, addresses = threading.Event(), threading.Event(), []

    def on_ready(address: str) -> None:
        addresses.append(address)
        ready.set()

    thread = threading.Thread(target=serve, args=(Settings(board={"port": 0}), index, stop, on_ready))
    thread.start()
    try:
        assert ready.wait(10), "the board did not come up"
        yield addresses[0]
    finally:
        stop.set()
        thread.join(10)


@pytest.fixture
def page(browser: Browser, board: str) -> Iterator[Page]:
    """A wide window; it fails the test when the page complains in the console or asks for anything outside."""
    yield from opened(browser, board, width=1280, height=900)


@pytest.fixture
def phone(browser: Browser, board: str) -> Iterator[Page]:
    yield from opened(browser, board, width=390, height=844)


@pytest.fixture
def dark(browser: Browser, board: str) -> Iterator[Page]:
    yield from opened(browser, board, width=1280, height=900, scheme="dark")


def opened(browser: Browser, board: str, *, width: int, height: int, scheme: str = "light") -> Iterator[Page]:
    context = browser.new_context(
        base_url=board,
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    window = context.new_page()
    window.set_default_timeout(PATIENCE_MS)
    complaints: list[str] = []
    window.on("pageerror", lambda error: complaints.append(str(error)))
    window.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    window.on("request", lambda asked: None if asked.url.startswith(board) else complaints.append(asked.url))
    yield window
    context.close()
    assert complaints == []


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where screenshots go."""
    folder = Path(os.environ.get(SCREENSHOTS) or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
