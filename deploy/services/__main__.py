"""`python -m deploy.services up --dir DIR`: Kafka and Elasticsearch until Ctrl-C; the same data at the next start."""

import argparse
import signal
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

from deploy.services import Elasticsearch, Kafka, ServiceError
from deploy.services.cache import say
from deploy.services.distributions import elasticsearch_home, kafka_jars


def main(arguments: list[str] | None = None) -> int:
    """The command line; exit 0 = ended as asked, 1 = a service did not start or died."""
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, _as_interrupt)
    try:
        if options.command == "fetch":
            print(f"{kafka_jars()}\n{elasticsearch_home()}")
        else:
            _up(options)
    except KeyboardInterrupt:
        say("stopped")
    except ServiceError as error:
        say(str(error))
        return 1
    return 0


def _up(options: argparse.Namespace) -> None:
    with ExitStack() as running:
        begun = time.monotonic()
        kafka = running.enter_context(Kafka(options.dir / "kafka", port=options.kafka_port, heap=options.kafka_heap))
        say(f"Kafka is up after {time.monotonic() - begun:.0f} s; starting Elasticsearch (about 20 s)")
        node = running.enter_context(
            Elasticsearch(options.dir / "elasticsearch", port=options.es_port, heap=options.es_heap)
        )
        say(f"both are up after {time.monotonic() - begun:.0f} s; data in {options.dir}; Ctrl-C stops them")
        print(
            f"export CROSSCLAIM_PROFILE=services CROSSCLAIM_KAFKA__BOOTSTRAP={kafka.bootstrap} "
            f"CROSSCLAIM_ELASTICSEARCH__URL={node.url}",
            flush=True,
        )
        while True:
            time.sleep(1)
            for service in (kafka, node):
                if service.process is None or not service.process.alive():
                    raise ServiceError(f"watching the services: {type(service).__name__} ended; look at {service.log}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m deploy.services", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("fetch", help="only download both into the cache and print where they lie")
    up = commands.add_parser("up", help="start both, print their addresses as settings, stop at Ctrl-C")
    up.add_argument("--dir", type=lambda text: Path(text).resolve(), required=True, help="data, configuration, logs")
    up.add_argument("--kafka-port", type=int, default=None, help="default: a free one")
    up.add_argument("--es-port", type=int, default=None, help="default: a free one")
    up.add_argument("--kafka-heap", default="512m", help="as in java -Xmx (default 512m)")
    up.add_argument("--es-heap", default="1g", help="as in java -Xmx (default 1g)")
    return parser


def _as_interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
