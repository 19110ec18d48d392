"""Leases: which of the sources that are due a worker takes in hand, and how leases end without a poll.

Hosts take turns. The sources of a host that are due stand in line, the longest overdue first; all firsts come before
all seconds, and so on, and of one place the longest overdue comes first. So the limit is never filled with more than
one source of a host while another host has one that is due: a platform with five thousand overdue feeds holds up the
others by one request a lease, as everybody else does, and each host that is well gets its turn within as many leases
as it takes to go once over all hosts that are due.

To find those firsts the sources that are due are walked through by their due times, in an index alone: the first that
is met of a host is its first in line. The walk ends once it has met as many hosts as there is room for, which is soon
where many hosts are due; the sources of hosts that have given all they may give never leave the database.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from operator import itemgetter

from sqlalchemy import BigInteger, bindparam, or_, select, text, tuple_, update

from feedhub.adapters.store.columns import Key, Moment, Texts, each
from feedhub.adapters.store.history import marks
from feedhub.adapters.store.states import COLUMNS, state_of
from feedhub.adapters.store.tables import ACTIVE, host, source
from feedhub.adapters.store.work import AnyRow, Values, Work, bounded
from feedhub.model.keys import SourceSlug
from feedhub.model.source import SourceState


def lease(
    work: Work, *, now: datetime, worker: str, span: timedelta, limit: int, per_host: int
) -> tuple[SourceState, ...]:
    """Claim due sources in the order of turns (see SourceRows.lease).

    A host that has failed or was busy when it was asked last is only probed: it gives one.
    """
    turns = _turns(work, now=now, limit=bounded(limit), per_host=per_host)
    slugs = [slug for _, slug in sorted(turns, key=itemgetter(0))[: bounded(limit)]]
    claimed = work.rows(_CLAIM, {"slugs": slugs, "until": now + span, "by": worker}) if slugs else ()
    known = marks(work, slugs)
    states = {row.slug: state_of(row, marks=known.get(row.slug, b"")) for row in claimed}
    return tuple(states[slug] for slug in slugs)


def release(work: Work, worker: str) -> int:
    """End all leases of a worker; gives how many."""
    return work.run(_RELEASE, {"by": worker}).rowcount


def workers(work: Work, now: datetime) -> frozenset[str]:
    """Who holds a lease that has not run out."""
    return frozenset(work.run(_WORKERS, {"now": now}).scalars())


@dataclass(slots=True)
class _Line:
    """Who has been met on the walk: how many sources of each host, their turns, and the hosts that give no more."""

    per_host: int
    passed: set[str]
    met: Counter[str] = field(default_factory=Counter)
    turns: list[tuple[int, SourceSlug]] = field(default_factory=list)

    def join(self, row: AnyRow) -> None:
        """The next source that is due."""
        if row.host in self.passed:
            return
        self.met[row.host] += 1
        self.turns.append((self.met[row.host], row.slug))
        if row.unwell or self.met[row.host] >= self.per_host:
            self.passed.add(row.host)


def _turns(work: Work, *, now: datetime, limit: int, per_host: int) -> list[tuple[int, SourceSlug]]:
    """Places with their sources, by due time: those of `limit` hosts, if so many have any that is due, else of all.

    Each stride of the walk is twice as long as the one before, for there is more and more to be left out in it.
    """
    line = _Line(per_host, set(work.run(_HELD, {"now": now}).scalars()))
    due, slug, stride = _EVER, "", 2 * limit
    while len(line.met) < limit:
        values: Values = {"now": now, "passed": [*line.passed], "due": due, "slug": slug, "most": bounded(stride)}
        rows = work.rows(_STRIDE, values)
        for row in rows:
            line.join(row)
        if len(rows) < stride:
            break
        due, slug, stride = rows[-1].due, rows[-1].slug, 2 * stride
    return line.turns


_c = source.c
_EVER = datetime.min.replace(tzinfo=UTC)
_now = bindparam("now", type_=Moment())

_STRIDE = (
    select(_c.slug, _c.host, _c.due, or_(host.c.failures > 0, host.c.busy > 0).label("unwell"))
    .join_from(source, host, host.c.host == _c.host, isouter=True)
    .where(
        text(ACTIVE),
        _c.due <= _now,
        tuple_(_c.due, _c.slug) > tuple_(bindparam("due", type_=Moment()), bindparam("slug", type_=Key())),
        or_(host.c.until.is_(None), host.c.until <= _now),
        _c.host.not_in(select(each("passed", Texts()).c.value)),
    )
    .order_by(_c.due, _c.slug)
    .limit(bindparam("most", type_=BigInteger()))
)
_held = _c.leased_until > _now
_HELD = select(_c.host).where(_held).distinct()
_WORKERS = select(_c.worker).where(_held).distinct()
_CLAIM = (
    update(source)
    .where(_c.slug.in_(select(each("slugs", Texts()).c.value)))
    .values(fence=_c.fence + 1, leased_until=bindparam("until"), worker=bindparam("by"))
    .returning(*COLUMNS)
)
_RELEASE = (
    update(source)
    .where(_c.leased_until.is_not(None), _c.worker == bindparam("by"))
    .values(leased_until=None, worker="")
)
