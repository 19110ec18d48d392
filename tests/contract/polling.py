"""Sources as a poller leases and saves them."""

from dataclasses import replace
from datetime import datetime, timedelta

from feedhub.adapters.store import SqlStore
from feedhub.model.keys import SourceSlug
from feedhub.model.source import HostState, PollLine, Source, SourceState
from tests.builders import NOW, a_source

HARBOUR = SourceSlug("harbour")
MINUTE = timedelta(minutes=1)
LINE = PollLine(at=NOW)


def fresh(slug: str = "harbour", **changes: object) -> SourceState:
    """The state of `a_source(slug)` that has never been polled."""
    state = SourceState(slug=SourceSlug(slug), url=f"https://{slug}.example/rss", due=NOW)
    return replace(state, **changes)  # type: ignore[arg-type]  # a test names fields of its own choice


def at_host(host: str, slugs: str) -> list[Source]:
    """Sources of one host, a letter each."""
    return [a_source(slug, url=f"https://{host}.example/{slug}") for slug in slugs]


def sync(store: SqlStore, *sources: Source) -> None:
    """Have the documents name these and no others."""
    with store.write() as unit:
        unit.sources.sync(sources, NOW)


def overdue(store: SqlStore, **minutes: int) -> None:
    """Let sources have been due for so many minutes."""
    with store.write() as unit:
        for slug, late in minutes.items():
            state = unit.sources.get(SourceSlug(slug))
            assert state
            unit.sources.save(replace(state, due=NOW - late * MINUTE), fence=state.fence, line=LINE)


def lease(
    store: SqlStore, *, limit: int = 100, per_host: int = 100, later: timedelta = 0 * MINUTE, worker: str = "one"
) -> list[str]:
    """Lease for ten minutes; gives the slugs in their order."""
    with store.write() as unit:
        leased = unit.sources.lease(now=NOW + later, worker=worker, span=10 * MINUTE, limit=limit, per_host=per_host)
    return [state.slug for state in leased]


def unwell(store: SqlStore, host: str, *, until: datetime | None = None, failures: int = 0, busy: int = 0) -> None:
    """Note that a host is not well."""
    with store.write() as unit:
        unit.hosts.save(HostState(host=f"{host}.example", failures=failures, busy=busy, until=until, reason="down"))
