"""The port Fetcher: where redirects may lead, and what goes along."""

from base64 import b64encode
from contextlib import closing
from datetime import timedelta

import pytest

from feedhub.model.fetching import Gone, Moved, NotModified, Refused, Validators, Why
from tests.contract.fetching import FEED, XML, a_fetcher, fetch, fetch_one, fetched
from tests.e2e.origin import Origin, answer, conditional, flood, hang, in_turn, message, raw

KNOWN = Validators(etag='"1"')
TAG = b'If-None-Match: "1"'


def to(status: int, location: str) -> bytes:
    """A redirect without a body."""
    return message(status, f"Location: {location}")


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_passing_redirect_is_followed(status: int) -> None:
    """The body's URL is where it was found."""
    with Origin({"/old": raw(to(status, "/new?a=1")), "/new": answer(200, XML, body=FEED)}) as origin:
        assert fetch(origin, "/old") == fetched(origin, "/new?a=1")


@pytest.mark.parametrize("status", [301, 308])
def test_a_lasting_redirect_tells_the_new_address(status: int) -> None:
    """And what stands there."""
    with Origin({"/old": raw(to(status, "/new")), "/new": answer(200, XML, body=FEED)}) as origin:
        assert fetch(origin, "/old") == Moved(url=origin.url("/new"), then=fetched(origin, "/new"))


def test_moved_wants_every_hop_to_last() -> None:
    """One passing redirect on the way, and the old address stays right."""
    scripts = {"/a": raw(to(301, "/b")), "/b": raw(to(302, "/c")), "/c": answer(410)}
    with Origin(scripts) as origin:
        assert fetch(origin, "/a") == Gone(millis=0)


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("end", "/dir/end"),
        ("../end", "/end"),
        ("?q=2", "/dir/start?q=2"),
        ("/end#part", "/end"),
        ("  /end  ", "/end"),
        ("/a b", "/a%20b"),
        ("/\xc3\xa9t\xc3\xa9", "/%C3%A9t%C3%A9"),
        ("/\xe9t\xe9", "/%C3%A9t%C3%A9"),
        ("/back\\slash", "/back%5Cslash"),
    ],
)
def test_a_location_is_read_against_the_url_that_gave_it(location: str, path: str) -> None:
    """Whatever is not plain ASCII is escaped."""
    there = answer(200, XML, body=FEED)
    with Origin({"/dir/start": in_turn(raw(to(302, location)), there), "*": there}) as origin:
        assert fetch(origin, "/dir/start") == fetched(origin, path)


def test_five_redirects_are_followed_and_a_sixth_is_not() -> None:
    """The count is of redirects."""
    scripts = {f"/{n}": raw(to(302, f"/{n + 1}")) for n in range(6)}
    with Origin(scripts | {"/6": answer(200, XML, body=FEED)}) as origin:
        assert fetch(origin, "/1") == fetched(origin, "/6")
        outcome = fetch(origin, "/0")
    assert isinstance(outcome, Refused)
    assert outcome.why == Why.REDIRECT
    assert "more than 5" in outcome.detail


@pytest.mark.parametrize("location", ["/a", "/b", "http://LOCALHOST:{port}/a", "/b#other"])
def test_a_circle_is_seen(location: str) -> None:
    """At its first turn, however the URL is spelt."""
    with Origin({"/a": raw(to(302, "/b"))}) as origin, closing(a_fetcher(origin, also=_local(origin))) as fetcher:
        origin.add("/b", raw(to(302, location.format(port=origin.port))))
        outcome = fetch_one(fetcher, origin.url("/a", host="localhost"))
    assert isinstance(outcome, Refused)
    assert (outcome.why, len(origin.heads)) == (Why.REDIRECT, 2)
    assert "circle" in outcome.detail


def test_a_redirect_without_location_is_refused() -> None:
    """There is nowhere to go; what else it says is kept."""
    with Origin({"/a": answer(302, "Retry-After: 60")}) as origin:
        outcome = fetch(origin, "/a")
    assert isinstance(outcome, Refused)
    assert (outcome.why, outcome.status, outcome.retry_after) == (Why.REDIRECT, 302, timedelta(minutes=1))


@pytest.mark.parametrize(
    "location",
    [
        "ftp://example.com/feed",
        "file:///etc/passwd",
        "gopher://x/",
        "javascript:alert(1)",
        "http://",
        "//",
        "http://[::1",
        "http://exa mple.com/",
        "http://a\x01b/",
        "http://user@:80/",
        "http://x:99999/",
        "/" + "a" * 9000,
    ],
)
def test_a_redirect_to_what_is_no_web_address_is_refused(location: str) -> None:
    """And never dialled."""
    with Origin({"/a": raw(to(302, location))}) as origin:
        outcome = fetch(origin, "/a")
    assert isinstance(outcome, Refused)
    assert outcome.why in {Why.GUARD, Why.REDIRECT}
    assert len(origin.heads) == 1


@pytest.mark.parametrize(
    "host", ["127.0.0.2", "2130706434", "0x7f.2", "127.2", "0177.0.0.2", "[::ffff:7f00:2]", "127。0。0。2"]
)
def test_a_redirect_to_a_private_address_is_refused_before_any_byte(host: str) -> None:
    """The exception for one host and port is none for another, in whatever notation."""
    with Origin({"/a": answer(200)}, host="127.0.0.2") as private, Origin({}) as origin:
        origin.add("/a", raw(to(302, f"http://{host}:{private.port}/".encode().decode("latin-1"))))
        outcome = fetch(origin, "/a")
    assert isinstance(outcome, Refused)
    assert outcome.why == Why.GUARD
    assert private.connections == 0


@pytest.mark.parametrize("location", ["http://10.0.0.1/", "http://169.254.169.254/latest/", "http://[fd00::1]/"])
def test_a_redirect_to_a_private_address_on_a_web_port_is_refused(location: str) -> None:
    """No port makes it public."""
    with Origin({"/a": raw(to(301, location))}) as origin:
        outcome = fetch(origin, "/a")
    assert isinstance(outcome, Refused)
    assert outcome.why == Why.GUARD


def test_https_never_leads_to_http() -> None:
    """Not even on the same host."""
    with Origin({"/a": answer(200)}) as plain, Origin({}, tls=True) as secure:
        secure.add("/a", raw(to(301, plain.url("/a"))))
        with closing(a_fetcher(plain, secure)) as fetcher:
            outcome = fetch_one(fetcher, secure.url("/a"))
    assert isinstance(outcome, Refused)
    assert outcome.why == Why.REDIRECT
    assert plain.connections == 0


def test_http_may_lead_to_https() -> None:
    """With the validators, on the same host."""
    with (
        Origin({"/a": conditional('"1"')}, tls=True) as secure,
        Origin({"/a": raw(to(301, secure.url("/a")))}) as plain,
    ):
        fetcher = a_fetcher(plain, secure)
        outcome = fetch_one(fetcher, plain.url("/a"), KNOWN)
    assert outcome == Moved(url=secure.url("/a"), then=NotModified(validators=KNOWN, millis=0))


def test_validators_stay_with_the_host_that_gave_them() -> None:
    """Another host may use the same tag for another thing."""
    with Origin({"/b": conditional('"1"', XML, body=FEED)}, host="127.0.0.2") as other, Origin({}) as origin:
        origin.add("/a", raw(to(302, other.url("/b"))))
        with closing(a_fetcher(origin, other)) as fetcher:
            outcome = fetch_one(fetcher, origin.url("/a"), KNOWN)
    assert outcome == fetched(other, "/b", validators=KNOWN)
    assert [TAG in head for head in (*origin.heads, *other.heads)] == [True, False]


def test_credentials_go_to_their_own_place_alone() -> None:
    """Not to another host, and back again on the way home; never into the outcome's URL."""
    with Origin({}, host="127.0.0.2") as other, Origin({"/c": answer(200, XML, body=FEED)}) as origin:
        origin.add("/a", raw(to(302, other.url("/b"))))
        other.add("/b", raw(to(302, origin.url("/c"))))
        with closing(a_fetcher(origin, other)) as fetcher:
            outcome = fetch_one(fetcher, origin.url("/a", host="us%65r:p%C3%A4ss@127.0.0.1"))
    line = b"Authorization: Basic " + b64encode("user:päss".encode()) + b"\r\n"
    assert [line in head for head in (*origin.heads, *other.heads)] == [True, True, False]
    assert outcome == fetched(origin, "/c")


def test_a_lasting_redirect_keeps_credentials_for_the_store() -> None:
    """Or else the moved source could not be read."""
    with Origin({"/a": raw(to(301, "/b")), "/b": answer(410)}) as origin, closing(a_fetcher(origin)) as fetcher:
        outcome = fetch_one(fetcher, origin.url("/a", host="u:p@127.0.0.1"))
    assert outcome == Moved(url=origin.url("/b", host="u:p@127.0.0.1"), then=Gone(millis=0))


def test_credentials_in_a_location_are_dropped() -> None:
    """A server does not choose what we show to others."""
    with Origin({"/b": answer(410)}) as origin:
        origin.add("/a", raw(to(301, origin.url("/b", host="u:p@127.0.0.1"))))
        assert fetch(origin, "/a") == Moved(url=origin.url("/b"), then=Gone(millis=0))
    assert b"Authorization" not in origin.heads[1]


@pytest.mark.parametrize("body", [hang, lambda start: flood(start, b"x" * 1000)])
def test_the_body_of_a_redirect_is_not_read(body: object) -> None:
    """Nor waited for."""
    start = b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 1000000\r\n\r\nxxxx"
    assert callable(body)
    with Origin({"/a": body(start), "/b": answer(200, XML, body=FEED)}) as origin:
        assert fetch(origin, "/a") == fetched(origin, "/b")


def test_what_the_new_address_fails_at_is_told_with_it() -> None:
    """The move is a fact all the same."""
    with Origin({"/a": raw(to(301, "/b")), "/b": answer(404)}) as origin:
        outcome = fetch(origin, "/a")
    assert isinstance(outcome, Moved)
    assert isinstance(outcome.then, Refused)
    assert (outcome.url, outcome.then.status) == (origin.url("/b"), 404)


def _local(origin: Origin) -> tuple[str, ...]:
    return (f"localhost:{origin.port}",)
