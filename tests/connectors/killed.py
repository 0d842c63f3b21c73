"""The connectors as a process that a test kills. In a file of its own, for it is imported anew each time."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from multiprocessing.synchronize import Event

from connectors import extraction
from connectors.base import FeedSource
from connectors.run import run
from connectors.tally import Summary
from pipeline.config import Settings


def connect(settings: Settings, urls: Sequence[str], once: bool, at_work: Event) -> None:
    """Read these feeds until killed, or each once; `at_work` is set with the first poll that is through."""
    # This process was forked with the parsers in it, and starts its worker before it has threads to speak of.
    extraction.START_METHOD = "fork"

    def told(summary: Summary) -> None:
        if summary.polls:
            at_work.set()

    run(settings, [FeedSource(url) for url in urls], threading.Event(), once, told)
