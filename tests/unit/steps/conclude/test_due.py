"""Times to ask again, in words, and around what a source skips."""

from datetime import datetime, timedelta

import pytest

from feedhub.model.hints import Hints
from feedhub.steps.conclude.due import Due, due_in, outside_skipped
from tests.builders import NOW
from tests.unit.steps.conclude.scene import minutes

NIGHT = (22, 23, 0, 1, 2, 3, 4, 5)
WEEKEND = (5, 6)
WEEKDAYS = (0, 1, 2, 3, 4)


def moved(at: datetime, hints: Hints) -> Due:
    """What becomes of a poll that would come then."""
    return outside_skipped(Due(at=at, reason="in time"), hints, now=NOW)


def test_due_in_tells_the_wait_and_its_reason() -> None:
    assert due_in(minutes(90), "after a failure", now=NOW) == Due(
        at=NOW + minutes(90), reason="in 90 min: after a failure"
    )


@pytest.mark.parametrize(
    ("after", "hints", "at", "reason"),
    [
        (13.5, Hints(skip_hours=NIGHT), 21, "on Tuesday at 06:00 UTC: wants to be left alone until then (skipHours)"),
        (1.5, Hints(skip_hours=(10,)), 2, "at 11:00 UTC: wants to be left alone until then (skipHours)"),
        (15, Hints(skip_days=(1,)), 39, "on Wednesday at 00:00 UTC: wants to be left alone until then (skipDays)"),
        (
            5 * 24,
            Hints(skip_days=WEEKEND, skip_hours=NIGHT),
            6 * 24 + 21,
            "on Monday at 06:00 UTC: wants to be left alone until then (skipDays)",
        ),
    ],
)
def test_outside_skipped_is_the_first_moment_in_which_the_source_is_willing(
    *, after: float, hints: Hints, at: float, reason: str
) -> None:
    assert moved(NOW + timedelta(hours=after), hints) == Due(at=NOW + timedelta(hours=at), reason=reason)


@pytest.mark.parametrize(
    "hints",
    [
        Hints(),
        Hints(skip_hours=NIGHT, skip_days=WEEKEND),
        Hints(skip_hours=tuple(range(24))),
        Hints(skip_days=tuple(range(7))),
        Hints(skip_hours=(24, -1, 99), skip_days=(7,)),
    ],
)
def test_outside_skipped_leaves_what_is_not_skipped_and_who_skips_everything(hints: Hints) -> None:
    assert moved(NOW + minutes(7), hints) == Due(at=NOW + minutes(7), reason="in time")


def test_outside_skipped_finds_the_one_hour_of_the_week_that_is_left() -> None:
    hints = Hints(skip_days=(*WEEKDAYS, 5), skip_hours=tuple(range(23)))
    assert moved(NOW, hints).at == datetime(2026, 3, 8, 23, tzinfo=NOW.tzinfo)
