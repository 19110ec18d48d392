"""Sources between polls."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from feedhub.adapters.store.tables import entry, source
from feedhub.adapters.store.work import AnyRow, Values, Work, bounded
from feedhub.errors import LeaseLostError
from feedhub.model.keys import Digest, SourceSlug
from feedhub.model.source import Source, SourceState, Validators


class SourceTable:
    """SourceRows on the database."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def sync(self, sources: Iterable[Source], now: datetime) -> None:
        """Make the rows fit the documents: new ones are due now, changed URLs start afresh, absent ones rest.

        One that comes back is due now and forgiven all its faults, and so due is one that was polled in what is still
        to come: the clock was wrong then. A poll that is under way while its URL changes loses its lease.
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
        self._work.many(_BACK, [{"of": item.slug, "due": now} for item in back])
        self._work.run(_AHEAD, {"now": now, "late": now + _DRIFT})
        self._work.many(_RESTS, [{"of": slug, "now": now} for slug in absent])

    def lease(
        self, *, now: datetime, worker: str, span: timedelta, limit: int, per_host: int
    ) -> tuple[SourceState, ...]:
        """Claim up to `limit` due sources, the longest overdue first, at most `per_host` of one host.

        Those of the host that other workers hold count too. What this one still holds is what it left lying.
        """
        self._work.count_added()
        due = self._work.rows(_DUE, {"now": now, "worker": worker, "per_host": per_host, "most": bounded(limit)})
        claims = [{"of": row.slug, "until": now + span, "by": worker} for row in due]
        self._work.many(_LEASE, claims)
        return tuple(_state(row, fence=row.fence + 1, leased_until=now + span) for row in due)

    def save(self, state: SourceState, *, fence: int) -> None:
        """Store the state after a poll and end the lease. Raises LeaseLostError if the fence has grown since.

        The address is the documents' business, and the count of entries the store's own: both stay.
        """
        values = _saved(state) | {"of": state.slug, "held": fence}
        if self._work.run(_SAVE, values).rowcount != 1:
            raise LeaseLostError(source=state.slug, fence=fence)

    def get(self, slug: SourceSlug) -> SourceState | None:
        """One source's state."""
        self._work.count_added()
        row = self._work.row(_GET, {"of": slug})
        return _state(row, fence=row.fence, leased_until=row.leased_until) if row else None

    def all(self) -> tuple[SourceState, ...]:
        """The state of every active source, by slug."""
        self._work.count_added()
        rows = self._work.rows(_ALL)
        return tuple(_state(row, fence=row.fence, leased_until=row.leased_until) for row in rows)

    def forget(self, before: datetime) -> int:
        """Let go of sources that have been absent since before; gives how many."""
        return self._work.run(_FORGET, {"before": before}).rowcount

    def _entries(self, slug: SourceSlug) -> int:
        return int(self._work.run(_ENTRIES, {"of": slug}).scalar_one())


_c = source.c
_PLACES = select(_c.slug, _c.url, _c.rested)
_GET = select(source).where(_c.slug == bindparam("of"))
_ALL = select(source).where(_c.rested.is_(None)).order_by(_c.slug)
_ENTRIES = select(func.count()).select_from(entry).where(entry.c.source == bindparam("of"))

_ranks = (
    select(
        _c.slug,
        func.row_number().over(partition_by=_c.host, order_by=(_c.due, _c.slug)).label("place"),
    )
    .where(
        _c.rested.is_(None),
        ~_c.gone,
        _c.due <= bindparam("now"),
        or_(_c.leased_until.is_(None), _c.leased_until <= bindparam("now")),
    )
    .subquery()
)
_held = source.alias()
_others = (
    select(_held.c.host, func.count().label("polls"))
    .where(_held.c.leased_until > bindparam("now"), _held.c.worker != bindparam("worker"))
    .group_by(_held.c.host)
    .subquery()
)
_DUE = (
    select(source)
    .join(_ranks, _ranks.c.slug == _c.slug)
    .outerjoin(_others, _others.c.host == _c.host)
    .where(_ranks.c.place + func.coalesce(_others.c.polls, 0) <= bindparam("per_host"))
    .order_by(_c.due, _c.slug)
    .limit(bindparam("most"))
)

_DRIFT = timedelta(days=1)
"""A poll that lies further ahead than this was made by a clock that was wrong."""

_one = update(source).where(_c.slug == bindparam("of"))
_LEASE = _one.values(fence=_c.fence + 1, leased_until=bindparam("until"), worker=bindparam("by"))
_RESTS = _one.values(rested=bindparam("now"))
_FORGET = delete(source).where(_c.rested < bindparam("before"))
_AHEAD = update(source).where(_c.last_poll > bindparam("late")).values(due=bindparam("now"), last_poll=bindparam("now"))
_BACK = _one.values(rested=None, gone=False, failures=0, deaths=0, fault="", next_reason="", due=bindparam("due"))
_MOVED = _one.values(
    rested=None,
    fence=_c.fence + 1,
    leased_until=None,
    etag=None,
    last_modified=None,
    body_digest=None,
    moved_to=None,
    gone=False,
    failures=0,
    deaths=0,
    fault="",
    next_reason="",
    url=bindparam("url"),
    host=bindparam("host"),
    due=bindparam("due"),
)
_SAVE = _one.where(_c.fence == bindparam("held")).values(
    leased_until=None,
    worker="",
    **{
        name: bindparam(name)
        for name in (
            "etag",
            "last_modified",
            "body_digest",
            "title",
            "due",
            "last_poll",
            "last_success",
            "last_change",
            "failures",
            "deaths",
            "fault",
            "next_reason",
            "gone",
            "moved_to",
        )
    },
)


def _new(item: Source, *, now: datetime, entries: int) -> Values:
    state = SourceState(slug=item.slug, url=item.url, due=now)
    return {
        **_saved(state),
        "slug": item.slug,
        "url": item.url,
        "host": _host(item.url),
        "rested": None,
        "fence": 0,
        "worker": "",
        "entries": entries,
    }


def _moved(item: Source, now: datetime) -> Values:
    return {"of": item.slug, "url": item.url, "host": _host(item.url), "due": now}


def _saved(state: SourceState) -> dict[str, object]:
    return {
        "etag": state.validators.etag,
        "last_modified": state.validators.last_modified,
        "body_digest": state.body_digest,
        "title": state.title,
        "due": state.due,
        "last_poll": state.last_poll,
        "last_success": state.last_success,
        "last_change": state.last_change,
        "failures": state.failures,
        "deaths": state.deaths,
        "fault": state.fault,
        "next_reason": state.next_reason,
        "gone": state.gone,
        "moved_to": state.moved_to,
    }


def _state(row: AnyRow, *, fence: int, leased_until: datetime | None) -> SourceState:
    return SourceState(
        slug=SourceSlug(row.slug),
        url=row.url,
        validators=Validators(etag=row.etag, last_modified=row.last_modified),
        body_digest=None if row.body_digest is None else Digest(row.body_digest),
        title=row.title,
        due=row.due,
        fence=fence,
        leased_until=leased_until,
        last_poll=row.last_poll,
        last_success=row.last_success,
        last_change=row.last_change,
        failures=row.failures,
        deaths=row.deaths,
        fault=row.fault,
        next_reason=row.next_reason,
        gone=row.gone,
        moved_to=row.moved_to,
        entries=row.entries,
    )


def _host(url: str) -> str:
    """The host that a limit counts by; empty where the URL has none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
