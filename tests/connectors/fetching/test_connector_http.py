"""The fetcher against a server that misbehaves, and the rules for addresses and compression."""

from __future__ import annotations

import asyncio
import gzip
import time
import zlib
from collections.abc import Callable
from datetime import timedelta

import brotli
import pytest
import zstandard
from conftest import NOW
from hostile import Answer, Hostile, gzip_bomb

from connectors.fetching.addresses import networks, refusal
from connectors.fetching.decompress import TooLarge, Undecodable, decompress
from connectors.fetching.http import Asked, Fetched, Fetcher, FetchError, retry_after
from pipeline.config import Polling
from pipeline.errors import SetupError

pytestmark = pytest.mark.anyio


async def _error(fetcher: Fetcher, url: str, **asked: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await fetcher.get(Asked(url, **asked))
    return caught.value


async def _get(fetcher: Fetcher, url: str, **asked: str) -> Fetched:
    return await fetcher.get(Asked(url, **asked))


async def test_reads_a_page_with_an_honest_name(hostile: Hostile, fetcher: Fetcher) -> None:
    hostile.answers["/a"] = Answer(b"hello", headers={"X-Thing": "1"})
    fetched = await _get(fetcher, hostile.url("/a"))
    assert (fetched.status, fetched.body, fetched.headers["x-thing"]) == (200, b"hello", "1")
    assert hostile.asked[0][1]["user-agent"].startswith("crossclaim/")


async def test_conditional_get_gives_not_modified(hostile: Hostile, fetcher: Fetcher) -> None:
    hostile.answers["/a"] = lambda headers: (
        Answer(status=304) if headers.get("if-none-match") == '"e1"' else Answer(b"x", headers={"ETag": '"e1"'})
    )
    first = await _get(fetcher, hostile.url("/a"))
    again = await _get(fetcher, hostile.url("/a"), etag=first.headers["etag"], last_modified="yesterday")
    assert again.not_modified
    assert again.body == b""
    assert hostile.asked[1][1]["if-modified-since"] == "yesterday"


async def test_304_without_validators_is_a_fault(hostile: Hostile, fetcher: Fetcher) -> None:
    hostile.answers["/a"] = Answer(status=304)
    assert (await _error(fetcher, hostile.url("/a"))).kind == "retryable"


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd", "deflate"])
async def test_undoes_compression(hostile: Hostile, fetcher: Fetcher, encoding: str) -> None:
    packed = {
        "gzip": gzip.compress(b"hello"),
        "br": brotli.compress(b"hello"),
        "zstd": zstandard.compress(b"hello"),
        "deflate": zlib.compress(b"hello")[2:-4],
    }
    hostile.answers["/a"] = Answer(packed[encoding], headers={"Content-Encoding": encoding})
    assert (await _get(fetcher, hostile.url("/a"))).body == b"hello"


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd", "gzip, gzip"])
def test_bombs_stop_at_the_cap(encoding: str) -> None:
    plain = b"\0" * 20_000_000
    packed: dict[str, Callable[[bytes], bytes]] = {
        "gzip": gzip.compress,
        "br": lambda data: brotli.compress(data, quality=1),
        "zstd": zstandard.compress,
    }
    raw = gzip.compress(gzip.compress(plain)) if "," in encoding else packed[encoding](plain)
    assert len(raw) < 60_000
    with pytest.raises(TooLarge):
        decompress(raw, encoding, 1_000_000)


def test_compression_that_lies_is_read_or_refused() -> None:
    assert decompress(b"plain text", "gzip", 100) == b"plain text"
    assert decompress(gzip.compress(b"a") + gzip.compress(b"b"), "x-gzip", 100) == b"ab"
    with pytest.raises(Undecodable, match="zstd"):
        decompress(b"plain text", "zstd", 100)
    with pytest.raises(Undecodable, match="compress"):
        decompress(b"plain text", "compress", 100)


async def test_a_gzip_bomb_over_http(hostile: Hostile, fetcher: Fetcher) -> None:
    hostile.answers["/bomb"] = Answer(gzip_bomb(20), headers={"Content-Encoding": "gzip"})
    error = await _error(fetcher, hostile.url("/bomb"))
    assert error.kind == "permanent"
    assert "polling.max_body_bytes" in str(error)


async def test_a_body_larger_than_the_cap_is_not_read_to_its_end(hostile: Hostile, fetcher: Fetcher) -> None:
    hostile.answers["/large"] = Answer(b"x" * 10_000_000)
    assert "larger than" in str(await _error(fetcher, hostile.url("/large")))


async def test_slow_bodies_and_slow_headers_end_at_the_deadline(hostile: Hostile, fetcher: Fetcher) -> None:
    hostile.answers["/drip"] = Answer(b"x" * 1000, drip=0.05)
    hostile.answers["/drip-headers"] = Answer(b"x", drip_headers=0.05)
    for path in ("/drip", "/drip-headers"):
        begun = time.monotonic()
        error = await _error(fetcher, hostile.url(path))
        assert error.kind == "retryable"
        assert "within 1.5 s" in str(error)
        assert 1.3 < time.monotonic() - begun < 2.5


async def test_headers_without_end_are_refused(hostile: Hostile, fetcher: Fetcher) -> None:
    hostile.answers["/h"] = Answer(b"x", headers={f"X-{n}": "y" * 1000 for n in range(80)})
    assert "headers are larger" in str(await _error(fetcher, hostile.url("/h")))


async def test_redirects_are_followed_up_to_five(hostile: Hostile, fetcher: Fetcher) -> None:
    for number in range(6):
        hostile.answers[f"/{number}"] = Answer(status=302, headers={"Location": f"/{number + 1}"})
    hostile.answers["/6"] = Answer(b"end")
    assert (await _get(fetcher, hostile.url("/1"))).final_url == hostile.url("/6")
    assert "more than 5 times" in str(await _error(fetcher, hostile.url("/0")))


async def test_redirects_in_a_circle_end(hostile: Hostile, fetcher: Fetcher) -> None:
    hostile.answers["/a"] = Answer(status=301, headers={"Location": "/b"})
    hostile.answers["/b"] = Answer(status=301, headers={"Location": "/a"})
    error = await _error(fetcher, hostile.url("/a"))
    assert "circle" in str(error)
    assert error.kind == "permanent"


@pytest.mark.parametrize(
    "target",
    ["http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://[::ffff:10.0.0.1]/", "http://[::1]/",
     "http://0xa9fea9fe/", "http://100.64.1.1/", "http://224.0.0.1/", "http://[64:ff9b::a00:1]/"],
)  # fmt: skip
async def test_redirects_to_forbidden_addresses_are_refused(hostile: Hostile, fetcher: Fetcher, target: str) -> None:
    hostile.answers["/a"] = Answer(status=302, headers={"Location": target})
    error = await _error(fetcher, hostile.url("/a"))
    assert error.kind == "permanent"
    assert "polling.allow_private" in str(error)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/", "gopher://x/", "javascript:1"])
async def test_only_http_is_read(hostile: Hostile, fetcher: Fetcher, target: str) -> None:
    hostile.answers["/a"] = Answer(status=302, headers={"Location": target})
    assert "only http and https" in str(await _error(fetcher, hostile.url("/a")))
    assert "only http and https" in str(await _error(fetcher, target))


async def test_loopback_names_need_the_allow_list(hostile: Hostile, fetcher: Fetcher) -> None:
    hostile.answers["/a"] = Answer(b"hello")
    url = hostile.url("/a", host="harbour-post.localhost")
    assert (await _get(fetcher, url)).body == b"hello"
    assert hostile.asked[0][1]["host"].startswith("harbour-post.localhost:")
    strict = Fetcher(Polling())
    assert "127.0.0.1 is a private" in str(await _error(strict, url))
    await strict.aclose()


async def test_credentials_stay_at_their_origin_and_out_of_errors(hostile: Hostile, fetcher: Fetcher) -> None:
    away = hostile.url("/b", host="other.localhost")
    hostile.answers["/a"] = Answer(status=302, headers={"Location": away})
    hostile.answers["/b"] = Answer(status=403)
    url = hostile.url("/a").replace("http://", "http://jo:secret@")
    error = await _error(fetcher, url)
    assert "authorization" in hostile.asked[0][1]
    assert "authorization" not in hostile.asked[1][1]
    assert "secret" not in str(error)


async def test_cookies_are_not_kept(hostile: Hostile, fetcher: Fetcher) -> None:
    hostile.answers["/a"] = Answer(b"x", headers={"Set-Cookie": "id=1; Path=/"})
    await _get(fetcher, hostile.url("/a"))
    await _get(fetcher, hostile.url("/a"))
    assert "cookie" not in hostile.asked[1][1]


@pytest.mark.parametrize(
    ("status", "kind"),
    [(500, "retryable"), (503, "retryable"), (429, "retryable"), (404, "permanent"), (410, "permanent")],
)
async def test_status_codes_are_judged(hostile: Hostile, fetcher: Fetcher, status: int, kind: str) -> None:
    hostile.answers["/a"] = Answer(b"oh", status, headers={"Retry-After": "120"})
    error = await _error(fetcher, hostile.url("/a"))
    assert (error.kind, error.status, error.retry_after) == (kind, status, 120.0)


async def test_refused_connections_and_unknown_names(hostile: Hostile, fetcher: Fetcher) -> None:
    url = hostile.url("/a")
    hostile.close()
    assert (await _error(fetcher, url)).kind == "retryable"
    assert "cannot be resolved" in str(await _error(fetcher, "http://no-such-host.invalid/"))


async def test_a_server_that_hangs_up(hostile: Hostile, fetcher: Fetcher) -> None:
    hostile.answers["/a"] = Answer(b"x" * 1000, hang_up=True)
    assert (await _error(fetcher, hostile.url("/a"))).kind == "retryable"


async def test_stop_ends_requests_under_way(hostile: Hostile, polling: Polling) -> None:
    fetcher = Fetcher(polling.model_copy(update={"timeout_seconds": 60.0}))
    hostile.answers["/drip"] = Answer(b"x" * 10_000, drip=0.2)
    request = asyncio.ensure_future(fetcher.get(Asked(hostile.url("/drip"))))
    while not hostile.asked:  # noqa: ASYNC110 - the server is a thread
        await asyncio.sleep(0.01)
    begun = time.monotonic()
    fetcher.stop()
    with pytest.raises(FetchError, match="stopped") as caught:
        await request
    assert caught.value.kind == "stopped"
    assert time.monotonic() - begun < 0.5
    assert (await _error(fetcher, hostile.url("/drip"))).kind == "stopped"


def test_retry_after_is_read_as_seconds_or_date() -> None:
    assert retry_after("30", NOW) == 30.0
    assert retry_after("Tue, 04 Jun 2019 12:10:00 GMT", NOW) == 600.0
    assert retry_after("999999999", NOW) == timedelta(days=1).total_seconds()
    assert retry_after("-5", NOW) == 0.0
    assert retry_after("soon", NOW) is None
    assert retry_after("nan", NOW) is None
    assert retry_after(None, NOW) is None


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.251",
     "255.255.255.255", "240.0.0.1", "192.0.2.1", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
     "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "::7f00:1", "2001::1", "not an address"],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert refusal(address, ())


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_that_are_public(address: str) -> None:
    assert refusal(address, ()) is None


def test_the_allow_list_opens_what_it_names_only() -> None:
    allowed = networks(("127.0.0.1/32", "fd00::/8"))
    assert refusal("127.0.0.1", allowed) is None
    assert refusal("::ffff:127.0.0.1", allowed) is None
    assert refusal("fd00::5", allowed) is None
    assert refusal("127.0.0.2", allowed)
    with pytest.raises(SetupError, match="allow_private"):
        networks(("localhost",))
