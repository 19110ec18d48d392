"""Put what hubs have pushed through the line, as if each were what a poll brought."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from feedhub.model.polling import Polled
from feedhub.model.websub import Push
from feedhub.ports import Clock, Store
from feedhub.steps.websub import proven

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPushes:
    """Reads what waits, oldest first, so that the newest text of an entry is the one that stays.

    `absorb` puts the body through the line and stores its entries. Nothing is withdrawn for not being in it, and
    neither validators nor due time of the source move.
    """

    store: Store
    clock: Clock
    absorb: Callable[[Push], Polled]
    limit: int = 50

    def __call__(self) -> tuple[Polled, ...]:
        """What each held. One that is read twice, by two workers or after a crash, changes nothing the second time."""
        with self.store.read() as unit:
            waiting = unit.subscriptions.pushes(self.limit)
        return tuple(map(self._read, waiting))

    def _read(self, push: Push) -> Polled:
        polled = self.absorb(push)
        with self.store.write() as unit:
            if unit.subscriptions.take(push.id) and _held_entries(polled):
                subscription = unit.subscriptions.get(push.source)
                if subscription:
                    news = bool(polled.new or polled.changed)
                    unit.subscriptions.save(proven(subscription, self.clock(), news=news))
        _tell(polled)
        return polled


def _held_entries(polled: Polled) -> bool:
    """Whether there was an entry of the source in it, new or known."""
    return not polled.fault and polled.total > len(polled.dropped)


def _tell(polled: Polled) -> None:
    facts = {"source": polled.source, "total": polled.total, "new": polled.new, "changed": polled.changed}
    if polled.fault:
        _log.warning("push not readable", extra=facts | {"fault": polled.fault})
    else:
        _log.info("push read", extra=facts)
