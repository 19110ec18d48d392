"""Subscriptions on a real store: one source, a clock that a test moves, tokens that count up."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from feedhub.adapters.store import SqlStore
from feedhub.flows.follow_hub import FollowHub
from feedhub.flows.subscribe import Subscribe
from feedhub.flows.verify_subscription import VerifySubscription
from feedhub.model.hints import Hints
from feedhub.model.keys import SourceSlug
from feedhub.model.source import PollLine, SourceState
from feedhub.model.websub import Intent, Subscription, SubscriptionKind
from tests.builders import a_source, a_subscription
from tests.fakes import ScriptedFetcher, SetTime
from tests.stores import a_store

HARBOUR = SourceSlug("harbour")
HUB, SECOND = "https://hub.example/", "https://second.example/"
TOPIC = "https://harbour.example/rss"
DAY = timedelta(days=1)
SELDOM = timedelta(hours=12)


def numbered() -> Callable[[], str]:
    """Gives "1", "2" and so on."""
    numbers = count(1)
    return lambda: str(next(numbers))


@dataclass(slots=True)
class Hubs:
    """What a test holds in its hands. The source `harbour` is there, and due in half a day."""

    store: SqlStore
    clock: SetTime = field(default_factory=SetTime)
    fetcher: ScriptedFetcher = field(default_factory=ScriptedFetcher)
    mint: Callable[[], str] = field(default_factory=numbered)

    def subscribe(self, *, works: bool = True) -> int:
        """One look for due subscriptions."""
        flow = Subscribe(
            store=self.store,
            fetcher=self.fetcher,
            clock=self.clock,
            mint=self.mint,
            callback="https://feeds.example.org/websub/{}".format,
            works=works,
        )
        return flow()

    def follow(self, hints: Hints | None, *dates: datetime | None, works: bool = True) -> bool:
        """A poll that read these hints, None where it read no body, and found new entries of these dates."""
        with self.store.write() as unit:
            flow = FollowHub(mint=self.mint, works=works)
            return flow(unit, HARBOUR, hints=hints, dates=dates, now=self.clock())

    def verify(self, token: str, mode: str = "subscribe", **changes: str) -> str | None:
        """What a hub is answered that asks about the topic."""
        said = {"topic": TOPIC, "challenge": "what?", "lease_seconds": "864000"} | changes
        return VerifySubscription(store=self.store, clock=self.clock)(token, Intent(mode=mode, **said))

    def save(self, **changes: object) -> Subscription:
        """Put a subscription of the source into the store."""
        subscription = a_subscription(HARBOUR, **changes)
        with self.store.write() as unit:
            unit.subscriptions.save(subscription)
        return subscription

    def active(self, **changes: object) -> Subscription:
        """The same, verified by its hub now for ten days, asked for again in eight."""
        now = self.clock()
        lease = {"lease_until": now + 10 * DAY, "next_at": now + 8 * DAY}
        asked: dict[str, object] = {"asked_at": now, "verified_at": now, **lease}
        return self.save(kind=SubscriptionKind.ACTIVE, **(asked | changes))

    def announce(self, *hubs: str) -> None:
        """What the last body of the source announced."""
        state = self.state
        with self.store.write() as unit:
            unit.sources.save(
                replace(state, hints=Hints(hubs=hubs, topic=TOPIC)), fence=state.fence, line=PollLine(at=self.clock())
            )

    @property
    def found(self) -> Subscription | None:
        """The subscription as stored."""
        with self.store.read() as unit:
            return unit.subscriptions.get(HARBOUR)

    @property
    def state(self) -> SourceState:
        """The source as the store knows it."""
        with self.store.read() as unit:
            state = unit.sources.get(HARBOUR)
        assert state is not None
        return state


def some_hubs(folder: Path) -> Hubs:
    """The source in a new store."""
    hubs = Hubs(a_store(folder))
    with hubs.store.write() as unit:
        unit.sources.sync([a_source()], hubs.clock())
    state = hubs.state
    with hubs.store.write() as unit:
        unit.sources.save(
            replace(state, due=hubs.clock() + SELDOM, pushed=True), fence=state.fence, line=PollLine(at=hubs.clock())
        )
    return hubs
