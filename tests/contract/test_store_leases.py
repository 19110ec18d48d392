"""Which sources a worker is given, and in which order, on each database."""

from datetime import timedelta

import pytest

from feedhub.adapters.store import SqlStore
from feedhub.model.keys import SourceSlug
from tests.builders import NOW, a_source
from tests.contract.polling import HARBOUR, LINE, MINUTE, at_host, fresh, lease, overdue, sync, unwell

MOMENT = timedelta(microseconds=1)


def test_lease_claims_the_longest_overdue_first_with_a_fence_and_an_end(store: SqlStore) -> None:
    """What is given is what is stored."""
    sync(store, a_source("a"), a_source("b"), a_source("c"))
    overdue(store, b=1)
    with store.write() as unit:
        leased = unit.sources.lease(now=NOW, worker="one", span=10 * MINUTE, limit=2, per_host=1)
    until = NOW + 10 * MINUTE
    assert leased == (
        fresh("b", due=NOW - MINUTE, fence=1, leased_until=until),
        fresh("a", fence=1, leased_until=until),
    )
    with store.read() as unit:
        assert unit.sources.get(SourceSlug("b")) == leased[0]


def test_lease_claims_at_most_so_many_of_one_host_whatever_its_spelling(store: SqlStore) -> None:
    """Case, scheme and the web's own ports do not make another host; another port does."""
    urls = ("https://x.example/", "http://X.example/", "https://x.example:443/", "https://x.example:444/")
    sync(store, *(a_source(slug, url=url) for slug, url in zip("abcd", urls, strict=True)))
    assert lease(store, per_host=2) == ["a", "d", "b"]


def test_lease_lets_hosts_take_turns_however_long_the_line_of_one_is(store: SqlStore) -> None:
    """First the first of each host, the longest overdue before the others, then the second of each."""
    sync(store, *at_host("platform", "abcdefgh"), *at_host("y", "pq"), *at_host("z", "z"))
    overdue(store, **dict.fromkeys("abcdefgh", 60), q=3, p=1, z=2)
    assert lease(store, limit=4, per_host=3) == ["a", "q", "z", "b"]
    with store.write() as unit:
        unit.sources.release("one")
    assert lease(store, per_host=3) == ["a", "q", "z", "b", "p", "c"]


def test_lease_passes_over_hosts_of_which_anybody_has_a_source_in_hand(store: SqlStore) -> None:
    """Until the lease ends, or the source is saved."""
    sync(store, *at_host("x", "abcd"), a_source("e"))
    assert lease(store, per_host=2, limit=1) == ["a"]
    assert lease(store, per_host=2, worker="two") == ["e"]
    assert lease(store, per_host=2, worker="one") == []
    with store.write() as unit:
        unit.sources.save(fresh("a", url="https://x.example/a", due=NOW + MINUTE), fence=1, line=LINE)
    assert lease(store, per_host=2, worker="three") == ["b", "c"]
    assert lease(store, per_host=2, later=10 * MINUTE) == ["b", "e", "c"]


def test_lease_passes_over_hosts_that_rest(store: SqlStore) -> None:
    """To the microsecond."""
    sync(store, *at_host("x", "ab"), *at_host("y", "c"))
    unwell(store, "x", until=NOW + MINUTE)
    assert lease(store, per_host=2) == ["c"]
    assert lease(store, per_host=2, later=MINUTE - MOMENT) == []
    assert lease(store, per_host=2, later=MINUTE) == ["a", "b"]


@pytest.mark.parametrize("trouble", [{"failures": 1}, {"busy": 1}], ids=["failed", "busy"])
def test_lease_only_probes_a_host_that_was_not_well_when_asked_last(store: SqlStore, trouble: dict[str, int]) -> None:
    """One request tells whether it is back."""
    sync(store, *at_host("x", "abc"), *at_host("y", "de"))
    unwell(store, "x", until=NOW - MINUTE, **trouble)
    assert lease(store, per_host=2) == ["a", "d", "e"]


def test_lease_finds_the_one_host_behind_a_very_long_line(store: SqlStore) -> None:
    """However many of one host are longer overdue than all others."""
    sync(store, *(a_source(f"p{number:03}", url="https://platform.example/") for number in range(200)), a_source("z"))
    with store.write() as unit:
        ended = [(fresh(state.slug, url=state.url, due=NOW - MINUTE), LINE) for state in unit.sources.all()[:-1]]
        unit.sources.save_all(ended)
    assert lease(store, limit=2, per_host=2) == ["p000", "z"]


def test_lease_copes_with_an_address_that_has_no_host(store: SqlStore) -> None:
    """The fetcher will say what is wrong with it."""
    sync(store, a_source("a", url="https://[broken/"), a_source("b", url="nonsense"))
    assert lease(store) == ["a", "b"]


def test_lease_leaves_out_what_is_not_due_or_gone(store: SqlStore) -> None:
    """To the microsecond."""
    sync(store, a_source("due"), a_source("gone"), a_source("later"))
    with store.write() as unit:
        unit.sources.save(fresh("gone", gone=True), fence=0, line=LINE)
        unit.sources.save(fresh("later", due=NOW + MOMENT), fence=0, line=LINE)
    assert lease(store) == ["due"]


def test_lease_claims_again_what_a_worker_left_lying(store: SqlStore) -> None:
    """A worker that died holds a source until the span is over, not a microsecond longer."""
    sync(store, a_source())
    assert lease(store) == ["harbour"]
    assert lease(store, later=10 * MINUTE - MOMENT) == []
    assert lease(store, later=10 * MINUTE) == ["harbour"]
    with store.read() as unit:
        assert unit.sources.get(HARBOUR) == fresh(fence=2, leased_until=NOW + 20 * MINUTE)


def test_lease_with_no_room_claims_nothing(store: SqlStore) -> None:
    """SQLite takes a negative limit for none at all; zero is zero."""
    sync(store, a_source())
    assert (lease(store, limit=0), lease(store, limit=-1), lease(store, limit=10**30)) == ([], [], ["harbour"])


def test_release_ends_the_leases_of_a_dead_worker_alone(store: SqlStore) -> None:
    """What it held is free at once; a poll that it ended after all still counts."""
    sync(store, a_source("a"), a_source("b"), a_source("c"))
    assert lease(store, limit=2, worker="dead") == ["a", "b"]
    assert lease(store, worker="alive") == ["c"]
    with store.write() as unit:
        assert (unit.sources.release("dead"), unit.sources.release("dead"), unit.sources.release("")) == (2, 0, 0)
        unit.sources.save(fresh("a", title="A", due=NOW + MINUTE), fence=1, line=LINE)
    assert lease(store) == ["b"]


def test_workers_are_those_whose_leases_have_not_run_out(store: SqlStore) -> None:
    """Each once; whoever has ended all its polls holds none."""
    sync(store, a_source("a"), a_source("b"), a_source("c"))
    for worker in ("one", "two"):
        lease(store, limit=1, worker=worker)
    lease(store, worker="one")
    with store.write() as unit:
        assert unit.sources.workers(NOW) == {"one", "two"}
        assert unit.sources.workers(NOW + 10 * MINUTE) == frozenset()
        unit.sources.save(fresh("b"), fence=1, line=LINE)
        assert unit.sources.workers(NOW) == {"one"}
