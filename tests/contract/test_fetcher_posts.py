"""The port Fetcher: what is sent to hubs, and what they may answer."""

from contextlib import closing
from datetime import timedelta

import pytest

from feedhub.model.fetching import Accepted, Ask, Moved, Outcome, Refused, Validators, Why
from tests.contract.fetching import FEED, NONE, XML, a_fetcher, answers, fetch_one, fetched, timeless
from tests.e2e.origin import Origin, answer, flood, hang, message, raw

FORM = (("hub.mode", "subscribe"), ("hub.topic", "https://news.example/é?a=1&b=2"), ("hub.secret", "a b+c"))
BODY = b"hub.mode=subscribe&hub.topic=https%3A%2F%2Fnews.example%2F%C3%A9%3Fa%3D1%26b%3D2&hub.secret=a+b%2Bc"
KNOWN = Validators(etag='"1"', last_modified="Mon, 02 Mar 2026 09:00:00 GMT")


def post(*origins: Origin, url: str, validators: Validators = NONE) -> Outcome:
    """The outcome of sending the form."""
    with closing(a_fetcher(*origins)) as fetcher:
        asks = [Ask(ref="hub", url=url, form=FORM, validators=validators)]
        [(_, outcome)] = answers(fetcher(asks))
    return timeless(outcome)


def test_a_form_is_sent_as_browsers_send_it() -> None:
    """With its length at once and nothing to wait for; validators are for what is fetched."""
    with Origin({"/hub": answer(202)}) as origin:
        outcome = post(origin, url=origin.url("/hub"), validators=KNOWN)
    expected = (
        "POST /hub HTTP/1.1\r\n"
        f"Host: {origin.authority}\r\n"
        "User-Agent: feedhub/test (+http://feeds.example.org/about)\r\n"
        "Accept: */*\r\n"
        "Accept-Encoding: gzip, deflate, br, zstd\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(BODY)}\r\n\r\n"
    )
    assert outcome == Accepted(status=202, millis=0)
    assert (origin.heads, origin.bodies) == ([expected.encode()], [BODY])


@pytest.mark.parametrize("status", [200, 201, 202, 204, 206, 299])
def test_any_2xx_is_a_yes(status: int) -> None:
    with Origin({"/hub": answer(status)}) as origin:
        assert post(origin, url=origin.url("/hub")) == Accepted(status=status, millis=0)


@pytest.mark.parametrize("rest", [hang, lambda start: flood(start, b"x" * 1000)])
def test_what_a_hub_says_beside_it_is_not_read(rest: object) -> None:
    """Nor waited for, however it is packed."""
    assert callable(rest)
    start = b"HTTP/1.1 202 Accepted\r\nContent-Length: 100000000\r\nContent-Encoding: zip\r\n\r\nOK"
    with Origin({"/hub": rest(start)}) as origin:
        assert post(origin, url=origin.url("/hub")) == Accepted(status=202, millis=0)


@pytest.mark.parametrize("status", [400, 404, 410, 304, 429, 500, 503])
def test_a_no_keeps_its_status_and_patience(status: int) -> None:
    with Origin({"/hub": answer(status, "Retry-After: 120")}) as origin:
        outcome = post(origin, url=origin.url("/hub"))
    assert isinstance(outcome, Refused)
    assert (outcome.why, outcome.status) == (Why.STATUS, status)
    assert outcome.retry_after == timedelta(minutes=2)
    assert outcome.detail.startswith(f"HTTP {status}: ")
    assert "feed wants" not in outcome.detail


@pytest.mark.parametrize("status", [302, 307])
def test_a_redirect_sends_the_form_again(status: int) -> None:
    """As WebSub wants of subscribers; to another host too."""
    with Origin({"/new": answer(202)}, host="127.0.0.2") as other, Origin({}) as origin:
        origin.add("/hub", answer(status, f"Location: {other.url('/new')}"))
        outcome = post(origin, other, url=origin.url("/hub"))
    assert outcome == Accepted(status=202, millis=0)
    assert other.heads[0].startswith(b"POST /new ")
    assert (origin.bodies, other.bodies) == ([BODY], [BODY])


@pytest.mark.parametrize("status", [301, 308])
def test_a_hub_that_has_moved_for_good_is_told_with_its_answer(status: int) -> None:
    with Origin({"/hub": answer(status, "Location: /new"), "/new": answer(204)}) as origin:
        outcome = post(origin, url=origin.url("/hub"))
    assert outcome == Moved(url=origin.url("/new"), then=Accepted(status=204, millis=0))
    assert origin.bodies == [BODY, BODY]


def test_a_redirect_that_would_make_a_get_of_it_is_refused() -> None:
    with Origin({"/hub": answer(303, "Location: /page"), "/page": answer(200)}) as origin:
        outcome = post(origin, url=origin.url("/hub"))
    assert isinstance(outcome, Refused)
    assert (outcome.why, outcome.status, len(origin.heads)) == (Why.REDIRECT, 303, 1)


def test_a_form_never_leads_to_a_private_address() -> None:
    """Nor does a redirect of it."""
    with Origin({"/": answer(202)}, host="127.0.0.2") as private, Origin({}) as origin:
        origin.add("/hub", answer(307, f"Location: {private.url('/')}"))
        outcome = post(origin, url=origin.url("/hub"))
    assert isinstance(outcome, Refused)
    assert outcome.why == Why.GUARD
    assert private.connections == 0


def test_a_fetch_after_a_post_is_a_get_again() -> None:
    """Over the same connection, with nothing left of the form."""
    scripts = {"/hub": raw(message(204), keep=True), "/feed": answer(200, XML, body=FEED)}
    with Origin(scripts) as origin, closing(a_fetcher(origin, per_host=1, total=1)) as fetcher:
        for _ in range(2):
            list(fetcher([Ask(ref="hub", url=origin.url("/hub"), form=FORM)]))
            assert fetch_one(fetcher, origin.url("/feed")) == fetched(origin, "/feed")
    assert [head.partition(b" ")[0] for head in origin.heads] == [b"POST", b"GET"] * 2
    assert origin.bodies == [BODY, b""] * 2
    assert b"Content-" not in origin.heads[1]
    assert origin.connections == 1


def test_an_empty_form_is_a_post_too() -> None:
    with Origin({"/hub": answer(204)}) as origin, closing(a_fetcher(origin)) as fetcher:
        [(_, outcome)] = answers(fetcher([Ask(ref="hub", url=origin.url("/hub"), form=())]))
    assert timeless(outcome) == Accepted(status=204, millis=0)
    assert origin.heads[0].startswith(b"POST ")
    assert origin.bodies == [b""]
