"""How far a hub is trusted.

A hub that has verified a subscription may still never push: many feeds name one that nobody tells of news. So polling
goes on as before until the first push that holds entries of the source. From then on it is asked twice a day, and each
such poll is a test: an entry that it finds, and that push had ten minutes to bring, ends the trust, for half a day is
a long time to miss news. It comes back once pushes have been first as often as they were late, so that a hub that
delivers now and then does not win it back by one good day.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from feedhub.model.websub import Subscription, SubscriptionKind

GRACE = timedelta(minutes=10)
"""How long a hub may take: they ask the publisher's server themselves, and retry where it is slow."""
MOST_MISSED = 10
"""What a hub can owe: a bad day must not count for a year."""


def trusted(subscription: Subscription | None, now: datetime) -> bool:
    """Whether the source may be asked seldom, for its hub tells of news."""
    return bool(
        subscription
        and subscription.kind is SubscriptionKind.ACTIVE
        and subscription.first_push
        and subscription.lease_until
        and now < subscription.lease_until
    )


def proven(subscription: Subscription, now: datetime, *, news: bool) -> Subscription:
    """After a push that held entries of the source; `news` says that it brought what polling had not."""
    owed = max(0, subscription.missed - news)
    earned = subscription.kind is SubscriptionKind.ACTIVE and not owed
    first = subscription.first_push or (now if earned else None)
    return replace(subscription, first_push=first, last_push=now, missed=owed)


def doubted(subscription: Subscription, dates: Iterable[datetime | None], now: datetime) -> Subscription:
    """After a poll that found entries published at these times; None, now or later where one does not say.

    Only what came out since the hub was first trusted, or has pushed last, can have been missed. An entry without a
    date counts: it is unlikely to be of the last minutes, and a poll too many costs less than half a day without news.
    """
    since = subscription.first_push or (subscription.last_push if subscription.missed else None)
    if not since:
        return subscription
    late = sum(date is None or date >= now or since < date <= now - GRACE for date in dates)
    if not late:
        return subscription
    return replace(subscription, first_push=None, missed=min(MOST_MISSED, subscription.missed + late))
