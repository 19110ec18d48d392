"""What a poll learns of its source's hub, written in the transaction of that poll."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from feedhub.model.hints import Hints
from feedhub.model.keys import SourceSlug
from feedhub.model.websub import Subscription
from feedhub.ports import Unit
from feedhub.steps.websub import begun, doubted, stands, trusted


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowHub:
    """Keeps a source's subscription in step with what its feed announces, and judges by each poll how good it is.

    `mint` gives unguessable texts. `works` says that hubs can reach us and the operator wants them to.
    """

    mint: Callable[[], str]
    works: bool

    def __call__(
        self, unit: Unit, source: SourceSlug, *, hints: Hints | None, dates: Iterable[datetime | None], now: datetime
    ) -> bool:
        """Whether the source counts as pushed from now on.

        `hints` are those of the body that the poll has read, as `announced` gives them, None where none was read;
        `dates` are when the entries were published that it found new: None, now or later for one that does not say.
        A source that announces another hub or topic is subscribed anew; one that announces none is left, which the
        old hub learns when it pushes next.
        """
        if not self.works:
            return False
        subscription = unit.subscriptions.get(source)
        if hints is not None and not (subscription and stands(subscription, hints)):
            self._begin(unit, source, hints, now=now)
            return False
        if subscription is None:
            return False
        return trusted(_judged(unit, subscription, dates, now=now), now)

    def _begin(self, unit: Unit, source: SourceSlug, hints: Hints, *, now: datetime) -> None:
        if hints.hubs:
            unit.subscriptions.save(begun(source, hints, mint=self.mint, now=now))
        else:
            unit.subscriptions.drop(source)


def _judged(unit: Unit, subscription: Subscription, dates: Iterable[datetime | None], *, now: datetime) -> Subscription:
    after = doubted(subscription, dates, now)
    if after != subscription:
        unit.subscriptions.save(after)
    return after
