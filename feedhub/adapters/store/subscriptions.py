"""Subscriptions to hubs, and what hubs have pushed."""

from datetime import datetime

from sqlalchemy import BigInteger, bindparam, delete, func, insert, select, text

from feedhub.adapters.store.tables import ACTIVE, push, source, subscription
from feedhub.adapters.store.work import AnyRow, Upsert, Values, Work, bounded
from feedhub.model.keys import SourceSlug
from feedhub.model.websub import Push, Subscription, SubscriptionKind


class SubscriptionTable:
    """SubscriptionRows on the database."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, source: SourceSlug) -> Subscription | None:
        """That of a source."""
        row = self._work.row(_GET, {"of": source})
        return _subscription(row) if row else None

    def find(self, token: str) -> Subscription | None:
        """That whose callback ends so."""
        row = self._work.row(_FIND, {"token": token})
        return _subscription(row) if row else None

    def save(self, subscription: Subscription) -> None:
        """Insert or update."""
        self._work.run(_SAVE, _values(subscription))

    def drop(self, source: SourceSlug) -> None:
        """Forget that of a source."""
        self._work.run(_DROP, {"of": source})

    def due(self, now: datetime, limit: int) -> tuple[Subscription, ...]:
        """Those of sources that are asked at all with something to be done, the longest waiting first."""
        rows = self._work.rows(_DUE, {"now": now, "most": bounded(limit)})
        return tuple(_subscription(row) for row in rows)

    def deliver(self, push: Push, *, most: int) -> bool:
        """Keep what was pushed; False, with nothing kept, where `most` of that source wait already."""
        if self._work.run(_WAITING, {"of": push.source}).scalar_one() >= most:
            return False
        self._work.run(_DELIVER, _pushed(push))
        return True

    def pushes(self, limit: int) -> tuple[Push, ...]:
        """What waits to be read, oldest first."""
        return tuple(_push(row) for row in self._work.rows(_PUSHES, {"most": bounded(limit)}))

    def take(self, push: int) -> bool:
        """Remove what was read; False where another worker has done so."""
        return self._work.run(_TAKE, {"number": push}).rowcount == 1


_s = subscription.c
_most = bindparam("most", type_=BigInteger())
_GET = select(subscription).where(_s.source == bindparam("of"))
_FIND = select(subscription).where(_s.token == bindparam("token"))
_SAVE = Upsert(subscription)
_DROP = delete(subscription).where(_s.source == bindparam("of"))
_DUE = (
    select(subscription)
    .join(source, source.c.slug == _s.source)
    .where(text(ACTIVE), _s.next_at <= bindparam("now"))
    .order_by(_s.next_at, _s.source)
    .limit(_most)
)
_WAITING = select(func.count()).select_from(push).where(push.c.source == bindparam("of"))
_DELIVER = insert(push)
_PUSHES = select(push).order_by(push.c.id).limit(_most)
_TAKE = delete(push).where(push.c.id == bindparam("number", type_=BigInteger()))


def _values(one: Subscription) -> Values:
    return {
        "source": one.source,
        "hub": one.hub,
        "topic": one.topic,
        "token": one.token,
        "secret": one.secret,
        "kind": one.kind.value,
        "asked_at": one.asked_at,
        "verified_at": one.verified_at,
        "lease_until": one.lease_until,
        "next_at": one.next_at,
        "first_push": one.first_push,
        "last_push": one.last_push,
        "missed": one.missed,
        "failures": one.failures,
        "fault": one.fault,
    }


def _subscription(row: AnyRow) -> Subscription:
    return Subscription(
        source=SourceSlug(row.source),
        hub=row.hub,
        topic=row.topic,
        token=row.token,
        secret=row.secret,
        kind=SubscriptionKind(row.kind),
        asked_at=row.asked_at,
        verified_at=row.verified_at,
        lease_until=row.lease_until,
        next_at=row.next_at,
        first_push=row.first_push,
        last_push=row.last_push,
        missed=row.missed,
        failures=row.failures,
        fault=row.fault,
    )


def _pushed(one: Push) -> Values:
    return {
        "source": one.source,
        "at": one.at,
        "media_type": one.media_type,
        "charset": one.charset,
        "body": one.body,
    }


def _push(row: AnyRow) -> Push:
    return Push(
        id=row.id,
        source=SourceSlug(row.source),
        at=row.at,
        body=row.body,
        media_type=row.media_type,
        charset=row.charset,
    )
