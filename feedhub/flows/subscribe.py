"""Ask hubs to tell us of news, renew what runs out, give up what is not wanted."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from feedhub.model.fetching import Accepted, Ask, Gone, Moved, Outcome, Refused
from feedhub.model.hints import Hints
from feedhub.model.websub import Refusal, Subscription, SubscriptionKind
from feedhub.ports import Clock, Fetcher, Store, Unit
from feedhub.steps.websub import FAREWELL, LEASE, NEVER_VERIFIED, asked, elsewhere, ended, refused, unverified
from feedhub.text.hosts import host_of

_log = logging.getLogger(__name__)

_EVER = timedelta(days=3650)
"""Beyond every due time."""
_NOT_FOUND = 404


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribe:
    """One look for subscriptions with something to be done.

    `callback` gives the address for a token, `mint` unguessable texts. Where `works` is false, for hubs cannot reach
    us or the operator does not want them to, what there is is given up, `batch` at a time.
    """

    store: Store
    fetcher: Fetcher
    clock: Clock
    mint: Callable[[], str]
    callback: Callable[[str], str]
    works: bool
    batch: int = 50

    def __call__(self) -> int:
        """How many requests were made. What a hub says of one is kept with the subscription.

        Each is marked as asked before it is sent: another worker leaves it alone, and a hub that verifies before it
        answers finds that we meant it.
        """
        now = self.clock()
        with self.store.read() as unit:
            if not self._due(unit, now):
                return 0
        with self.store.write() as unit:
            moves = [self._move(unit, subscription, now) for subscription in self._due(unit, now)]
        sent = {ask.ref: (ask, pending) for ask, pending in filter(None, moves)}
        for answers in self.fetcher([ask for ask, _ in sent.values()]):
            self._hear((sent[ask.ref][1], outcome) for ask, outcome in answers)
        return len(sent)

    def _due(self, unit: Unit, now: datetime) -> tuple[Subscription, ...]:
        return unit.subscriptions.due(now if self.works else now + _EVER, self.batch)

    def _move(self, unit: Unit, before: Subscription, now: datetime) -> tuple[Ask, Subscription] | None:
        """Do what is due; gives what is to be asked of the hub, if anything."""
        if before.kind is SubscriptionKind.ENDED:
            if before.next_at <= now:
                unit.subscriptions.drop(before.source)
            return None
        if not self.works:
            _keep(unit, before, ended(before, now + FAREWELL), now=now)
            return self._ask("unsubscribe", before), before
        if unverified(before):
            self._refuse(unit, before, Refusal(fault=NEVER_VERIFIED), now=now)
            return None
        denied = before.kind is SubscriptionKind.DENIED
        chosen = elsewhere(before, _hints(unit, before).hubs, self.mint) if denied else before
        pending = asked(chosen, now)
        _keep(unit, before, pending, now=now)
        return self._ask("subscribe", pending), pending

    def _ask(self, mode: str, subscription: Subscription) -> Ask:
        form = {
            "hub.mode": mode,
            "hub.topic": subscription.topic,
            "hub.callback": self.callback(subscription.token),
            "hub.verify": "async",  # hubs of PubSubHubbub 0.3 want to be told; all others ignore it
        }
        if mode == "subscribe":
            form["hub.secret"] = subscription.secret
            form["hub.lease_seconds"] = str(int(LEASE.total_seconds()))
        return Ask(ref=subscription.token, url=subscription.hub, form=tuple(form.items()))

    def _hear(self, answers: Iterable[tuple[Subscription, Outcome]]) -> None:
        refusals = [(pending, refusal) for pending, outcome in answers if (refusal := _refusal(pending, outcome))]
        if not refusals:
            return
        now = self.clock()
        with self.store.write() as unit:
            for pending, refusal in refusals:
                _log.warning("hub refused", extra={"source": pending.source, "fault": refusal.fault})
                if unit.subscriptions.get(pending.source) == pending:  # else it was verified or replaced meanwhile
                    self._refuse(unit, pending, refusal, now=now)

    def _refuse(self, unit: Unit, before: Subscription, refusal: Refusal, *, now: datetime) -> None:
        hubs = _hints(unit, before).hubs
        _keep(unit, before, refused(before, refusal, hubs=hubs, mint=self.mint, now=now), now=now)


def _hints(unit: Unit, subscription: Subscription) -> Hints:
    state = unit.sources.get(subscription.source)
    return state.hints if state else Hints()


def _keep(unit: Unit, before: Subscription, after: Subscription, *, now: datetime) -> None:
    """Store; a source whose hub was trusted and is no longer is asked at once, for nobody else tells of its news."""
    unit.subscriptions.save(after)
    if before.first_push and not after.first_push:
        unit.sources.resume(after.source, now)


def _refusal(pending: Subscription, outcome: Outcome) -> Refusal | None:
    """What an outcome says against the subscription; None where the hub took the request."""
    answer = outcome.then if isinstance(outcome, Moved) else outcome
    match answer:
        case Accepted():
            return None
        case Gone():
            fault, gone, retry_after = "it says that it is gone for good (410)", True, None
        case Refused():
            fault, gone, retry_after = answer.detail, answer.status == _NOT_FOUND, answer.retry_after
        case _:
            fault, gone, retry_after = "it answers, but not as a hub does", False, None
    return Refusal(fault=f"the hub {host_of(pending.hub)} took no request: {fault}", gone=gone, retry_after=retry_after)
