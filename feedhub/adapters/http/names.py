"""Looks names up in threads of its own, where one that hangs holds up no other.

libcurl would do it in twenty threads a multi handle, which it does not give back before the system's resolver does: a
few dozen names whose servers are silent, and good names wait behind them until they are out of time. Looked up here,
an address is vetted before libcurl hears of it, and what libcurl gets is pinned: nobody asks a second time.
"""

import socket
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Condition, Thread
from time import monotonic


@dataclass(slots=True)
class Lookup:
    """A name's addresses, once `done`; none where it has none or cannot be looked up. `until` is when it is too old."""

    done: bool = False
    addresses: tuple[str, ...] = ()
    until: float = 0.0


def ask_system(host: str) -> Sequence[str]:
    """The addresses of a name by the system's resolver, the best first (RFC 6724). Raises OSError or UnicodeError."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]


class Names:
    """A shared book of names; safe to use from several threads. Found addresses are kept for a minute.

    `most_threads` is large because a look-up costs nothing but its thread (some 100 kB), and one that hangs cannot be
    called back. Beyond it, look-ups wait.
    """

    def __init__(
        self,
        ask: Callable[[str], Sequence[str]] = ask_system,
        *,
        clock: Callable[[], float] = monotonic,
        most_threads: int = 256,
        most_names: int = 20_000,
    ) -> None:
        self._ask = ask
        self._clock = clock
        self._most_threads = most_threads
        self._most_names = most_names
        self._more = Condition()
        self._book: OrderedDict[str, Lookup] = OrderedDict()
        self._todo: deque[tuple[str, Lookup]] = deque()
        self._threads = 0
        self._idle = 0

    def __len__(self) -> int:
        return len(self._book)

    def find(self, host: str) -> Lookup:
        """The look-up of a name, which may be done already or be done later."""
        with self._more:
            known = self._book.get(host)
            if known is not None and (not known.done or self._clock() < known.until):
                return known
            lookup = Lookup()
            self._book[host] = lookup
            self._book.move_to_end(host)
            if len(self._book) > self._most_names:
                self._book.popitem(last=False)
            self._todo.append((host, lookup))
            if self._idle >= len(self._todo):
                self._more.notify()
            elif self._threads < self._most_threads:
                self._threads += 1
                Thread(target=self._work, daemon=True, name="names").start()
        return lookup

    def _work(self) -> None:
        """Look up what is to be looked up, until nothing has come for a while."""
        while task := self._next():
            host, lookup = task
            try:
                found = tuple(dict.fromkeys(self._ask(host)))[:_MOST_ADDRESSES]
            except (OSError, UnicodeError):
                found = ()
            lookup.addresses = found
            lookup.until = self._clock() + (_KEPT if found else _KEPT_FAILURE)
            lookup.done = True

    def _next(self) -> tuple[str, Lookup] | None:
        with self._more:
            self._idle += 1
            came = self._more.wait_for(lambda: self._todo, _LINGER)
            self._idle -= 1
            if came:
                return self._todo.popleft()
            self._threads -= 1
            return None


_KEPT = 60.0  # seconds; as long as libcurl keeps them
_KEPT_FAILURE = 5.0  # so that the asks of one host that fails are not looked up one by one
_MOST_ADDRESSES = 8
_LINGER = 5.0  # seconds that a thread waits for more to do; making one costs more than most look-ups
