"""When what was stored is shown, while ticks still wait for others."""

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from feedhub.ports import Clock

PAUSE = timedelta(seconds=1)
"""From one showing to the next at least: no reader notices it, and what is stored in it is shown together."""

REST = timedelta(milliseconds=200)
"""Pause for each topic that was rendered, some four times as long as that takes: the rest of the time is for polls."""


class Showing:
    """All ticks of a process have one: while they wait, they show neither side by side nor soon after one another."""

    def __init__(self) -> None:
        self.waits = False
        """Something was stored that is not shown yet."""
        self._turns = deque([datetime.min.replace(tzinfo=UTC)])
        """When the next may begin; empty while one is under way."""

    def in_time(self, publish: Callable[[], tuple[int, int]], clock: Clock) -> tuple[int, int]:
        """What was published and rendered; nothing where nothing waits, or its time has not come."""
        if self.waits and (turn := self._taken()):
            if turn <= clock():
                return self._show(publish, clock)
            self._turns.append(turn)
        return 0, 0

    def at_once(self, publish: Callable[[], tuple[int, int]], clock: Clock) -> tuple[int, int]:
        """What was published and rendered now, be it beside another showing, which may have begun too early for it."""
        if self._taken():
            return self._show(publish, clock)
        self.waits = False
        return publish()

    def _taken(self) -> datetime | None:
        with suppress(IndexError):  # another one is under way
            return self._turns.popleft()
        return None

    def _show(self, publish: Callable[[], tuple[int, int]], clock: Clock) -> tuple[int, int]:
        pause = PAUSE
        try:
            self.waits = False
            done = publish()
            pause = max(PAUSE, done[1] * REST)
            return done
        finally:
            self._turns.append(clock() + pause)
