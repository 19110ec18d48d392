"""How often a source publishes."""

from datetime import datetime, timedelta

import pytest

from feedhub.steps.conclude.rhythm import rhythm
from tests.builders import NOW
from tests.unit.steps.conclude.scene import dated, days, each, hours, minutes

LEAST = minutes(5)


@pytest.mark.parametrize(
    ("dates", "gap"),
    [
        ((), None),
        (each(hours(1), 3), None),
        (each(hours(1), 4), hours(1)),
        (each(hours(1), 4)[::-1], hours(1)),
        ((*each(hours(1), 3), *each(hours(1), 3)), None),
        (dated(hours(0), hours(1), hours(2), days(9), days(30)), hours(1)),
        (dated(hours(0), hours(1), hours(2), hours(12), hours(24)), hours(1)),
    ],
)
def test_rhythm_is_the_middle_gap_of_four_different_dates_or_more(
    dates: tuple[datetime, ...], gap: timedelta | None
) -> None:
    assert rhythm(dates, least=LEAST) == gap


def test_rhythm_takes_a_burst_of_entries_for_one_moment() -> None:
    bursts = [date - timedelta(seconds=second) for date in each(hours(6), 4) for second in range(5)]
    assert rhythm(bursts, least=LEAST) == hours(6)


def test_rhythm_of_a_feed_that_shows_but_a_minute_is_that_of_its_entries() -> None:
    assert rhythm(each(timedelta(seconds=3), 20), least=LEAST) == timedelta(seconds=3)


def test_rhythm_joins_no_more_than_lies_within_the_shortest_wait() -> None:
    assert rhythm(each(LEAST, 20), least=LEAST) == LEAST
    assert rhythm((NOW, *dated(minutes(4), minutes(8), minutes(12), minutes(16), minutes(24))), least=LEAST) == minutes(
        8
    )
