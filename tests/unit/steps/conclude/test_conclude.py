"""What is remembered of how a poll ended."""

from dataclasses import replace

import pytest

from feedhub.model.fetching import Validators
from feedhub.model.hints import Hints
from feedhub.model.keys import Digest
from feedhub.model.polling import Read, Trip, Trouble
from feedhub.model.source import SourceState
from tests.builders import NOW
from tests.unit.steps.conclude.scene import (
    READ,
    STATE,
    TAG,
    a_state,
    after,
    ago,
    dated,
    days,
    each,
    failed,
    hours,
    minutes,
    waits,
)

ILL = a_state(
    failures=4,
    failing_since=ago(days(2)),
    busy=1,
    deaths=1,
    fault="no answer",
    next_reason="soon",
    gone=True,
    status=None,
    wire_bytes=0,
    recent=dated(hours(2)),
    last_change=ago(hours(2)),
)
WELL = replace(ILL, failures=0, failing_since=None, busy=0, deaths=0, fault="", gone=False)


def test_conclude_forgets_failures_when_the_source_was_read_and_keeps_what_the_poll_brought() -> None:
    ending = Read(
        validators=Validators(etag='"2"'),
        body_digest=Digest("two"),
        title="Harbour Post & Co",
        hints=Hints(ttl=minutes(20)),
        dates=dated(hours(1), minutes(5)),
        changed=True,
    )
    assert after(ILL, ending, trip=Trip(status=200, wire_bytes=1200, millis=40)) == replace(
        WELL,
        validators=Validators(etag='"2"'),
        body_digest=Digest("two"),
        title="Harbour Post & Co",
        hints=Hints(ttl=minutes(20)),
        recent=dated(minutes(5), hours(1), hours(2)),
        due=NOW + minutes(30),
        last_poll=NOW,
        last_success=NOW,
        last_change=NOW,
        status=200,
        wire_bytes=1200,
        millis=40,
        next_reason="in 30 min: as its settings say, asks for 20 min",
    )


def test_conclude_keeps_what_an_answer_of_not_modified_does_not_tell() -> None:
    assert after(ILL, READ, trip=Trip(status=304, millis=40)) == replace(
        WELL,
        due=NOW + minutes(30),
        last_poll=NOW,
        last_success=NOW,
        status=304,
        millis=40,
        next_reason="in 30 min: as its settings say",
    )


def test_conclude_notes_the_first_success_once() -> None:
    first = after(a_state(first_success=None), READ)
    second = after(first, READ, now=NOW + hours(1))
    assert (first.first_success, second.first_success) == (NOW, NOW)


def test_conclude_asks_soon_for_the_rest_of_a_body_and_keeps_what_makes_it_come_again() -> None:
    ending = Read(validators=Validators(etag='"2"'), body_digest=Digest("two"), changed=True, more=True)
    state = after(STATE, ending)
    assert (state.validators, state.body_digest) == (TAG, Digest("one"))
    assert (state.due - NOW, state.next_reason) == (minutes(5), "in 5 min: there is more in it than one poll takes")


def test_conclude_remembers_the_newest_twenty_dates() -> None:
    old = each(hours(1), 20)
    state = after(a_state(recent=old), Read(validators=TAG, dates=dated(minutes(30))))
    assert state.recent == tuple(sorted((*old[:-1], ago(minutes(30))), reverse=True))


def test_conclude_takes_a_date_that_lies_ahead_for_the_time_at_which_it_was_seen() -> None:
    state = after(STATE, Read(validators=TAG, dates=(NOW + days(9), NOW + days(8), ago(hours(1)))))
    assert state.recent == (NOW, ago(hours(1)))


def test_conclude_remembers_a_failure_and_what_was_read_before() -> None:
    denied = failed(Trouble.DENIED, fault="HTTP 404")
    assert after(STATE, denied, trip=Trip(status=404, millis=9)) == replace(
        STATE,
        due=NOW + hours(1),
        last_poll=NOW,
        failures=1,
        failing_since=NOW,
        fault="HTTP 404",
        status=404,
        wire_bytes=0,
        millis=9,
        next_reason="in 1 h: asking more often would not help",
    )


def test_conclude_remembers_since_when_a_source_fails() -> None:
    state = after(ILL, failed())
    assert (state.failures, state.failing_since) == (5, ago(days(2)))


def test_conclude_counts_deaths_over_other_failures() -> None:
    dead = after(STATE, failed(Trouble.DEATH))
    late = after(dead, failed())
    well = after(late, READ)
    assert [state.deaths for state in (dead, late, well)] == [1, 1, 0]


def test_conclude_counts_how_often_a_publisher_was_busy_until_it_says_for_how_long_or_is_well() -> None:
    busy = after(STATE, failed(Trouble.BUSY))
    late = after(busy, failed())
    again = after(late, failed(Trouble.BUSY))
    told = after(again, failed(Trouble.BUSY, retry_after=hours(1)))
    well = after(again, READ)
    assert [state.busy for state in (busy, late, again, told, well)] == [1, 1, 2, 0, 0]


@pytest.mark.parametrize("state", [STATE, replace(ILL, gone=False)])
def test_conclude_charges_a_source_with_nothing_while_our_own_network_is_down(state: SourceState) -> None:
    outage = after(state, failed(Trouble.OUTAGE))
    assert minutes(5) <= outage.due - NOW < minutes(10)
    assert outage.next_reason.endswith("min: our own network seems to be down")
    assert replace(outage, due=state.due, next_reason=state.next_reason) == replace(state, last_poll=NOW)


@pytest.mark.parametrize("ending", [READ, failed(), failed(Trouble.OUTAGE)])
def test_conclude_does_not_shorten_a_retry_after_for_a_source_that_is_asked_out_of_turn(ending: Read) -> None:
    waiting = a_state(due=NOW + days(3), failures=1, status=429)
    assert waits(waiting, ending) == (days(3), "in 3 d: the publisher asked for it")


@pytest.mark.parametrize(
    "state",
    [
        a_state(due=NOW + days(3), status=200),
        a_state(due=NOW + days(3), status=503, busy=1),
        a_state(due=NOW + minutes(20), status=503),
        a_state(due=ago(minutes(1)), status=503),
    ],
)
def test_conclude_shortens_a_wait_that_nobody_asked_for_when_the_source_was_read(state: SourceState) -> None:
    assert waits(state, READ) == (minutes(30), "in 30 min: as its settings say")


@pytest.mark.parametrize("ending", [READ, failed(Trouble.DENIED), Read(validators=TAG, more=True)])
def test_conclude_asks_no_source_in_hours_that_it_skips(ending: Read) -> None:
    state = after(a_state(hints=Hints(skip_hours=(9, 10, 11))), ending)
    assert state.due == NOW.replace(hour=12)
    assert state.next_reason == "at 12:00 UTC: wants to be left alone until then (skipHours)"
