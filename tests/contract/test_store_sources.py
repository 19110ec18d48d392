"""Sources between polls, on each database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feedhub.adapters.store import SqlStore
from feedhub.errors import LeaseLostError
from feedhub.model.fetching import Validators
from feedhub.model.hints import Hints
from feedhub.model.keys import Digest, SourceSlug
from feedhub.model.source import Source, SourceState
from feedhub.ports import Unit
from tests.builders import NOW, a_read, a_source, a_story
from tests.contract.polling import HARBOUR, LINE, MINUTE, at_host, fresh, lease, overdue, sync, unwell
from tests.contract.pushing import a_push, a_subscription
from tests.contract.telling import tell

FULL = fresh(
    address="https://news.harbour.example/feed",
    validators=Validators(etag='W/"\u00fc"', last_modified="Mon, 02 Mar 2026 08:00:00 GMT"),
    body_digest=Digest("00ff"),
    title="Harbour Post — новости",
    due=NOW + 15 * MINUTE,
    last_poll=NOW,
    last_success=NOW - timedelta(microseconds=1),
    last_change=NOW - MINUTE,
    first_success=NOW - timedelta(days=9),
    failures=2,
    failing_since=NOW - 2 * MINUTE,
    busy=1,
    deaths=1,
    fault="the server answered 500: wait",
    next_reason="every 15 min",
    gone=True,
    moved_to="https://harbour.example/feed",
    moves=2,
    moved_since=NOW - 3 * MINUTE,
    hints=Hints(
        ttl=15 * MINUTE,
        every=timedelta(days=1, microseconds=1),
        skip_hours=(0, 23),
        skip_days=(5, 6),
        hubs=("https://hub.example/",),
        topic="https://harbour.example/rss?ü",
    ),
    recent=(NOW, NOW - timedelta(microseconds=1), datetime(1990, 1, 1, tzinfo=UTC), datetime(1960, 1, 1, tzinfo=UTC)),
    pushed=True,
    status=500,
    wire_bytes=2**40,
    millis=60_000,
)
"""A state that has something to say in every field."""


def test_sync_makes_new_sources_due_now(store: SqlStore) -> None:
    """Nothing else is known of them."""
    sync(store, a_source("harbour"), a_source("coast"))
    with store.read() as unit:
        assert unit.sources.all() == (fresh("coast"), fresh("harbour"))


def test_sync_twice_changes_nothing(store: SqlStore) -> None:
    """Every start and every reload syncs."""
    sync(store, a_source())
    polled = fresh(due=NOW + MINUTE, fence=1, title="Harbour", last_poll=NOW)
    with store.write() as unit:
        unit.sources.lease(now=NOW, worker="one", span=MINUTE, limit=1, per_host=1)
        unit.sources.save(polled, fence=1, line=LINE)
        unit.sources.sync([a_source()], NOW + timedelta(hours=1))
    with store.read() as unit:
        assert unit.sources.all() == (polled,)


def test_sync_starts_afresh_where_the_url_changed(store: SqlStore) -> None:
    """All but its name and its past was that of another address: validators, faults, rhythm, hub, items."""
    sync(store, a_source())
    subscription = a_subscription()
    with store.write() as unit:
        unit.sources.save(FULL, fence=0, line=LINE)
        unit.sources.set_seen({HARBOUR: b"12345678"})
        unit.subscriptions.save(subscription)
        unit.subscriptions.deliver(a_push(), most=1)
        unit.sources.sync([a_source(url="https://new.example/rss")], NOW)
    with store.read() as unit:
        assert unit.sources.get(HARBOUR) == fresh(
            url="https://new.example/rss",
            fence=1,
            title=FULL.title,
            last_poll=FULL.last_poll,
            last_success=FULL.last_success,
            last_change=FULL.last_change,
        )
        assert (unit.sources.history(HARBOUR), unit.sources.seen(HARBOUR)) == ((LINE,), b"")
        assert (unit.subscriptions.find(subscription.token), unit.subscriptions.pushes(9)) == (None, ())


def test_sync_finds_the_host_of_the_new_url(store: SqlStore) -> None:
    sync(store, a_source("a"), a_source("b"))
    sync(store, *at_host("x", "ab"))
    assert lease(store, per_host=1) == ["a"]


def test_sync_takes_the_lease_from_a_poll_of_the_old_url(store: SqlStore) -> None:
    """Its answer is no longer asked for."""
    sync(store, a_source())
    lease(store)
    sync(store, a_source(url="https://harbour.example/new"))
    with pytest.raises(LeaseLostError), store.write() as unit:
        unit.sources.save(fresh(), fence=1, line=LINE)


@pytest.mark.parametrize("absent", [(), (a_source(enabled=False),)], ids=["gone from the document", "disabled"])
def test_sync_lets_absent_sources_rest(store: SqlStore, absent: tuple[Source, ...]) -> None:
    """They are not polled and not listed, but known when they come back."""
    sync(store, a_source())
    sync(store, *absent)
    assert lease(store) == []
    with store.read() as unit:
        assert unit.sources.all() == ()
        assert unit.sources.get(HARBOUR) == fresh()


def test_sync_brings_a_resting_source_back_due_now_with_what_it_knew(store: SqlStore) -> None:
    """Who enables a source wants to see it polled."""
    sync(store, a_source())
    with store.write() as unit:
        unit.sources.save(fresh(due=NOW + timedelta(days=1), title="Harbour"), fence=0, line=LINE)
    sync(store)
    sync(store, a_source())
    with store.read() as unit:
        assert unit.sources.all() == (fresh(title="Harbour"),)


def test_sync_forgives_a_source_that_comes_back(store: SqlStore) -> None:
    """Who enables a source again has looked at it; what it had answered stays known."""
    sync(store, a_source())
    kept = fresh(validators=Validators(etag='"1"'), body_digest=Digest("ab"), title="Harbour", last_success=NOW)
    with store.write() as unit:
        bad = replace(kept, due=NOW + MINUTE, failures=3, failing_since=NOW, busy=2, deaths=2, gone=True)
        bad = replace(bad, fault="it broke", next_reason="never")
        unit.sources.save(bad, fence=0, line=LINE)
    sync(store)
    sync(store, a_source())
    with store.read() as unit:
        assert unit.sources.all() == (kept,)
    assert lease(store) == ["harbour"]


def test_sync_counts_what_is_stored_of_a_source_that_was_not_there(store: SqlStore) -> None:
    """Entries outlive their source."""
    with store.write() as unit:
        tell(unit, a_read("1"), a_read("2"))
    sync(store, a_source())
    with store.read() as unit:
        assert unit.sources.get(HARBOUR) == fresh(entries=2)


def test_save_stores_the_whole_state_and_ends_thelease(store: SqlStore) -> None:
    """Every field, in every script."""
    sync(store, a_source())
    lease(store)
    with store.write() as unit:
        unit.sources.save(replace(FULL, fence=1, leased_until=NOW + 10 * MINUTE), fence=1, line=LINE)
    with store.read() as unit:
        assert unit.sources.get(HARBOUR) == replace(FULL, fence=1)


def test_save_after_another_worker_took_over_undoes_the_whole_unit(store: SqlStore) -> None:
    """What the slow worker read is the other one's to store."""
    sync(store, a_source())
    lease(store)
    lease(store, later=11 * MINUTE)

    def late(unit: Unit) -> None:
        tell(unit, a_read())
        unit.sources.save(fresh(title="late"), fence=1, line=LINE)

    with pytest.raises(LeaseLostError) as lost, store.write() as unit:
        late(unit)
    assert (lost.value.source, lost.value.fence) == ("harbour", 1)
    with store.read() as unit:
        assert unit.entries.count() == 0
        assert unit.sources.get(HARBOUR) == fresh(fence=2, leased_until=NOW + 21 * MINUTE)


def test_save_of_a_source_that_is_not_there_is_a_lostlease(store: SqlStore) -> None:
    """Nobody can hold one on it."""
    with pytest.raises(LeaseLostError), store.write() as unit:
        unit.sources.save(fresh(), fence=0, line=LINE)


def test_get_of_an_unknown_source_gives_none(store: SqlStore) -> None:
    """Not an error: pages ask for what people type."""
    with store.read() as unit:
        assert unit.sources.get(SourceSlug("nowhere")) is None


def test_state_counts_the_entries_within_the_unit_that_adds_them_too(store: SqlStore) -> None:
    """The count is the store's own, whatever a state claims."""
    sync(store, a_source())
    with store.write() as unit:
        tell(unit, a_read("1"), a_read("2"))
        assert unit.sources.all() == (fresh(entries=2),)
        unit.sources.save(fresh(title="Harbour", entries=99), fence=0, line=LINE)
        unit.stories.save(a_story("3"))
        tell(unit, a_read("3"))
    with store.read() as unit:
        assert unit.sources.get(HARBOUR) == fresh(title="Harbour", entries=3)


@pytest.mark.parametrize(("address", "given"), [("https://x.example/b", ["a"]), ("", ["a", "b"])])
def test_save_counts_a_source_to_the_host_where_it_is_asked(store: SqlStore, address: str, given: list[str]) -> None:
    """A source that has moved for good is its new host's guest."""
    sync(store, *at_host("x", "a"), a_source("b", url="https://y.example/b"))
    with store.write() as unit:
        state = fresh("b", url="https://y.example/b", address="https://x.example/b")
        unit.sources.save(state, fence=0, line=LINE)
        unit.sources.save(replace(state, address=address), fence=0, line=LINE)
    assert lease(store, per_host=1) == given


def test_save_all_stores_many_and_names_those_whose_lease_was_lost(store: SqlStore) -> None:
    """Of a lost one neither state nor history is written, and it stays in the other worker's hands."""
    sync(store, a_source("a"), a_source("b"), a_source("c"))
    lease(store)
    sync(store, a_source("a"), a_source("b", url="https://new.example/"), a_source("c"))
    ended = [(fresh(slug, fence=1, title=f"News of {slug}"), replace(LINE, new=1)) for slug in ("a", "b", "c", "d")]
    with store.write() as unit:
        assert unit.sources.save_all(ended) == {"b", "d"}
        assert unit.sources.save_all([]) == frozenset()
    with store.read() as unit:
        assert unit.sources.all() == (ended[0][0], fresh("b", url="https://new.example/", fence=2), ended[2][0])
        histories = [unit.sources.history(SourceSlug(slug)) for slug in ("a", "b", "c", "d")]
    assert histories == [(replace(LINE, new=1),), (), (replace(LINE, new=1),), ()]


def test_save_all_takes_more_than_a_statement_has_parameters(store: SqlStore) -> None:
    """No batch is too large."""
    sync(store, *(a_source(f"s{number}") for number in range(1200)))
    with store.write() as unit:
        states = [replace(state, title="polled") for state in unit.sources.all()]
        assert unit.sources.save_all((state, LINE) for state in states) == frozenset()
    with store.read() as unit:
        assert unit.sources.all() == tuple(states)


def test_pardon_takes_back_one_failure_and_lets_the_source_be_asked_sooner(store: SqlStore) -> None:
    """Its reason says why; it was failing before, and still is."""
    sync(store, a_source())
    failing = fresh(due=NOW + 9 * MINUTE, failures=2, failing_since=NOW, fault="no answer", next_reason="failed twice")
    with store.write() as unit:
        unit.sources.save(failing, fence=0, line=LINE)
        unit.sources.pardon([HARBOUR, SourceSlug("nowhere")], due=NOW + MINUTE, reason="our network was down")
    with store.read() as unit:
        assert unit.sources.get(HARBOUR) == replace(
            failing, failures=1, due=NOW + MINUTE, next_reason="our network was down"
        )


def test_pardon_of_the_only_failure_leaves_no_fault(store: SqlStore) -> None:
    """One that is asked sooner anyway is so for its own reason."""
    sync(store, a_source())
    failing = fresh(due=NOW, failures=1, failing_since=NOW, fault="no answer", next_reason="failed once")
    with store.write() as unit:
        unit.sources.save(failing, fence=0, line=LINE)
        for _ in range(2):
            unit.sources.pardon([HARBOUR], due=NOW + MINUTE, reason="our network was down")
    with store.read() as unit:
        assert unit.sources.get(HARBOUR) == fresh(next_reason="failed once")


def test_resume_forgives_all_faults_and_has_the_source_asked_now(store: SqlStore) -> None:
    """Nothing else is touched."""
    sync(store, a_source())
    with store.write() as unit:
        unit.sources.save(FULL, fence=0, line=LINE)
        assert unit.sources.resume(HARBOUR, NOW)
    forgiven = replace(FULL, gone=False, failures=0, failing_since=None, busy=0, deaths=0, fault="", next_reason="")
    with store.read() as unit:
        assert unit.sources.get(HARBOUR) == replace(forgiven, due=NOW)


def test_resume_of_what_is_not_polled_says_so(store: SqlStore) -> None:
    """Absent from the documents, or never heard of."""
    sync(store, a_source())
    sync(store)
    with store.write() as unit:
        assert not unit.sources.resume(HARBOUR, NOW)
        assert not unit.sources.resume(SourceSlug("nowhere"), NOW)


def test_count_due_counts_what_waits_whether_it_is_in_hand_or_not(store: SqlStore) -> None:
    """To the microsecond; what is gone or absent waits for nothing."""
    sync(store, *(a_source(slug) for slug in ("absent", "due", "gone", "held", "later")))
    sync(store, *(a_source(slug) for slug in ("due", "gone", "held", "later")))
    with store.write() as unit:
        unit.sources.save(fresh("gone", gone=True), fence=0, line=LINE)
        unit.sources.save(fresh("later", due=NOW + timedelta(microseconds=1)), fence=0, line=LINE)
    overdue(store, held=1)
    assert lease(store, limit=1) == ["held"]
    with store.read() as unit:
        assert unit.sources.count_due(NOW) == 2


def test_forget_takes_along_all_that_was_the_source_s_own(store: SqlStore) -> None:
    """And of hosts those of which there is no source any more, unless they still rest."""
    sync(store, *(a_source(slug) for slug in ("harbour", "coast", "inn", "pier")))
    for host, until in (("harbour", None), ("coast", None), ("inn", NOW), ("pier", NOW - MINUTE)):
        unwell(store, host, until=until, failures=1)
    with store.write() as unit:
        for slug in ("harbour", "coast"):
            unit.sources.save(fresh(slug), fence=0, line=LINE)
            unit.sources.set_seen({SourceSlug(slug): b"12345678"})
            unit.subscriptions.save(a_subscription(slug))
            unit.subscriptions.deliver(a_push(slug), most=1)
    sync(store, a_source("coast"))
    with store.write() as unit:
        assert unit.sources.forget(NOW) == 0
        unit.sources.sync([a_source("coast")], NOW)
    with store.write() as unit:
        assert unit.sources.forget(NOW + timedelta(microseconds=1)) == 3
        unit.sources.sync([a_source(), a_source("coast")], NOW)
        for slug, left in (("harbour", 0), ("coast", 1)):
            source = SourceSlug(slug)
            assert (len(unit.sources.history(source)), len(unit.sources.seen(source))) == (left, 8 * left)
            assert bool(unit.subscriptions.get(source)) == bool(left)
        assert [push.source for push in unit.subscriptions.pushes(9)] == ["coast"]
        assert set(unit.hosts.get(f"{name}.example" for name in ("harbour", "coast", "inn", "pier"))) == {
            "coast.example"
        }


def test_source_polled_by_a_clock_that_ran_ahead_is_due_again(store: SqlStore) -> None:
    source = a_source()
    with store.write() as unit:
        unit.sources.sync([source], NOW)
        [state] = unit.sources.lease(now=NOW, worker="w", span=timedelta(minutes=5), limit=1, per_host=1)
        ahead = NOW + timedelta(days=7000)
        unit.sources.save(replace(state, due=ahead, last_poll=ahead), fence=state.fence, line=LINE)
        unit.sources.sync([source], NOW)
    with store.read() as unit:
        found = unit.sources.get(source.slug)
    assert found is not None
    assert (found.due, found.last_poll) == (NOW, NOW)


def test_lease_and_rest_that_a_clock_gave_that_ran_ahead_are_over(store: SqlStore) -> None:
    """Else nobody could ask that host for years."""
    sync(store, *at_host("x", "a"), *at_host("y", "b"), *at_host("z", "c"))
    assert lease(store, limit=1, later=timedelta(days=7000)) == ["a"]
    unwell(store, "y", until=NOW + timedelta(days=7000))
    unwell(store, "z", until=NOW + timedelta(days=7))
    sync(store, *at_host("x", "a"), *at_host("y", "b"), *at_host("z", "c"))
    assert lease(store) == ["a", "b"]


def test_source_that_is_put_off_is_free_and_due_later(store: SqlStore) -> None:
    """Nothing else of it changes, and no poll is counted."""
    sync(store, a_source("harbour"))
    lease(store)
    leased = _state(store)
    later = replace(leased, due=NOW + 6 * MINUTE, next_reason="at 06:00 UTC: wants to be left alone until then")
    with store.write() as unit:
        unit.sources.put_off(later)
        assert unit.sources.get(leased.slug) == replace(later, leased_until=None)
        assert unit.sources.history(leased.slug) == ()


def test_source_that_another_has_taken_is_not_put_off(store: SqlStore) -> None:
    """It is the other's to say when it is due."""
    sync(store, a_source("harbour"))
    lease(store)
    leased = _state(store)
    with store.write() as unit:
        before = unit.sources.get(leased.slug)
        unit.sources.put_off(replace(leased, fence=leased.fence - 1, due=NOW + 6 * MINUTE))
        assert unit.sources.get(leased.slug) == before


def _state(store: SqlStore) -> SourceState:
    with store.read() as unit:
        state = unit.sources.get(SourceSlug("harbour"))
    assert state is not None
    return state
