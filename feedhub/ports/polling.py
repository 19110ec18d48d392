"""What flows ask of the store about sources, their hosts and their hubs."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from feedhub.model.keys import SourceSlug
from feedhub.model.source import HostState, PollLine, Source, SourceState
from feedhub.model.websub import Push, Subscription


class SourceRows(Protocol):
    """Sources between polls."""

    def sync(self, sources: Iterable[Source], now: datetime) -> None:
        """Make the rows fit the documents: new ones are due now, changed URLs forget what was found there, absent rest.

        One that comes back with the same URL is due now, with what it knew but for failures, deaths, fault and `gone`.
        """

    def lease(
        self, *, now: datetime, worker: str, span: timedelta, limit: int, per_host: int
    ) -> tuple[SourceState, ...]:
        """Claim up to `limit` due sources, at most `per_host` of one host, hosts in turn, the longest overdue first.

        A source is due if active, not gone, `due <= now` and not leased past now. Passed over are hosts that rest
        (`HostState.until`), and those of which any worker, this one too, has a source in hand. The fence of each grows
        by one.
        """

    def save(self, state: SourceState, *, fence: int, line: PollLine) -> None:
        """Store the state after a poll, end the lease, add to the history.

        Raises LeaseLostError if the fence has grown since.
        """

    def save_all(self, ended: Iterable[tuple[SourceState, PollLine]]) -> frozenset[SourceSlug]:
        """The same for many, each by its own fence; gives those whose lease was lost, of which nothing was written."""

    def put_off(self, state: SourceState) -> None:
        """End the lease of one that is not to be asked after all, with its `due` and `next_reason` as they are now."""

    def release(self, worker: str) -> int:
        """End the leases of a worker that is known to be dead; gives how many."""

    def workers(self, now: datetime) -> frozenset[str]:
        """Who holds leases."""

    def pardon(self, slugs: Iterable[SourceSlug], *, due: datetime, reason: str) -> None:
        """Take back one failure of each, and make it due no later than then."""

    def resume(self, slug: SourceSlug, now: datetime) -> bool:
        """Due now and forgiven all its faults, `gone` among them; False where there is no such active source."""

    def get(self, slug: SourceSlug) -> SourceState | None:
        """One source's state."""

    def all(self) -> tuple[SourceState, ...]:
        """The state of every active source, by slug."""

    def count_due(self, now: datetime) -> int:
        """How many active sources are due now, leased or not."""

    def history(self, slug: SourceSlug) -> tuple[PollLine, ...]:
        """The last 50 polls of a source, newest first."""

    def seen(self, slug: SourceSlug) -> bytes:
        """The marks of items that its bodies held, as `set_seen` stored them; empty where there are none."""

    def set_seen(self, marks: Mapping[SourceSlug, bytes]) -> None:
        """Replace them."""

    def forget(self, before: datetime) -> int:
        """Let go of sources that the documents have not named, or have disabled, since before; gives how many."""


class HostRows(Protocol):
    """Hosts that are not well."""

    def get(self, hosts: Iterable[str]) -> Mapping[str, HostState]:
        """Those of the hosts that have a row."""

    def save(self, state: HostState) -> None:
        """Store; a state that says nothing (no failures, not busy, no rest) has its row removed."""

    def resting(self, now: datetime) -> tuple[HostState, ...]:
        """All whose rest is not over, by name."""


class SubscriptionRows(Protocol):
    """Subscriptions to hubs, one a source at most, and what hubs have pushed."""

    def get(self, source: SourceSlug) -> Subscription | None:
        """That of a source."""

    def find(self, token: str) -> Subscription | None:
        """That whose callback ends so."""

    def save(self, subscription: Subscription) -> None:
        """Insert or update."""

    def drop(self, source: SourceSlug) -> None:
        """Forget that of a source."""

    def due(self, now: datetime, limit: int) -> tuple[Subscription, ...]:
        """Those of active sources with something to be done, the longest waiting first."""

    def deliver(self, push: Push, *, most: int) -> bool:
        """Keep what was pushed (`id` is ignored); False, with nothing kept, where `most` of its source wait already."""

    def pushes(self, limit: int) -> tuple[Push, ...]:
        """What waits to be read, oldest first."""

    def take(self, push: int) -> bool:
        """Remove what was read; False where another worker has done so."""
