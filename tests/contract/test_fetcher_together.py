"""The port Fetcher with many asks: order, turns, connections, time, and leaving early."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from feedhub.adapters.http import Limits
from feedhub.model.fetching import Ask, Fetched, Gone
from tests.contract.fetching import FEED, XML, a_fetcher, answers, ask, fetch_one, fetched, timeless
from tests.e2e.origin import Origin, answer, conditional, in_turn, message, pause, raw


def test_connections_are_used_again() -> None:
    """From ask to ask and from call to call."""
    with Origin({"*": conditional('"1"', XML, body=FEED)}) as origin, closing(a_fetcher(origin, per_host=1)) as fetcher:
        for _ in range(3):
            outcomes = [outcome for _, outcome in answers(fetcher(ask(origin.url(f"/{n}")) for n in range(5)))]
            assert len(outcomes) == 5
    assert origin.connections == 1


def test_a_kept_connection_that_died_is_replaced() -> None:
    """The server may close it at any time."""
    script = in_turn(raw(message(200, XML, body=FEED)), answer(200, XML, body=FEED))
    with Origin({"/feed": script}) as origin, closing(a_fetcher(origin)) as fetcher:
        outcomes = [fetch_one(fetcher, origin.url("/feed")) for _ in range(3)]
    assert outcomes == [fetched(origin, "/feed")] * 3


def test_few_run_at_once_of_one_host() -> None:
    """However many are asked for."""
    with Origin({"*": pause(0.02, answer(200, body=FEED))}) as origin:
        with closing(a_fetcher(origin, per_host=2)) as fetcher:
            assert len(list(answers(fetcher(ask(origin.url(f"/{n}")) for n in range(10))))) == 10
        assert origin.most_running == 2


def test_hosts_take_turns() -> None:
    """One host with many asks does not keep another waiting."""
    slow, quick = Origin({"*": pause(0.15, answer(200, body=FEED))}), Origin({"*": answer(200)}, host="127.0.0.2")
    with slow, quick, closing(a_fetcher(slow, quick, per_host=1)) as fetcher:
        asks = [*(ask(slow.url(f"/{n}")) for n in range(3)), ask(quick.url("/"))]
        order = [asked.url for asked, _ in answers(fetcher(asks))]
    assert order.index(quick.url("/")) == 0


def test_asks_are_taken_as_there_is_room() -> None:
    """Nothing is taken before the first outcome is wanted, then no more than may run."""
    taken: list[str] = []
    with Origin({"*": answer(200, body=FEED)}) as origin, closing(a_fetcher(origin, total=2)) as fetcher:
        with closing(fetcher(_noted(origin, taken))) as outcomes:
            assert taken == []
            next(answers(outcomes))
            assert len(taken) == 2
        assert len(taken) == 2


def test_where_there_is_no_other_ask_yet_those_under_way_go_on() -> None:
    """Which one comes next may hang on what another brings."""
    with Origin({"*": pause(0.1, answer(200, body=FEED))}) as origin, closing(a_fetcher(origin)) as fetcher:
        heard: list[str] = []

        def asks() -> Iterator[Ask | None]:
            for number in range(3):
                while len(heard) < number:
                    yield None
                yield ask(origin.url(f"/{number}"))

        for asked, _ in answers(fetcher(asks())):
            heard.append(asked.url)
    assert heard == [origin.url(f"/{number}") for number in range(3)]


def test_asks_that_wait_for_their_host_are_taken_up_to_a_bound() -> None:
    """An endless list of asks for one host is not taken whole."""
    taken: list[str] = []
    with (
        Origin({"*": answer(200, body=FEED)}) as origin,
        closing(a_fetcher(origin)) as fetcher,
        closing(fetcher(_noted(origin, taken, count=5000))) as outcomes,
    ):
        next(answers(outcomes))
        assert len(taken) < 300


def test_a_fetcher_left_early_can_be_used_again() -> None:
    """What was under way is dropped, and does not come up in the next call."""
    scripts = {"/slow": pause(0.2, answer(200, body=FEED)), "/quick": answer(200, XML, body=FEED)}
    with Origin(scripts) as origin, closing(a_fetcher(origin)) as fetcher:
        with closing(fetcher([ask(origin.url("/slow")), ask(origin.url("/quick"))])) as outcomes:
            assert next(answers(outcomes))[0].url == origin.url("/quick")
        assert fetch_one(fetcher, origin.url("/quick")) == fetched(origin, "/quick")


def test_an_error_of_the_asks_passes_through_and_leaves_the_fetcher_whole() -> None:
    """It is the caller's own error."""

    def broken(url: str) -> Iterator[Ask]:
        yield ask(url)
        raise LookupError

    with Origin({"/feed": answer(200, XML, body=FEED)}) as origin, closing(a_fetcher(origin)) as fetcher:
        with pytest.raises(LookupError):
            list(fetcher(broken(origin.url("/feed"))))
        assert fetch_one(fetcher, origin.url("/feed")) == fetched(origin, "/feed")


def test_two_calls_may_be_under_way_at_once() -> None:
    """Each has connections of its own."""
    with Origin({"*": answer(200, body=FEED)}) as origin, closing(a_fetcher(origin)) as fetcher:
        urls = [origin.url(f"/{n}") for n in range(3)]
        both = zip(answers(fetcher(map(ask, urls))), answers(fetcher(map(ask, urls))), strict=True)
        assert [isinstance(one[1], Fetched) and isinstance(two[1], Fetched) for one, two in both] == [True] * 3


def test_time_limits_stand_still_while_an_outcome_is_worked_on() -> None:
    """A slow caller is not a slow server."""
    limits = Limits(connect=0.4, stall=0.4, deadline=0.4)
    scripts = {"/quick": answer(200, body=FEED), "/slow": pause(0.05, answer(200, XML, body=FEED))}
    with Origin(scripts) as origin, closing(a_fetcher(origin, limits=limits)) as fetcher:
        outcomes = answers(fetcher([ask(origin.url("/quick")), ask(origin.url("/slow"))]))
        next(outcomes)
        origin.wait(0.6)
        assert timeless(next(outcomes)[1]) == fetched(origin, "/slow")


def test_millis_tell_how_long_it_took() -> None:
    """All hops together."""
    scripts = {"/feed": pause(0.05, answer(302, "Location: /end")), "/end": pause(0.05, answer(410))}
    with Origin(scripts) as origin, closing(a_fetcher(origin)) as fetcher:
        [(_, outcome)] = answers(fetcher([ask(origin.url("/feed"))]))
    assert isinstance(outcome, Gone)
    assert 100 <= outcome.millis < 5000


def _noted(origin: Origin, taken: list[str], *, count: int = 10) -> Iterator[Ask]:
    for number in range(count):
        taken.append(str(number))
        yield ask(origin.url(f"/{number}"))
