"""The end of polls: each source's next state, its host's, and a line of history, a batch of them in one transaction."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from feedhub.flows.poll.outage import Outage
from feedhub.model.ending import TAKEN_OVER, Ended
from feedhub.model.hints import Hints
from feedhub.model.keys import SourceSlug
from feedhub.model.polling import Failed, Pace, Polled, Trouble
from feedhub.model.site import Desk
from feedhub.model.source import HostState, PollLine, Source, SourceState
from feedhub.ports import Clock, Store, Unit
from feedhub.steps.conclude import conclude
from feedhub.steps.rest import rest
from feedhub.text.hosts import host_of

TAKEN_OUT = "it was taken out of the documents while it was asked"


class Follow(Protocol):
    """Keeps a source's subscription in step with what polls find, and says whether its hub is trusted."""

    def __call__(
        self, unit: Unit, source: SourceSlug, *, hints: Hints | None, dates: Iterable[datetime | None], now: datetime
    ) -> bool:
        """`hints` are those of a body that was read; `dates` are when the entries were published that were new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """Ends polls. Failures that are those of our own network are not counted against anybody."""

    store: Store
    clock: Clock
    desk: Callable[[], Desk]
    pace: Callable[[], Pace]
    outage: Outage
    follow: Follow

    def __call__(self, batch: Sequence[Ended]) -> tuple[Polled, ...]:
        """End polls of which nothing else is to be written; gives what each did, in their order."""
        now = self.clock()
        batch = tuple(self.told(ended, now) for ended in batch)
        known = [(ended, source) for ended in batch if (source := self._source(ended.state))]
        with self.store.write() as unit:
            after = [self.after(self._heard_of(ended, unit, now), source, now=now) for ended, source in known]
            lost = unit.sources.save_all(
                (state, line_of(ended, now)) for state, (ended, _) in zip(after, known, strict=True)
            )
            self.rest([ended for ended, _ in known if ended.state.slug not in lost], unit, now=now)
            self.outage.pardon(unit, now)
        reasons = {state.slug: state.next_reason for state in after}
        return tuple(_polled(ended, reasons, lost) for ended in batch)

    def told(self, ended: Ended, now: datetime) -> Ended:
        """The same, once the weather has heard of it: while we are cut off, silence is not the fault of a host."""
        if self.outage.heard(ended, now) and isinstance(ended.ending, Failed):
            return replace(ended, ending=replace(ended.ending, trouble=Trouble.OUTAGE))
        return ended

    def after(self, ended: Ended, source: Source, *, now: datetime) -> SourceState:
        """The source's next state."""
        return conclude(ended.state, source=source, ending=ended.ending, trip=ended.trip, pace=self.pace(), now=now)

    def rest(self, batch: Iterable[Ended], unit: Unit, *, now: datetime) -> None:
        """Let hosts rest that want it, and take note of those that are well again."""
        hosts: dict[str, list[Ended]] = {}
        for ended in batch:
            hosts.setdefault(host_of(ended.trip.moved_to or ended.state.address or ended.state.url), []).append(ended)
        unwell = unit.hosts.get(hosts)
        for host, of_host in hosts.items():
            before = after = unwell.get(host, HostState(host=host))
            for ended in of_host:
                after = rest(after, ending=ended.ending, now=now)
            if after != before:
                unit.hosts.save(after)

    def _heard_of(self, ended: Ended, unit: Unit, now: datetime) -> Ended:
        """The same, with what is thought of the source's hub now: its lease may have run out."""
        if not ended.state.pushed:
            return ended
        pushed = self.follow(unit, ended.state.slug, hints=None, dates=(), now=now)
        return replace(ended, state=replace(ended.state, pushed=pushed))

    def _source(self, state: SourceState) -> Source | None:
        return self.desk().sources.get(state.slug)


def line_of(ended: Ended, now: datetime) -> PollLine:
    """The poll as a line of the source's history."""
    done = ended.done
    return PollLine(
        at=now,
        status=ended.trip.status,
        wire_bytes=ended.trip.wire_bytes,
        millis=ended.trip.millis,
        total=done.total,
        new=done.new,
        changed=done.changed,
        duplicates=done.duplicates,
        fault=ended.ending.fault if isinstance(ended.ending, Failed) else "",
    )


def _polled(ended: Ended, reasons: dict[SourceSlug, str], lost: frozenset[SourceSlug]) -> Polled:
    slug = ended.state.slug
    if slug not in reasons:
        return Polled(source=slug, fault=TAKEN_OUT)
    if slug in lost:
        return Polled(source=slug, fault=TAKEN_OVER)
    return replace(ended.done, millis=ended.trip.millis, next_reason=reasons[slug])
