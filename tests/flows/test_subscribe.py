"""Asking hubs."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from feedhub.model.fetching import Accepted, Ask, Fetched, Gone, Moved, Outcome, Refused, Validators, Why
from feedhub.model.websub import SubscriptionKind
from tests.builders import NOW, a_subscription
from tests.flows.hubs import DAY, HUB, SECOND, SELDOM, TOPIC, Hubs, some_hubs

MINUTE = timedelta(minutes=1)
TAKEN = Accepted(status=202, millis=5)
SLOW = Refused(why=Why.STATUS, detail="HTTP 503: overloaded.", status=503, retry_after=timedelta(hours=3))
MISSING = Refused(why=Why.STATUS, detail="HTTP 404: nothing is here.", status=404)
PAGE = Fetched(
    body=b"hello", media_type="text/html", charset=None, url=HUB, validators=Validators(), wire_bytes=5, millis=5
)


def answering(hubs: Hubs, outcome: Outcome) -> Hubs:
    """The same, the hub answering so."""
    hubs.fetcher.answers[HUB] = outcome
    return hubs


def test_a_hub_is_asked_for_what_the_recommendation_wants(tmp_path: Path) -> None:
    hubs = answering(some_hubs(tmp_path), TAKEN)
    hubs.save()
    assert hubs.subscribe() == 1
    form = (
        ("hub.mode", "subscribe"),
        ("hub.topic", TOPIC),
        ("hub.callback", "https://feeds.example.org/websub/token-of-harbour"),
        ("hub.verify", "async"),
        ("hub.secret", "secret-of-harbour"),
        ("hub.lease_seconds", "864000"),
    )
    assert hubs.fetcher.asked == [Ask(ref="token-of-harbour", url=HUB, form=form)]
    assert hubs.found == a_subscription(asked_at=NOW, next_at=NOW + 5 * MINUTE)


def test_nothing_due_asks_nobody(tmp_path: Path) -> None:
    hubs = some_hubs(tmp_path)
    assert hubs.subscribe() == 0
    hubs.save(next_at=NOW + MINUTE)
    assert (hubs.subscribe(), hubs.fetcher.asked) == (0, [])


def test_one_that_is_being_asked_is_left_alone_until_its_hub_had_time_to_verify(tmp_path: Path) -> None:
    hubs = answering(some_hubs(tmp_path), TAKEN)
    hubs.save()
    asked = [hubs.subscribe()]
    for _ in range(3):
        hubs.clock.advance(5 * MINUTE)
        asked.append(hubs.subscribe())
    assert asked == [1, 0, 1, 0]
    after = hubs.found
    assert after
    assert (after.failures, after.next_at - hubs.clock()) == (2, 10 * MINUTE)
    assert after.fault.startswith("the hub took the request but did not verify it: see that it can reach")


def test_a_hub_that_verifies_before_it_answers_is_believed_whatever_it_answers(tmp_path: Path) -> None:
    hubs = some_hubs(tmp_path)
    hubs.save()

    class Hasty(dict[str, bytes | Outcome]):
        """Lets the hub verify while it is being asked."""

        def get(self, *_: object) -> Outcome:
            assert hubs.verify("token-of-harbour") == "what?"
            return SLOW

    hubs.fetcher.answers = Hasty()
    hubs.subscribe()
    after = hubs.found
    assert after
    assert (after.kind, after.lease_until, after.fault) == (SubscriptionKind.ACTIVE, NOW + 10 * DAY, "")


@pytest.mark.parametrize(
    ("outcome", "wait", "fault"),
    [
        (SLOW, timedelta(hours=3), "HTTP 503: overloaded."),
        (Moved(url="https://new.example/", then=SLOW), timedelta(hours=3), "HTTP 503: overloaded."),
        (PAGE, 5 * MINUTE, "it answers, but not as a hub does"),
    ],
)
def test_a_hub_that_refuses_is_asked_again_later(
    tmp_path: Path, outcome: Outcome, *, wait: timedelta, fault: str
) -> None:
    hubs = answering(some_hubs(tmp_path), outcome)
    hubs.save()
    hubs.subscribe()
    assert hubs.found == a_subscription(
        asked_at=NOW, next_at=NOW + wait, failures=1, fault=f"the hub hub.example took no request: {fault}"
    )


def test_a_hub_that_has_moved_is_followed_and_kept_by_the_name_that_feeds_announce(tmp_path: Path) -> None:
    hubs = answering(some_hubs(tmp_path), Moved(url="https://new.example/", then=TAKEN))
    hubs.save()
    hubs.subscribe()
    assert hubs.found == a_subscription(asked_at=NOW, next_at=NOW + 5 * MINUTE)


@pytest.mark.parametrize("outcome", [MISSING, Gone(millis=5)])
def test_a_hub_that_is_gone_ends_it_and_after_a_week_it_may_begin_anew(tmp_path: Path, outcome: Outcome) -> None:
    hubs = answering(some_hubs(tmp_path), outcome)
    hubs.save()
    hubs.subscribe()
    after = hubs.found
    assert after
    assert (after.kind, after.next_at) == (SubscriptionKind.ENDED, NOW + 7 * DAY)
    hubs.clock.advance(7 * DAY)
    assert (hubs.subscribe(), hubs.found) == (0, None)


def test_the_other_hubs_of_a_source_are_tried_in_turn(tmp_path: Path) -> None:
    hubs = answering(some_hubs(tmp_path), SLOW)
    hubs.fetcher.answers[SECOND] = TAKEN
    hubs.announce(HUB, SECOND)
    hubs.save()
    hubs.subscribe()
    hubs.subscribe()
    assert [ask.url for ask in hubs.fetcher.asked] == [HUB, SECOND]
    assert hubs.found == a_subscription(
        hub=SECOND, token="1", secret="2", asked_at=NOW, next_at=NOW + 5 * MINUTE, failures=1
    )


def test_a_hub_that_denied_is_asked_again_unless_there_is_another(tmp_path: Path) -> None:
    hubs = answering(some_hubs(tmp_path), TAKEN)
    hubs.fetcher.answers[SECOND] = TAKEN
    hubs.save(kind=SubscriptionKind.DENIED, fault="the hub denied the subscription")
    hubs.subscribe()
    hubs.announce(HUB, SECOND)
    hubs.save(kind=SubscriptionKind.DENIED, fault="the hub denied the subscription")
    hubs.subscribe()
    assert [ask.url for ask in hubs.fetcher.asked] == [HUB, SECOND]


def test_a_lease_is_renewed_at_four_fifths_with_the_same_callback_and_the_trust_stays(tmp_path: Path) -> None:
    hubs = answering(some_hubs(tmp_path), TAKEN)
    trusted = hubs.active(first_push=NOW)
    hubs.clock.advance(8 * DAY)
    hubs.subscribe()
    later = hubs.clock()
    assert [dict(ask.form or ())["hub.callback"] for ask in hubs.fetcher.asked] == [
        "https://feeds.example.org/websub/token-of-harbour"
    ]
    assert hubs.found == replace(trusted, asked_at=later, next_at=later + 5 * MINUTE)


def test_with_the_lease_the_trust_ends_at_once_and_the_source_is_due(tmp_path: Path) -> None:
    hubs = answering(some_hubs(tmp_path), SLOW)
    hubs.active(first_push=NOW)
    hubs.clock.advance(8 * DAY)
    while hubs.clock() < NOW + 10 * DAY:
        hubs.subscribe()
        assert hubs.state.due == NOW + SELDOM
        after = hubs.found
        assert after
        assert after.first_push
        hubs.clock.now = after.next_at
    hubs.subscribe()
    after = hubs.found
    assert after
    assert (hubs.clock() - NOW, after.kind, after.first_push) == (10 * DAY, SubscriptionKind.ASKED, None)
    assert hubs.state.due == hubs.clock()


def test_switched_off_what_there_is_is_given_up(tmp_path: Path) -> None:
    hubs = answering(some_hubs(tmp_path), TAKEN)
    hubs.active(first_push=NOW)
    asked = [hubs.subscribe(works=False), hubs.subscribe(works=False)]
    form = (
        ("hub.mode", "unsubscribe"),
        ("hub.topic", TOPIC),
        ("hub.callback", "https://feeds.example.org/websub/token-of-harbour"),
        ("hub.verify", "async"),
    )
    assert (asked, hubs.fetcher.asked) == ([1, 0], [Ask(ref="token-of-harbour", url=HUB, form=form)])
    assert hubs.state.due == NOW
    assert hubs.verify("token-of-harbour", "unsubscribe") == "what?"
    hubs.clock.advance(10 * MINUTE)
    assert (hubs.subscribe(works=False), hubs.found) == (0, None)


def test_what_a_hub_says_to_a_farewell_changes_nothing(tmp_path: Path) -> None:
    hubs = answering(some_hubs(tmp_path), SLOW)
    hubs.active()
    hubs.subscribe(works=False)
    after = hubs.found
    assert after
    assert (after.kind, after.next_at, after.fault) == (SubscriptionKind.ENDED, NOW + 10 * MINUTE, "")
