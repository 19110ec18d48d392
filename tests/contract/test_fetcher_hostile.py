"""The port Fetcher against servers that are broken or mean no good."""

import gzip
import zlib
from contextlib import closing
from dataclasses import replace
from itertools import islice

import pytest

from feedhub.adapters.http import Limits
from feedhub.model.fetching import Ask, Fetched, Outcome, Refused, Why
from tests.contract.fetching import FEED, QUICK, XML, a_fetcher, answers, ask, fetch, fetch_one, fetched
from tests.e2e.origin import Origin, Script, answer, drip, flood, hang, in_turn, message, pause, raw, reset

HEAD = b"HTTP/1.1 200 OK\r\n"
LENGTH = HEAD + b"Content-Length: 1000\r\n\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
GZIPPED = HEAD + b"Content-Encoding: gzip\r\n\r\n"
PACKED = gzip.compress(FEED * 100)


def why(outcome: Outcome) -> Why:
    """Why the outcome is a refusal, with a sentence to show."""
    assert isinstance(outcome, Refused)
    assert outcome.detail.endswith(".")
    assert outcome.detail.isprintable()
    return outcome.why


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        pytest.param(hang(), Why.TIMEOUT, id="no reply"),
        pytest.param(hang(b"HTTP/1.1 20"), Why.TIMEOUT, id="half a status line"),
        pytest.param(hang(HEAD + b"Content-Type: te"), Why.TIMEOUT, id="half a head"),
        pytest.param(hang(LENGTH + b"<rss"), Why.TIMEOUT, id="half a body"),
        pytest.param(drip(b"x" * 1000, start=LENGTH), Why.LIMIT, id="drip in the body"),
        pytest.param(drip(b"A: b\r\n" * 190, start=HEAD), Why.LIMIT, id="drip in the head"),
        pytest.param(drip(b"x" * 1000, start=CHUNKED + b"5;"), Why.TIMEOUT, id="drip in a chunk's extension"),
        pytest.param(drip(b"HTTP/1.1 200 OK" + b" " * 1000), Why.TIMEOUT, id="drip in the status line"),
    ],
)
def test_a_slow_server_holds_nobody_for_long(script: Script, expected: Why) -> None:
    """Silence ends at the stall limit, everything at the deadline."""
    with Origin({"/feed": script}) as origin, closing(a_fetcher(origin)) as fetcher:
        [(_, outcome)] = answers(fetcher([ask(origin.url("/feed"))]))
    assert why(outcome) == expected
    assert isinstance(outcome, Refused)
    assert outcome.millis < 2000


def test_a_server_that_never_shakes_hands_is_given_up_at_the_connect_limit() -> None:
    """TLS is part of connecting."""
    limits = Limits(connect=0.2, stall=5, deadline=5)
    with Origin({"*": hang()}) as origin, closing(a_fetcher(origin, limits=limits)) as fetcher:
        outcome = fetch_one(fetcher, origin.url("/").replace("http:", "https:"))
    assert outcome == Refused(why=Why.TIMEOUT, detail=f"No connection to {origin.authority} within 0.2 s.")


def test_a_server_that_never_replies_is_given_up_at_the_deadline() -> None:
    """All hops count towards it."""
    limits = Limits(connect=5, stall=5, deadline=0.3)
    with Origin({"/a": pause(0.2, raw(message(302, "Location: /b"))), "/b": hang()}) as origin:
        outcome = fetch(origin, "/a", limits=limits)
    assert outcome == Refused(why=Why.TIMEOUT, detail=f"{origin.authority} gave no reply within 0.3 s.")


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        pytest.param(raw(b""), Why.NETWORK, id="closes at once"),
        pytest.param(reset(), Why.NETWORK, id="resets at once"),
        pytest.param(raw(HEAD + b"Content-Le"), Why.NETWORK, id="closes in the head"),
        pytest.param(reset(HEAD), Why.NETWORK, id="resets in the head"),
        pytest.param(raw(b"<rss>hello</rss>\r\n\r\n"), Why.NETWORK, id="HTTP/0.9"),
        pytest.param(raw(b"SSH-2.0-OpenSSH_9.2\r\n"), Why.NETWORK, id="another protocol"),
        pytest.param(raw(b"HTTP/1.1 abc OK\r\n\r\n"), Why.NETWORK, id="status of letters"),
        pytest.param(raw(b"HTTP/1.1 20 OK\r\n\r\n"), Why.NETWORK, id="status of two digits"),
        pytest.param(raw(b"HTTP/1.1 2000 OK\r\n\r\n"), Why.NETWORK, id="status of four digits"),
        pytest.param(raw(b"HTTP/1.1 2" + b"0" * 6000 + b" OK\r\n\r\n"), Why.NETWORK, id="endless status"),
        pytest.param(raw(b"HTTP/9.9 200 OK\r\n\r\n"), Why.NETWORK, id="unknown version"),
        pytest.param(raw(b"\x00\xff" * 500), Why.NETWORK, id="noise"),
        pytest.param(raw(HEAD + b"X: a\x00b\r\n\r\n"), Why.NETWORK, id="NUL in a header"),
        pytest.param(raw(b"HTTP/1.1 101 Switching Protocols\r\n\r\n"), Why.NETWORK, id="unasked upgrade"),
        pytest.param(raw(b"HTTP/1.1 100 Continue\r\n\r\n"), Why.NETWORK, id="interim reply alone"),
    ],
)
def test_what_is_no_http_reply_is_refused(script: Script, expected: Why) -> None:
    """With a sentence, never an exception."""
    with Origin({"/feed": script}) as origin:
        assert why(fetch(origin, "/feed")) == expected


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        pytest.param(raw(LENGTH + FEED), Why.BODY, id="shorter than it says"),
        pytest.param(reset(LENGTH + FEED), Why.BODY, id="reset in the body"),
        pytest.param(raw(CHUNKED + b"6\r\n<rss/>\r\n"), Why.BODY, id="no last chunk"),
        pytest.param(raw(CHUNKED + b"6\r\n<r"), Why.BODY, id="cut chunk"),
        pytest.param(raw(CHUNKED + b"zz\r\n<rss/>\r\n0\r\n\r\n"), Why.BODY, id="chunk length of letters"),
        pytest.param(raw(CHUNKED + b"fffffffffffffffff\r\n<rss/>"), Why.BODY, id="chunk length beyond numbers"),
        pytest.param(answer(200, "Content-Encoding: compress", body=FEED), Why.BODY, id="compress unasked"),
        pytest.param(answer(200, "Content-Encoding: dcb", body=FEED), Why.BODY, id="dictionary unasked"),
        pytest.param(answer(200, "Content-Encoding: gzip, gzip", body=PACKED), Why.BODY, id="gzip twice"),
        pytest.param(answer(200, "Content-Encoding: gzip", "Content-Encoding: br"), Why.BODY, id="two codings"),
        pytest.param(raw(GZIPPED + PACKED[:-9]), Why.BODY, id="gzip cut short"),
        pytest.param(raw(GZIPPED + PACKED + PACKED[:20]), Why.BODY, id="second gzip member cut short"),
        pytest.param(raw(GZIPPED + PACKED[:-8] + b"\0" * 8), Why.BODY, id="gzip with a wrong checksum"),
        pytest.param(raw(GZIPPED + FEED), Why.BODY, id="gzip that is none"),
        pytest.param(raw(GZIPPED), Why.BODY, id="gzip of nothing"),
        pytest.param(raw(GZIPPED + gzip.compress(b"") * 500), Why.BODY, id="gzip of empty members"),
        pytest.param(answer(200, "Content-Encoding: deflate", body=b"\xff" * 50), Why.BODY, id="deflate that is none"),
    ],
)
def test_a_body_that_is_not_whole_is_refused(script: Script, expected: Why) -> None:
    """Its validators are never seen, so that the next ask is a full one."""
    with Origin({"/feed": script}) as origin:
        assert why(fetch(origin, "/feed")) == expected


@pytest.mark.parametrize("length", ["-1", "abc", "1e3", "5, 6", "9" * 30, "9" * 5000, "²", "6\r\nContent-Length: 7"])
def test_a_length_that_is_none_is_refused(length: str) -> None:
    """By libcurl or by us."""
    with Origin({"/feed": answer(200, f"Content-Length: {length}", body=FEED)}) as origin:
        assert why(fetch(origin, "/feed")) in {Why.BODY, Why.NETWORK, Why.LIMIT}


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(flood(HEAD + b"\r\n", b"x" * 10_000), id="body without end"),
        pytest.param(flood(CHUNKED, b"3e8\r\n" + b"x" * 1000 + b"\r\n"), id="chunks without end"),
        pytest.param(hang(HEAD + b"Content-Length: 10000000\r\n\r\n"), id="length beyond the limit"),
        pytest.param(raw(GZIPPED + gzip.compress(b"x" * 3_000_000)), id="gzip bomb"),
        pytest.param(raw(GZIPPED + gzip.compress(b"x" * 30_000) * 3), id="gzip bomb of members"),
        pytest.param(answer(200, "Content-Encoding: deflate", body=zlib.compress(b"x" * 3_000_000)), id="deflate bomb"),
        pytest.param(
            flood(HEAD + b"Content-Encoding: deflate\r\n\r\n", b"\x00\x00\x00\xff\xff" * 2000), id="empty blocks"
        ),
        pytest.param(flood(HEAD, b"X-More: 1\r\n"), id="headers without end"),
        pytest.param(flood(HEAD + b"X-Long: ", b"x" * 1000), id="a header without end"),
        pytest.param(raw(message(200, *("X: " + "y" * 9000,) * 8, body=FEED)), id="headers beyond the limit"),
        pytest.param(raw(message(200, *("X: 1",) * 200, body=FEED)), id="too many headers"),
        pytest.param(flood(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"), id="hints without end"),
        pytest.param(flood(CHUNKED + b"0\r\n", b"X-More: 1\r\n"), id="trailers without end"),
    ],
)
def test_too_much_is_refused(script: Script) -> None:
    """At the limit, not after it."""
    with Origin({"/feed": script}) as origin:
        assert why(fetch(origin, "/feed")) == Why.LIMIT


def test_a_body_of_just_the_limit_is_taken() -> None:
    """Plain and packed."""
    body = b"x" * QUICK.body
    scripts = {"/a": answer(200, XML, body=body), "/b": raw(GZIPPED + gzip.compress(body))}
    with Origin(scripts) as origin:
        assert fetch(origin, "/a") == fetched(origin, "/a", body)
        packed = fetch(origin, "/b")
    assert isinstance(packed, Fetched)
    assert packed.body == body


def test_a_name_of_a_private_address_is_refused_where_it_is_dialled() -> None:
    """Its URL looks harmless; what counts is where it leads."""
    with Origin({"/feed": answer(200)}) as origin, closing(a_fetcher()) as fetcher:
        outcome = fetch_one(fetcher, "http://localhost:8080/feed")
    assert why(outcome) == Why.GUARD
    assert isinstance(outcome, Refused)
    assert "loopback" in outcome.detail
    assert origin.connections == 0


def test_a_kept_connection_lends_its_permission_to_nobody() -> None:
    """Localhost is not let through for having the address of a host that is."""
    with Origin({"/feed": answer(200, XML, body=FEED)}) as origin, closing(a_fetcher(origin)) as fetcher:
        assert fetch_one(fetcher, origin.url("/feed")) == fetched(origin, "/feed")
        assert why(fetch_one(fetcher, origin.url("/feed", host="localhost"))) == Why.GUARD


def test_a_second_reply_slipped_in_is_not_taken_for_the_next() -> None:
    """Bytes after a body belong to nobody."""
    slipped = message(200, XML, body=FEED) + message(200, body=b"evil")
    script = in_turn(raw(slipped, keep=True), answer(200, XML, body=FEED))
    with Origin({"/a": script}) as origin, closing(a_fetcher(origin)) as fetcher:
        outcomes = [fetch_one(fetcher, origin.url("/a")) for _ in range(3)]
    assert outcomes == [fetched(origin, "/a")] * 3


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://nowhere.invalid/"])
def test_a_server_that_is_not_there_is_refused(url: str) -> None:
    """Closed port, unknown name."""
    with closing(a_fetcher(also=("127.0.0.1:1",), limits=replace(QUICK, connect=5, deadline=9))) as fetcher:
        assert why(fetch_one(fetcher, url)) == Why.NETWORK


@pytest.mark.parametrize(
    "url",
    [
        "",
        " ",
        "feed",
        "/feed",
        "//host/feed",
        "http:",
        "http://",
        "http:///feed",
        "http:feed",
        "http://[::1",
        "http://[::1]x/",
        "http://[::1]8080/",
        "http://[zz]/",
        "http://[v1.a]/",
        "http://é..example/",
        "http://[fe80::1%25lo]/",
        "http://a b/",
        "http://a\x00b/",
        "http://host/\r\nX-Evil: 1",
        "http://host:port/",
        "http://host:0/",
        "http://host:-1/",
        "http://host:8080:80/",
        "http://host:６６/",
        "http://" + "a" * 64 + ".example/",
        "http://" + "a." * 200 + "example/",
        "http://example.com/" + "a" * 10_000,
        "http://%31%32%37.0.0.1/",
        "http://1.2.3.4.5/",
        "http://256.1.1.1/",
        "http://0x1ffffffff/",
        "http://08.1.1.1/",
        "http://example.com\\@127.0.0.1/",
        "http://.example.com/",
        "http://a..b/",
        "http://-\ud800/",
        "http://host/\ud800",
        "http://xn--\u0301.example/",
        "file:///etc/passwd",
        "ftp://example.com/feed",
        "feed://example.com/feed",
        "javascript:alert(1)",
        "data:text/xml,<rss/>",
        "gopher://127.0.0.1:6379/_FLUSHALL",
        "http://example.com:25/",
        "http://example.com:22/",
    ],
)
def test_a_url_that_is_not_asked_is_refused_with_a_sentence(url: str) -> None:
    """None of these reaches a socket."""
    with closing(a_fetcher()) as fetcher:
        assert why(fetch_one(fetcher, url)) == Why.GUARD


def test_bad_asks_do_not_disturb_good_ones() -> None:
    """Each ask has its own outcome, whatever stands beside it."""
    with Origin({"/good": answer(200, XML, body=FEED), "/hang": hang(), "/cut": reset(LENGTH)}) as origin:
        urls = [origin.url("/hang"), "http://[::1", origin.url("/good"), "", origin.url("/cut"), "http://10.0.0.1/"]
        with closing(a_fetcher(origin, per_host=3)) as fetcher:
            got = {asked.ref: outcome for asked, outcome in answers(fetcher(Ask(ref=url, url=url) for url in urls))}
    assert set(got) == set(urls)
    assert isinstance(got[origin.url("/good")], Fetched)


def test_a_server_that_hangs_delays_nobody_of_another_host() -> None:
    """The good ones are done long before it is given up."""
    limits = Limits(connect=2, stall=2, deadline=2)
    with Origin({"*": hang()}, host="127.0.0.2") as bad, Origin({"*": answer(200, body=FEED)}) as good:
        fetcher = a_fetcher(bad, good, limits=limits, total=4)
        asks = [ask(bad.url("/")), ask(bad.url("/2")), *(ask(good.url(f"/{n}")) for n in range(20))]
        with closing(fetcher(asks)) as portions:
            first = list(islice(answers(portions), 20))
    assert all(isinstance(outcome, Fetched) and outcome.millis < 1000 for _, outcome in first)
