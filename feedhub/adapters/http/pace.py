"""When a server may be asked: few requests at once, a gap after each, over all calls of a fetcher.

A publisher sees one reader, however many threads it has. So the count is kept here, by the name that `text.hosts` gives
a server, and shared by whoever asks. Callers that want one host at the same time get it by turns: who has just had it
stands behind those that wait. A caller that does not come when its turn has come (its thread may be busy with what it
has got already) loses it after a moment, so that it holds up nobody.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

MOMENT = 0.05
"""Seconds after which to look again at a host that another caller is asking."""


class Pace:
    """At most `per_host` requests at once of a host, and `gap` seconds from the end of one to the start of the next.

    Safe to use from several threads. Hosts that have rested for the gap and that nobody wants are forgotten.
    """

    def __init__(self, *, per_host: int, gap: float, clock: Callable[[], float] = monotonic) -> None:
        self.clock = clock
        self._per_host = per_host
        self._gap = gap
        self._lock = Lock()
        self._places: dict[str, _Place] = {}
        self._resting: deque[tuple[float, str]] = deque()  # in the order in which their gaps end, since all are alike

    def __len__(self) -> int:
        return len(self._places)

    def enter(self, host: str, caller: object) -> float:
        """0 where the caller may ask the host now, until `leave`; else the seconds after which to try again.

        Who is told to wait stands in the host's queue until it enters or withdraws.
        """
        with self._lock:
            now = self.clock()
            self._forget(now)
            place = self._places.setdefault(host, _Place())
            wait = self._wait(place, caller, now)
            if wait > 0:
                place.queue.setdefault(caller)
                return wait
            place.admit(caller)
            return 0.0

    def leave(self, host: str) -> None:
        """A request to the host has ended, however it did."""
        with self._lock:
            now = self.clock()
            place = self._places[host]
            place.running -= 1
            place.free_at = now + self._gap
            self._resting.append((place.free_at, host))
            self._forget(now)

    def withdraw(self, host: str, caller: object) -> None:
        """The caller no longer waits for the host."""
        with self._lock:
            place = self._places.get(host)
            if place is not None:
                place.queue.pop(caller, None)
                self._drop(host, self.clock())

    def _wait(self, place: "_Place", caller: object, now: float) -> float:
        if place.running >= self._per_host:
            return MOMENT
        if place.free_at > now:
            return place.free_at - now
        if next(iter(place.queue), caller) is caller:
            return 0.0
        return place.free_at + _GRACE - now

    def _forget(self, now: float) -> None:
        while self._resting and self._resting[0][0] <= now:
            self._drop(self._resting.popleft()[1], now)

    def _drop(self, host: str, now: float) -> None:
        place = self._places.get(host)
        if place is not None and not place.running and not place.queue and place.free_at <= now:
            del self._places[host]


_GRACE = 3 * MOMENT  # a caller that sleeps looks again within one


@dataclass(slots=True)
class _Place:
    """A host: requests under way, when the gap after the last one ends, and who waits, first come first."""

    running: int = 0
    free_at: float = 0.0
    queue: dict[object, None] = field(default_factory=dict)

    def admit(self, caller: object) -> None:
        """Let the caller in; those before it in the queue have missed their turn and line up anew."""
        while self.queue and next(iter(self.queue)) is not caller:
            del self.queue[next(iter(self.queue))]
        self.queue.pop(caller, None)
        self.running += 1
