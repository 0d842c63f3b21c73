"""HTTP as a polite client meets it: hosts, 304, a second round, ports, and an end in time."""

import socket
from collections.abc import Iterator
from time import monotonic

import feedparser
import pytest
from newsroom_client import Get, fetch, port_of

from newsroom import Newsroom, NewsroomError
from newsroom.site import outlet_of

CORRECTED = "/2019/06/04/malaria-vaccine-trial"
MAGAZINE = "orbit-and-field"
FEED = "/feeds/features.xml"


@pytest.fixture
def own() -> Iterator[Newsroom]:
    newsroom = Newsroom()
    newsroom.start(port=0)
    yield newsroom
    newsroom.stop()


@pytest.mark.parametrize(
    ("outlet", "path"),
    [
        (MAGAZINE, FEED),
        (MAGAZINE, CORRECTED),
        (MAGAZINE, "/"),
        ("volga-observer", "/feeds/main.xml"),
        ("", "/feeds.opml"),
    ],
)
def test_what_has_not_changed_is_not_sent_again(get: Get, outlet: str, path: str) -> None:
    first = get(outlet, path)
    etag, modified = first.headers["etag"], first.headers["last-modified"]
    assert first.status == 200
    for headers in (
        {"If-None-Match": etag},
        {"If-None-Match": f'"other", W/{etag}'},
        {"If-Modified-Since": modified},
    ):
        again = get(outlet, path, headers=headers)
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", etag)
    for headers in (
        {"If-None-Match": '"other"'},
        {"If-None-Match": '"other"', "If-Modified-Since": modified},
        {"If-Modified-Since": "Sat, 01 Jun 2019 00:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
    ):
        again = get(outlet, path, headers=headers)
        assert (again.status, again.body) == (200, first.body)


def test_the_second_round_corrects_the_page_and_the_feed(own: Newsroom) -> None:
    def read(path: str, **headers: str) -> tuple[int, str, dict[str, str]]:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        reply = fetch(port_of(own), f"{MAGAZINE}.localhost", path, names)
        return reply.status, reply.body.decode(), reply.headers

    _, page, old_page = read(CORRECTED)
    _, feed, old_feed = read(FEED)
    assert "by 73 percent over twelve months" in page
    assert "37 percent" not in page + feed

    own.advance(2)
    for path, old in ((CORRECTED, old_page), (FEED, old_feed)):
        for condition in ({"If_None_Match": old["etag"]}, {"If_Modified_Since": old["last-modified"]}):
            status, text, _ = read(path, **condition)
            assert (status, "37 percent" in text) == (200, True), (path, condition)
    assert "The correct figure is 37 percent" in read(CORRECTED)[1]
    entries = feedparser.parse(read(FEED)[1]).entries
    [corrected] = [entry for entry in entries if entry.link.endswith(CORRECTED)]
    assert (corrected.published, corrected.updated) == ("2019-06-04T10:00:00Z", "2019-06-07T22:00:00Z")
    assert len(entries) == len(feedparser.parse(feed).entries)


def test_an_unchanged_outlet_stays_unchanged_in_the_second_round(own: Newsroom) -> None:
    before = fetch(port_of(own), "touchline.localhost", "/feeds/all.xml")
    own.advance(2)
    again = fetch(port_of(own), "touchline.localhost", "/feeds/all.xml", {"If-None-Match": before.headers["etag"]})
    assert again.status == 304


def test_rounds_go_forward_and_end(own: Newsroom) -> None:
    own.advance(2)
    with pytest.raises(NewsroomError, match="news is not taken back"):
        own.advance(1)
    with pytest.raises(NewsroomError, match="there are rounds 1 to 2"):
        own.advance(3)


def test_what_is_not_there_is_404(newsroom: Newsroom, get: Get) -> None:
    assert get("touchline", "/2019/06/03/nothing").status == 404
    assert get("nobody", "/").status == 404
    assert get("touchline", "/feeds.opml").status == 404
    assert fetch(port_of(newsroom), "example.org", "/").status == 404


def test_head_has_the_headers_of_get_and_no_body(get: Get) -> None:
    head, full = get(MAGAZINE, FEED, method="HEAD"), get(MAGAZINE, FEED)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["etag"] == full.headers["etag"]
    assert head.headers["content-length"] == str(len(full.body))


@pytest.mark.parametrize(
    ("host", "outlet"),
    [
        ("touchline.localhost:8700", "touchline"),
        ("Touchline.LOCALHOST", "touchline"),
        ("127.0.0.1:8700", ""),
        ("localhost", ""),
        ("[::1]:8700", ""),
        ("[::1]", ""),
        ("touchline.example:80", None),
        ("", None),
    ],
)
def test_the_host_header_names_the_outlet(host: str, outlet: str | None) -> None:
    assert outlet_of(host) == outlet


def test_a_taken_port_gives_way_to_a_free_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        wanted = taken.getsockname()[1]
        newsroom = Newsroom()
        base_url = newsroom.start(port=wanted)
        try:
            assert not base_url.endswith(f":{wanted}")
            page = fetch(port_of(newsroom), "touchline.localhost", "/feeds/all.xml").body.decode()
            assert f"http://touchline.localhost:{port_of(newsroom)}/2019/" in page
        finally:
            newsroom.stop()


def test_it_stops_in_time_with_a_client_still_connected() -> None:
    newsroom = Newsroom()
    newsroom.start(port=0)
    port, opml = port_of(newsroom), newsroom.opml_path
    with socket.create_connection(("127.0.0.1", port), timeout=5) as idle:
        idle.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert idle.recv(12) == b"HTTP/1.1 200"
        began = monotonic()
        newsroom.stop()
        assert monotonic() - began < 2
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port), timeout=1):
        pass
    assert not opml.exists()
    newsroom.stop()


def test_a_newsroom_is_started_once_and_may_be_started_again(own: Newsroom) -> None:
    with pytest.raises(NewsroomError, match="it runs already"):
        own.start(port=0)
    own.advance(2)
    own.stop()
    with pytest.raises(NewsroomError, match="not running"):
        own.opml()
    own.start(port=0)
    assert own.round == 1
