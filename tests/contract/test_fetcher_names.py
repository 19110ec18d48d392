"""The port Fetcher: where names lead, and what never gets there."""

from collections.abc import Sequence
from contextlib import closing
from threading import Event

import pytest

from feedhub.adapters.http import Limits
from feedhub.model.fetching import Fetched, Outcome, Refused, Why
from tests.contract.fetching import FEED, XML, a_fetcher, answers, ask, fetch_one, fetched
from tests.e2e.hostile import silent, trap
from tests.e2e.origin import Origin, answer


def why(outcome: Outcome) -> Why:
    """Why the outcome is a refusal."""
    assert isinstance(outcome, Refused)
    return outcome.why


def test_a_name_is_asked_at_the_address_that_was_found_for_it() -> None:
    """By its name: in the Host line, and in the handshake of TLS, which fails for a certificate of another."""
    names = {"news.test": ["127.0.0.1"], "localhost": ["127.0.0.1"]}
    plain, secure = Origin({"/a": answer(200, XML, body=FEED)}), Origin({"/a": answer(200, XML, body=FEED)}, tls=True)
    with plain, secure:
        also = (f"news.test:{plain.port}", f"news.test:{secure.port}", f"localhost:{secure.port}")
        with closing(a_fetcher(also=also, names=names)) as fetcher:
            url = plain.url("/a", host="news.test")
            assert fetch_one(fetcher, url) == fetched(plain, "/a", url=url)
            url = secure.url("/a", host="localhost")
            assert fetch_one(fetcher, url) == fetched(secure, "/a", url=url)
            assert why(fetch_one(fetcher, secure.url("/a", host="news.test"))) == Why.NETWORK
    assert f"\r\nHost: news.test:{plain.port}\r\n".encode() in plain.heads[0]
    assert len(secure.heads) == 1


def test_an_address_that_does_not_answer_is_passed_over_for_one_that_does() -> None:
    """Of whatever family."""
    with Origin({"/a": answer(200, XML, body=FEED)}) as origin:
        names = {"news.test": ["::1", "127.0.0.9", "127.0.0.1"]}
        with closing(a_fetcher(also=(f"news.test:{origin.port}",), names=names)) as fetcher:
            url = origin.url("/a", host="news.test")
            assert fetch_one(fetcher, url) == fetched(origin, "/a", url=url)


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["::1"], ["10.0.0.1", "127.0.0.1"], ["::ffff:127.0.0.1"]])
def test_a_name_that_leads_to_private_addresses_alone_is_never_dialled(addresses: list[str]) -> None:
    with trap("127.0.0.1", 8080) as private, closing(a_fetcher(names={"evil.test": addresses})) as fetcher:
        assert why(fetch_one(fetcher, "http://evil.test:8080/")) == Why.GUARD
        assert silent(private)


def test_a_redirect_to_a_name_is_vetted_like_any_other() -> None:
    """Its address is private, and the message gives no advice to let it in."""
    with Origin({"/a": answer(302, "Location: http://evil.test:8080/")}) as origin, trap("127.0.0.1", 8080) as private:
        with closing(a_fetcher(origin, names={"evil.test": ["127.0.0.1"]})) as fetcher:
            outcome = fetch_one(fetcher, origin.url("/a"))
        assert why(outcome) == Why.GUARD
        assert isinstance(outcome, Refused)
        assert "allow_hosts" not in outcome.detail
        assert silent(private)


def test_a_name_without_addresses_is_refused() -> None:
    with closing(a_fetcher(names={})) as fetcher:
        assert fetch_one(fetcher, "http://nowhere.test/") == Refused(
            why=Why.NETWORK, detail="There is no host nowhere.test: check the spelling, or the name has lapsed."
        )


def test_names_whose_servers_are_silent_delay_nobody() -> None:
    """However many; each is given up at the limit for connecting."""
    limits = Limits(connect=0.5, stall=2, deadline=2)
    never = Event()

    def look_up(host: str) -> Sequence[str]:
        if host.startswith("silent"):
            never.wait(10)
        return ["127.0.0.1"]

    with Origin({"*": answer(200, XML, body=FEED)}) as origin:
        fetcher = a_fetcher(also=(f"good.test:{origin.port}",), limits=limits, names=look_up, total=80)
        asks = [*(ask(f"http://silent{n}.test/") for n in range(60)), ask(origin.url("/", host="good.test"))]
        found = list(answers(fetcher(asks)))
        never.set()
    assert isinstance(found[0][1], Fetched)
    assert {why(outcome) for _, outcome in found[1:]} == {Why.TIMEOUT}
