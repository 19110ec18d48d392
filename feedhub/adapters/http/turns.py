"""Whose turn it is in one call: hosts in a ring, so that one with many asks starves nobody.

A host whose turn it is may still have to be left alone for a while (see `pace`); it sleeps beside the ring until then,
and those behind it go first.
"""

from collections import deque
from heapq import heappop, heappush
from typing import Generic, TypeVar

from feedhub.adapters.http.pace import Pace

T = TypeVar("T")


class Turns(Generic[T]):
    """Items in wait by host. `take` counts an item as running until `give_back` names its host."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._waiting: dict[str, deque[T]] = {}
        self._ring: deque[str] = deque()
        self._asleep: dict[str, float] = {}
        self._alarms: list[tuple[float, str]] = []  # a heap; one that `_asleep` does not bear out is void
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def put(self, host: str, item: T) -> None:
        """Let an item wait for its host."""
        self._size += 1
        if host in self._waiting:
            self._waiting[host].append(item)
        else:
            self._waiting[host] = deque((item,))
            self._ring.append(host)

    def take(self) -> T | None:
        """The next item that may run now, if there is one."""
        self._wake()
        while self._ring:
            host = self._ring.popleft()
            wait = self._pace.enter(host, self)
            if wait <= 0:
                return self._first(host)
            self._asleep[host] = self._pace.clock() + wait
            heappush(self._alarms, (self._asleep[host], host))
        return None

    def give_back(self, host: str) -> None:
        """An item of this host no longer runs."""
        self._pace.leave(host)
        if self._asleep.pop(host, None) is not None:  # how long it is to wait is known only now
            self._ring.append(host)

    def wait(self) -> float | None:
        """Seconds until it is worth trying `take` again, None where nothing waits."""
        self._wake()
        if self._ring:
            return 0.0
        return self._alarms[0][0] - self._pace.clock() if self._alarms else None

    def close(self) -> None:
        """Let go of all that waits."""
        for host in self._waiting:
            self._pace.withdraw(host, self)
        self._waiting.clear()
        self._ring.clear()
        self._asleep.clear()
        self._size = 0

    def _first(self, host: str) -> T:
        """Take the host's first item; with more of them it goes to the end of the ring."""
        items = self._waiting[host]
        if len(items) > 1:
            self._ring.append(host)
        else:
            del self._waiting[host]
        self._size -= 1
        return items.popleft()

    def _wake(self) -> None:
        """Put hosts that have slept long enough back into the ring, and drop void alarms."""
        now = self._pace.clock()
        while self._alarms:
            due, host = self._alarms[0]
            void = self._asleep.get(host) != due
            if due > now and not void:
                return
            heappop(self._alarms)
            if not void:
                del self._asleep[host]
                self._ring.append(host)
