"""The demo's own server, asked over loopback."""

import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection  # noqa: TID251  # asks the demo's server, nobody else

import pytest

from feedhub.adapters.demo import Origin, load_day
from feedhub.adapters.demo.forms import feed, front_page, home_page, page
from tests.fakes import SetTime

BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = load_day(BEGAN)

Answer = tuple[int, str | None, bytes]


@pytest.fixture
def clock() -> SetTime:
    """The time of the day, which a test moves."""
    return SetTime(BEGAN)


@pytest.fixture
def origin(clock: SetTime) -> Iterator[Origin]:
    """A server that serves the bundled day."""
    made = Origin(DAY, clock, port=0)
    made.start()
    yield made
    made.stop()


def ask(origin: Origin, path: str, **headers: str) -> Answer:
    """Status, media type and body."""
    connection = HTTPConnection(origin.address, timeout=5)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    reply = connection.getresponse()
    answer = reply.status, reply.getheader("Content-Type"), reply.read()
    connection.close()
    return answer


def etag(origin: Origin, path: str) -> str:
    """The validator of what is at a path."""
    connection = HTTPConnection(origin.address, timeout=5)
    connection.request("GET", path)
    reply = connection.getresponse()
    reply.read()
    connection.close()
    return reply.getheader("ETag") or ""


@pytest.mark.parametrize(
    ("slug", "media_type"),
    [
        ("caspian_tide", "application/rss+xml; charset=utf-8"),
        ("harbour_wire", "application/atom+xml"),
        ("tideline_review", "application/feed+json"),
        ("brujula_puerto", "application/rdf+xml"),
    ],
)
def test_origin_serves_the_feed_of_an_outlet_as_it_stands(origin: Origin, slug: str, media_type: str) -> None:
    """With links to this very server, whatever name it was asked by."""
    outlet = DAY.outlet(slug)
    assert outlet
    body = feed(outlet, DAY.published(slug, BEGAN), origin=f"http://{origin.address}", withdrawn=())
    assert ask(origin, f"/{slug}/feed", Host='evil"><x>') == (200, media_type, body)


def test_origin_answers_304_until_something_happens(origin: Origin, clock: SetTime) -> None:
    """An item that comes out makes another feed."""
    before = etag(origin, "/harbour_wire/feed")
    unchanged = ask(origin, "/harbour_wire/feed", If_None_Match=before)
    clock.advance(timedelta(minutes=1))
    status, _, body = ask(origin, "/harbour_wire/feed", If_None_Match=before)
    assert (unchanged, status, b"Gas terminal" in body) == ((304, None, b""), 200, True)


def test_origin_serves_articles_and_front_pages(origin: Origin, clock: SetTime) -> None:
    """Their addresses are in any script."""
    clock.advance(timedelta(minutes=1))
    outlet = DAY.outlet("sahil_xeber")
    assert outlet
    first, *_ = items = DAY.published("sahil_xeber", clock())
    html = "text/html; charset=utf-8"
    assert ask(origin, "/") == (200, html, front_page(DAY.outlets))
    assert ask(origin, "/sahil_xeber/") == (200, html, home_page(outlet, items))
    assert first.id == "berə"
    assert ask(origin, "/sahil_xeber/ber%C9%99") == (200, html, page(outlet, first))


def test_origin_serves_an_article_from_the_moment_it_is_out_until_it_is_withdrawn(
    origin: Origin, clock: SetTime
) -> None:
    """As the feed does."""
    statuses = []
    for minutes in (1, 1, 2):
        clock.advance(timedelta(minutes=minutes))
        statuses.append(ask(origin, "/harbour_wire/mayor-resigns")[0])
    assert statuses == [404, 200, 404]


@pytest.mark.parametrize(
    "path",
    ["/nobody", "/nobody/", "/nobody/feed", "/harbour_wire", "/harbour_wire/feed/1", "/harbour_wire/../../etc", "/%00"],
)
def test_origin_has_nothing_elsewhere(origin: Origin, path: str) -> None:
    """404, and the connection is whole."""
    assert ask(origin, path) == (404, "text/plain", b"not here\n")


def test_stop_is_quick_though_the_slow_outlet_thinks_and_a_connection_idles(clock: SetTime) -> None:
    """Nobody waits for the demo to end."""
    origin = Origin(DAY, clock, port=0)
    origin.start()
    host, _, port = origin.address.partition(":")
    with socket.create_connection((host, int(port)), timeout=5) as busy, socket.create_connection((host, int(port))):
        busy.sendall(b"GET /unhurried_gazette/feed HTTP/1.1\r\nHost: x\r\n\r\n")
        busy.settimeout(0.2)
        with pytest.raises(TimeoutError):
            busy.recv(1)
        began = time.monotonic()
        origin.stop()
        assert time.monotonic() - began < 1


def test_stop_before_start_frees_the_port(clock: SetTime) -> None:
    """When something else went wrong in between."""
    origin = Origin(DAY, clock, port=0)
    origin.stop()
    port = int(origin.address.rpartition(":")[2])
    Origin(DAY, clock, port=port).stop()


def test_origin_says_nothing_of_a_client_that_goes_away(origin: Origin, capfd: pytest.CaptureFixture[str]) -> None:
    """The demo's terminal is for the demo."""
    host, _, port = origin.address.partition(":")
    for _ in range(3):
        with socket.create_connection((host, int(port)), timeout=5) as hasty:
            hasty.sendall(b"GET /caspian_tide/feed HTTP/1.1\r\n")
    assert ask(origin, "/")[0] == 200
    assert capfd.readouterr() == ("", "")
