"""How the pipeline does, kept in the index so that board and Kibana can show it: one sample a stage and process, one a
group of workers and topic, every minute. Prometheus has the same counters, for those who run it."""

from __future__ import annotations

import os
import resource
import socket
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import time
from typing import Any

from prometheus_client import Counter, Gauge

from pipeline import counters, topics
from pipeline.config import Settings
from pipeline.index.sqlite import SqliteIndex
from pipeline.ports import Document, Index
from schemas.ids import digest
from schemas.topics import CONTRADICTIONS, Topic

SAMPLE_EVERY = timedelta(seconds=60)
PRUNE_EVERY = timedelta(hours=1)


def process_samples(role: str, now: datetime) -> list[Document]:
    """Return one sample for each stage of this process: what it has done since it began."""
    process = f"{socket.gethostname()}:{os.getpid()}"
    fates, published = _by_stage(counters.MESSAGES, "fate"), _by_stage(counters.PUBLISHED, "topic")
    retries, progress = _by_stage(counters.RETRIES), _by_stage(counters.PROGRESS)
    return [
        _sample(
            now,
            process,
            stage,
            role=role,
            process=process,
            stage=stage,
            published=int(sum(published.get(stage, {}).values())),
            retries=int(sum(retries.get(stage, {}).values())),
            idle_seconds=round(max(0.0, time() - sum(progress.get(stage, {}).values() or (time(),))), 1),
            memory_mb=memory_mb(),
            **{fate: int(fates[stage].get(fate, 0)) for fate in ("done", "duplicate", "rejected")},
        )
        for stage in fates
    ]


def lag_samples(waiting: Mapping[tuple[str, str], int], now: datetime) -> list[Document]:
    """Return one sample for each group of workers and topic: messages that wait."""
    return [
        _sample(now, group, topic, role=group, group=group, topic=topic, lag=lag)
        for (group, topic), lag in waiting.items()
    ]


class Sampling:
    """Samples what the stages of this process have done; runs in every worker."""

    name = "samples"
    sources: tuple[Topic, ...] = ()

    def __init__(self, role: str, index: Callable[[], Index]) -> None:
        self._role, self._index = role, index
        self._next = datetime.min.replace(tzinfo=UTC)

    def tick(self) -> None:
        """Take a sample when it is time. Raises Retryable when the index is away; that sample is then missing."""
        now = datetime.now(UTC)
        if now >= self._next:
            self._next = now + SAMPLE_EVERY
            self._index().write(process_samples(self._role, now))


class Measuring:
    """Samples how much waits, and forgets old samples; runs in the one worker that reads the contradictions."""

    name = "metrics"
    sources: tuple[Topic, ...] = (CONTRADICTIONS,)

    def __init__(self, settings: Settings, index: Index) -> None:
        self._settings, self._index = settings, index
        self._next_sample = self._next_prune = datetime.min.replace(tzinfo=UTC)

    def tick(self) -> None:
        """Take a sample when it is time. Raises Retryable when broker or index is away."""
        from pipeline.run.progress import SOURCES

        now = datetime.now(UTC)
        if now >= self._next_sample:
            self._next_sample = now + SAMPLE_EVERY
            self._index.write(lag_samples(topics.lags(self._settings, SOURCES), now))
        # Elasticsearch drops whole indices of old samples (`crossclaim prune`); a worker may not remove anything there.
        if isinstance(self._index, SqliteIndex) and now >= self._next_prune:
            self._next_prune = now + PRUNE_EVERY
            self._index.prune("metrics", now - timedelta(days=self._settings.elasticsearch.metrics_keep_days))


def memory_mb() -> float:
    """Return what this process holds in memory, in megabytes; where that cannot be asked, the most it ever held."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return round(int(statm.read_text().split()[1]) * resource.getpagesize() / 1e6, 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / 1e6 if sys.platform == "darwin" else peak / 1e3, 1)


def _sample(now: datetime, *parts: str, **values: Any) -> Document:
    id_ = digest("metric", *parts, now.isoformat())
    return Document("metrics", id_, 1, {"metric_id": id_, "at": now.isoformat(), **values})


def _by_stage(counter: Counter | Gauge, label: str | None = None) -> dict[str, dict[str, float]]:
    """Values of a counter by stage and another label."""
    found: dict[str, dict[str, float]] = {}
    for metric in counter.collect():
        for sample in metric.samples:
            if not sample.name.endswith("_created"):
                found.setdefault(sample.labels["stage"], {})[sample.labels[label] if label else ""] = sample.value
    return found
