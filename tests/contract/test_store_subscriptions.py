"""Subscriptions to hubs and what hubs push, on each database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from feedhub.adapters.store import SqlStore
from feedhub.errors import StoreError
from feedhub.model.websub import SubscriptionKind
from tests.builders import NOW, a_source
from tests.contract.polling import HARBOUR, LINE, MINUTE, fresh, sync
from tests.contract.pushing import a_push, a_subscription

FULL = a_subscription(
    kind=SubscriptionKind.ACTIVE,
    asked_at=NOW - 3 * MINUTE,
    verified_at=NOW - 2 * MINUTE,
    lease_until=NOW + timedelta(days=10),
    next_at=NOW + timedelta(days=8),
    first_push=NOW - MINUTE,
    last_push=NOW - timedelta(microseconds=1),
    missed=2,
    failures=1,
    fault="the hub answered 500 — asked again in an hour",
)


def test_a_subscription_is_found_by_its_source_and_by_its_callback(store: SqlStore) -> None:
    """As it was saved last, every field."""
    with store.write() as unit:
        unit.subscriptions.save(a_subscription(token="before"))
        unit.subscriptions.save(FULL)
        unit.subscriptions.save(a_subscription("coast"))
    with store.read() as unit:
        assert unit.subscriptions.get(HARBOUR) == unit.subscriptions.find(FULL.token) == FULL
        assert (unit.subscriptions.find("before"), unit.subscriptions.find("")) == (None, None)


def test_two_sources_never_share_a_callback(store: SqlStore) -> None:
    """Tokens are drawn so that this cannot happen by chance."""
    with store.write() as unit:
        unit.subscriptions.save(a_subscription("a", token="same"))
    with pytest.raises(StoreError), store.write() as unit:
        unit.subscriptions.save(a_subscription("b", token="same"))


def test_drop_forgets_the_subscription_of_a_source(store: SqlStore) -> None:
    """Whether there was one or not."""
    with store.write() as unit:
        unit.subscriptions.save(FULL)
        unit.subscriptions.save(a_subscription("coast"))
        for _ in range(2):
            unit.subscriptions.drop(HARBOUR)
        assert (unit.subscriptions.get(HARBOUR), unit.subscriptions.find(FULL.token)) == (None, None)
        assert unit.subscriptions.find("token-of-coast") == a_subscription("coast")


def test_due_names_those_with_something_to_be_done_the_longest_waiting_first(store: SqlStore) -> None:
    """To the microsecond; not those of sources that are absent, gone, or not known."""
    ages = {"a": 1, "b": 2, "c": 0, "absent": 9, "gone": 9, "unknown": 9}
    waiting = {slug: a_subscription(slug, next_at=NOW - age * MINUTE) for slug, age in ages.items()}
    sync(store, *(a_source(slug) for slug in ("a", "b", "c", "later", "absent", "gone")))
    sync(store, *(a_source(slug) for slug in ("a", "b", "c", "later", "gone")))
    with store.write() as unit:
        unit.sources.save(fresh("gone", gone=True), fence=0, line=LINE)
        for subscription in (*waiting.values(), a_subscription("later", next_at=NOW + timedelta(microseconds=1))):
            unit.subscriptions.save(subscription)
        assert unit.subscriptions.due(NOW, 10) == (waiting["b"], waiting["a"], waiting["c"])
        assert unit.subscriptions.due(NOW, 1) == (waiting["b"],)


def test_pushes_wait_in_the_order_in_which_they_came(store: SqlStore) -> None:
    """As they were delivered, each with a number of the store's own."""
    pushes = (
        a_push(at=NOW + MINUTE, body=b"\x00\xff" * 40_000, charset="utf-8", id=77),
        a_push("coast", body=b"", media_type=""),
        a_push(),
    )
    with store.write() as unit:
        assert [unit.subscriptions.deliver(push, most=2) for push in pushes] == [True, True, True]
    with store.read() as unit:
        waiting = unit.subscriptions.pushes(10)
        assert [replace(push, id=0) for push in waiting] == [replace(push, id=0) for push in pushes]
        assert len({push.id for push in waiting}) == 3
        assert unit.subscriptions.pushes(1) == waiting[:1]


def test_deliver_keeps_no_more_than_so_many_of_one_source(store: SqlStore) -> None:
    """A hub that floods us costs others nothing, and what it floods is polled anyway."""
    with store.write() as unit:
        kept = [unit.subscriptions.deliver(a_push(slug), most=2) for slug in ("harbour", "harbour", "harbour", "coast")]
        assert kept == [True, True, False, True]
        assert len(unit.subscriptions.pushes(10)) == 3


def test_take_removes_a_push_once(store: SqlStore) -> None:
    """Its number is not given again, so that who comes late takes no other."""
    with store.write() as unit:
        unit.subscriptions.deliver(a_push(), most=9)
        [push] = unit.subscriptions.pushes(10)
        assert unit.subscriptions.take(push.id)
        unit.subscriptions.deliver(a_push(), most=9)
        assert not unit.subscriptions.take(push.id)
        assert len(unit.subscriptions.pushes(10)) == 1
