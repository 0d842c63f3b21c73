"""Everything at once, from an empty folder: broker, topics, workers, connectors, board; until told to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.config import Settings, data_folder
from pipeline.errors import Retryable, SetupError
from pipeline.run.broker import embedded_broker, free_port
from pipeline.run.children import Children
from pipeline.run.running import announced
from pipeline.setup import set_up

BROKER_WAIT_SECONDS = 2.0


@dataclass(frozen=True)
class Parts:
    """What runs, and where: the settings as the parts see them, the parts, the board's address."""

    settings: Settings
    children: Children
    board_url: str


@contextmanager
def parts_running(
    settings: Settings,
    feeds: Path,
    *,
    workers: int,
    stop: threading.Event,
    say: Callable[[str], None],
    on_line: Callable[[str], None],
    environment: dict[str, str] | None = None,
    once: bool = False,
) -> Iterator[Parts]:
    """Start all parts and yield them; when the context ends, end them.

    Raises SetupError when a part cannot start. Kafka that does not answer yet is waited for until `stop`.
    """
    data_folder(settings)
    with _broker(settings, say) as changes:
        settings = settings.model_copy(update={"kafka": settings.kafka.model_copy(update=changes)})
        set_up_when_there(settings, stop, say)
        port = settings.board.port
        children = Children(settings.data / "logs", {**_environment(settings), **(environment or {})}, on_line)
        try:
            # The one that takes longest to load comes first.
            for number in range(1, workers + 1):
                name = "analyse" if workers == 1 else f"analyse-{number}"
                children.start(name, "worker", "--role", "analyse", "--metrics-port", str(free_port()))
            extra = ("--once",) if once else ()
            children.start("connect", "connect", "--feeds", str(feeds), *extra, restart=not once)
            children.start("deliver", "worker", "--role", "deliver", "--metrics-port", str(free_port()))
            children.start("board", "board", "--port", str(port))
            yield Parts(settings, children, f"http://{settings.board.host}:{port}/")
        finally:
            children.stop()


def set_up_when_there(settings: Settings, stop: threading.Event, say: Callable[[str], None]) -> None:
    """Create topics and index, idempotently; waits for what is away until `stop`, and says so once."""
    said = False
    while not stop.is_set():
        try:
            set_up(settings)
            return
        except Retryable as error:
            if not said:
                say(f"waiting: {error}")
                said = True
            stop.wait(BROKER_WAIT_SECONDS)
    raise SetupError("stopped while waiting for Kafka or Elasticsearch")


@contextmanager
def _broker(settings: Settings, say: Callable[[str], None]) -> Iterator[dict[str, Any]]:
    """Yield what is to be changed in the settings `kafka` while it runs."""
    if settings.profile == "services":
        yield {}
        return
    say("starting the embedded broker")
    with embedded_broker(settings.data / "logs" / "broker.log") as bootstrap, announced(settings, bootstrap):
        yield {"bootstrap": bootstrap, "batch_bytes": 0}


def _environment(settings: Settings) -> dict[str, str]:
    """What the parts must know beyond the environment they inherit."""
    return {
        "CROSSCLAIM_PROFILE": settings.profile,
        "CROSSCLAIM_DATA": str(settings.data.resolve()),
        "CROSSCLAIM_KAFKA__BOOTSTRAP": settings.kafka.bootstrap,
        "CROSSCLAIM_KAFKA__BATCH_BYTES": str(settings.kafka.batch_bytes),
        "PYTHONUNBUFFERED": "1",
    }
