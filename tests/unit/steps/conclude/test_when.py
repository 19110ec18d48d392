"""When a source that was read well is asked next, and why."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from feedhub.model.fetching import Validators
from feedhub.model.hints import Hints
from feedhub.model.keys import SourceSlug
from feedhub.model.polling import Pace
from feedhub.model.source import SourceState
from feedhub.steps.conclude.when import when
from tests.builders import NOW, a_source
from tests.unit.steps.conclude.scene import PACE, a_state, ago, days, each, hours, minutes

NONE = Validators()


def due(
    state: SourceState,
    *,
    every: timedelta | None = None,
    pace: Pace = PACE,
    fresh_for: timedelta | None = None,
) -> tuple[timedelta, str]:
    """The wait and its reason."""
    found = when(state, source=a_source(every=every), pace=pace, fresh_for=fresh_for, now=NOW)
    return found.at - NOW, found.reason


@pytest.mark.parametrize(
    ("every", "wait", "reason"),
    [
        (timedelta(seconds=10), minutes(5), "in 5 min: no source is asked more often"),
        (minutes(15), minutes(15), "in 15 min: as its settings say"),
        (days(7), days(1), "in 1 d: no source is asked less often"),
    ],
)
def test_when_the_editor_has_set_a_pace_it_counts_within_the_operators(
    every: timedelta, wait: timedelta, reason: str
) -> None:
    assert due(a_state(recent=each(minutes(20))), every=every) == (wait, reason)


@pytest.mark.parametrize(
    ("gap", "wait", "reason"),
    [
        (minutes(1), minutes(5), "in 5 min: publishes 60/h"),
        (minutes(15), minutes(7.5), "in 7 min: publishes 4/h"),
        (hours(1), minutes(30), "in 30 min: publishes 1/h"),
        (hours(8), hours(4), "in 4 h: publishes 3/d"),
        (hours(30), hours(15), "in 15 h: publishes every 30 h"),
        (days(9), days(1), "in 1 d: publishes every 9 d"),
    ],
)
def test_when_nobody_has_set_a_pace_it_is_half_the_gap_between_entries(
    gap: timedelta, wait: timedelta, reason: str
) -> None:
    assert due(a_state(recent=each(gap, 8))) == (wait, reason)


@pytest.mark.parametrize("recent", [(), each(minutes(20), 3), (NOW,) * 20])
def test_when_too_few_dates_are_known_the_default_counts(recent: tuple[object, ...]) -> None:
    assert due(a_state(recent=recent)) == (minutes(30), "in 30 min: its rhythm is not known yet")


@pytest.mark.parametrize("first", [None, NOW, ago(hours(23))])
def test_when_a_source_is_new_its_dates_can_only_make_us_quicker(first: object) -> None:
    quick, slow = each(minutes(20)), each(hours(20))
    assert due(a_state(first_success=first, recent=quick)) == (minutes(10), "in 10 min: publishes 3/h")
    assert due(a_state(first_success=first, recent=slow)) == (minutes(30), "in 30 min: followed for less than a day")


@pytest.mark.parametrize(
    ("silent", "wait", "reason"),
    [
        (hours(4), minutes(10), "in 10 min: publishes 3/h"),
        (hours(12), minutes(30), "in 30 min: nothing new for 12 h"),
        (days(2), hours(2), "in 2 h: nothing new for 2 d"),
        (days(40), days(1), "in 1 d: nothing new for 30 d"),
    ],
)
def test_when_a_source_has_fallen_silent_it_is_asked_less_often(
    silent: timedelta, wait: timedelta, reason: str
) -> None:
    recent = tuple(date - silent for date in each(minutes(20)))
    assert due(a_state(recent=recent, last_change=ago(silent))) == (wait, reason)


def test_when_entries_come_with_dates_that_are_long_past_the_source_is_not_silent() -> None:
    recent = tuple(date - days(400) for date in each(minutes(20)))
    assert due(a_state(recent=recent, last_change=NOW)) == (minutes(10), "in 10 min: publishes 3/h")


@pytest.mark.parametrize(
    ("hints", "fresh_for", "wait", "reason"),
    [
        (Hints(ttl=hours(2)), None, hours(2), "in 2 h: asks for it (ttl)"),
        (Hints(every=hours(2)), None, hours(2), "in 2 h: asks for it (updatePeriod)"),
        (Hints(), hours(2), hours(2), "in 2 h: asks for it (caching)"),
        (Hints(ttl=hours(1), every=hours(3)), hours(2), hours(3), "in 3 h: asks for it (updatePeriod)"),
        (Hints(ttl=days(30)), None, days(1), "in 1 d: asks for it (ttl)"),
        (Hints(ttl=minutes(5)), minutes(3), minutes(15), "in 15 min: as its settings say, asks for 5 min"),
        (Hints(ttl=minutes(15)), None, minutes(15), "in 15 min: as its settings say, asks for 15 min"),
        (Hints(ttl=timedelta(0), every=minutes(-9)), timedelta(0), minutes(15), "in 15 min: as its settings say"),
    ],
)
def test_when_the_publisher_asks_for_more_time_it_has_it_up_to_the_longest_wait(
    *, hints: Hints, fresh_for: timedelta | None, wait: timedelta, reason: str
) -> None:
    assert due(a_state(hints=hints), every=minutes(15), fresh_for=fresh_for) == (wait, reason)


def test_when_seldom_changed_a_source_without_validators_is_asked_once_a_day() -> None:
    still = a_state(validators=NONE, last_change=ago(days(8)))
    assert due(still, every=hours(1)) == (days(1), "in 1 d: seldom changes and gives no validators")


@pytest.mark.parametrize(
    "state",
    [
        a_state(validators=Validators(etag='"1"'), last_change=ago(days(8))),
        a_state(validators=Validators(last_modified="Mon"), last_change=ago(days(8))),
        a_state(validators=NONE, last_change=ago(days(6))),
        a_state(validators=NONE, last_change=None, first_success=ago(days(6))),
        a_state(validators=NONE, last_change=ago(days(8)), recent=(ago(days(6)),)),
    ],
)
def test_when_it_has_validators_or_changes_a_source_is_asked_at_its_own_pace(state: SourceState) -> None:
    assert due(state, every=hours(1)) == (hours(1), "in 1 h: as its settings say")


@pytest.mark.parametrize(
    ("every", "wait", "reason"),
    [
        (None, hours(12), "in 12 h: its hub tells us of news"),
        (minutes(10), hours(12), "in 12 h: its hub tells us of news"),
        (hours(20), hours(20), "in 20 h: as its settings say"),
    ],
)
def test_when_a_hub_tells_of_news_the_source_is_asked_twice_a_day(
    every: timedelta | None, wait: timedelta, reason: str
) -> None:
    assert due(a_state(pushed=True, recent=each(minutes(20))), every=every) == (wait, reason)


def test_when_the_operator_wants_every_source_asked_within_the_hour_that_bounds_all() -> None:
    pace = Pace(max_every=hours(1))
    pushed, asking, seldom = (
        a_state(pushed=True),
        a_state(hints=Hints(ttl=hours(2))),
        a_state(validators=NONE, last_change=ago(days(8))),
    )
    assert [due(state, every=minutes(30), pace=pace)[0] for state in (pushed, asking, seldom)] == [hours(1)] * 3


def test_when_polls_are_spread_a_source_finds_its_own_phase_step_by_step_and_stays_there() -> None:
    pace = replace(PACE, spread=minutes(4))
    state, now, polls = a_state(), NOW, []
    for _ in range(12):
        now = when(state, source=a_source(every=minutes(30)), pace=pace, fresh_for=None, now=now).at
        polls.append(now)
    waits = [later - earlier for earlier, later in pairwise(polls)]
    assert all(minutes(26) <= wait <= minutes(30) for wait in waits)
    assert waits[-3:] == [minutes(30)] * 3


def test_when_polls_are_spread_no_two_sources_that_began_together_stay_together() -> None:
    pace, source = replace(PACE, spread=minutes(10)), a_source(every=minutes(30))
    found = set()
    for number in range(50):
        state, now = a_state(slug=SourceSlug(f"harbour-{number}")), NOW
        for _ in range(6):
            now = when(state, source=source, pace=pace, fresh_for=None, now=now).at
        found.add(now)
    assert len(found) == 50


@pytest.mark.parametrize(
    ("state", "every", "wait"),
    [
        (a_state(), minutes(5), minutes(5)),
        (a_state(hints=Hints(ttl=minutes(30))), minutes(30), minutes(30)),
        (a_state(hints=Hints(ttl=hours(2))), minutes(30), hours(2)),
        (a_state(pushed=True), None, hours(12)),
    ],
)
def test_when_polls_are_spread_none_comes_before_what_is_not_ours_to_shorten(
    state: SourceState, every: timedelta | None, wait: timedelta
) -> None:
    assert due(state, every=every, pace=replace(PACE, spread=minutes(10)))[0] == wait
