"""The connectors as a process that is killed. In a file of its own, for it is imported anew each time."""

from __future__ import annotations

import os
import random
import signal
import threading
from collections.abc import Sequence
from functools import partial
from multiprocessing.synchronize import Event

from connectors import extraction
from connectors.base import Batch, FeedSource
from connectors.publishing.publish import KafkaPublisher
from connectors.run import run
from connectors.tally import Summary
from pipeline.config import Kafka, Settings

WITHIN_SECONDS = 0.03
"""A batch of a few articles is published in about so long."""


def connect(settings: Settings, urls: Sequence[str], once: bool, at_work: Event, seed: int | None) -> None:
    """Read these feeds until killed, or each once; `at_work` is set with the first poll that is through.

    With a `seed` the process kills itself while it publishes one of its first batches.
    """
    # This process was forked with the parsers in it, and starts its worker before it has threads to speak of.
    extraction.START_METHOD = "fork"

    def told(summary: Summary) -> None:
        if summary.polls:
            at_work.set()

    publisher = KafkaPublisher if seed is None else partial(Dying, chance=random.Random(seed))
    run(settings, [FeedSource(url) for url in urls], threading.Event(), once, told, connect=publisher)


class Dying(KafkaPublisher):
    """A publisher whose process gets SIGKILL at a random moment of a random publication."""

    def __init__(self, kafka: Kafka, chance: random.Random) -> None:
        super().__init__(kafka)
        self._chance = chance
        self._left = chance.randrange(8)

    def publish(self, batch: Batch) -> None:
        if batch.articles:
            self._left -= 1
            if self._left < 0:
                moment = self._chance.uniform(0, WITHIN_SECONDS)
                threading.Timer(moment, os.kill, (os.getpid(), signal.SIGKILL)).start()
        super().publish(batch)
