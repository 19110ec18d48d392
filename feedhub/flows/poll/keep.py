"""What follows from what some polls have brought, in one transaction; what is long is stored piece by piece before."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce

from feedhub.errors import LeaseLostError, StoreError
from feedhub.flows.poll.absorb import Absorb, Placing
from feedhub.flows.poll.close import Close, line_of
from feedhub.flows.poll.ending import ours
from feedhub.model.brought import Brought, Bundle
from feedhub.model.ending import Ended
from feedhub.model.polling import Absorbed, Polled
from feedhub.model.reading import ReadDone
from feedhub.model.site import Desk
from feedhub.model.source import Source, SourceState
from feedhub.ports import Clock, Store, Unit

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """Places, routes and stores what was read, together with the new states of the sources.

    Several polls in one transaction cost little more than one. Whatever goes wrong with any undoes them all: each is
    then to be kept alone, where a fault of ours is recorded on its source.

    Of one that brought much all pieces but the last have a transaction of their own: nobody waits for all of them. If
    it breaks off between two, what is stored is known when the feed is read again.
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
        *early, last = _rounds(polls)
        before = [self._apart(piece, polls[0], now=now) for (piece,) in early]
        with self.store.write() as unit:
            absorbed = _summed([*before, self._absorb(unit, last, now=now)])
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
        now = self.clock()
        *early, last = bundle.pieces()
        before = [self._apart(piece, None, now=now) for piece in early]
        with self.store.write() as unit:
            (absorbed,) = _summed([*before, self._absorb(unit, [last], now=now)])
            unit.sources.set_seen({source.slug: done.seen})
        return _counted(source, done, absorbed)

    def _apart(self, piece: Bundle, poll: Brought | None, *, now: datetime) -> tuple[Absorbed, ...]:
        """Store a piece of a push, or of a poll that still has its lease: what another has read since is newer."""
        with self.store.write() as unit:
            if poll:
                _hold(unit, poll.state)
            return self._absorb(unit, [piece], now=now)

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


def _hold(unit: Unit, state: SourceState) -> None:
    """Raise LeaseLostError if another worker has the source now."""
    held = unit.sources.get(state.slug)
    if held is None or held.fence != state.fence:
        raise LeaseLostError(source=state.slug, fence=state.fence)


def _rounds(polls: Sequence[Brought]) -> Sequence[Sequence[Bundle]]:
    """What is stored at once: what several brought, or one piece after the other of what one did."""
    if len(polls) > 1:
        return [[poll.bundle for poll in polls]]
    return [[piece] for poll in polls for piece in poll.bundle.pieces()]


def _summed(rounds: Sequence[tuple[Absorbed, ...]]) -> tuple[Absorbed, ...]:
    """By poll what became of all its pieces."""
    return tuple(reduce(Absorbed.plus, pieces) for pieces in zip(*rounds, strict=True))


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
