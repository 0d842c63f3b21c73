"""A web on loopback for the connectors' measurements: a process of its own that answers fast, or as slowly as told."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection


@dataclass(frozen=True)
class Reply:
    """What a path answers, `delay` seconds after it was asked."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0


Site = Callable[[str, str, Mapping[str, str]], Reply]
"""Host without port, path, and headers by lower-case name to the reply."""


@contextmanager
def serving(make_site: Callable[..., Site], *args: object) -> Iterator[int]:
    """Serve `make_site(port, *args)` in another process; yield the port."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(there, make_site, args), daemon=True)
    process.start()
    try:
        yield int(here.recv())
    finally:
        process.kill()
        process.join()


def _serve(there: Connection, make_site: Callable[..., Site], args: tuple[object, ...]) -> None:
    asyncio.run(_forever(there, make_site, args))


async def _forever(there: Connection, make_site: Callable[..., Site], args: tuple[object, ...]) -> None:
    site: list[Site] = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await _once(reader, writer, site[0]):
                pass
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0, backlog=1000)
    port = server.sockets[0].getsockname()[1]
    site.append(make_site(port, *args))
    there.send(port)
    await server.serve_forever()


async def _once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, site: Site) -> bool:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
    reply = site(headers.get("host", "").partition(":")[0], head[0].split(" ")[1], headers)
    if reply.delay:
        await asyncio.sleep(reply.delay)
    lines = [f"HTTP/1.1 {reply.status} x", *(f"{name}: {value}" for name, value in reply.headers.items())]
    if reply.status != 304:
        lines.append(f"Content-Length: {len(reply.body)}")
    writer.write("\r\n".join([*lines, "", ""]).encode("latin-1") + reply.body)
    await writer.drain()
    return True
