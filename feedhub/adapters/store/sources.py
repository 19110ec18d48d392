"""Sources between polls."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import bindparam, case, delete, func, insert, or_, select, text, update

from feedhub.adapters.store.columns import Key, Moment, Texts, each
from feedhub.adapters.store.history import history, marks, record, set_marks
from feedhub.adapters.store.leases import lease, release, workers
from feedhub.adapters.store.states import COLUMNS, SAVED, state_of, values_of
from feedhub.adapters.store.tables import ACTIVE, entry, host, poll, push, seen, source, subscription
from feedhub.adapters.store.work import Values, Work
from feedhub.errors import LeaseLostError
from feedhub.model.keys import SourceSlug
from feedhub.model.source import PollLine, Source, SourceState
from feedhub.text.hosts import host_of


class SourceTable:
    """SourceRows on the database."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def sync(self, sources: Iterable[Source], now: datetime) -> None:
        """Make the rows fit the documents: new ones are due now, changed URLs start afresh, absent ones rest.

        One that comes back is due now and forgiven all its faults, and so due is one that was polled in what is still
        to come: the clock was wrong then. A poll that is under way while its URL changes loses its lease. What hubs say
        of a URL that has changed is no longer listened to.
        """
        stored = {row.slug: row for row in self._work.rows(_PLACES)}
        wanted = {item.slug: item for item in sources if item.enabled}
        new = [item for slug, item in wanted.items() if slug not in stored]
        kept = [(item, stored[slug]) for slug, item in wanted.items() if slug in stored]
        moved = [item for item, row in kept if row.url != item.url]
        back = [item for item, row in kept if row.url == item.url and row.rested]
        absent = [slug for slug, row in stored.items() if not row.rested and slug not in wanted]
        self._work.many(insert(source), [_new(item, now=now, entries=self._entries(item.slug)) for item in new])
        self._work.many(_MOVED, [_moved(item, now) for item in moved])
        for theirs in _FOUND_THERE:
            self._work.many(theirs, [{"of": item.slug} for item in moved])
        self._work.many(_BACK, [{"of": item.slug, "due": now} for item in back])
        for ahead in _AHEAD:
            self._work.run(ahead, {"now": now, "late": now + _DRIFT, "longest": now + _REST})
        self._work.many(_RESTS, [{"of": slug, "now": now} for slug in absent])

    def lease(
        self, *, now: datetime, worker: str, span: timedelta, limit: int, per_host: int
    ) -> tuple[SourceState, ...]:
        """Claim up to `limit` due sources, hosts in turn, at most `per_host` of one, the longest overdue first."""
        self._work.count_added()
        return lease(self._work, now=now, worker=worker, span=span, limit=limit, per_host=per_host)

    def save(self, state: SourceState, *, fence: int, line: PollLine) -> None:
        """Store the state after a poll and end the lease. Raises LeaseLostError if the fence has grown since.

        The address in the documents and the count of entries are not the poll's business: they stay.
        """
        if self.save_all([(replace(state, fence=fence), line)]):
            raise LeaseLostError(source=state.slug, fence=fence)

    def save_all(self, ended: Iterable[tuple[SourceState, PollLine]]) -> frozenset[SourceSlug]:
        """The same for many; gives those whose lease was lost, of which nothing was written.

        Whoever writes is alone, so that a fence that was read now is still the same when the state is written.
        """
        polls = tuple(ended)
        asked = [state.slug for state, _ in polls]
        fences = {row.slug: row.fence for row in self._work.rows(_FENCES, {"slugs": asked})}
        held = [(state, line) for state, line in polls if fences.get(state.slug) == state.fence]
        self._work.many(_SAVE, [values_of(state) | {"of": state.slug} for state, _ in held])
        record(self._work, held)
        return frozenset(asked).difference(state.slug for state, _ in held)

    def put_off(self, state: SourceState) -> None:
        """End the lease of one that is not to be asked after all; one that was lost is left as it is."""
        values = {"of": state.slug, "held": state.fence, "due": state.due, "reason": state.next_reason}
        self._work.run(_PUT_OFF, values)

    def release(self, worker: str) -> int:
        """End the leases of a worker that is known to be dead; gives how many."""
        return release(self._work, worker)

    def workers(self, now: datetime) -> frozenset[str]:
        """Who holds leases."""
        return workers(self._work, now)

    def pardon(self, slugs: Iterable[SourceSlug], *, due: datetime, reason: str) -> None:
        """Take back one failure of each, and make it due no later than then; one that has none is left as it is."""
        self._work.many(_PARDON, [{"of": slug, "then": due, "reason": reason} for slug in slugs])

    def resume(self, slug: SourceSlug, now: datetime) -> bool:
        """Due now and forgiven all its faults; False where there is no such active source."""
        return self._work.run(_RESUME, {"of": slug, "due": now}).rowcount == 1

    def get(self, slug: SourceSlug) -> SourceState | None:
        """One source's state."""
        self._work.count_added()
        row = self._work.row(_GET, {"of": slug})
        return state_of(row) if row else None

    def all(self) -> tuple[SourceState, ...]:
        """The state of every active source, by slug."""
        self._work.count_added()
        return tuple(map(state_of, self._work.rows(_ALL)))

    def count_due(self, now: datetime) -> int:
        """How many active sources are due now, leased or not; those that are gone are not."""
        return int(self._work.run(_COUNT_DUE, {"now": now}).scalar_one())

    def history(self, slug: SourceSlug) -> tuple[PollLine, ...]:
        """The last 50 polls of a source, newest first."""
        return history(self._work, slug)

    def seen(self, slug: SourceSlug) -> bytes:
        """The marks of items that its bodies held; empty where there are none."""
        return marks(self._work, [slug]).get(slug, b"")

    def set_seen(self, marks: Mapping[SourceSlug, bytes]) -> None:
        """Replace them, of each of these sources."""
        set_marks(self._work, marks)

    def forget(self, before: datetime) -> int:
        """Let go of sources that have been absent since before, with all that is theirs; gives how many.

        Hosts of which there is no source any more go with them, once their rest is as long over.
        """
        values: Values = {"before": before}
        for theirs in _FORGET_THEIRS:
            self._work.run(theirs, values)
        forgotten = self._work.run(_FORGET, values).rowcount
        self._work.run(_FORGET_HOSTS, values)
        return forgotten

    def _entries(self, slug: SourceSlug) -> int:
        return int(self._work.run(_ENTRIES, {"of": slug}).scalar_one())


_c = source.c
_of = bindparam("of", type_=Key())
_PLACES = select(_c.slug, _c.url, _c.rested)
_GET = select(*COLUMNS).where(_c.slug == _of)
_ALL = select(*COLUMNS).where(_c.rested.is_(None)).order_by(_c.slug)
_ENTRIES = select(func.count()).select_from(entry).where(entry.c.source == _of)
_COUNT_DUE = select(func.count()).select_from(source).where(text(ACTIVE), _c.due <= bindparam("now"))
_FENCES = select(_c.slug, _c.fence).where(_c.slug.in_(select(each("slugs", Texts()).c.value)))

_DRIFT, _REST = timedelta(days=1), timedelta(days=8)
"""A poll or a lease that lies further ahead was made by a clock that was wrong; so was a rest of more than a week."""

_one = update(source).where(_c.slug == _of)
_SAVE = _one.values(leased_until=None, worker="", **{name: bindparam(name) for name in SAVED})
_PUT_OFF = _one.where(_c.fence == bindparam("held")).values(
    leased_until=None, worker="", due=bindparam("due"), next_reason=bindparam("reason")
)
_RESTS = _one.values(rested=bindparam("now"))

_forgiven: dict[str, object] = {
    "gone": False,
    "failures": 0,
    "failing_since": None,
    "busy": 0,
    "deaths": 0,
    "fault": "",
    "next_reason": "",
}
_BACK = _one.values(rested=None, due=bindparam("due"), **_forgiven)
_RESUME = _one.where(_c.rested.is_(None)).values(due=bindparam("due"), **_forgiven)
_MOVED = _one.values(
    rested=None,
    fence=_c.fence + 1,
    leased_until=None,
    worker="",
    etag=None,
    last_modified=None,
    body_digest=None,
    first_success=None,
    address="",
    moved_to=None,
    moves=0,
    moved_since=None,
    hints=None,
    recent=None,
    pushed=False,
    status=None,
    wire_bytes=0,
    millis=0,
    url=bindparam("url"),
    host=bindparam("host"),
    due=bindparam("due"),
    **_forgiven,
)
_THEIRS = (seen.c.source, subscription.c.source, push.c.source)
_FOUND_THERE = tuple(delete(column.table).where(column == _of) for column in _THEIRS)

_last = _c.failures <= 1
_then = bindparam("then", type_=Moment())
_PARDON = _one.where(_c.failures > 0).values(
    failures=_c.failures - 1,
    failing_since=case((_last, None), else_=_c.failing_since),
    fault=case((_last, ""), else_=_c.fault),
    next_reason=case((_c.due > _then, bindparam("reason")), else_=_c.next_reason),
    due=case((_c.due > _then, _then), else_=_c.due),
)

_late = bindparam("late", type_=Moment())
_AHEAD = (
    update(source).where(_c.last_poll > _late).values(due=bindparam("now"), last_poll=bindparam("now")),
    update(source).where(_c.leased_until > _late).values(leased_until=None, worker=""),
    update(host).where(host.c.until > bindparam("longest", type_=Moment())).values(until=bindparam("now")),
)

_before = bindparam("before", type_=Moment())
_absent = select(_c.slug).where(_c.rested < _before)
_FORGET_THEIRS = tuple(delete(column.table).where(column.in_(_absent)) for column in (*_THEIRS, poll.c.source))
_FORGET = delete(source).where(_c.rested < _before)
_FORGET_HOSTS = delete(host).where(
    or_(host.c.until.is_(None), host.c.until < _before), host.c.host.not_in(select(_c.host))
)


def _new(item: Source, *, now: datetime, entries: int) -> Values:
    return {
        **values_of(SourceState(slug=item.slug, url=item.url, due=now)),
        "slug": item.slug,
        "url": item.url,
        "rested": None,
        "fence": 0,
        "worker": "",
        "entries": entries,
    }


def _moved(item: Source, now: datetime) -> Values:
    return {"of": item.slug, "url": item.url, "host": host_of(item.url), "due": now}
