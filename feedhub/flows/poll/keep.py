"""One transaction that holds all that follows from what some polls have brought."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from feedhub.errors import LeaseLostError, StoreError
from feedhub.flows.poll.absorb import Absorb, Placing
from feedhub.flows.poll.close import Close, line_of
from feedhub.flows.poll.ending import ours
from feedhub.model.brought import Brought, Bundle
from feedhub.model.ending import Ended
from feedhub.model.polling import Absorbed, Polled
from feedhub.model.reading import ReadDone
from feedhub.model.site import Desk
from feedhub.model.source import Source
from feedhub.ports import Clock, Store, Unit

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """Places, routes and stores what was read, together with the new states of the sources.

    Several polls in one transaction cost little more than one. Whatever goes wrong with any undoes them all: each is
    then to be kept alone, where a fault of ours is recorded on its source.
    """

    store: Store
    clock: Clock
    desk: Callable[[], Desk]
    placing: Placing
    close: Close

    def __call__(self, polls: Sequence[Brought]) -> tuple[Polled, ...]:
        """What each poll did. Raises LeaseLostError if another worker has one of the sources now."""
        try:
            return self._kept(polls)
        except StoreError:
            raise
        except Exception as error:
            if len(polls) > 1:
                raise
            _log.exception("poll failed by a fault of feedhub", extra={"source": polls[0].source.slug})
            return self.close([ours(polls[0].state, polls[0].trip, error)])

    def _kept(self, polls: Sequence[Brought]) -> tuple[Polled, ...]:
        now = self.clock()
        for poll in polls:
            self.close.told(Ended(state=poll.state, ending=poll.ending, trip=poll.trip, done=_nothing_yet(poll)), now)
        with self.store.write() as unit:
            absorbed = self._absorb(unit, [poll.bundle for poll in polls], now=now)
            ended = [self._ended(poll, what, unit=unit, now=now) for poll, what in zip(polls, absorbed, strict=True)]
            after = [self.close.after(one, poll.source, now=now) for one, poll in zip(ended, polls, strict=True)]
            lines = [(state, line_of(one, now)) for state, one in zip(after, ended, strict=True)]
            for slug in unit.sources.save_all(lines):
                raise LeaseLostError(source=slug, fence=next(one.fence for one in after if one.slug == slug))
            unit.sources.set_seen({poll.source.slug: poll.done.seen for poll in polls})
            self.close.rest(ended, unit, now=now)
        return tuple(
            replace(one.done, millis=one.trip.millis, next_reason=state.next_reason)
            for one, state in zip(ended, after, strict=True)
        )

    def push(self, source: Source, done: ReadDone) -> Polled:
        """What a hub has pushed: the source's own state stays as it is."""
        bundle = Bundle(source=source.slug, fresh=done.fresh, withdrawn=done.withdrawn)
        with self.store.write() as unit:
            (absorbed,) = self._absorb(unit, [bundle], now=self.clock())
            unit.sources.set_seen({source.slug: done.seen})
        return _counted(source, done, absorbed)

    def _absorb(self, unit: Unit, bundles: Sequence[Bundle], *, now: datetime) -> tuple[Absorbed, ...]:
        return Absorb(unit=unit, desk=self.desk(), placing=self.placing, now=now)(bundles)

    def _ended(self, poll: Brought, absorbed: Absorbed, *, unit: Unit, now: datetime) -> Ended:
        changed = bool(absorbed.new or absorbed.changed or absorbed.withdrawn)
        ending = replace(poll.ending, dates=absorbed.dates, changed=changed)
        slug = poll.source.slug
        pushed = self.close.follow(unit, slug, hints=ending.hints, dates=absorbed.dates, now=now)
        return Ended(
            state=replace(poll.state, pushed=pushed),
            ending=ending,
            trip=poll.trip,
            done=_counted(poll.source, poll.done, absorbed),
        )


def _nothing_yet(poll: Brought) -> Polled:
    return Polled(source=poll.source.slug)


def _counted(source: Source, done: ReadDone, absorbed: Absorbed) -> Polled:
    return Polled(
        source=source.slug,
        total=done.total,
        new=absorbed.new,
        changed=absorbed.changed,
        duplicates=absorbed.duplicates,
        withdrawn=absorbed.withdrawn,
        dropped=done.dropped,
        faults=done.faults,
    )
