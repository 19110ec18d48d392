"""The tick: APScheduler wakes one job and knows nothing of sources."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

# That a tick takes longer than the time between two is no reason to warn, and it would each time.
logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)


class TickSchedule:
    """Calls `tick` at once and then every `every`, until stopped; at most `at_once` calls are under way.

    A late run is made up once (`coalesce`, no grace time): after a machine has slept, one tick sees all that is due.
    The tick must not raise: APScheduler would only log it.
    """

    def __init__(self, tick: Callable[[], None], *, every: timedelta, at_once: int = 1) -> None:
        self._scheduler = BackgroundScheduler(timezone=UTC, executors={"default": ThreadPoolExecutor(at_once)})
        self._tick = tick
        self._every = every
        self._at_once = at_once

    def start(self) -> None:
        """Begin ticking in a thread of its own."""
        self._scheduler.add_job(
            self._tick,
            "interval",
            seconds=self._every.total_seconds(),
            max_instances=self._at_once,
            coalesce=True,
            misfire_grace_time=None,
            next_run_time=datetime.now(UTC),  # noqa: TID251  # APScheduler compares with the machine's time
        )
        self._scheduler.start()

    def stop(self) -> None:
        """Stop, after the ticks that are under way have ended."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)
