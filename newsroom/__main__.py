"""`python -m newsroom`: serve the sample newsroom until Ctrl-C, or write its articles to a file."""

import argparse
import signal
import sys
import threading
from pathlib import Path

from newsroom import Newsroom, NewsroomError, export
from newsroom.model import FIRST_ROUND
from newsroom.replay import DEFAULT_BASE_URL
from newsroom.server import PREFERRED_PORT


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit code: 0 done, 1 the files or the port would not do."""
    options = _parser().parse_args(arguments)
    try:
        if options.export is not None:
            count = export(options.export, options.base_url, options.round)
            print(f"{count} articles written to {options.export}")
        else:
            _serve(options.port, options.round or FIRST_ROUND, options.round_2_after)
    except NewsroomError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _serve(port: int, round: int, round_2_after: float | None) -> None:
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    newsroom = Newsroom()
    base_url = newsroom.start(port)
    try:
        newsroom.advance(round)
        print(f"The sample newsroom is open: {base_url}/  (all feeds: {base_url}/feeds.opml). Ctrl-C closes it.")
        if round_2_after is not None and not stopping.wait(round_2_after):
            newsroom.advance(2)
            print("Round 2 is out: Orbit & Field has corrected its report on the malaria vaccine.")
        stopping.wait()
    finally:
        newsroom.stop()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m newsroom", description=__doc__)
    parser.add_argument("--port", type=int, default=PREFERRED_PORT, help="preferred port (%(default)s; 0: any)")
    parser.add_argument("--round", type=int, help="round of publication (served: 1; exported: all)")
    parser.add_argument("--round-2-after", type=float, metavar="SECONDS", help="publish the correction after a while")
    parser.add_argument("--export", type=Path, metavar="FILE", help="write the articles as JSON lines and end")
    parser.add_argument("--base-url", default=DEFAULT_BASE_URL, help="for the URLs in the export (%(default)s)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
