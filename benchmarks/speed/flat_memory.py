"""Memory of the connectors over very many pages: `python -m benchmarks.speed.flat_memory PAGES.tar.gz [--pages 20000]`.

Real pages (the folder `pages/` of the archive) are served on loopback in rotation, each time at a new address, by feeds
that list them; the whole of `connectors.run.run` reads them, with a number of its own under each headline so that none
is known. Only the broker is left out. Printed are the pages read and the memory: of the main process, and of it with
its parser workers, where pages that processes share count once.
"""

from __future__ import annotations

import argparse
import tarfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.speed.loopback_web import Reply, Site, serving
from benchmarks.speed.many_feeds import Counting
from benchmarks.speed.process_tree import children, memory
from connectors.base import FeedSource
from connectors.polling.kept import KeptCursors
from connectors.run import run
from connectors.tally import Summary
from pipeline.config import Kafka, Polling, Settings

FEEDS = 20
LISTED = 25
HTML = {"Content-Type": "text/html"}
RSS = {"Content-Type": "application/rss+xml"}


def make_site(port: int, folder: str) -> Site:
    """Return a web whose feeds list LISTED new addresses at each reading, and whose addresses are the pages in turn."""
    pages = [path.read_bytes() for path in sorted(Path(folder).rglob("*.html"))]
    listed = [0]

    def site(host: str, path: str, headers: Mapping[str, str]) -> Reply:
        if path == "/feed":
            first = listed[0]
            listed[0] += LISTED
            items = "".join(f"<item><title>{n}</title><link>/{n}</link></item>" for n in range(first, listed[0]))
            return Reply(f'<rss version="2.0"><channel><title>A</title>{items}</channel></rss>'.encode(), headers=RSS)
        number = int(path[1:])
        body = pages[number % len(pages)].replace(b"<p>", b"<p>%d " % number, 1)
        return Reply(body, headers=HTML)

    return site


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--every", type=int, default=1_000)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        with tarfile.open(options.archive) as archive:
            archive.extractall(folder, filter="data")
        with serving(make_site, folder) as port:
            _measure(port, Path(folder), options.pages, options.every)


def _measure(port: int, folder: Path, pages: int, every: int) -> None:
    polling = Polling(
        allow_private=("127.0.0.1/32",), robots=False, host_spacing_seconds=0, interval_seconds=1,
        min_interval_seconds=1, max_interval_seconds=1,
    )  # fmt: skip
    stop, web, begun, told = threading.Event(), children(), time.monotonic(), [0]

    def watch(summary: Summary) -> None:
        done = summary.articles + summary.rejected + summary.duplicates
        if done >= told[0] + every:
            told[0] = done
            main, tree = memory(web)
            print(
                f"{done:7,} pages, {time.monotonic() - begun:5.0f} s: {main:4.0f} MB, with workers {tree:4.0f} MB; "
                f"{summary.articles:,} articles, {summary.rejected:,} rejected, {summary.duplicates:,} known",
                flush=True,
            )
        if done >= pages:
            stop.set()

    sources = [FeedSource(f"http://f{number}.localhost:{port}/feed") for number in range(FEEDS)]
    run(Settings(data=folder / "data", polling=polling), sources, stop, on_progress=watch, connect=Counting,
        load=_nothing)  # fmt: skip


def _nothing(kafka: Kafka, kept: KeptCursors) -> None:
    """A broker without cursors."""


if __name__ == "__main__":
    main()
