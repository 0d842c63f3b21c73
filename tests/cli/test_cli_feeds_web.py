"""`crossclaim feeds check, add, discover` against a real server on loopback."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from time import monotonic, sleep

import pytest
from click.testing import Result
from typer.testing import CliRunner

from connectors.lists.feedlist import parse
from pipeline.cli import build_app
from tests.connectors.hostile import Answer, Hostile

HOUR_AGO = format_datetime(datetime.now(UTC) - timedelta(hours=3))
RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Lima Wire</title>
<item><title>One</title><link>http://a.example/1</link><pubDate>{HOUR_AGO}</pubDate></item>
<item><title>Two</title><link>http://a.example/2</link></item></channel></rss>""".encode()
PAGE = b"""<!doctype html><html><head><title>Home</title>
<link rel="alternate" type="application/rss+xml" href="/feed.xml">
<link rel="alternate" type="application/atom+xml" href="/more.xml"></head><body>News</body></html>"""
HTML = {"Content-Type": "text/html"}


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Hostile]:
    monkeypatch.setenv("CROSSCLAIM_POLLING__ALLOW_PRIVATE", '["127.0.0.1/32"]')
    monkeypatch.setenv("CROSSCLAIM_POLLING__HOST_SPACING_SECONDS", "0")
    monkeypatch.setenv("CROSSCLAIM_POLLING__TIMEOUT_SECONDS", "5")
    monkeypatch.setenv("CROSSCLAIM_DATA", str(tmp_path / "data"))
    server = Hostile()
    server.answers = {
        "/feed.xml": Answer(RSS), "/more.xml": Answer(RSS.replace(b"Lima Wire", b"More of Lima")),
        "/": Answer(PAGE, headers=HTML), "/bare": Answer(b"<html><body>Hello</body></html>", headers=HTML),
        "/old": Answer(status=301, headers={"Location": "/feed.xml"}), "/secret": Answer(b"no", 401),
        "/gone": Answer(b"", 410), "/busy": Answer(b"", 503),
        "/empty": Answer(RSS.split(b"<item>")[0] + b"</channel></rss>"),
    }  # fmt: skip
    yield server
    server.close()


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return tmp_path / "mine.opml"


def feeds(*arguments: str | Path) -> Result:
    return CliRunner().invoke(build_app(), ["feeds", *map(str, arguments)])


def test_check_tells_each_feed_and_why(web: Hostile, mine: Path) -> None:
    paths = ("/feed.xml", "/old", "/secret", "/", "/bare", "/gone", "/busy", "/empty")
    lines = mine.with_suffix(".txt")
    lines.write_text("\n".join(web.url(path) for path in paths))
    result = feeds("check", "--feeds", lines)
    assert result.exit_code == 1
    told = dict(zip(paths, result.stdout.replace("\n       ", " ").splitlines(), strict=True))
    assert told["/feed.xml"] == f"ok     {web.url('/feed.xml')} Lima Wire: 2 entries, the newest of 3 hours ago"
    assert told["/old"].startswith("moved")
    assert told["/old"].endswith(f"moved for good to {web.url('/feed.xml')}")
    assert told["/secret"].startswith("login")
    assert "asks for a password" in told["/secret"]
    assert told["/"].startswith("page")
    assert f"it names a feed at {web.url('/feed.xml')}" in told["/"]
    assert "names no feed" in told["/bare"]
    assert told["/bare"].startswith("page")
    assert "gone for good" in told["/gone"]
    assert told["/busy"].startswith("away")
    assert told["/empty"] == f"ok     {web.url('/empty')} Lima Wire: no entries"
    assert result.stderr.strip().endswith("3 of 8 can be read")
    assert sorted(web.paths()) == sorted([*paths, "/feed.xml"])


def test_check_is_content_with_readable_feeds_and_prints_json(web: Hostile, mine: Path) -> None:
    mine.with_suffix(".txt").write_text(f"{web.url('/feed.xml')}\n{web.url('/gone')}\n")
    result = feeds("check", web.url("/feed.xml"), "--feeds", mine.with_suffix(".txt"), "--json")
    assert result.exit_code == 0
    (line,) = map(json.loads, result.stdout.splitlines())
    assert (line["verdict"], line["entries"], line["title"]) == ("ok", 2, "Lima Wire")


def test_add_takes_a_feed_with_its_name(web: Hostile, mine: Path) -> None:
    result = feeds("add", web.url("/feed.xml"), "--feeds", mine, "--folder", "Peru", "--outlet", "The Wire")
    assert result.exit_code == 0, result.output
    assert "found: ok" in result.stdout
    assert f"added to {mine}: Lima Wire  {web.url('/feed.xml')}" in result.stdout
    (feed,) = parse(mine.read_bytes(), mine).feeds
    assert (feed.title, feed.outlet, feed.folders) == ("Lima Wire", "The Wire", ("Peru",))
    again = feeds("add", web.url("/feed.xml"), "--feeds", mine)
    assert (again.exit_code, again.stdout) == (0, f"listed already: Lima Wire  {web.url('/feed.xml')}\n")


def test_add_finds_the_feed_of_a_page_and_names_the_others(web: Hostile, mine: Path) -> None:
    result = feeds("add", web.url("/"), "--feeds", mine)
    assert result.exit_code == 0, result.output
    assert "names 2 feeds" in result.stderr
    assert web.url("/more.xml") in result.stderr
    assert [feed.url for feed in parse(mine.read_bytes(), mine).feeds] == [web.url("/feed.xml")]


def test_add_takes_the_address_that_a_feed_moved_to(web: Hostile, mine: Path) -> None:
    feeds("add", web.url("/old"), "--feeds", mine)
    assert [feed.url for feed in parse(mine.read_bytes(), mine).feeds] == [web.url("/feed.xml")]


@pytest.mark.parametrize(("path", "words"), [("/bare", "names no feed"), ("/secret", "password"), ("/gone", "gone")])
def test_add_refuses_what_cannot_be_read_unless_told_to(path: str, words: str, web: Hostile, mine: Path) -> None:
    del web.answers["/feed.xml"]
    result = feeds("add", web.url(path), "--feeds", mine)
    assert result.exit_code == 1
    assert words in result.stderr
    assert "--unread adds the address all the same" in result.stderr
    assert not mine.exists()
    before = len(web.asked)
    assert feeds("add", web.url(path), "--feeds", mine, "--unread").exit_code == 0
    assert len(web.asked) == before
    assert [feed.url for feed in parse(mine.read_bytes(), mine).feeds] == [web.url(path)]


def test_discover_prints_what_a_page_names(web: Hostile) -> None:
    result = feeds("discover", web.url("/"))
    assert result.exit_code == 0
    for words in ("Lima Wire: 2 entries", "More of Lima: 2 entries", web.url("/more.xml")):
        assert words in result.stdout
    printed = feeds("discover", web.url("/"), "--json").stdout.splitlines()
    assert {json.loads(line)["url"] for line in printed} == {web.url("/feed.xml"), web.url("/more.xml")}
    del web.answers["/feed.xml"]
    assert feeds("discover", web.url("/bare")).exit_code == 1


SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>%s</loc><lastmod>2019-06-03</lastmod></url></urlset>"""


def test_a_page_that_names_nothing_has_its_feed_in_the_usual_place(web: Hostile, mine: Path) -> None:
    web.answers["/news/rss.xml"] = Answer(RSS)
    web.answers["/news/"] = web.answers["/bare"]
    result = feeds("add", web.url("/news/"), "--feeds", mine)
    assert result.exit_code == 0, result.output
    assert [feed.url for feed in parse(mine.read_bytes(), mine).feeds] == [web.url("/news/rss.xml")]


@pytest.mark.parametrize("address", ["/bare", "/map.xml"])
def test_a_site_without_a_feed_is_read_by_its_sitemap(address: str, web: Hostile, mine: Path) -> None:
    del web.answers["/feed.xml"]
    web.answers["/robots.txt"] = Answer(f"User-agent: *\nSitemap: {web.url('/map.xml')}\n".encode())
    web.answers["/map.xml"] = Answer(SITEMAP % web.url("/story").encode(), headers={"Content-Type": "text/xml"})
    result = feeds("add", web.url(address), "--feeds", mine)
    assert result.exit_code == 0, result.output
    assert "(sitemap)" in result.stdout
    (feed,) = parse(mine.read_bytes(), mine).feeds
    assert (feed.url, feed.kind) == (web.url("/map.xml"), "sitemap")


@pytest.mark.parametrize("command", ["add", "discover"])
def test_what_is_no_address_is_wrong_usage(command: str) -> None:
    result = feeds(command, "just words")
    assert result.exit_code == 2
    assert "no http or https address" in " ".join(result.stderr.replace("│", " ").split())


def test_ctrl_c_ends_a_check_at_once_and_tells_what_was_seen(web: Hostile, tmp_path: Path) -> None:
    web.answers["/slow"] = Answer(RSS, drip=0.5)
    (tmp_path / "mine.txt").write_text(f"{web.url('/feed.xml')}\n{web.url('/slow')}\n{web.url('/slow?2')}\n")
    command = [sys.executable, "-m", "pipeline.cli", "feeds", "check", "--feeds", str(tmp_path / "mine.txt")]
    environment = {**os.environ, "CROSSCLAIM_POLLING__TIMEOUT_SECONDS": "60"}
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        deadline = monotonic() + 60
        while "/slow" not in web.paths():
            assert monotonic() < deadline
            sleep(0.05)
        began = monotonic()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    finally:
        process.kill()
    assert monotonic() - began < 5
    assert process.returncode == 130
    assert f"ok     {web.url('/feed.xml')}" in out
    assert "Traceback" not in err
    assert "1 of 1 can be read; stopped before 3 were asked" in err


@pytest.mark.parametrize(
    ("held", "told"), [("the process that parsers are forked from", signal.SIGINT), ("the parser", signal.SIGTERM)]
)
def test_a_check_ends_with_all_its_processes_while_a_parser_is_starting(
    held: str, told: signal.Signals, web: Hostile, tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text(web.url("/feed.xml"))
    command = [sys.executable, "-m", "pipeline.cli", "feeds", "check", "--feeds", str(tmp_path / "mine.txt")]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        starting = child_of(process.pid, "forkserver")
        if held == "the parser":
            os.kill(starting, signal.SIGINT)  # as Ctrl-C at a terminal, which reaches all: it is not meant for this one
            starting = child_of(starting, "forkserver")
        os.kill(starting, signal.SIGSTOP)
        process.send_signal(told)
        # Whoever is left would keep the pipes open.
        out, err = process.communicate(timeout=10)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    assert (process.returncode, out) == (130, "")
    assert err.strip() == "0 of 0 can be read; stopped before 1 were asked"


def child_of(pid: int, word: str) -> int:
    """Wait for a child with a word in its command line."""
    deadline = monotonic() + 60
    while monotonic() < deadline:
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            with suppress(OSError):  # the thread, or the child, has ended meanwhile
                for child in map(int, task.read_text().split()):
                    if word in Path(f"/proc/{child}/cmdline").read_text():
                        return child
        sleep(0.005)
    raise AssertionError(f"process {pid} has started no {word}")


def test_at_a_terminal_add_asks_which_feed_is_meant(web: Hostile, mine: Path) -> None:
    ours, its = pty.openpty()
    command = [sys.executable, "-m", "pipeline.cli", "feeds", "add", web.url("/"), "--feeds", str(mine)]
    process = subprocess.Popen(
        command, stdin=its, stderr=its, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        asked = b""
        while b"which one, 1 to 2" not in asked:
            assert process.poll() is None, asked
            asked += os.read(ours, 1_000)
        os.write(ours, b"7\n2\n")
        out, _ = process.communicate(timeout=60)
    finally:
        process.kill()
        os.close(ours)
        os.close(its)
    assert "More of Lima" in out
    assert [feed.url for feed in parse(mine.read_bytes(), mine).feeds] == [web.url("/more.xml")]
