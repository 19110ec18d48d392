"""What must hold of leases, whatever is due: the order of turns, told once more in the plainest way."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedhub.adapters.store import SqlStore
from feedhub.model.source import HostState, PollLine, Source
from tests.builders import NOW, a_source
from tests.stores import a_store

MINUTE = timedelta(minutes=1)
HOSTS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A source of a host, due so many minutes ago."""

    host: int
    late: int


some_due = st.lists(st.builds(Due, host=st.integers(0, HOSTS - 1), late=st.integers(-1, 4)), max_size=40)
some_hosts = st.frozensets(st.integers(0, HOSTS - 1), max_size=3)


@pytest.fixture(scope="module")
def store() -> Iterator[SqlStore]:
    with TemporaryDirectory() as folder:
        store = a_store(Path(folder))
        yield store
        store.close()


@given(dues=some_due, unwell=some_hosts, resting=some_hosts, limit=st.integers(0, 8), per_host=st.integers(1, 3))
@settings(deadline=None)
def test_hosts_take_turns(
    store: SqlStore, *, dues: list[Due], unwell: frozenset[int], resting: frozenset[int], limit: int, per_host: int
) -> None:
    sources = [a_source(f"s{number:02}", url=f"https://{due.host}.example/") for number, due in enumerate(dues)]
    _fill(store, sources, dues, unwell=unwell, resting=resting)
    with store.write() as unit:
        leased = unit.sources.lease(now=NOW, worker="w", span=MINUTE, limit=limit, per_host=per_host)
    line, met = [], Counter[int]()
    for late, slug, host in sorted((-due.late, one.slug, due.host) for due, one in zip(dues, sources, strict=True)):
        if late <= 0 and host not in resting and met[host] < (1 if host in unwell else per_host):
            met[host] += 1
            line.append((met[host], late, slug))
    assert [state.slug for state in leased] == [slug for *_, slug in sorted(line)[:limit]]


def _fill(
    store: SqlStore, sources: list[Source], dues: list[Due], *, unwell: frozenset[int], resting: frozenset[int]
) -> None:
    """Nothing but these sources, and hosts as they are."""
    with store.write() as unit:
        unit.sources.sync([], NOW)
        unit.sources.forget(NOW + MINUTE)
        for host in range(HOSTS):
            until = NOW + MINUTE if host in resting else None
            unit.hosts.save(HostState(host=f"{host}.example", failures=int(host in unwell), until=until))
        unit.sources.sync(sources, NOW)
        states = unit.sources.all()
        late = [replace(state, due=NOW - due.late * MINUTE) for due, state in zip(dues, states, strict=True)]
        unit.sources.save_all((state, PollLine(at=NOW)) for state in late)
