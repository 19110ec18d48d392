"""What polls learn of hubs."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from feedhub.model.hints import Hints
from feedhub.model.websub import SubscriptionKind
from tests.builders import NOW, a_subscription
from tests.flows.hubs import HUB, SECOND, TOPIC, some_hubs

HINTS = Hints(hubs=(HUB, SECOND), topic=TOPIC)
HOUR = timedelta(hours=1)


def test_a_feed_that_announces_a_hub_is_to_be_subscribed_to_now(tmp_path: Path) -> None:
    hubs = some_hubs(tmp_path)
    assert not hubs.follow(HINTS)
    assert hubs.found == a_subscription(token="1", secret="2")


def test_one_that_announces_none_is_not(tmp_path: Path) -> None:
    hubs = some_hubs(tmp_path)
    assert not hubs.follow(Hints())
    assert not hubs.follow(None)
    assert hubs.found is None


def test_a_source_is_pushed_once_its_hub_is_trusted(tmp_path: Path) -> None:
    hubs = some_hubs(tmp_path)
    before = hubs.active()
    untrusted = hubs.follow(HINTS)
    trusted = hubs.active(first_push=NOW)
    assert (untrusted, hubs.follow(HINTS), hubs.follow(None)) == (False, True, True)
    assert (before.token, hubs.found) == (trusted.token, trusted)


def test_a_poll_that_finds_what_push_has_missed_ends_that(tmp_path: Path) -> None:
    hubs = some_hubs(tmp_path)
    trusted = hubs.active(first_push=NOW - 5 * HOUR)
    assert not hubs.follow(HINTS, NOW - HOUR, NOW - 9 * HOUR, None)
    assert hubs.found == replace(trusted, first_push=None, missed=2)


def test_a_lease_that_has_run_out_ends_it_too(tmp_path: Path) -> None:
    hubs = some_hubs(tmp_path)
    hubs.active(first_push=NOW, lease_until=NOW)
    assert not hubs.follow(None)


def test_another_topic_or_hub_is_subscribed_to_anew(tmp_path: Path) -> None:
    hubs = some_hubs(tmp_path)
    for hints in (Hints(hubs=(SECOND,), topic=TOPIC), Hints(hubs=(HUB,), topic="https://harbour.example/new")):
        before = hubs.active(first_push=NOW)
        assert not hubs.follow(hints)
        after = hubs.found
        assert after
        assert (after.hub, after.topic, after.kind) == (hints.hubs[0], hints.topic, SubscriptionKind.ASKED)
        assert before.token != after.token


def test_a_feed_that_announces_no_hub_any_more_is_left(tmp_path: Path) -> None:
    hubs = some_hubs(tmp_path)
    hubs.active(first_push=NOW)
    assert not hubs.follow(Hints())
    assert hubs.found is None


def test_where_hubs_cannot_reach_us_nothing_is_begun_and_nothing_trusted(tmp_path: Path) -> None:
    hubs = some_hubs(tmp_path)
    assert not hubs.follow(HINTS, works=False)
    assert hubs.found is None
    hubs.active(first_push=NOW)
    assert not hubs.follow(HINTS, works=False)
