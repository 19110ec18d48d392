"""The port Fetcher over real sockets: what is asked, and what replies come to."""

import gzip
import zlib
from contextlib import closing
from datetime import timedelta

import brotli
import pytest

from feedhub.adapters.http import HttpFetcher
from feedhub.model.fetching import Gone, Link, NotModified, Refused, Validators, Why
from tests.contract.fetching import FEED, NOW, QUICK, XML, a_fetcher, fetch, fetch_one, fetched
from tests.e2e.origin import Origin, answer, conditional, message, raw

HTTP_NOW = "Mon, 02 Mar 2026 09:00:00 GMT"


def test_a_feed_comes_whole_with_type_charset_and_validators() -> None:
    """The media type is in lower case without parameters, the charset apart."""
    lines = ('Content-Type: Application/RSS+xml; Charset="utf-8"', 'ETag: W/"1"', f"Last-Modified: {HTTP_NOW}")
    with Origin({"/feed": answer(200, *lines, body=FEED)}) as origin:
        outcome = fetch(origin, "/feed")
    expected = Validators(etag='W/"1"', last_modified=HTTP_NOW)
    assert outcome == fetched(origin, "/feed", charset="utf-8", validators=expected)


def test_the_request_says_who_asks_and_nothing_else() -> None:
    """No cookies, no referrer, nothing that the settings did not say."""
    cookie = answer(200, "Set-Cookie: id=1; Path=/", body=FEED)
    with Origin({"/a": cookie}) as origin, closing(a_fetcher(origin)) as fetcher:
        for _ in range(2):
            fetch_one(fetcher, origin.url("/a?q=1#part"), accept="application/rss+xml, */*;q=0.1")
    expected = (
        "GET /a?q=1 HTTP/1.1\r\n"
        f"Host: {origin.authority}\r\n"
        "User-Agent: feedhub/test (+http://feeds.example.org/about)\r\n"
        "Accept: application/rss+xml, */*;q=0.1\r\n"
        "Accept-Encoding: gzip, deflate, br, zstd\r\n\r\n"
    )
    assert origin.heads == [expected.encode()] * 2


def test_validators_are_sent_byte_for_byte_and_both() -> None:
    """Also where they are no proper ones."""
    odd = Validators(etag='unquoted,"\xe9"', last_modified="yesterday at noon")
    with Origin({"/feed": answer(304)}) as origin:
        outcome = fetch(origin, "/feed", odd)
    assert b'\r\nIf-None-Match: unquoted,"\xe9"\r\nIf-Modified-Since: yesterday at noon\r\n' in origin.heads[0]
    assert outcome == NotModified(validators=odd, millis=0)


def test_not_modified_renews_the_validators_it_names() -> None:
    """What a 304 leaves out stays as it was sent."""
    with Origin({"/feed": answer(304, 'ETag: "2"', "Content-Length: 500")}) as origin:
        outcome = fetch(origin, "/feed", Validators(etag='"1"', last_modified=HTTP_NOW))
    assert outcome == NotModified(validators=Validators(etag='"2"', last_modified=HTTP_NOW), millis=0)


def test_a_reply_tells_how_long_it_is_good_for() -> None:
    """Whole or not modified, and less the time that it lay in a cache."""
    lines = ("Cache-Control: max-age=600", "Age: 60")
    known = Validators(etag='"1"')
    with Origin({"/feed": conditional('"1"', XML, *lines, body=FEED)}) as origin:
        whole = fetch(origin, "/feed")
        same = fetch(origin, "/feed", known)
    assert whole == fetched(origin, "/feed", validators=known, fresh_for=timedelta(minutes=9))
    assert same == NotModified(validators=known, millis=0, fresh_for=timedelta(minutes=9))


def test_the_links_of_a_reply_are_read_against_where_it_was_found() -> None:
    """After all redirects."""
    lines = ('Link: <https://hub.example/>; rel="hub"', "Link: <b>; rel=self")
    with Origin({"/a": answer(302, "Location: /c/d"), "/c/d": answer(200, XML, *lines, body=FEED)}) as origin:
        outcome = fetch(origin, "/a")
    links = (Link(rel="hub", url="https://hub.example/"), Link(rel="self", url=origin.url("/c/b")))
    assert outcome == fetched(origin, "/c/d", links=links)


@pytest.mark.parametrize("evil", ['"1"\r\nX-Evil: 1', '"1"\nX-Evil: 1', '"1"\x00', '"1"\x7f', "Ω", " ", "x" * 5000])
def test_a_validator_that_would_break_the_request_is_not_sent(evil: str) -> None:
    """A stored line end cannot become a header."""
    with Origin({"/feed": answer(200, XML, body=FEED)}) as origin:
        outcome = fetch(origin, "/feed", Validators(etag=evil, last_modified=evil))
    assert b"X-Evil" not in origin.heads[0]
    assert b"If-" not in origin.heads[0]
    assert outcome == fetched(origin, "/feed")


def test_an_accept_that_would_break_the_request_is_not_sent() -> None:
    """Anything is accepted instead."""
    with Origin({"/feed": answer(200, XML, body=FEED)}) as origin, closing(a_fetcher(origin)) as fetcher:
        fetch_one(fetcher, origin.url("/feed"), accept="*/*\r\nX-Evil: 1")
    assert b"\r\nAccept: */*\r\nAccept-Encoding" in origin.heads[0]
    assert b"X-Evil" not in origin.heads[0]


def test_not_modified_is_not_believed_without_validators() -> None:
    """There is nothing that could be unchanged."""
    with Origin({"/feed": answer(304)}) as origin:
        outcome = fetch(origin, "/feed")
    assert isinstance(outcome, Refused)
    assert (outcome.why, outcome.status) == (Why.STATUS, 304)


def test_gone_is_gone() -> None:
    """410 is an outcome of its own."""
    with Origin({"/feed": answer(410)}) as origin:
        assert fetch(origin, "/feed") == Gone(millis=0)


@pytest.mark.parametrize("status", [203, 200])
def test_a_reply_changed_by_a_proxy_is_a_feed_too(status: int) -> None:
    """203 carries a body like 200."""
    with Origin({"/feed": answer(status, XML, body=FEED)}) as origin:
        assert fetch(origin, "/feed") == fetched(origin, "/feed", status=status)


@pytest.mark.parametrize("status", [202, 204, 205, 206, 226, 300, 305, 401, 403, 404, 418, 429, 451, 500, 503, 999])
def test_other_statuses_are_refused_with_the_status(status: int) -> None:
    """The detail begins with it and is one sentence."""
    with Origin({"/feed": answer(status, body=b"" if status == 204 else b"<html>")}) as origin:
        outcome = fetch(origin, "/feed")
    assert isinstance(outcome, Refused)
    assert (outcome.why, outcome.status) == (Why.STATUS, status)
    assert outcome.detail.startswith(f"HTTP {status}: ")
    assert outcome.detail.endswith(".")


@pytest.mark.parametrize(
    ("lines", "wait"),
    [
        (["Retry-After: 120"], timedelta(seconds=120)),
        (["Retry-After: 0"], timedelta(0)),
        (["Retry-After: 999999999"], timedelta(days=31)),
        (["Retry-After: Mon, 02 Mar 2026 09:10:00 GMT"], timedelta(minutes=10)),
        (["Retry-After: Monday, 02-Mar-26 09:10:00 GMT"], timedelta(minutes=10)),
        (["Retry-After: Mon Mar  2 09:10:00 2026"], timedelta(minutes=10)),
        (["Date: Mon, 02 Mar 2026 08:00:00 GMT", "Retry-After: Mon, 02 Mar 2026 09:10:00 GMT"], timedelta(minutes=70)),
        (["Retry-After: Mon, 02 Mar 2020 09:10:00 GMT"], timedelta(0)),
        (["Retry-After: Mon, 02 Mar 9999 09:10:00 GMT"], timedelta(days=31)),
        (["Retry-After: -5"], None),
        (["Retry-After: soon"], None),
        (["Retry-After: " + "9" * 5000], None),
        (["Retry-After: Mon, 99 Mar 2026 09:10:00 GMT"], None),
        ([], None),
    ],
)
def test_retry_after_is_read_in_both_forms(lines: list[str], wait: timedelta | None) -> None:
    """A date is reckoned from the server's own clock where it tells it, else from ours, which is at 09:00."""
    assert NOW.hour == 9
    with Origin({"/feed": answer(503, *lines)}) as origin:
        outcome = fetch(origin, "/feed")
    assert isinstance(outcome, Refused)
    assert outcome.retry_after == wait


@pytest.mark.parametrize(
    ("coding", "wire"),
    [
        ("gzip", gzip.compress(FEED)),
        ("X-GZip", gzip.compress(FEED)),
        ("identity, gzip", gzip.compress(FEED)),
        ("gzip", gzip.compress(FEED[:3]) + gzip.compress(FEED[3:])),
        ("gzip", gzip.compress(FEED) + b"\0" * 100),
        ("deflate", zlib.compress(FEED)),
        ("deflate", zlib.compress(FEED)[2:-4]),
        ("br", brotli.compress(FEED)),
        ("identity", FEED),
    ],
)
def test_codings_that_we_ask_for_are_undone(coding: str, wire: bytes) -> None:
    """Gzip in one member or more, deflate with and without the zlib frame; sizes on the wire are kept."""
    with Origin({"/feed": answer(200, XML, f"Content-Encoding: {coding}", body=wire)}) as origin:
        assert fetch(origin, "/feed") == fetched(origin, "/feed", wire_bytes=len(wire))


def test_chunks_are_put_together_and_trailers_passed_over() -> None:
    """A trailer never becomes a header."""
    data = b"3\r\n<rs\r\n3;ext=1\r\ns/>\r\n0\r\nETag: evil\r\nContent-Type: text/evil\r\n\r\n"
    with Origin({"/feed": raw(message(200, XML, "Transfer-Encoding: chunked") + data)}) as origin:
        assert fetch(origin, "/feed") == fetched(origin, "/feed")


def test_a_body_without_length_ends_with_the_connection() -> None:
    """As HTTP/1.0 servers send it."""
    with Origin({"/feed": raw(b"HTTP/1.0 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n" + FEED)}) as origin:
        assert fetch(origin, "/feed") == fetched(origin, "/feed")


def test_early_hints_are_passed_over() -> None:
    """103 and 100 come before the reply and lend it nothing."""
    hints = b"HTTP/1.1 100 Continue\r\n\r\n" + b'HTTP/1.1 103 Early Hints\r\nETag: "hint"\r\nLink: </a>\r\n\r\n' * 3
    with Origin({"/feed": raw(hints + message(200, XML, body=FEED))}) as origin:
        assert fetch(origin, "/feed") == fetched(origin, "/feed")


def test_a_folded_header_is_one_header() -> None:
    """Obsolete line folding is still seen."""
    with Origin({"/feed": answer(200, "Content-Type: application/rss+xml;\r\n\tcharset=utf-8", body=FEED)}) as origin:
        assert fetch(origin, "/feed") == fetched(origin, "/feed", charset="utf-8")


@pytest.mark.parametrize(
    ("line", "media_type", "charset"),
    [
        ("X-None: 1", "", None),
        ("Content-Type: text/xml;charset=windows-1251", "text/xml", "windows-1251"),
        ("Content-Type: text/xml; boundary=x; CHARSET='koi8-r' ; charset=utf-8", "text/xml", "koi8-r"),
        ("Content-Type: text/xml; charset=", "text/xml", None),
        ("Content-Type: text/xml; charset=<script>", "text/xml", None),
        ("Content-Type: not a type", "", None),
        ("Content-Type: " + "a" * 3000 + "/b", "", None),
    ],
)
def test_content_types_are_read_with_care(line: str, media_type: str, charset: str | None) -> None:
    """What is no media type or charset is none."""
    with Origin({"/feed": answer(200, line, body=FEED)}) as origin:
        outcome = fetch(origin, "/feed")
    assert outcome == fetched(origin, "/feed", media_type=media_type, charset=charset)


def test_an_empty_body_is_a_body() -> None:
    """Whether it is a feed is for others to say."""
    with Origin({"/feed": answer(200, XML)}) as origin:
        assert fetch(origin, "/feed") == fetched(origin, "/feed", body=b"")


def test_https_is_checked_against_the_authorities() -> None:
    """A certificate that someone known vouches for is taken."""
    with Origin({"/feed": answer(200, XML, body=FEED)}, tls=True) as origin:
        assert fetch(origin, "/feed") == fetched(origin, "/feed")


def test_https_with_a_certificate_of_unknown_origin_is_refused() -> None:
    """The system's authorities know nothing of the test's."""
    with Origin({"/feed": answer(200)}, tls=True) as origin:
        fetcher = HttpFetcher(QUICK, "feedhub/test", allow_hosts=frozenset({origin.authority}))
        outcome = fetch_one(fetcher, origin.url("/feed"))
    assert isinstance(outcome, Refused)
    assert outcome.why == Why.NETWORK
    assert "certificate" in outcome.detail
    assert origin.heads == []


def test_https_with_a_certificate_for_another_name_is_refused() -> None:
    """The name in the URL counts."""
    with Origin({"/feed": answer(200)}, host="127.0.0.3", tls=True) as origin:
        outcome = fetch(origin, "/feed")
    assert isinstance(outcome, Refused)
    assert outcome.why == Why.NETWORK
    assert origin.heads == []


def test_the_environment_does_not_choose_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Libcurl would listen to it by itself."""
    with Origin({"/feed": answer(200, XML, body=FEED)}) as origin, Origin({}) as proxy:
        for name in ("http_proxy", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url("/"))
        assert fetch(origin, "/feed") == fetched(origin, "/feed")
    assert proxy.connections == 0
