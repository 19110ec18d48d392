"""Take what a hub pushes, and leave it for the poller to read (WebSub, section 7)."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from feedhub.model.site import Desk
from feedhub.model.websub import Delivery, Push, Receipt, Subscription, SubscriptionKind
from feedhub.ports import Clock, Store, Unit
from feedhub.steps.websub import signed

_log = logging.getLogger(__name__)

MOST = 10
"""Pushes of one source that may wait: they are read within seconds, so more says that something is wrong."""
_OPEN = frozenset({SubscriptionKind.ASKED, SubscriptionKind.ACTIVE})
"""One that is asked for anew may still be delivered to: the hub's clock is not ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivePush:
    """Stores deliveries whose token and signature are right; reading them is not for a process that serves."""

    store: Store
    clock: Clock
    desk: Callable[[], Desk]

    def __call__(self, token: str, read: Callable[[], Delivery | None]) -> Receipt:
        """What became of the delivery. `read` is called once, if at all, and gives None where the body is too large."""
        with self.store.read() as unit:
            subscription = self._open(unit, token)
        if subscription is None:
            return Receipt.UNKNOWN
        delivery = read()
        if delivery is None:
            return _told(Receipt.LARGE, subscription)
        if not signed(delivery.body, signature=delivery.signature, secret=subscription.secret):
            return _told(Receipt.UNSIGNED, subscription)
        push = Push(
            id=0,
            source=subscription.source,
            at=self.clock(),
            body=delivery.body,
            media_type=delivery.media_type,
            charset=delivery.charset,
        )
        with self.store.write() as unit:
            kept = unit.subscriptions.deliver(push, most=MOST)
        return _told(Receipt.TAKEN if kept else Receipt.FULL, subscription)

    def _open(self, unit: Unit, token: str) -> Subscription | None:
        found = unit.subscriptions.find(token)
        return found if found and found.kind in _OPEN and found.source in self.desk().sources else None


def _told(receipt: Receipt, subscription: Subscription) -> Receipt:
    if receipt is Receipt.TAKEN:
        _log.info("push received", extra={"source": subscription.source})
    else:
        _log.warning("push not taken", extra={"source": subscription.source, "fault": str(receipt)})
    return receipt
