"""A look for due sources: claim some, ask them side by side, put each answer through the line, publish.

Ticks may overlap: one that waits for a server that drips does not keep the next from asking the others. All ticks of a
process together have no more in hand than a few batches, so that slow servers cannot fill its memory.

Most answers bring nothing: they are gathered and written many at a time, and so is what others have brought, once it
is read. What is gathered waits no longer than until the fetcher has a moment of quiet.

Whoever reads may be held up by one hostile body, and a tick by one silent server. So somebody looks after the tick
meanwhile: what nobody else comes to store he stores, and shows what was stored when all is calm.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from feedhub.errors import FeedhubError, LeaseLostError, StoreBusyError, StoreError, StoreUnreachableError
from feedhub.flows.tick.lines import Lines
from feedhub.flows.tick.shelf import Shelf
from feedhub.flows.tick.showing import Showing
from feedhub.model.brought import Brought
from feedhub.model.ending import TAKEN_OVER, Ended, Unread
from feedhub.model.fetching import Outcome
from feedhub.model.keys import SourceSlug
from feedhub.model.polling import Polled, Ticked
from feedhub.model.source import SourceState
from feedhub.ports import Clock, Dispatcher, Fetcher, Meanwhile, Store
from feedhub.steps.conclude import put_off

_log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
"""Longer than the slowest poll: a worker that lives must not lose what it works on."""

HANDS = 4
"""Batches that all ticks together may have in hand."""

GATHERED = 100
"""Polls that have ended and are written together at most."""


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do for these sources; it gives the polls that have ended with it."""

    slugs: Sequence[SourceSlug]
    do: Callable[[], Sequence[Polled]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """One batch of due sources.

    `reload` looks at the documents; `settle` ends a poll whose answer need not be read, `poll` reads a new body, `keep`
    stores what was read, `close` writes down those that have ended; `publish` renders what changed; `upkeep` lets go of
    what is too old (and knows when that is due). `told` hears of each poll as it ends. Of one host `per_host` sources
    are taken, and `at_once` asked at a time.
    """

    store: Store
    fetcher: Fetcher
    dispatcher: Dispatcher
    meanwhile: Meanwhile
    clock: Clock
    reload: Callable[[], object]
    settle: Callable[[SourceState, Outcome], Ended | Unread]
    poll: Callable[[Unread], Brought | Polled]
    keep: Callable[[Sequence[Brought]], Sequence[Polled]]
    close: Callable[[Sequence[Ended]], Sequence[Polled]]
    publish: Callable[[], tuple[int, int]]
    upkeep: Callable[[], object]
    worker: str
    batch: int = 500
    per_host: int = 5
    at_once: int = 1
    told: Callable[[Polled], object] = lambda _: None
    hands: set[SourceSlug] = field(default_factory=set)
    """Sources that ticks of this process have in hand now."""
    showing: Showing = field(default_factory=Showing)
    """What ticks of this process have stored and not shown yet."""

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
        shelf, polls, shown = Shelf(), list[Polled](), list[tuple[int, int]]()
        try:
            with self.meanwhile(partial(self._look_after, shelf, polls, shown)):
                for ended in self.dispatcher.map(self._finish, self._tasks(leased, shelf)):
                    polls += ended
        finally:  # whatever went wrong, what was brought is kept
            try:
                while shelf:
                    polls += self._finish(self._clearing(shelf))
            finally:
                self.hands.difference_update(state.slug for state in leased)
        shown.append(self.showing.at_once(self.publish, self.clock))
        published, rendered = map(sum, zip(*shown, strict=True))
        return Ticked(polls=tuple(polls), published=published, rendered=rendered, fault=self._keep_up())

    def _look_after(self, shelf: Shelf, polls: list[Polled], shown: list[tuple[int, int]]) -> None:
        """Store what nobody else comes to take, else show what was stored.

        Either may fail, the polls go on all the same, and the tick publishes once more when it ends.
        """
        try:
            if shelf.still():
                if shelf:
                    polls += self._finish(self._clearing(shelf))
                else:
                    shown.append(self.showing.in_time(self.publish, self.clock))
        except Exception as error:  # noqa: BLE001  # told in the log
            _failed("looking after a tick failed", error)

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

    def _tasks(self, leased: Sequence[SourceState], shelf: Shelf) -> Iterator[Task]:
        """What there is to do, as answers come: those with news are read one by one, whatever has ended is gathered."""
        states = {str(state.slug): state for state in leased}
        lines = Lines(leased, at_once=self.at_once)
        gathered: list[Ended] = []
        for outcomes in self.fetcher(lines.asks()):
            for ask, outcome in outcomes:
                settled = self.settle(states[ask.ref], outcome)
                lines.answered(settled)
                if isinstance(settled, Unread):
                    yield Task([settled.state.slug], partial(self._read, settled, shelf))
                else:
                    gathered.append(settled)
                yield from self._due(gathered, shelf, quiet=False)
            yield from self._due(gathered, shelf, quiet=not outcomes)
        self._send_away(lines.sent_away)
        yield from self._due(gathered, shelf, quiet=True)

    def _due(self, gathered: list[Ended], shelf: Shelf, *, quiet: bool) -> Iterator[Task]:
        """What is to be written down now: all that was gathered once nothing else is to do, or once it is much."""
        if gathered and (quiet or len(gathered) >= GATHERED):
            yield self._closing(tuple(gathered))
            gathered.clear()
        if quiet and shelf:
            yield self._clearing(shelf)

    def _closing(self, ended: Sequence[Ended]) -> Task:
        return Task([one.state.slug for one in ended], partial(self.close, ended))

    def _clearing(self, shelf: Shelf) -> Task:
        """Store what is there when it comes to that: until then others may."""
        return Task((), lambda: self._done(self._keeping(brought)) if (brought := shelf.take()) else ())

    def _keeping(self, brought: Sequence[Brought]) -> Task:
        return Task([one.state.slug for one in brought], partial(self._keep_all, brought))

    def _send_away(self, states: Sequence[SourceState]) -> None:
        """Let go of sources that were not asked after all: they are due as they were, once their host is up again."""
        if states:
            with self.store.write() as unit:
                for state in states:
                    unit.sources.put_off(state)

    def _finish(self, task: Task) -> Sequence[Polled]:
        """Do it, and tell of the polls that have ended."""
        polls = self._done(task)
        self.hands.difference_update(polled.source for polled in polls)
        for polled in polls:
            if polled.new or polled.changed or polled.withdrawn:
                self.showing.waits = True
            _tell(polled)
            self.told(polled)
        return polls

    def _done(self, task: Task) -> Sequence[Polled]:
        """The polls that have ended with it, be it that they could not be stored."""
        try:
            return task.do()
        except LeaseLostError as error:
            _log.warning("poll dropped, another worker has the source", extra={"source": error.source})
            return [Polled(source=slug, fault=TAKEN_OVER) for slug in task.slugs]
        except StoreError as error:
            _log.error(
                "poll not stored", extra={"source": task.slugs[0], "polls": len(task.slugs), "fault": str(error)}
            )
            return [Polled(source=slug, fault=str(error)) for slug in task.slugs]

    def _read(self, unread: Unread, shelf: Shelf) -> Sequence[Polled]:
        """Have an answer read; what it brought goes on the shelf, and once there is enough of it to the store.

        What is long goes there at once: it is stored in pieces, and nobody shall wait for all of them.
        """
        polled = self.poll(unread)
        if isinstance(polled, Polled):
            return [polled]
        if polled.is_long:
            return self._done(self._keeping([polled]))
        shelf.put(polled)
        brought = shelf.surplus()
        return self._done(self._keeping(brought)) if brought else ()

    def _keep_all(self, brought: Sequence[Brought]) -> Sequence[Polled]:
        """Store what was brought in one transaction; where that goes wrong, each in one of its own."""
        try:
            return self.keep(brought)
        except (StoreBusyError, StoreUnreachableError):  # it would keep each of them waiting as long
            raise
        except Exception:
            if len(brought) == 1:
                raise
        return [polled for one in brought for polled in self._done(self._keeping([one]))]


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
