"""Who of this process writes next: the one who has waited longest, however soon another comes back for more.

Other processes have no turns, they look again and again whether the database is free. So whoever hands his turn on
leaves it alone for a moment first.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock
from time import sleep

from feedhub.errors import StoreBusyError

MOMENT = 0.002
"""Seconds: a hundredth of what a long transaction takes; others look every few milliseconds at first."""


class Turns:
    """One at a time, in the order in which they came. A pool of one connection would give it to whoever is fastest."""

    def __init__(self, where: str, *, wait: float) -> None:
        self._where, self._wait = where, wait
        self._mutex = Lock()
        self._waiting: deque[Lock] = deque()
        self._taken = False

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """Have a turn. Raises StoreBusyError where it has not come after `wait` seconds."""
        mine = self._queue()
        if mine and not self._came(mine):
            raise StoreBusyError(where=self._where, why="others of this process write to it")
        try:
            yield
        finally:
            self._pass_on()

    @property
    def waiting(self) -> int:
        """How many wait for theirs."""
        return len(self._waiting)

    def _queue(self) -> "Lock | None":
        """What opens when the turn comes; None where it has come."""
        with self._mutex:
            if not self._taken:
                self._taken = True
                return None
            mine = Lock()
            mine.acquire()
            self._waiting.append(mine)
            return mine

    def _came(self, mine: Lock) -> bool:
        """Wait for the turn."""
        try:
            return mine.acquire(timeout=self._wait) or not self._left(mine)
        except BaseException:  # somebody wants the program to end, which others may have to write for
            if not self._left(mine):
                self._pass_on()
            raise

    def _left(self, mine: Lock) -> bool:
        """Stop waiting; whether the turn has not come in that very moment."""
        with self._mutex, suppress(ValueError):
            self._waiting.remove(mine)
            return True
        return False

    def _pass_on(self) -> None:
        if self._waiting:
            sleep(MOMENT)
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False
