"""Where the broker of the embedded profile listens, for commands that want to reach it while `crossclaim run` runs."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from pipeline.config import Settings
from pipeline.errors import SetupError

ADDRESS_FILE = "broker.address"
_ANSWER_SECONDS = 2.0


@contextmanager
def announced(settings: Settings, address: str) -> Iterator[None]:
    """Write the broker's address into the data folder for as long as the context lasts."""
    file = settings.data / ADDRESS_FILE
    file.write_text(f"{address}\n", encoding="ascii")
    try:
        yield
    finally:
        with suppress(OSError):
            file.unlink()


def with_broker(settings: Settings, doing: str) -> Settings:
    """Return settings that reach the broker; with the embedded profile that of the `crossclaim run` under way.

    Raises SetupError saying what to start when it is not there. An address set by hand is taken as it is.
    """
    if settings.profile == "services" or "bootstrap" in settings.kafka.model_fields_set:
        return settings
    address = _announced(settings)
    if address is None or not _answers(address):
        raise SetupError(
            f"{doing}: with the embedded profile the broker and its topics are there only while `crossclaim run` runs, "
            f"and none runs on {settings.data.resolve()}; start `crossclaim run` in another terminal (or name its data "
            "folder by CROSSCLAIM_DATA), then repeat this; with Kafka of your own set CROSSCLAIM_PROFILE=services"
        )
    kafka = settings.kafka.model_copy(update={"bootstrap": address, "batch_bytes": 0})
    return settings.model_copy(update={"kafka": kafka})


def _announced(settings: Settings) -> str | None:
    try:
        return (settings.data / ADDRESS_FILE).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None


def _answers(address: str) -> bool:
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host, int(port)), _ANSWER_SECONDS).close()
    except (OSError, ValueError, OverflowError):
        return False
    return True
