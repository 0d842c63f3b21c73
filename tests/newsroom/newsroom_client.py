"""The smallest HTTP client that can name a virtual host."""

from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection

from newsroom import Newsroom


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes


Get = Callable[..., Reply]


def fetch(port: int, host: str, path: str, headers: dict[str, str] | None = None, method: str = "GET") -> Reply:
    """Connect to 127.0.0.1 and say the host's name, as many resolvers know no `.localhost` names."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request(method, path, headers={"Host": f"{host}:{port}", **(headers or {})})
        response = connection.getresponse()
        return Reply(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
    finally:
        connection.close()


def port_of(newsroom: Newsroom) -> int:
    return int(newsroom.base_url.rpartition(":")[2])
