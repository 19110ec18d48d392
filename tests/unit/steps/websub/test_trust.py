"""When a hub is trusted to tell of news, and when no longer."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from feedhub.model.websub import Subscription, SubscriptionKind
from feedhub.steps.websub import doubted, proven, trusted
from feedhub.steps.websub.trust import GRACE, MOST_MISSED
from tests.builders import NOW, a_subscription

HOUR = timedelta(hours=1)
ACTIVE = a_subscription(kind=SubscriptionKind.ACTIVE, lease_until=NOW + HOUR)
TRUSTED = replace(ACTIVE, first_push=NOW - 5 * HOUR, last_push=NOW - 3 * HOUR)


def test_a_hub_that_has_pushed_is_trusted_while_its_lease_runs() -> None:
    assert [trusted(TRUSTED, at) for at in (NOW, NOW + HOUR, NOW + 2 * HOUR)] == [True, False, False]


@pytest.mark.parametrize(
    "subscription",
    [
        None,
        ACTIVE,
        replace(TRUSTED, lease_until=None),
        replace(TRUSTED, kind=SubscriptionKind.ASKED),
        replace(TRUSTED, kind=SubscriptionKind.DENIED),
        replace(TRUSTED, kind=SubscriptionKind.ENDED),
    ],
)
def test_without_a_push_or_a_running_subscription_it_is_not(subscription: Subscription | None) -> None:
    assert not trusted(subscription, NOW)


def test_the_first_push_earns_trust_whether_polling_was_first_or_not() -> None:
    for news in (True, False):
        assert proven(ACTIVE, NOW, news=news) == replace(ACTIVE, first_push=NOW, last_push=NOW)


def test_later_pushes_leave_the_first_one_as_it_is() -> None:
    assert proven(TRUSTED, NOW, news=True) == replace(TRUSTED, last_push=NOW)


def test_a_push_while_the_lease_is_asked_for_anew_earns_nothing_yet() -> None:
    asked = a_subscription()
    assert proven(asked, NOW, news=True) == replace(asked, last_push=NOW)


@pytest.mark.parametrize(
    ("date", "late"),
    [
        (None, 1),
        (NOW - HOUR, 1),
        (NOW - GRACE, 1),
        (NOW - GRACE + timedelta(seconds=1), 0),
        (NOW - timedelta(seconds=1), 0),
        (NOW, 1),
        (NOW + HOUR, 1),
        (NOW - 5 * HOUR, 0),
        (NOW - 6 * HOUR, 0),
    ],
)
def test_what_came_out_since_and_was_not_pushed_in_time_ends_the_trust(date: datetime | None, late: int) -> None:
    expected = replace(TRUSTED, first_push=None, missed=1) if late else TRUSTED
    assert doubted(TRUSTED, [date], NOW) == expected


def test_nothing_new_leaves_it_as_it_is() -> None:
    assert doubted(TRUSTED, [], NOW) == TRUSTED


def test_a_hub_that_has_never_pushed_has_missed_nothing() -> None:
    assert doubted(ACTIVE, [None, NOW - HOUR], NOW) == ACTIVE


def test_trust_comes_back_when_pushes_were_first_as_often_as_they_were_late() -> None:
    late = doubted(TRUSTED, [NOW - HOUR, NOW - 2 * HOUR], NOW)
    known = proven(late, NOW, news=False)
    once = proven(known, NOW, news=True)
    twice = proven(once, NOW + HOUR, news=True)
    assert [one.missed for one in (late, known, once, twice)] == [2, 2, 1, 0]
    assert [one.first_push for one in (late, known, once, twice)] == [None, None, None, NOW + HOUR]


def test_what_is_missed_after_that_counts_from_the_last_push() -> None:
    late = replace(TRUSTED, first_push=None, missed=1)
    assert doubted(late, [NOW - 2 * HOUR], NOW).missed == 2
    assert doubted(late, [NOW - 4 * HOUR], NOW) == late


def test_a_bad_day_does_not_count_for_a_year() -> None:
    assert doubted(TRUSTED, [None] * 500, NOW).missed == MOST_MISSED
