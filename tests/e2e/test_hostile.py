"""The one outbound door against a whole street of bad servers at once."""

import tracemalloc
from contextlib import ExitStack, closing

import pytest

from feedhub.adapters.http import Limits
from feedhub.model.fetching import Fetched, Refused, Why
from tests.contract.fetching import QUICK, XML, a_fetcher, answers, ask, fetch, fetch_one, fetched
from tests.e2e.hostile import BOMBS, FEED, PRIVATE, REFUSED, silent, trap
from tests.e2e.origin import Origin, answer, message, raw

SHORTEST = {"a chunk of no size", "two lengths", "a length below nothing"}
"""Libcurl sees these itself; whether it blames the body or the talk is its own affair."""


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_server_is_refused_for_what_it_does(name: str) -> None:
    """With a plain sentence, and without an exception."""
    script, expected = REFUSED[name]
    with Origin({"/feed": script}) as origin:
        outcome = fetch(origin, "/feed")
    assert isinstance(outcome, Refused)
    assert outcome.why == expected or (name in SHORTEST and outcome.why == Why.BODY)
    assert outcome.detail.endswith(".")
    assert outcome.detail.isprintable()


def test_bad_servers_delay_no_good_one_and_fill_no_memory() -> None:
    """All of them among twenty good hosts, in one call: the good are done before the first bad one is given up."""
    limits = Limits(connect=2, stall=2, deadline=2, body=QUICK.body)
    with ExitStack() as street:
        bad = street.enter_context(Origin({f"/{n}": script for n, (script, _) in enumerate(REFUSED.values())}))
        good = [
            street.enter_context(Origin({"*": answer(200, XML, body=FEED)}, host=f"127.0.1.{n + 1}")) for n in range(20)
        ]
        fetcher = street.enter_context(closing(a_fetcher(bad, *good, limits=limits, per_host=99, total=99)))
        asks = [*(ask(bad.url(f"/{n}")) for n in range(len(REFUSED))), *(ask(origin.url("/")) for origin in good)]
        tracemalloc.start()
        found = list(answers(fetcher(asks)))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    kinds = {asked.url: outcome for asked, outcome in found}
    assert all(isinstance(kinds[origin.url("/")], Fetched) for origin in good)
    assert all(isinstance(kinds[bad.url(f"/{n}")], Refused) for n in range(len(REFUSED)))
    late = [asked.url for asked, outcome in found if isinstance(outcome, Refused) and outcome.why == Why.TIMEOUT]
    order = [asked.url for asked, _ in found]
    assert max(order.index(origin.url("/")) for origin in good) < min(order.index(url) for url in late)
    assert peak < 20_000_000


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_over_tls_is_a_bomb(name: str) -> None:
    script, expected = BOMBS[name]
    with Origin({"/feed": script}, tls=True) as origin:
        outcome = fetch(origin, "/feed")
    assert isinstance(outcome, Refused)
    assert outcome.why == expected


def test_more_than_its_length_is_cut_to_it() -> None:
    """What follows is neither read nor taken for another reply."""
    script = raw(message(200, XML, "Content-Length: 6", body=FEED), keep=True)
    with Origin({"/feed": script}) as origin, closing(a_fetcher(origin)) as fetcher:
        assert [fetch_one(fetcher, origin.url("/feed")) for _ in range(2)] == [fetched(origin, "/feed", b"<rss/>")] * 2


def test_a_login_wall_with_status_200_is_a_body_like_any_other() -> None:
    """That it is no feed the parser says; its cookie is never sent back."""
    page = b"<!doctype html><form action='/login'>Please log in</form>"
    script = answer(200, "Content-Type: text/html", "Set-Cookie: wall=1", body=page)
    with Origin({"/feed": script}) as origin, closing(a_fetcher(origin)) as fetcher:
        outcomes = [fetch_one(fetcher, origin.url("/feed")) for _ in range(2)]
    assert outcomes == [fetched(origin, "/feed", page, media_type="text/html")] * 2
    assert not any(b"wall" in head for head in origin.heads)


@pytest.mark.parametrize("hints", [1, 30])
def test_hints_before_a_reply_lend_it_nothing(hints: int) -> None:
    """Neither links nor freshness nor validators."""
    early = b'HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=hub\r\nETag: "hint"\r\nCache-Control: max-age=9\r\n\r\n'
    with Origin({"/feed": raw(early * hints + message(200, XML, body=FEED))}) as origin:
        assert fetch(origin, "/feed") == fetched(origin, "/feed", FEED)


@pytest.mark.parametrize("host", PRIVATE)
@pytest.mark.parametrize("status", [301, 307])
def test_no_redirect_leads_a_byte_to_a_private_address(host: str, status: int) -> None:
    """In whatever notation: no connection comes."""
    with trap("127.0.0.2") as private, Origin({}) as origin:
        port = private.getsockname()[1]
        location = f"Location: http://{host}:{port}/".encode().decode("latin-1")
        origin.add("/feed", answer(status, location))
        with closing(a_fetcher(origin, names={"inner.test": ["127.0.0.2"]})) as fetcher:
            outcome = fetch_one(fetcher, origin.url("/feed"))
        assert isinstance(outcome, Refused)
        assert (outcome.why, outcome.status) == (Why.GUARD, status)
        assert silent(private)


@pytest.mark.parametrize("host", PRIVATE)
def test_no_ask_leads_a_byte_to_a_private_address(host: str) -> None:
    """On a port of the web, where the port says nothing."""
    with trap("127.0.0.2", 8080) as private, closing(a_fetcher(names={"inner.test": ["127.0.0.2"]})) as fetcher:
        outcome = fetch_one(fetcher, f"http://{host}:8080/")
        assert isinstance(outcome, Refused)
        assert outcome.why == Why.GUARD
        assert silent(private)
