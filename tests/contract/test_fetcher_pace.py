"""The port Fetcher: how it spares hosts, and how it hands over what it has."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import pairwise
from threading import Event

import pytest

from feedhub.adapters.http import HttpFetcher, Limits
from feedhub.model.fetching import Ask, Fetched, Gone, Moved, Outcome
from tests.contract.fetching import FEED, XML, a_fetcher, answers, ask, fetched, timeless
from tests.e2e.origin import Origin, answer, hang, pause

GAP = 0.2


def rests(origin: Origin) -> list[float]:
    """The seconds from each request of an origin to the next."""
    return [later - sooner for sooner, later in pairwise(sorted(origin.starts))]


def take(fetcher: HttpFetcher, asks: list[Ask]) -> list[Outcome]:
    """All outcomes of a call of its own, without their times."""
    return [timeless(outcome) for _, outcome in answers(fetcher(asks))]


def test_a_host_rests_between_requests() -> None:
    """From the end of one to the start of the next, one at a time."""
    with Origin({"*": pause(0.05, answer(200, body=FEED))}) as origin:
        with closing(a_fetcher(origin, per_host=1, gap=GAP)) as fetcher:
            assert len(take(fetcher, [ask(origin.url(f"/{n}")) for n in range(4)])) == 4
        assert min(rests(origin)) >= GAP + 0.05
        assert origin.most_running == 1


def test_a_host_rests_between_calls() -> None:
    """One after the other and side by side in threads; pages and feeds alike."""
    with Origin({"*": answer(200, body=FEED)}) as origin, closing(a_fetcher(origin, per_host=1, gap=GAP)) as fetcher:
        with ThreadPoolExecutor(4) as pool:
            portions = [[ask(origin.url(f"/{call}/{n}")) for n in range(2)] for call in range(4)]
            outcomes = [outcome for found in pool.map(lambda asks: take(fetcher, asks), portions) for outcome in found]
        outcomes += take(fetcher, [ask(origin.url("/last"))])
    assert [type(outcome) for outcome in outcomes] == [Fetched] * 9
    assert min(rests(origin)) >= GAP
    assert origin.most_running == 1


def test_a_host_rests_before_a_redirect_to_itself_is_followed() -> None:
    scripts = {"/a": answer(301, "Location: /b"), "/b": answer(302, "Location: /c"), "/c": answer(410)}
    with Origin(scripts) as origin, closing(a_fetcher(origin, per_host=1, gap=GAP)) as fetcher:
        assert take(fetcher, [ask(origin.url("/a"))]) == [Gone(millis=0)]
    assert len(origin.heads) == 3
    assert min(rests(origin)) >= GAP


def test_a_redirect_to_a_host_that_rests_waits_for_it() -> None:
    with Origin({"*": answer(410)}, host="127.0.0.2") as other, Origin({}) as origin:
        origin.add("/a", answer(301, f"Location: {other.url('/b')}"))
        with closing(a_fetcher(origin, other, per_host=1, gap=GAP)) as fetcher:
            found = take(fetcher, [ask(other.url("/")), ask(origin.url("/a"))])
    assert found[1] == Moved(url=other.url("/b"), then=Gone(millis=0))
    assert min(rests(other)) >= GAP


def test_waiting_for_a_turn_is_not_the_servers_fault() -> None:
    """Neither the deadline nor the time that is told counts it."""
    limits = Limits(connect=0.3, stall=0.3, deadline=0.3)
    scripts = {"/a": answer(302, "Location: /b"), "/b": answer(302, "Location: /c"), "/c": answer(200, XML, body=FEED)}
    with Origin(scripts) as origin, closing(a_fetcher(origin, limits=limits, per_host=1, gap=GAP)) as fetcher:
        found = [outcome for _, outcome in answers(fetcher([ask(origin.url("/a")), ask(origin.url("/c"))]))]
    assert sorted(timeless(outcome) == fetched(origin, "/c") for outcome in found) == [True, True]
    assert max(outcome.millis for outcome in found if isinstance(outcome, Fetched)) < 3 * GAP * 1000


def test_a_platform_with_a_hundred_asks_starves_nobody() -> None:
    """The others are done while it rests."""
    with Origin({"*": answer(200)}) as platform, Origin({"*": answer(200)}, host="127.0.0.2") as other:
        asks = [*(ask(platform.url(f"/{n}")) for n in range(100)), ask(other.url("/"))]
        with (
            closing(a_fetcher(platform, other, per_host=1, gap=60, total=2)) as fetcher,
            closing(fetcher(asks)) as portions,
        ):
            first = answers(portions)
            assert {next(first)[0].url, next(first)[0].url} == {platform.url("/0"), other.url("/")}


def test_a_call_that_is_left_gives_its_hosts_free() -> None:
    """What ran has ended, what waited is not waited for."""
    scripts = {"/hang": hang(), "/feed": answer(200, XML, body=FEED)}
    with Origin(scripts) as origin, closing(a_fetcher(origin, per_host=1, gap=GAP)) as fetcher:
        with closing(fetcher([ask(origin.url("/hang")), ask(origin.url("/feed"))])) as portions:
            assert next(portions) == ()
        assert take(fetcher, [ask(origin.url("/feed"))]) == [fetched(origin, "/feed")]
    assert min(rests(origin)) >= GAP


def test_what_ends_together_comes_together() -> None:
    """Asks that are refused at once do."""
    with closing(a_fetcher()) as fetcher:
        portions = [portion for portion in fetcher([ask("ftp://a"), ask("http://10.0.0.1/"), ask("")]) if portion]
    assert [len(portion) for portion in portions] == [3]


def test_while_nothing_ends_there_are_moments_of_quiet() -> None:
    """Some twenty a second: enough to write down what was gathered, not so many that they cost."""
    with Origin({"*": pause(0.3, answer(200))}) as origin, closing(a_fetcher(origin)) as fetcher:
        portions = [len(portion) for portion in fetcher([ask(origin.url("/"))])]
    assert (portions[-1], set(portions[:-1])) == (1, {0})
    assert len(portions) <= 9


def test_while_a_host_rests_there_are_moments_of_quiet() -> None:
    """Though nothing is under way."""
    with Origin({"*": answer(200)}) as origin, closing(a_fetcher(origin, per_host=1, gap=0.5)) as fetcher:
        portions = [len(portion) for portion in fetcher([ask(origin.url("/a")), ask(origin.url("/b"))])]
    assert [count for count in portions if count] == [1, 1]
    assert 1 <= portions.count(0) <= 14


@pytest.mark.parametrize("asked_in", [0.15, 0.0])
def test_asks_that_are_slow_to_come_do_not_count_against_servers(asked_in: float) -> None:
    """Time limits stand still while an ask is made up, and those before it are seen to in between."""
    limits = Limits(connect=0.3, stall=0.3, deadline=0.3)
    never = Event()

    def slowly(origin: Origin) -> Iterator[Ask]:
        for number in range(6):
            never.wait(asked_in)
            yield ask(origin.url(f"/{number}"))

    script = pause(0.05, answer(200, body=FEED))
    with Origin({"*": script}) as origin, closing(a_fetcher(origin, limits=limits, per_host=6)) as fetcher:
        found = [type(outcome) for _, outcome in answers(fetcher(slowly(origin)))]
    assert found == [Fetched] * 6
