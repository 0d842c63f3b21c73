"""What robots.txt lets us read, asked of a real server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import pytest
from hostile import Answer, Hostile

from connectors.fetching import robots as robots_module
from connectors.fetching.http import Fetcher, FetchError
from connectors.fetching.robots import LIFETIME_SECONDS, MAX_BYTES, UNREACHABLE_SECONDS, Robots

pytestmark = pytest.mark.anyio
AGENT = "crossclaim/0.1 (news monitor; +https://example.org/contact)"


class Clock:
    """Seconds that a test moves on."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def robots(fetcher: Fetcher, clock: Clock) -> Robots:
    return Robots(fetcher, AGENT, clock)


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("\ufeffUser-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: CrossClaim\nDisallow: /private", "/a", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: CrossClaim\nDisallow: /private", "/private/a", False),
        ("User-agent: crossclaimer\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /news/\nAllow: /news/open/", "/news/open/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", True),
        ("User-agent: *\nDisallow: /\n" + "#" * MAX_BYTES + "\nUser-agent: crossclaim\nAllow: /\n", "/a", False),
        ("<html><body>Not found</body></html>", "/a", True),
    ],
)
async def test_rules(hostile: Hostile, robots: Robots, text: str, path: str, allowed: bool) -> None:
    hostile.answers["/robots.txt"] = Answer(text.encode())
    assert await robots.allows(hostile.url(path)) is allowed


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
async def test_a_site_without_rules_allows_all(hostile: Hostile, robots: Robots, status: int) -> None:
    hostile.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /", status)
    assert await robots.allows(hostile.url("/a"))
    assert await robots.allows(hostile.url("/b"))
    assert hostile.paths() == ["/robots.txt"]


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [(429, {}, UNREACHABLE_SECONDS), (500, {}, UNREACHABLE_SECONDS), (503, {"Retry-After": "900"}, 900)],
)
async def test_pages_wait_while_the_rules_cannot_be_had(
    hostile: Hostile, robots: Robots, clock: Clock, status: int, headers: dict[str, str], wait: float
) -> None:
    hostile.answers["/robots.txt"] = Answer(b"", status, headers)
    for later in (0, wait - 1):
        clock.now += later
        with pytest.raises(FetchError, match=f"status {status}") as caught:
            await robots.allows(hostile.url("/a"))
        assert (caught.value.kind, caught.value.retry_after) == ("retryable", wait - later)
    assert hostile.paths() == ["/robots.txt"]


async def test_rules_that_could_not_be_had_are_asked_for_again(hostile: Hostile, robots: Robots, clock: Clock) -> None:
    hostile.answers["/robots.txt"] = Answer(b"", 500)
    with pytest.raises(FetchError):
        await robots.allows(hostile.url("/a"))
    hostile.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /b")
    clock.now += UNREACHABLE_SECONDS + 1
    assert await robots.allows(hostile.url("/a"))
    assert not await robots.allows(hostile.url("/b"))


async def test_a_server_that_does_not_answer_forbids_for_now(robots: Robots) -> None:
    with pytest.raises(FetchError, match="not known"):
        await robots.allows(f"http://127.0.0.1:{Hostile.free_port()}/a")


async def test_rules_are_asked_for_once_a_day_and_hold_while_the_server_is_away(
    hostile: Hostile, robots: Robots, clock: Clock
) -> None:
    hostile.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /private")
    answers = await asyncio.gather(*(robots.allows(hostile.url(f"/private/{n}")) for n in range(20)))
    assert answers == [False] * 20
    clock.now += LIFETIME_SECONDS - 1
    assert await robots.allows(hostile.url("/open"))
    assert hostile.paths() == ["/robots.txt"]
    hostile.answers["/robots.txt"] = Answer(b"", 500)
    clock.now += 2
    assert not await robots.allows(hostile.url("/private/a"))
    assert await robots.allows(hostile.url("/open"))
    assert len(hostile.paths()) == 2
    hostile.answers["/robots.txt"] = Answer(b"")
    clock.now += UNREACHABLE_SECONDS
    assert await robots.allows(hostile.url("/private/a"))


async def test_each_origin_has_its_own(hostile: Hostile, robots: Robots) -> None:
    other = Hostile()
    try:
        hostile.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /")
        assert not await robots.allows(hostile.url("/a"))
        assert await robots.allows(other.url("/a"))
    finally:
        other.close()


@pytest.mark.parametrize("url", ["ftp://example.org/a", "http://", "http://[::", "mailto:a@b.org"])
async def test_what_is_no_page_is_left_to_the_fetcher(robots: Robots, url: str) -> None:
    assert await robots.allows(url)


@pytest.mark.parametrize(
    ("line", "seconds"), [("Crawl-delay: 7", 7.0), ("Request-rate: 1/30s", 30.0), ("Crawl-delay: -1", None)]
)
async def test_crawl_delays_slow_the_host(hostile: Hostile, fetcher: Fetcher, line: str, seconds: float | None) -> None:
    slowed: list[tuple[str, float]] = []
    robots = Robots(fetcher, AGENT, slow=lambda host, spacing: slowed.append((host, spacing)))
    hostile.answers["/robots.txt"] = Answer(f"User-agent: *\n{line}\n".encode())
    assert await robots.allows(hostile.url("/a"))
    assert slowed == ([("127.0.0.1", seconds)] if seconds else [])


async def test_stopping_is_no_answer(robots: Robots, fetcher: Fetcher, hostile: Hostile) -> None:
    fetcher.stop()
    with pytest.raises(FetchError) as caught:
        await robots.allows(hostile.url("/a"))
    assert caught.value.kind == "stopped"


async def test_rules_of_all_sites_together_are_bounded(
    hostile: Hostile, robots: Robots, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(robots_module, "MAX_CHARS", 1_000)
    others = [Hostile() for _ in range(3)]
    try:
        for server in (hostile, *others):
            server.answers["/robots.txt"] = Answer(b"User-agent: *\n" + b"Disallow: /x\n" * 30)
            assert await robots.allows(server.url("/a"))
        assert await robots.allows(others[-1].url("/b"))
        assert others[-1].paths() == ["/robots.txt"]
        assert await robots.allows(hostile.url("/b"))
        assert hostile.paths() == ["/robots.txt"] * 2
    finally:
        for server in others:
            server.close()


@pytest.mark.parametrize(
    "make",
    [
        lambda: "Disallow: /" + "*a" * 40 + "*b",
        lambda: "Disallow: /" + "*" * 5_000 + "b$",
        lambda: "\n".join(f"Disallow: /{n}*a*b" for n in range(20_000)),
    ],
)
async def test_hostile_rules_cost_little(hostile: Hostile, robots: Robots, make: Callable[[], str]) -> None:
    hostile.answers["/robots.txt"] = Answer(f"User-agent: *\n{make()}\n".encode())
    started = time.process_time()
    assert await robots.allows(hostile.url("/" + "a" * 1_500))
    assert time.process_time() - started < 5
