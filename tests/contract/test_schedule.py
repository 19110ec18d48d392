"""The tick's schedule. It has a real clock inside: the tests wait for events, and hurry it."""

import logging
import threading
from datetime import timedelta

import pytest

from feedhub.adapters.schedule import TickSchedule

SHORT = timedelta(milliseconds=10)
LONG = timedelta(hours=1)
PATIENCE = 5.0


class Ticks:
    """Counts ticks; each takes `span` seconds, and the third and all after it are told by `third`."""

    def __init__(self, span: float = 0, fault: Exception | None = None) -> None:
        self.began = 0
        self.ended = 0
        self.most = 0
        self.first = threading.Event()
        self.third = threading.Event()
        self._span = span
        self._fault = fault

    def __call__(self) -> None:
        """One tick."""
        self.began += 1
        self.most = max(self.most, self.began - self.ended)
        self.first.set()
        threading.Event().wait(self._span)
        self.ended += 1
        if self.ended == 3:
            self.third.set()
        if self._fault:
            raise self._fault


def test_schedule_ticks_at_once() -> None:
    """However long the time between two ticks is."""
    ticks = Ticks()
    schedule = TickSchedule(ticks, every=LONG)
    schedule.start()
    assert ticks.first.wait(PATIENCE)
    schedule.stop()
    assert ticks.ended == 1


def test_schedule_ticks_again_and_again_one_at_a_time(caplog: pytest.LogCaptureFixture) -> None:
    """A tick that takes longer than the time between two is waited for, without a word."""
    ticks = Ticks(span=0.03)
    schedule = TickSchedule(ticks, every=SHORT)
    schedule.start()
    assert ticks.third.wait(PATIENCE)
    schedule.stop()
    assert ticks.most == 1
    assert caplog.records == []


def test_schedule_may_let_ticks_overlap_up_to_a_number() -> None:
    """One that waits for a slow server does not hold back the others."""
    ticks = Ticks(span=0.1)
    schedule = TickSchedule(ticks, every=SHORT, at_once=3)
    schedule.start()
    assert ticks.third.wait(PATIENCE)
    schedule.stop()
    assert ticks.most == 3


def test_stop_waits_for_the_tick_under_way_and_then_none_comes() -> None:
    """What a tick has begun is stored."""
    ticks = Ticks(span=0.1)
    schedule = TickSchedule(ticks, every=SHORT)
    schedule.start()
    assert ticks.first.wait(PATIENCE)
    schedule.stop()
    ended = ticks.ended
    threading.Event().wait(0.05)
    assert (ticks.began, ticks.ended) == (ended, ended)


def test_stop_may_come_before_start_and_twice() -> None:
    """Whoever tidies up need not know how far it came."""
    schedule = TickSchedule(Ticks(), every=LONG)
    schedule.stop()
    schedule.start()
    schedule.stop()
    schedule.stop()


def test_schedule_goes_on_after_a_tick_that_raised(caplog: pytest.LogCaptureFixture) -> None:
    """Though it must not: the log has it."""
    ticks = Ticks(fault=LookupError("a fault of ours"))
    with caplog.at_level(logging.CRITICAL, logger="apscheduler"):
        schedule = TickSchedule(ticks, every=SHORT)
        schedule.start()
        assert ticks.third.wait(PATIENCE)
        schedule.stop()
