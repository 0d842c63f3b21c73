"""Serving the board from this process until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
import threading
from collections.abc import Callable, Generator, Sequence

import uvicorn

from board.access import token_of
from board.app import create_app
from board.live import Live
from pipeline.config import Settings
from pipeline.errors import SetupError
from pipeline.ports import Index

_LOOK_SECONDS = 0.1
_GRACE_SECONDS = 1
"""How long a request under way may take to end once the board is told to stop."""


def serve(
    settings: Settings,
    index: Index,
    stop: threading.Event,
    on_ready: Callable[[str], None],
    *,
    encode: Callable[[str], Sequence[float]] | None = None,
) -> None:
    """Serve the board in this thread until `stop` is set; open streams end too, within three seconds.

    `on_ready` gets the address once it answers; port 0 takes a free one. Raises SetupError when the address cannot be
    taken, or would be open to others without a token.
    """
    token = token_of(settings.board)
    listener = _listen(settings.board.host, settings.board.port)
    try:
        app = create_app(index, encode=encode, hosts=(settings.board.host,), token=token)
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            lifespan="on",
            server_header=False,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
        asyncio.run(_run(_Server(config), listener, app.state.live, stop, lambda: on_ready(address(listener))))
    finally:
        listener.close()


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers: `stop` is the one way to end, whoever sets it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


async def _run(
    server: _Server, listener: socket.socket, live: Live, stop: threading.Event, ready: Callable[[], None]
) -> None:
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    told = False
    try:
        while not stop.is_set() and not serving.done():
            if server.started and not told:
                told = True
                ready()
            await asyncio.sleep(_LOOK_SECONDS)
    finally:
        # Streams first: uvicorn waits for open answers, and a stream is one that never ends by itself.
        live.close()
        server.should_exit = True
        await serving


def address(listener: socket.socket) -> str:
    """Return the address to open in a browser on this machine."""
    host, port = listener.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104 - the user bound it so; here it is only read
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise SetupError(
            f"serving the board: {host} is no address of this machine ({error}); set board.host"
        ) from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(where)
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise SetupError(f"serving the board: {_why(error, host, port)}") from error
    return listener


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} on {host} is taken; stop what listens there, or set board.port (0 takes a free port)"
    if error.errno == errno.EACCES:
        return f"port {port} needs rights that this user lacks; set board.port to one above 1023"
    return f"cannot listen on {host}, port {port} ({error}); set board.host to an address of this machine"
