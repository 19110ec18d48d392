"""Answers to hubs that ask whether we meant it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from feedhub.model.websub import SubscriptionKind
from tests.builders import NOW
from tests.flows.hubs import DAY, SELDOM, some_hubs

TOKEN = "token-of-harbour"


def test_what_was_asked_for_is_confirmed_for_as_long_as_the_hub_says(tmp_path: Path) -> None:
    hubs = some_hubs(tmp_path)
    asked = hubs.save(asked_at=NOW, failures=2)
    assert hubs.verify(TOKEN, lease_seconds="86400") == "what?"
    assert hubs.found == replace(
        asked,
        kind=SubscriptionKind.ACTIVE,
        verified_at=NOW,
        lease_until=NOW + DAY,
        next_at=NOW + 0.8 * DAY,
        failures=0,
    )


def test_a_hub_may_ask_again_while_it_is_active(tmp_path: Path) -> None:
    hubs = some_hubs(tmp_path)
    hubs.active(first_push=NOW)
    hubs.clock.advance(DAY)
    assert hubs.verify(TOKEN) == "what?"
    after = hubs.found
    assert after
    assert (after.lease_until, after.first_push) == (NOW + 11 * DAY, NOW)


@pytest.mark.parametrize("lease", ["", "0", "-5", "ten", "1e9", "²", "9" * 11, "5.0"])
def test_a_lease_that_makes_no_sense_is_taken_for_ours(tmp_path: Path, lease: str) -> None:
    hubs = some_hubs(tmp_path)
    hubs.save(asked_at=NOW)
    hubs.verify(TOKEN, lease_seconds=lease)
    after = hubs.found
    assert after
    assert after.lease_until == NOW + 10 * DAY


def test_205_another_topic_is_rejected(tmp_path: Path) -> None:
    hubs = some_hubs(tmp_path)
    before = hubs.save(asked_at=NOW)
    for mode in ("subscribe", "unsubscribe", "denied"):
        assert hubs.verify(TOKEN, mode, topic="https://harbour.example/another") is None
    assert hubs.found == before


@pytest.mark.parametrize(
    ("changes", "mode"),
    [
        ({}, "subscribe"),
        ({"asked_at": NOW}, "unsubscribe"),
        ({"asked_at": NOW}, "publish"),
        ({"asked_at": NOW}, ""),
        ({"asked_at": NOW, "kind": SubscriptionKind.DENIED}, "subscribe"),
        ({"asked_at": NOW, "kind": SubscriptionKind.ENDED}, "subscribe"),
        ({"asked_at": NOW, "kind": SubscriptionKind.ENDED}, "denied"),
    ],
)
def test_what_we_do_not_want_is_rejected(tmp_path: Path, changes: dict[str, object], mode: str) -> None:
    hubs = some_hubs(tmp_path)
    before = hubs.save(**changes)
    assert hubs.verify(TOKEN, mode) is None
    assert hubs.found == before


@pytest.mark.parametrize("challenge", ["", "x" * 1001])
def test_a_challenge_that_is_none_is_rejected(tmp_path: Path, challenge: str) -> None:
    hubs = some_hubs(tmp_path)
    before = hubs.save(asked_at=NOW)
    assert hubs.verify(TOKEN, challenge=challenge) is None
    assert hubs.found == before


def test_an_unknown_token_is_rejected(tmp_path: Path) -> None:
    hubs = some_hubs(tmp_path)
    hubs.save(asked_at=NOW)
    assert hubs.verify("another") is None


def test_an_end_that_we_want_is_confirmed(tmp_path: Path) -> None:
    hubs = some_hubs(tmp_path)
    ended = hubs.save(kind=SubscriptionKind.ENDED)
    assert hubs.verify(TOKEN, "unsubscribe") == "what?"
    assert hubs.found == ended


def test_a_denial_ends_the_trust_at_once_and_says_why(tmp_path: Path) -> None:
    hubs = some_hubs(tmp_path)
    trusted = hubs.active(first_push=NOW)
    hubs.clock.advance(timedelta(hours=1))
    assert hubs.verify(TOKEN, "denied", reason="no\x00 room\nleft " + "x" * 300) == ""
    assert hubs.found == replace(
        trusted,
        kind=SubscriptionKind.DENIED,
        verified_at=None,
        lease_until=None,
        first_push=None,
        next_at=hubs.clock() + 7 * DAY,
        fault=f"the hub denied the subscription: no room left {'x' * 187}",
    )
    assert hubs.state.due == hubs.clock()


def test_a_denial_of_what_was_not_trusted_leaves_the_source_alone(tmp_path: Path) -> None:
    hubs = some_hubs(tmp_path)
    hubs.save(asked_at=NOW)
    assert hubs.verify(TOKEN, "denied") == ""
    assert hubs.state.due == NOW + SELDOM
