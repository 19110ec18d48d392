"""Whose turn it is: few at once of one host, hosts in a ring, so that one with many asks starves nobody."""

from collections import defaultdict, deque
from typing import Generic, TypeVar

T = TypeVar("T")


class Turns(Generic[T]):
    """Items in wait by host. `take` counts an item as running until `give_back` names its host."""

    def __init__(self, per_host: int) -> None:
        self._per_host = per_host
        self._waiting: defaultdict[str, deque[T]] = defaultdict(deque)
        self._running: defaultdict[str, int] = defaultdict(int)
        self._ring: deque[str] = deque()
        self._in_ring: set[str] = set()
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def put(self, host: str, item: T) -> None:
        """Let an item wait for its host."""
        self._waiting[host].append(item)
        self._size += 1
        self._enter(host)

    def take(self) -> T | None:
        """The next item that may run, if there is one."""
        if not self._ring:
            return None
        host = self._ring.popleft()
        self._in_ring.discard(host)
        item = self._waiting[host].popleft()
        self._size -= 1
        self._running[host] += 1
        self._enter(host)
        return item

    def give_back(self, host: str) -> None:
        """An item of this host no longer runs."""
        self._running[host] -= 1
        self._enter(host)

    def _enter(self, host: str) -> None:
        """Put the host at the end of the ring if it has something that may run; forget it if it has nothing at all."""
        if not self._waiting[host]:
            del self._waiting[host]
            if not self._running[host]:
                del self._running[host]
        elif host not in self._in_ring and self._running[host] < self._per_host:
            self._ring.append(host)
            self._in_ring.add(host)
