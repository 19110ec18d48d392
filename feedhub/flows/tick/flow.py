"""A look for due sources: claim some, ask them side by side, put each answer through the line, publish.

Ticks may overlap: one that waits for a server that drips does not keep the next from asking the others. All ticks of a
process together have no more in hand than a few batches, so that slow servers cannot fill its memory.

Most answers bring nothing: they are gathered and written many at a time. What is gathered waits no longer than until
the fetcher has a moment of quiet.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import chain

from feedhub.errors import FeedhubError, LeaseLostError, StoreError
from feedhub.flows.tick.lines import Lines
from feedhub.model.ending import TAKEN_OVER, Ended, Unread
from feedhub.model.fetching import Outcome
from feedhub.model.keys import SourceSlug
from feedhub.model.polling import Polled, Ticked
from feedhub.model.source import SourceState
from feedhub.ports import Clock, Dispatcher, Fetcher, Store
from feedhub.steps.conclude import put_off

_log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
"""Longer than the slowest poll: a worker that lives must not lose what it works on."""

HANDS = 4
"""Batches that all ticks together may have in hand."""

GATHERED = 100
"""Polls that are written together at most."""

Work = Unread | list[Ended]
"""One answer to be read, or many polls that only have to be written down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """One batch of due sources.

    `reload` looks at the documents; `settle` ends a poll whose answer need not be read, `poll` puts a new body through
    the line, `close` writes down those that have ended; `publish` renders what changed; `upkeep` lets go of
    what is too old (and knows when that is due). `told` hears of each poll as it ends. Of one host `per_host` sources
    are taken, and `at_once` asked at a time.
    """

    store: Store
    fetcher: Fetcher
    dispatcher: Dispatcher
    clock: Clock
    reload: Callable[[], object]
    settle: Callable[[SourceState, Outcome], Ended | Unread]
    poll: Callable[[Unread], Polled]
    close: Callable[[Sequence[Ended]], Sequence[Polled]]
    publish: Callable[[], tuple[int, int]]
    upkeep: Callable[[], object]
    worker: str
    batch: int = 200
    per_host: int = 5
    at_once: int = 1
    told: Callable[[Polled], object] = lambda _: None
    hands: set[SourceSlug] = field(default_factory=set)
    """Sources that ticks of this process have in hand now."""

    def __call__(self) -> Ticked:
        """What was polled and published; nothing due is an empty tick, which still publishes what has settled.

        Whatever goes wrong ends in the log and in `fault`: the next tick comes all the same.
        """
        try:
            return self._tick()
        except Exception as error:  # noqa: BLE001  # told in the log and to the caller
            return Ticked(polls=(), fault=_failed("tick failed", error))

    def _tick(self) -> Ticked:
        self.reload()
        leased = self._leased()
        try:
            polls = tuple(chain.from_iterable(self.dispatcher.map(self._finish, self._works(leased))))
        finally:
            self.hands.difference_update(state.slug for state in leased)
        published, rendered = self.publish()
        return Ticked(polls=polls, published=published, rendered=rendered, fault=self._keep_up())

    def _leased(self) -> Sequence[SourceState]:
        """Sources to be asked now; none where ticks have their hands full, or none is due that may be asked."""
        room = min(self.batch, HANDS * self.batch - len(self.hands))
        if room <= 0:
            return ()
        wanted, taken = self._taken(room)
        while taken and not wanted:
            wanted, taken = self._taken(room)
        self.hands.update(state.slug for state in wanted)
        return wanted

    def _taken(self, room: int) -> tuple[list[SourceState], int]:
        """The sources of one lease that may be asked, and how many it had; those that skip this hour are put off."""
        now = self.clock()
        with self.store.write() as unit:
            leased = unit.sources.lease(now=now, worker=self.worker, span=LEASE, limit=room, per_host=self.per_host)
            late = {state.slug: later for state in leased if (later := put_off(state, now))}
            for state in late.values():
                unit.sources.put_off(state)
        return [state for state in leased if state.slug not in late], len(leased)

    def _keep_up(self) -> str:
        """Upkeep may fail, the tick has done its work all the same; gives what went wrong."""
        try:
            self.upkeep()
        except Exception as error:  # noqa: BLE001  # told in the log and to the caller
            return _failed("upkeep failed", error)
        return ""

    def _works(self, leased: Sequence[SourceState]) -> Iterator[Work]:
        """Answers as they come: those to be read one by one, the others in batches."""
        states = {str(state.slug): state for state in leased}
        lines = Lines(leased, at_once=self.at_once)
        gathered: list[Ended] = []
        for outcomes in self.fetcher(lines.asks()):
            for ask, outcome in outcomes:
                settled = self.settle(states[ask.ref], outcome)
                lines.answered(settled)
                if isinstance(settled, Unread):
                    yield settled
                else:
                    gathered.append(settled)
            if gathered and (not outcomes or len(gathered) >= GATHERED):
                yield gathered
                gathered = []
        if gathered:
            yield gathered
        self._send_away(lines.sent_away)

    def _send_away(self, states: Sequence[SourceState]) -> None:
        """Let go of sources that were not asked after all: they are due as they were, once their host is up again."""
        if states:
            with self.store.write() as unit:
                for state in states:
                    unit.sources.put_off(state)

    def _finish(self, work: Work) -> Sequence[Polled]:
        slugs = [one.state.slug for one in ([work] if isinstance(work, Unread) else work)]
        try:
            polls: Sequence[Polled] = [self.poll(work)] if isinstance(work, Unread) else self.close(work)
        except LeaseLostError as error:
            _log.warning("poll dropped, another worker has the source", extra={"source": error.source})
            polls = [Polled(source=slug, fault=TAKEN_OVER) for slug in slugs]
        except StoreError as error:
            _log.error("poll not stored", extra={"source": slugs[0], "polls": len(slugs), "fault": str(error)})
            polls = [Polled(source=slug, fault=str(error)) for slug in slugs]
        self.hands.difference_update(slugs)
        for polled in polls:
            _tell(polled)
            self.told(polled)
        return polls


def _failed(what: str, error: Exception) -> str:
    """Tell the log; gives the error in words. One that was raised on purpose says all there is to know."""
    if isinstance(error, FeedhubError):
        _log.error(what, extra={"fault": str(error)})
        return str(error)
    _log.error(what, exc_info=error)
    return f"{type(error).__name__}: {error}"


def _tell(polled: Polled) -> None:
    facts = {
        "source": polled.source,
        "total": polled.total,
        "new": polled.new,
        "changed": polled.changed,
        "withdrawn": polled.withdrawn,
        "next": polled.next_reason,
    }
    if polled.fault:
        _log.warning("source failed", extra=facts | {"fault": polled.fault})
    else:
        _log.info("source polled", extra=facts)
    for sentence in (*polled.faults, *polled.dropped):
        _log.info("feed was not in order", extra={"source": polled.source, "fault": sentence})
