"""The running newsroom: one object that a command or a test starts, advances and stops."""

import socket
import tempfile
import threading
from pathlib import Path
from time import monotonic, sleep

import uvicorn

from newsroom import corpus as files
from newsroom.edition import Edition
from newsroom.errors import NewsroomError
from newsroom.model import FIRST_ROUND, Corpus
from newsroom.site import application

HOST = "127.0.0.1"
PREFERRED_PORT = 8700
START_SECONDS = 10.0
STOP_SECONDS = 2.0


class Newsroom:
    """Serves the sample articles on the loopback interface, from a thread of its own.

    Each outlet is a virtual host, `http://<outlet-id>.localhost:PORT/` (RFC 6761 keeps `.localhost` on this machine).
    Where the resolver does not know such names, connect to 127.0.0.1 and send the name in the Host header.
    """

    def __init__(self, root: Path = files.ROOT) -> None:
        self._root = root
        self._corpus: Corpus | None = None
        self._edition: Edition | None = None
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._port = 0

    def load(self) -> Corpus:
        """Read and check the files, once; raises NewsroomError that lists every mistake in them."""
        if self._corpus is None:
            self._corpus = files.load(self._root)
        return self._corpus

    def start(self, port: int = PREFERRED_PORT) -> str:
        """Serve round 1 and return the plain host's URL; where `port` is taken, or 0, a free one is used."""
        if self._server is not None:
            raise NewsroomError("starting the newsroom: it runs already; stop it first")
        corpus = self.load()
        listener = _listen(port)
        self._port = listener.getsockname()[1]
        self._edition = Edition(corpus, FIRST_ROUND, self._port)
        self._folder = tempfile.TemporaryDirectory(prefix="newsroom-")
        self._server = uvicorn.Server(
            uvicorn.Config(
                application(lambda: self._running),
                log_level="warning",
                access_log=False,
                lifespan="off",
                timeout_graceful_shutdown=1,
            )
        )
        self._thread = threading.Thread(target=self._server.run, args=([listener],), name="newsroom", daemon=True)
        self._thread.start()
        self._await_start(self._server, self._thread)
        return self.base_url

    @property
    def base_url(self) -> str:
        """The plain host's URL, with the port that was really bound."""
        return f"http://{HOST}:{self._running_port()}"

    @property
    def round(self) -> int:
        """The round that readers see now."""
        return self._running.round

    def advance(self, round: int) -> None:
        """Publish what waits for a round; the articles of earlier rounds stay or are revised."""
        if not FIRST_ROUND <= round <= self.load().last_round:
            raise NewsroomError(f"advancing to round {round}: there are rounds 1 to {self.load().last_round}")
        if round < self.round:
            raise NewsroomError(f"advancing to round {round}: round {self.round} is out, and news is not taken back")
        self._edition = Edition(self.load(), round, self._port)

    def opml(self) -> str:
        """Every feed with its absolute URL, as OPML."""
        return self._running.opml

    @property
    def opml_path(self) -> Path:
        """The OPML as a file, which lives until `stop`."""
        if self._folder is None:
            raise NewsroomError("writing the OPML file: the newsroom is not running; start it first")
        path = Path(self._folder.name) / "feeds.opml"
        path.write_text(self.opml(), encoding="utf-8")
        return path

    def stop(self) -> None:
        """Stop serving, within STOP_SECONDS; does nothing where nothing runs."""
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(STOP_SECONDS / 2)
            self._server.force_exit = True
            self._thread.join(STOP_SECONDS / 2)
        if self._folder is not None:
            self._folder.cleanup()
        self._server = self._thread = self._edition = self._folder = None

    @property
    def _running(self) -> Edition:
        if self._edition is None:
            raise NewsroomError("reading the newsroom: it is not running; start it first")
        return self._edition

    def _running_port(self) -> int:
        return self._port if self._running else 0

    def _await_start(self, server: uvicorn.Server, thread: threading.Thread) -> None:
        """The listener queues connections at once, but only a started server proves that they will be answered."""
        deadline = monotonic() + START_SECONDS
        while not server.started:
            if not thread.is_alive() or monotonic() > deadline:
                self.stop()
                raise NewsroomError(f"starting the newsroom: the server did not come up in {START_SECONDS:.0f} s")
            sleep(0.01)


def _listen(port: int) -> socket.socket:
    """A socket on the port that was asked for, or on any free one."""
    for candidate in (port, 0):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, candidate))
            listener.listen(128)
            return listener
        except (OSError, OverflowError) as error:
            listener.close()
            reason = error
    raise NewsroomError(f"starting the newsroom: no port is free on {HOST}: {reason}")
