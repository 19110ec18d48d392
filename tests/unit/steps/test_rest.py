"""When a whole host is left alone."""

from datetime import timedelta

import pytest

from feedhub.model.fetching import Validators
from feedhub.model.polling import Ending, Failed, Read, Trouble
from feedhub.model.source import HostState
from feedhub.steps.rest import rest
from tests.builders import NOW

WELL = HostState(host="harbour.example")
READ = Read(validators=Validators())
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
ASKED = HostState(host="harbour.example", until=NOW + HOUR, reason="it asks to be left alone for 1 h")


def failed(trouble: Trouble = Trouble.ERROR, *, of_host: bool = False, retry_after: timedelta | None = None) -> Failed:
    """A failure of this kind."""
    return Failed(trouble=trouble, fault="no answer", of_host=of_host, retry_after=retry_after)


DEAD = failed(of_host=True)


def after(host: HostState, *endings: Ending) -> HostState:
    """The host's state after polls that ended so."""
    for ending in endings:
        host = rest(host, ending=ending, now=NOW)
    return host


def test_rest_begins_with_the_third_failure_in_a_row() -> None:
    twice = after(WELL, DEAD, DEAD)
    third = after(twice, DEAD)
    assert twice == HostState(host="harbour.example", failures=2)
    assert (third.failures, third.reason) == (3, "it has failed 3 times in a row")
    assert third.until is not None
    assert 3.75 * MINUTE < third.until - NOW <= 5 * MINUTE


@pytest.mark.parametrize(
    ("failures", "longest"), [(3, 10 * MINUTE), (4, 20 * MINUTE), (8, 320 * MINUTE), (9, 6 * HOUR), (9000, 6 * HOUR)]
)
def test_rest_doubles_with_each_failure_up_to_six_hours(failures: int, longest: timedelta) -> None:
    until = after(HostState(host="harbour.example", failures=failures), DEAD).until
    assert until is not None
    assert longest * 0.75 < until - NOW <= longest


def test_rest_of_hosts_that_failed_together_does_not_end_together() -> None:
    hosts = [HostState(host=f"{number}.example", failures=5) for number in range(100)]
    assert len({after(host, DEAD).until for host in hosts}) == 100


@pytest.mark.parametrize("ending", [failed(), failed(Trouble.DENIED), failed(Trouble.GONE), failed(Trouble.DEATH)])
def test_rest_does_not_come_of_what_is_the_matter_with_one_address(ending: Failed) -> None:
    assert after(HostState(host="harbour.example", failures=2), ending) == HostState(host="harbour.example", failures=2)


def test_rest_does_not_come_of_our_own_outage() -> None:
    outage = failed(Trouble.OUTAGE, of_host=True)
    assert after(HostState(host="harbour.example", failures=2), outage) == HostState(host="harbour.example", failures=2)


@pytest.mark.parametrize("trouble", [Trouble.BUSY, Trouble.ERROR, Trouble.DENIED])
def test_rest_lasts_for_as_long_as_the_publisher_asks(trouble: Trouble) -> None:
    ill = HostState(host="harbour.example", failures=2, busy=1)
    assert after(ill, failed(trouble, of_host=True, retry_after=HOUR)) == ASKED


def test_rest_lasts_for_a_week_at_most() -> None:
    until = after(WELL, failed(Trouble.BUSY, retry_after=timedelta(days=400))).until
    assert until == NOW + timedelta(days=7)


@pytest.mark.parametrize(
    ("busy", "wait"), [(0, 4 * HOUR), (1, 8 * HOUR), (2, 16 * HOUR), (3, 24 * HOUR), (99, 24 * HOUR)]
)
def test_rest_after_too_many_requests_is_four_hours_and_doubles_to_a_day(busy: int, wait: timedelta) -> None:
    host = HostState(host="harbour.example", busy=busy)
    assert after(host, failed(Trouble.BUSY)) == HostState(
        host="harbour.example", busy=busy + 1, until=NOW + wait, reason="it says that we ask too often"
    )


def test_rest_of_an_overloaded_host_comes_with_its_third_failure() -> None:
    overloaded = failed(Trouble.BUSY, of_host=True)
    assert after(WELL, overloaded, overloaded) == HostState(host="harbour.example", failures=2)


@pytest.mark.parametrize("ending", [failed(Trouble.BUSY, retry_after=MINUTE), DEAD])
def test_rest_never_becomes_shorter_by_another_failure(ending: Failed) -> None:
    host = HostState(host="harbour.example", failures=2, until=NOW + HOUR, reason="it asks for it")
    found = after(host, ending)
    assert (found.until, found.reason) == (NOW + HOUR, "it asks for it")


@pytest.mark.parametrize(
    "ill",
    [
        WELL,
        HostState(host="harbour.example", failures=9, until=NOW + HOUR, reason="it has failed 9 times in a row"),
        HostState(host="harbour.example", busy=3, until=NOW - HOUR, reason="it says that we ask too often"),
        HostState(host="harbour.example", failures=1, until=NOW, reason="it asks to be left alone for 1 h"),
    ],
)
def test_rest_ends_when_the_host_is_well(ill: HostState) -> None:
    assert after(ill, READ) == WELL


def test_rest_that_was_asked_for_lasts_even_where_the_host_is_well() -> None:
    ill = HostState(host="harbour.example", failures=1, busy=1, until=ASKED.until, reason=ASKED.reason)
    assert after(ill, READ) == ASKED
