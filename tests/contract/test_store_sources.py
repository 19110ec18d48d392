"""Sources between polls, on each database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from feedhub.adapters.store import SqlStore
from feedhub.errors import LeaseLostError
from feedhub.model.keys import Digest, SourceSlug
from feedhub.model.source import Source, SourceState, Validators
from feedhub.ports import Unit
from tests.builders import NOW, a_read, a_source, a_story
from tests.contract.telling import tell

HARBOUR = SourceSlug("harbour")
MINUTE = timedelta(minutes=1)


def _fresh(slug: str = "harbour", **changes: object) -> SourceState:
    state = SourceState(slug=SourceSlug(slug), url=f"https://{slug}.example/rss", due=NOW)
    return replace(state, **changes)  # type: ignore[arg-type]  # a test names fields of its own choice


def _sync(store: SqlStore, *sources: Source) -> None:
    with store.write() as unit:
        unit.sources.sync(sources, NOW)


def _lease(
    store: SqlStore, *, limit: int = 100, per_host: int = 100, later: timedelta = 0 * MINUTE, worker: str = "one"
) -> list[str]:
    with store.write() as unit:
        leased = unit.sources.lease(now=NOW + later, worker=worker, span=10 * MINUTE, limit=limit, per_host=per_host)
    return [state.slug for state in leased]


def test_sync_makes_new_sources_due_now(store: SqlStore) -> None:
    """Nothing else is known of them."""
    _sync(store, a_source("harbour"), a_source("coast"))
    with store.read() as unit:
        assert unit.sources.all() == (_fresh("coast"), _fresh("harbour"))


def test_sync_twice_changes_nothing(store: SqlStore) -> None:
    """Every start and every reload syncs."""
    _sync(store, a_source())
    polled = _fresh(due=NOW + MINUTE, fence=1, title="Harbour", last_poll=NOW)
    with store.write() as unit:
        unit.sources.lease(now=NOW, worker="one", span=MINUTE, limit=1, per_host=1)
        unit.sources.save(polled, fence=1)
        unit.sources.sync([a_source()], NOW + timedelta(hours=1))
    with store.read() as unit:
        assert unit.sources.all() == (polled,)


def test_sync_starts_afresh_where_the_url_changed(store: SqlStore) -> None:
    """Validators and faults were those of another address."""
    _sync(store, a_source())
    with store.write() as unit:
        unit.sources.save(
            _fresh(
                validators=Validators(etag='"1"', last_modified="Mon"),
                body_digest=Digest("ab"),
                due=NOW + 9 * MINUTE,
                failures=3,
                deaths=1,
                fault="it broke",
                gone=True,
                moved_to="https://elsewhere.example/",
                last_success=NOW,
            ),
            fence=0,
        )
        unit.sources.sync([a_source(url="https://harbour.example/new")], NOW)
    with store.read() as unit:
        assert unit.sources.get(HARBOUR) == _fresh(url="https://harbour.example/new", fence=1, last_success=NOW)


def test_sync_takes_the_lease_from_a_poll_of_the_old_url(store: SqlStore) -> None:
    """Its answer is no longer asked for."""
    _sync(store, a_source())
    _lease(store)
    _sync(store, a_source(url="https://harbour.example/new"))
    with pytest.raises(LeaseLostError), store.write() as unit:
        unit.sources.save(_fresh(), fence=1)


@pytest.mark.parametrize("absent", [(), (a_source(enabled=False),)], ids=["gone from the document", "disabled"])
def test_sync_lets_absent_sources_rest(store: SqlStore, absent: tuple[Source, ...]) -> None:
    """They are not polled and not listed, but known when they come back."""
    _sync(store, a_source())
    _sync(store, *absent)
    assert _lease(store) == []
    with store.read() as unit:
        assert unit.sources.all() == ()
        assert unit.sources.get(HARBOUR) == _fresh()


def test_sync_brings_a_resting_source_back_due_now_with_what_it_knew(store: SqlStore) -> None:
    """Who enables a source wants to see it polled."""
    _sync(store, a_source())
    with store.write() as unit:
        unit.sources.save(_fresh(due=NOW + timedelta(days=1), title="Harbour"), fence=0)
    _sync(store)
    _sync(store, a_source())
    with store.read() as unit:
        assert unit.sources.all() == (_fresh(title="Harbour"),)


def test_sync_forgives_a_source_that_comes_back(store: SqlStore) -> None:
    """Who enables a source again has looked at it; what it had answered stays known."""
    _sync(store, a_source())
    kept = _fresh(validators=Validators(etag='"1"'), body_digest=Digest("ab"), title="Harbour", last_success=NOW)
    with store.write() as unit:
        bad = replace(kept, due=NOW + MINUTE, failures=3, deaths=2, fault="it broke", gone=True, next_reason="never")
        unit.sources.save(bad, fence=0)
    _sync(store)
    _sync(store, a_source())
    with store.read() as unit:
        assert unit.sources.all() == (kept,)
    assert _lease(store) == ["harbour"]


def test_sync_counts_what_is_stored_of_a_source_that_was_not_there(store: SqlStore) -> None:
    """Entries outlive their source."""
    with store.write() as unit:
        tell(unit, a_read("1"), a_read("2"))
    _sync(store, a_source())
    with store.read() as unit:
        assert unit.sources.get(HARBOUR) == _fresh(entries=2)


def test_lease_claims_the_longest_overdue_first_with_a_fence_and_an_end(store: SqlStore) -> None:
    """What is given is what is stored."""
    _sync(store, a_source("a"), a_source("b"), a_source("c"))
    with store.write() as unit:
        unit.sources.save(_fresh("b", due=NOW - MINUTE), fence=0)
        leased = unit.sources.lease(now=NOW, worker="one", span=10 * MINUTE, limit=2, per_host=1)
    until = NOW + 10 * MINUTE
    assert leased == (
        _fresh("b", due=NOW - MINUTE, fence=1, leased_until=until),
        _fresh("a", fence=1, leased_until=until),
    )
    with store.read() as unit:
        assert unit.sources.get(SourceSlug("b")) == leased[0]


def test_lease_claims_at_most_so_many_of_one_host_whatever_its_spelling(store: SqlStore) -> None:
    """Case and port do not make another host."""
    same = [
        a_source(slug, url=f"https://{host}/{slug}")
        for slug, host in zip("abc", ("x.example", "X.example", "x.example:444"), strict=True)
    ]
    _sync(store, *same, a_source("d"))
    assert _lease(store, per_host=2) == ["a", "b", "d"]
    assert _lease(store, per_host=2) == ["c"]


def test_lease_counts_what_other_pollers_hold_of_a_host(store: SqlStore) -> None:
    """Until their leases end; what a poller left lying itself does not count."""
    _sync(store, *(a_source(slug, url=f"https://x.example/{slug}") for slug in "abcd"), a_source("e"))
    assert _lease(store, limit=1) == ["a"]
    assert _lease(store, per_host=2, worker="two") == ["b", "e"]
    assert _lease(store, per_host=2, worker="three") == []
    assert _lease(store, per_host=2, worker="one") == ["c"]
    assert _lease(store, per_host=2, worker="three", later=10 * MINUTE) == ["a", "b", "e"]


def test_lease_copes_with_an_address_that_has_no_host(store: SqlStore) -> None:
    """The fetcher will say what is wrong with it."""
    _sync(store, a_source("a", url="https://[broken/"), a_source("b", url="nonsense"))
    assert _lease(store) == ["a", "b"]


def test_lease_leaves_out_what_is_not_due_or_gone_or_leased(store: SqlStore) -> None:
    """To the microsecond."""
    _sync(store, a_source("due"), a_source("gone"), a_source("later"), a_source("leased"))
    with store.write() as unit:
        unit.sources.save(_fresh("gone", gone=True), fence=0)
        unit.sources.save(_fresh("later", due=NOW + timedelta(microseconds=1)), fence=0)
        unit.sources.save(_fresh("leased", due=NOW - MINUTE), fence=0)
    assert _lease(store, limit=1) == ["leased"]
    assert _lease(store) == ["due"]


def test_lease_claims_again_what_a_worker_left_lying(store: SqlStore) -> None:
    """A worker that died holds a source until the span is over, not a microsecond longer."""
    _sync(store, a_source())
    assert _lease(store) == ["harbour"]
    assert _lease(store, later=10 * MINUTE - timedelta(microseconds=1)) == []
    assert _lease(store, later=10 * MINUTE) == ["harbour"]
    with store.read() as unit:
        assert unit.sources.get(HARBOUR) == _fresh(fence=2, leased_until=NOW + 20 * MINUTE)


def test_lease_with_no_room_claims_nothing(store: SqlStore) -> None:
    """SQLite takes a negative limit for none at all; zero is zero."""
    _sync(store, a_source())
    assert _lease(store, limit=0) == []


def test_save_stores_the_whole_state_and_ends_the_lease(store: SqlStore) -> None:
    """Every field, in every script."""
    _sync(store, a_source())
    _lease(store)
    state = _fresh(
        validators=Validators(etag='W/"\u00fc"', last_modified="Mon, 02 Mar 2026 08:00:00 GMT"),
        body_digest=Digest("00ff"),
        title="Harbour Post — новости",
        due=NOW + 15 * MINUTE,
        fence=1,
        last_poll=NOW,
        last_success=NOW - timedelta(microseconds=1),
        last_change=NOW - MINUTE,
        failures=2,
        deaths=1,
        fault="the server answered 500: wait",
        next_reason="every 15 min",
        gone=True,
        moved_to="https://harbour.example/feed",
    )
    with store.write() as unit:
        unit.sources.save(replace(state, leased_until=NOW + 10 * MINUTE), fence=1)
    with store.read() as unit:
        assert unit.sources.get(HARBOUR) == state


def test_save_after_another_worker_took_over_undoes_the_whole_unit(store: SqlStore) -> None:
    """What the slow worker read is the other one's to store."""
    _sync(store, a_source())
    _lease(store)
    _lease(store, later=11 * MINUTE)

    def late(unit: Unit) -> None:
        tell(unit, a_read())
        unit.sources.save(_fresh(title="late"), fence=1)

    with pytest.raises(LeaseLostError) as lost, store.write() as unit:
        late(unit)
    assert (lost.value.source, lost.value.fence) == ("harbour", 1)
    with store.read() as unit:
        assert unit.entries.count() == 0
        assert unit.sources.get(HARBOUR) == _fresh(fence=2, leased_until=NOW + 21 * MINUTE)


def test_save_of_a_source_that_is_not_there_is_a_lost_lease(store: SqlStore) -> None:
    """Nobody can hold one on it."""
    with pytest.raises(LeaseLostError), store.write() as unit:
        unit.sources.save(_fresh(), fence=0)


def test_get_of_an_unknown_source_gives_none(store: SqlStore) -> None:
    """Not an error: pages ask for what people type."""
    with store.read() as unit:
        assert unit.sources.get(SourceSlug("nowhere")) is None


def test_state_counts_the_entries_within_the_unit_that_adds_them_too(store: SqlStore) -> None:
    """The count is the store's own, whatever a state claims."""
    _sync(store, a_source())
    with store.write() as unit:
        tell(unit, a_read("1"), a_read("2"))
        assert unit.sources.all() == (_fresh(entries=2),)
        unit.sources.save(_fresh(title="Harbour", entries=99), fence=0)
        unit.stories.save(a_story("3"))
        tell(unit, a_read("3"))
    with store.read() as unit:
        assert unit.sources.get(HARBOUR) == _fresh(title="Harbour", entries=3)


def test_source_polled_by_a_clock_that_ran_ahead_is_due_again(store: SqlStore) -> None:
    source = a_source()
    with store.write() as unit:
        unit.sources.sync([source], NOW)
        [state] = unit.sources.lease(now=NOW, worker="w", span=timedelta(minutes=5), limit=1, per_host=1)
        ahead = NOW + timedelta(days=7000)
        unit.sources.save(replace(state, due=ahead, last_poll=ahead), fence=state.fence)
        unit.sources.sync([source], NOW)
    with store.read() as unit:
        found = unit.sources.get(source.slug)
    assert found is not None
    assert (found.due, found.last_poll) == (NOW, NOW)
