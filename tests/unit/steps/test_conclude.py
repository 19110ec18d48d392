"""When a source is asked next, and what is remembered of how its last poll ended."""

from dataclasses import replace
from datetime import timedelta

import pytest

from feedhub.model.keys import Digest, SourceSlug
from feedhub.model.polling import Failed, Pace, Read, Trouble
from feedhub.model.source import SourceState, Validators
from feedhub.steps.conclude import conclude, span
from tests.builders import NOW, a_source

PACE = Pace(min_every=timedelta(minutes=5), max_every=timedelta(hours=24))
STATE = SourceState(
    slug=SourceSlug("harbour"),
    url="https://harbour.example/rss",
    validators=Validators(etag='"1"'),
    body_digest=Digest("one"),
    title="Harbour Post",
    due=NOW,
    fence=3,
    last_poll=NOW - timedelta(hours=1),
    last_success=NOW - timedelta(hours=2),
    last_change=NOW - timedelta(hours=3),
    failures=1,
    deaths=1,
    fault="no answer",
    next_reason="soon",
    gone=True,
    moved_to="https://harbour.example/new",
    entries=7,
)
HALF_AN_HOUR = timedelta(minutes=30)
FRESH = replace(STATE, failures=0, deaths=0, fault="", gone=False)


def minutes(number: float) -> timedelta:
    """So many minutes."""
    return timedelta(minutes=number)


def after(state: SourceState, ending: Read | Failed, *, every: timedelta = HALF_AN_HOUR) -> SourceState:
    """The state after a poll of a source that is asked every half an hour."""
    return conclude(state, source=a_source(every=every), ending=ending, pace=PACE, now=NOW)


def waits(state: SourceState, ending: Failed, *, every: timedelta = HALF_AN_HOUR) -> tuple[timedelta, str]:
    """How long it is left alone, and why."""
    concluded = after(state, ending, every=every)
    return concluded.due - NOW, concluded.next_reason


def test_conclude_forgets_failures_when_the_source_was_read() -> None:
    """And keeps all that the poll brought."""
    ending = Read(validators=Validators(etag='"2"'), body_digest=Digest("two"), title="Harbour Post & Co", changed=True)
    assert after(STATE, ending) == replace(
        FRESH,
        validators=Validators(etag='"2"'),
        body_digest=Digest("two"),
        title="Harbour Post & Co",
        due=NOW + minutes(30),
        last_poll=NOW,
        last_success=NOW,
        last_change=NOW,
        next_reason="in 30 min: as the source's settings ask",
    )


def test_conclude_keeps_what_an_answer_of_not_modified_does_not_tell() -> None:
    """Digest, title, and when it last changed."""
    assert after(STATE, Read(validators=STATE.validators, body_digest=None)) == replace(
        FRESH,
        due=NOW + minutes(30),
        last_poll=NOW,
        last_success=NOW,
        next_reason="in 30 min: as the source's settings ask",
    )


def test_conclude_remembers_a_failure_and_what_was_read_before() -> None:
    """The last good state always serves."""
    failed = Failed(trouble=Trouble.ERROR, fault="the server says 404")
    assert after(STATE, failed) == replace(
        STATE,
        due=NOW + minutes(60),
        last_poll=NOW,
        failures=2,
        fault="the server says 404",
        gone=False,
        next_reason="in 1 h: after 2 failures in a row",
    )


@pytest.mark.parametrize(
    ("every", "wait", "reason"),
    [
        (timedelta(seconds=10), minutes(5), "in 5 min: no source is asked more often"),
        (minutes(15), minutes(15), "in 15 min: as the source's settings ask"),
        (timedelta(days=7), timedelta(days=1), "in 1 d: no source is asked less often"),
    ],
)
def test_conclude_keeps_to_the_operators_pace(every: timedelta, wait: timedelta, reason: str) -> None:
    """And says so where it is not what the source asks for."""
    state = after(STATE, Read(validators=STATE.validators, body_digest=None), every=every)
    assert (state.due - NOW, state.next_reason) == (wait, reason)


@pytest.mark.parametrize(
    ("failures", "wait", "reason"),
    [
        (0, minutes(30), "in 30 min: after a failure"),
        (1, minutes(60), "in 1 h: after 2 failures in a row"),
        (2, minutes(120), "in 2 h: after 3 failures in a row"),
        (5, minutes(16 * 60), "in 16 h: after 6 failures in a row"),
        (6, timedelta(days=1), "in 1 d: after 7 failures in a row"),
        (10_000, timedelta(days=1), "in 1 d: after 10001 failures in a row"),
    ],
)
def test_conclude_doubles_the_wait_with_each_failure(failures: int, wait: timedelta, reason: str) -> None:
    """Up to the longest that the operator allows; it is never given up."""
    failed = Failed(trouble=Trouble.ERROR, fault="no answer")
    assert waits(replace(FRESH, failures=failures), failed) == (wait, reason)


@pytest.mark.parametrize(
    ("trouble", "asked", "wait", "reason"),
    [
        (Trouble.BUSY, None, minutes(240), "in 4 h: the publisher is overloaded"),
        (Trouble.BUSY, minutes(90), minutes(90), "in 90 min: the publisher asks for it"),
        (Trouble.BUSY, minutes(1), minutes(30), "in 30 min: after a failure"),
        (Trouble.BUSY, timedelta(0), minutes(240), "in 4 h: the publisher is overloaded"),
        (Trouble.BUSY, timedelta(days=400), timedelta(days=7), "in 7 d: the publisher asks for it"),
        (Trouble.ERROR, minutes(90), minutes(90), "in 90 min: the publisher asks for it"),
        (Trouble.ERROR, minutes(1), minutes(30), "in 30 min: after a failure"),
    ],
)
def test_conclude_heeds_what_the_publisher_asks_for(
    *, trouble: Trouble, asked: timedelta | None, wait: timedelta, reason: str
) -> None:
    """Where it is longer than we would wait anyway, and no longer than a week."""
    failed = Failed(trouble=trouble, fault="429", retry_after=asked)
    assert waits(FRESH, failed) == (wait, reason)


def test_conclude_is_no_more_patient_than_the_operator_allows() -> None:
    """Where every source is to be asked within the hour."""
    failed = Failed(trouble=Trouble.BUSY, fault="503")
    pace = replace(PACE, max_every=timedelta(hours=1))
    state = conclude(FRESH, source=a_source(), ending=failed, pace=pace, now=NOW)
    assert (state.due - NOW, state.next_reason) == (timedelta(hours=1), "in 1 h: the publisher is overloaded")


def test_conclude_lets_patience_grow_with_failures() -> None:
    """A publisher that stays overloaded is asked less and less often."""
    failed = Failed(trouble=Trouble.BUSY, fault="503")
    assert waits(replace(FRESH, failures=5), failed) == (minutes(16 * 60), "in 16 h: after 6 failures in a row")


def test_conclude_lets_a_source_rest_that_is_gone() -> None:
    """Until an editor acts."""
    state = after(FRESH, Failed(trouble=Trouble.GONE, fault="410"))
    assert (state.gone, state.due > NOW + timedelta(days=3000)) == (True, True)
    assert state.next_reason == "not again: the publisher says that it is gone"


@pytest.mark.parametrize(
    ("deaths", "wait", "reason"),
    [
        (0, minutes(30), "in 30 min: after a failure"),
        (1, minutes(30), "in 30 min: after a failure"),
        (2, timedelta(hours=24), "in 1 d: it has ended the parser 3 times in a row"),
        (3, timedelta(hours=24), "in 1 d: it has ended the parser 4 times in a row"),
    ],
)
def test_conclude_puts_a_source_apart_that_ends_the_parser(deaths: int, wait: timedelta, reason: str) -> None:
    """Two can be bad luck with memory."""
    failed = Failed(trouble=Trouble.DEATH, fault="SIGSEGV")
    assert waits(replace(FRESH, deaths=deaths), failed) == (wait, reason)


def test_conclude_counts_deaths_over_other_failures() -> None:
    """A timeout in between proves nothing; only a body that was read does."""
    dead = after(FRESH, Failed(trouble=Trouble.DEATH, fault="SIGSEGV"))
    late = after(dead, Failed(trouble=Trouble.ERROR, fault="no answer"))
    well = after(late, Read(validators=Validators(), body_digest=Digest("two")))
    assert [state.deaths for state in (dead, late, well)] == [1, 1, 0]


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (timedelta(0), "0 s"),
        (timedelta(seconds=45), "45 s"),
        (timedelta(seconds=60), "1 min"),
        (timedelta(seconds=90), "90 s"),
        (timedelta(seconds=150), "2 min"),
        (timedelta(minutes=15), "15 min"),
        (timedelta(minutes=60), "1 h"),
        (timedelta(minutes=90), "90 min"),
        (timedelta(hours=4), "4 h"),
        (timedelta(hours=24), "1 d"),
        (timedelta(hours=36), "36 h"),
        (timedelta(days=3), "3 d"),
        (timedelta(days=3, hours=1), "3 d"),
    ],
)
def test_span_takes_the_largest_unit_that_tells_it_well(wait: timedelta, words: str) -> None:
    """A whole one of it, or from two upwards."""
    assert span(wait) == words
