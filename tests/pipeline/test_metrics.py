"""Samples of how the pipeline does, as the index keeps them."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline import counters
from pipeline.index.sqlite import SqliteIndex
from pipeline.metrics import Sampling, lag_samples, memory_mb, process_samples
from pipeline.ports import Query

NOW = datetime(2019, 6, 4, 12, tzinfo=UTC)


def test_a_stage_is_sampled_with_what_it_has_done(tmp_path: Path) -> None:
    for fate, times in (("done", 3), ("rejected", 1)):
        for _ in range(times):
            counters.MESSAGES.labels("sampled", fate).inc()
    counters.PUBLISHED.labels("sampled", "claims").inc(5)
    index = SqliteIndex(tmp_path / "index.sqlite")
    samples = [document for document in process_samples("analyse", NOW) if document.body["stage"] == "sampled"]
    assert index.write(samples).written == 1
    (hit,) = index.search(Query("metrics", where={"stage": "sampled"})).hits
    told = {name: hit.body[name] for name in ("role", "done", "duplicate", "rejected", "published", "retries")}
    assert told == {"role": "analyse", "done": 3, "duplicate": 0, "rejected": 1, "published": 5, "retries": 0}
    assert hit.body["process"].endswith(f":{os.getpid()}")
    assert 10 < memory_mb() < 10_000


def test_samples_of_two_moments_stand_beside_each_other(tmp_path: Path) -> None:
    index = SqliteIndex(tmp_path / "index.sqlite")
    for minute in range(3):
        index.write(lag_samples({("analyse", "articles"): minute}, NOW + timedelta(minutes=minute)))
    found = index.search(Query("metrics", where={"group": "analyse"}, sort="newest"))
    assert [hit.body["lag"] for hit in found.hits] == [2, 1, 0]


def test_a_worker_samples_at_once_and_then_by_the_minute(tmp_path: Path) -> None:
    counters.MESSAGES.labels("sampled", "done").inc()
    index = SqliteIndex(tmp_path / "index.sqlite")
    sampling = Sampling("deliver", lambda: index)
    sampling.tick()
    first = index.search(Query("metrics")).total
    sampling.tick()
    assert index.search(Query("metrics")).total == first > 0
