"""When a source that failed is asked again, and why."""

from datetime import timedelta

import pytest

from feedhub.model.hints import Hints
from feedhub.model.keys import SourceSlug
from feedhub.model.polling import Pace, Trouble
from tests.builders import NOW
from tests.unit.steps.conclude.scene import STATE, a_state, after, ago, days, failed, hours, minutes, waits

ERROR, DENIED, BUSY, DEATH = failed(), failed(Trouble.DENIED), failed(Trouble.BUSY), failed(Trouble.DEATH)


@pytest.mark.parametrize(
    ("failures", "longest"),
    [(0, hours(1)), (1, hours(2)), (2, hours(4)), (4, hours(16)), (5, days(1)), (10_000, days(1))],
)
def test_retry_draws_a_time_that_grows_with_each_failure_up_to_a_day(failures: int, longest: timedelta) -> None:
    drawn = [
        after(a_state(slug=SourceSlug(f"harbour-{number}"), failures=failures), ERROR).due - NOW
        for number in range(200)
    ]
    assert minutes(5) <= min(drawn) < minutes(5) + longest / 8
    assert longest - longest / 8 < max(drawn) <= longest


def test_retry_draws_the_same_time_for_the_same_failure_and_another_for_the_next() -> None:
    first, again, later = (after(a_state(fence=fence), ERROR).due for fence in (3, 3, 4))
    assert (first == again, first == later) == (True, False)


@pytest.mark.parametrize(
    ("failures", "reason"), [(0, "after a failure"), (1, "after 2 failures in a row"), (8, "after 9 failures in a row")]
)
def test_retry_says_how_often_it_has_failed(failures: int, reason: str) -> None:
    assert waits(a_state(failures=failures), ERROR)[1].partition(": ")[2] == reason


def test_retry_of_a_source_that_asks_for_more_time_grows_from_there() -> None:
    slow = [
        after(a_state(slug=SourceSlug(f"harbour-{number}"), hints=Hints(ttl=hours(6))), ERROR).due - NOW
        for number in range(50)
    ]
    assert max(slow) > hours(10)


def test_retry_is_never_sooner_than_the_shortest_wait_even_where_that_is_longer_than_a_day() -> None:
    pace = Pace(min_every=days(2), default_every=days(2), max_every=days(3))
    assert waits(STATE, ERROR, pace=pace) == (days(2), "in 2 d: after a failure")


@pytest.mark.parametrize(
    ("failures", "every", "wait"),
    [
        (0, minutes(30), hours(1)),
        (1, minutes(30), hours(2)),
        (4, minutes(30), hours(16)),
        (5, minutes(30), days(1)),
        (99, minutes(30), days(1)),
        (0, hours(9), hours(9)),
    ],
)
def test_retry_of_a_refusal_comes_after_an_hour_and_ever_later_but_never_sooner_than_usual(
    failures: int, every: timedelta, wait: timedelta
) -> None:
    assert after(a_state(failures=failures), DENIED, every=every).due - NOW == wait


@pytest.mark.parametrize(
    ("ending", "reason"),
    [
        (ERROR, "in 7 d: it has failed for 30 days and more"),
        (DENIED, "in 7 d: refused for 30 days and more"),
        (DEATH, "in 7 d: it has failed for 30 days and more"),
    ],
)
def test_retry_comes_once_a_week_after_thirty_days_of_failure(ending: object, reason: str) -> None:
    state = a_state(failures=70, failing_since=ago(days(30)))
    assert waits(state, ending) == (days(7), reason)  # type: ignore[arg-type]  # failures all


@pytest.mark.parametrize(("busy", "wait"), [(0, hours(4)), (1, hours(8)), (2, hours(16)), (3, days(1)), (99, days(1))])
def test_retry_gives_an_overloaded_publisher_four_hours_and_ever_more(busy: int, wait: timedelta) -> None:
    assert after(a_state(busy=busy), BUSY).due - NOW == wait


def test_retry_of_a_busy_publisher_is_never_sooner_than_usual() -> None:
    assert waits(STATE, BUSY, every=hours(9)) == (hours(9), "in 9 h: the publisher is overloaded")


def test_retry_is_as_patient_with_a_busy_publisher_where_every_source_is_to_be_asked_within_the_hour() -> None:
    assert waits(STATE, BUSY, pace=Pace(max_every=hours(1))) == (hours(4), "in 4 h: the publisher is overloaded")


@pytest.mark.parametrize(
    ("trouble", "asked", "wait", "reason"),
    [
        (Trouble.BUSY, minutes(90), minutes(90), "in 90 min: the publisher asks for it"),
        (Trouble.BUSY, minutes(1), minutes(30), "in 30 min: after a failure"),
        (Trouble.BUSY, timedelta(0), hours(4), "in 4 h: the publisher is overloaded"),
        (Trouble.BUSY, days(400), days(7), "in 7 d: the publisher asks for it"),
        (Trouble.ERROR, minutes(90), minutes(90), "in 90 min: the publisher asks for it"),
        (Trouble.DENIED, minutes(90), minutes(90), "in 90 min: the publisher asks for it"),
        (Trouble.DENIED, minutes(30), hours(1), "in 1 h: asking more often would not help"),
    ],
)
def test_retry_heeds_what_the_publisher_asks_for_where_it_is_longer_and_up_to_a_week(
    *, trouble: Trouble, asked: timedelta, wait: timedelta, reason: str
) -> None:
    assert waits(STATE, failed(trouble, retry_after=asked)) == (wait, reason)


def test_retry_never_comes_for_a_source_that_is_gone() -> None:
    state = after(a_state(hints=Hints(skip_hours=(9,))), failed(Trouble.GONE))
    assert (state.gone, state.due > NOW + days(3000)) == (True, True)
    assert state.next_reason == "not again: the publisher says that it is gone"


@pytest.mark.parametrize("deaths", [2, 3, 40])
def test_retry_comes_once_a_day_for_a_source_that_has_ended_the_parser_three_times(deaths: int) -> None:
    state = a_state(deaths=deaths, failures=deaths, failing_since=ago(days(40)))
    assert waits(state, DEATH) == (days(1), f"in 1 d: it has ended the parser {deaths + 1} times in a row")


def test_retry_takes_two_deaths_for_bad_luck() -> None:
    wait, reason = waits(a_state(deaths=1, failures=1), DEATH)
    assert (wait <= hours(2), reason.partition(": ")[2]) == (True, "after 2 failures in a row")
