"""Time and the service's rhythm in a played day.

The clock runs as the machine's does while anything works, and skips to the next event when nothing does: what feedhub
costs it costs in played time too, waiting for servers costs nothing. Ticks overlap as in the poller: while one waits
for slow servers, those that come meanwhile run inside its wait, as many as the poller lets run at once.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from feedhub.cli.service import AT_ONCE
from feedhub.ports import Dispatcher

A = TypeVar("A")
B = TypeVar("B")

_GLANCE = 0.0005
"""Seconds between two looks at whether work is done."""


class World:
    """A clock (see Clock) that is `start` when it is made, and the ticks on it, one each `every`."""

    def __init__(self, start: datetime, *, every: timedelta) -> None:
        self._start = start
        self._began = time.perf_counter()
        self._skipped = 0.0
        self._every = every.total_seconds()
        self._next = 0.0
        self._depth = 0
        self.step: Callable[[], object] = lambda: None
        """What a tick does."""
        self.busy: Callable[[], bool] = lambda: False
        """Whether anybody works, apart from who asks."""

    def __call__(self) -> datetime:
        """Now."""
        return self._start + timedelta(seconds=self.seconds())

    def seconds(self) -> float:
        """Played seconds since the start."""
        return time.perf_counter() - self._began + self._skipped

    def wait(self, until: float) -> None:
        """Let time pass to a moment in seconds since the start, with the ticks that come meanwhile."""
        while self._next <= until and self._depth < AT_ONCE:
            self._skip(self._next)
            self._next = self._every * (1 + self.seconds() // self._every)  # a tick that is late is made up once
            self._depth += 1
            self.step()
            self._depth -= 1
        self._skip(until)

    def _skip(self, until: float) -> None:
        while self.busy() and self.seconds() < until:
            time.sleep(_GLANCE)
        self._skipped += max(0.0, until - self.seconds())


@dataclass(slots=True)
class Counted:
    """A Dispatcher that knows whether what it was given is done."""

    inner: Dispatcher
    _pending: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def map(self, work: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
        """As the inner one does."""

        def counted() -> Iterator[A]:
            for item in items:
                self._count(1)
                yield item

        def done(item: A) -> B:
            try:
                return work(item)
            finally:
                self._count(-1)

        return self.inner.map(done, counted())

    def busy(self) -> bool:
        """Whether any of it is not."""
        return self._pending > 0

    def _count(self, by: int) -> None:
        with self._lock:
            self._pending += by
