"""How subscriptions go on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from feedhub.model.hints import Hints
from feedhub.model.keys import SourceSlug
from feedhub.model.websub import Refusal, Subscription, SubscriptionKind
from feedhub.steps.websub import (
    asked,
    begun,
    denied,
    elsewhere,
    ended,
    lapsed,
    refused,
    stands,
    unverified,
    verified,
)
from feedhub.steps.websub.lifecycle import LATER, LONGEST_LEASE
from tests.builders import NOW, a_subscription

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FIRST, SECOND = "https://hub.example/", "https://second.example/"
NO = Refusal(fault="the hub says no")
GONE = Refusal(fault="the hub is gone", gone=True)

NEW = a_subscription()
ASKED = replace(NEW, asked_at=NOW, next_at=NOW + 5 * MINUTE)
ACTIVE = replace(
    ASKED,
    kind=SubscriptionKind.ACTIVE,
    verified_at=NOW,
    lease_until=NOW + 10 * DAY,
    next_at=NOW + 8 * DAY,
)
TRUSTED = replace(ACTIVE, first_push=NOW + HOUR, last_push=NOW + HOUR)


def numbered() -> Callable[[], str]:
    """Gives "1", "2" and so on."""
    numbers = count(1)
    return lambda: str(next(numbers))


def fail(subscription: Subscription, refusal: Refusal = NO, *hubs: str) -> Subscription:
    """After a refusal at NOW, of a source that announces the first hub and these."""
    return refused(subscription, refusal, hubs=(FIRST, *hubs), mint=numbered(), now=NOW)


def test_it_begins_at_the_first_hub_with_a_token_and_a_secret_of_its_own() -> None:
    hints = Hints(hubs=(SECOND, FIRST), topic="https://harbour.example/rss")
    assert begun(SourceSlug("harbour"), hints, mint=numbered(), now=NOW) == replace(
        NEW, hub=SECOND, token="1", secret="2"
    )


def test_it_stands_while_its_hub_is_among_those_announced_for_its_topic() -> None:
    topic = NEW.topic
    both, other, elsewhere_ = (
        Hints(hubs=(SECOND, FIRST), topic=topic),
        Hints(hubs=(SECOND,), topic=topic),
        Hints(hubs=(FIRST,), topic="https://x/"),
    )
    assert [stands(NEW, hints) for hints in (both, other, elsewhere_, Hints())] == [True, False, False, False]


def test_while_it_is_asked_the_hub_has_five_minutes_to_verify() -> None:
    failed = replace(NEW, fault="the hub says no", failures=2)
    assert asked(failed, NOW) == replace(ASKED, failures=2)


def test_a_renewal_leaves_lease_and_trust_as_they_are() -> None:
    later = NOW + 8 * DAY
    assert asked(TRUSTED, later) == replace(TRUSTED, asked_at=later, next_at=later + 5 * MINUTE)


def test_with_the_lease_the_trust_runs_out_and_it_begins_again() -> None:
    later = NOW + 10 * DAY
    assert asked(TRUSTED, later) == replace(
        ASKED, asked_at=later, next_at=later + 5 * MINUTE, last_push=TRUSTED.last_push
    )


def test_a_lease_runs_out_at_its_end() -> None:
    assert [lapsed(one, NOW + 10 * DAY) for one in (ACTIVE, NEW)] == [True, False]
    assert not lapsed(ACTIVE, NOW + 10 * DAY - MINUTE)


@pytest.mark.parametrize(
    ("subscription", "expected"),
    [
        (NEW, False),
        (ASKED, True),
        (replace(ASKED, fault="the hub says no"), False),
        (ACTIVE, False),
        (replace(ACTIVE, asked_at=NOW + DAY), True),
    ],
)
def test_it_is_unverified_when_the_hub_was_asked_and_has_neither_refused_nor_verified(
    subscription: Subscription, *, expected: bool
) -> None:
    assert unverified(subscription) == expected


def test_it_is_renewed_at_four_fifths_of_the_lease() -> None:
    failed = replace(ASKED, fault="never verified", failures=3)
    lease = timedelta(seconds=86400)
    assert verified(failed, lease, NOW) == replace(ACTIVE, lease_until=NOW + DAY, next_at=NOW + 0.8 * DAY)


def test_a_hub_that_names_no_lease_is_taken_to_give_ours() -> None:
    assert verified(ASKED, None, NOW) == ACTIVE


def test_no_lease_is_believed_for_ever_and_none_is_renewed_every_moment() -> None:
    long, short = verified(ASKED, timedelta(days=3650), NOW), verified(ASKED, MINUTE, NOW)
    assert long.lease_until == NOW + LONGEST_LEASE
    assert (short.lease_until, short.next_at) == (NOW + MINUTE, NOW + 10 * MINUTE)


def test_a_renewal_that_is_verified_keeps_the_trust() -> None:
    later = NOW + 8 * DAY
    renewed = verified(asked(TRUSTED, later), 10 * DAY, later)
    assert (renewed.first_push, renewed.lease_until) == (TRUSTED.first_push, later + 10 * DAY)


def test_denied_it_is_asked_for_again_in_a_week() -> None:
    assert denied(TRUSTED, "no room", NOW) == replace(
        TRUSTED,
        kind=SubscriptionKind.DENIED,
        verified_at=None,
        lease_until=None,
        first_push=None,
        next_at=NOW + LATER,
        fault="the hub denied the subscription: no room",
    )
    assert denied(NEW, "", NOW).fault == "the hub denied the subscription"


def test_refused_it_waits_twice_as_long_each_time_up_to_a_day() -> None:
    failed, waits = ASKED, []
    for _ in range(12):
        failed = fail(failed)
        waits.append((failed.next_at - NOW) // MINUTE)
    assert waits == [5, 10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440, 1440]
    assert (failed.failures, failed.fault, failed.token) == (12, "the hub says no", ASKED.token)


def test_a_hub_that_says_when_is_not_asked_sooner() -> None:
    waits = [fail(ASKED, Refusal(fault="busy", retry_after=span)).next_at - NOW for span in (HOUR, MINUTE, 30 * DAY)]
    assert waits == [HOUR, 5 * MINUTE, DAY]


def test_other_hubs_have_their_turn_before_anybody_waits() -> None:
    second = fail(ASKED, NO, SECOND)
    first = fail(second, NO, SECOND)
    again = fail(first, NO, SECOND)
    assert second == replace(
        ASKED, hub=SECOND, token="1", secret="2", asked_at=None, next_at=NOW, failures=1, fault="the hub says no"
    )
    assert [(one.hub, one.next_at - NOW) for one in (second, first, again)] == [
        (SECOND, timedelta(0)),
        (FIRST, 5 * MINUTE),
        (SECOND, timedelta(0)),
    ]


def test_while_the_lease_runs_a_refused_renewal_stays_with_its_hub() -> None:
    failing = replace(TRUSTED, failures=20)
    after = refused(failing, NO, hubs=(FIRST, SECOND), mint=numbered(), now=NOW + 9.5 * DAY)
    assert after == replace(failing, failures=21, fault="the hub says no", next_at=NOW + 10 * DAY)


def test_a_hub_that_is_gone_is_left_for_another_at_once() -> None:
    after = fail(TRUSTED, GONE, SECOND)
    assert (after.hub, after.kind, after.lease_until, after.first_push, after.next_at) == (
        SECOND,
        SubscriptionKind.ASKED,
        None,
        None,
        NOW,
    )


def test_where_the_only_hub_is_gone_the_subscription_ends() -> None:
    assert fail(ACTIVE, GONE) == replace(
        ACTIVE,
        kind=SubscriptionKind.ENDED,
        verified_at=None,
        lease_until=None,
        failures=1,
        fault="the hub is gone",
        next_at=NOW + LATER,
    )


def test_ended_it_holds_nothing_and_is_kept_for_a_while() -> None:
    assert ended(TRUSTED, NOW + HOUR) == replace(
        TRUSTED,
        kind=SubscriptionKind.ENDED,
        verified_at=None,
        lease_until=None,
        first_push=None,
        next_at=NOW + HOUR,
    )


@pytest.mark.parametrize(
    ("hubs", "expected"),
    [((), FIRST), ((FIRST,), FIRST), ((FIRST, SECOND), SECOND), ((SECOND, FIRST), SECOND), ((SECOND,), SECOND)],
)
def test_elsewhere_is_the_next_hub_in_the_row(hubs: tuple[str, ...], expected: str) -> None:
    moved = elsewhere(ASKED, hubs, numbered())
    assert moved.hub == expected
    assert (moved == ASKED) == (expected == FIRST)
