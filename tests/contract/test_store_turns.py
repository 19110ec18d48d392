"""Who writes next, among threads of one process."""

from collections.abc import Callable
from contextlib import ExitStack
from threading import Event, Thread

import pytest

from feedhub.adapters.store.turns import Turns
from feedhub.errors import StoreBusyError


def _started(do: Callable[[], object]) -> Thread:
    thread = Thread(target=do)
    thread.start()
    return thread


def _await(turns: Turns, count: int) -> None:
    """Until so many wait."""
    pause = Event()
    while turns.waiting < count:
        pause.wait(0.001)


class Late:
    """A lock as far as turns need one; nobody else is there."""

    def __enter__(self) -> None:
        """As the mutex."""

    def __exit__(self, *_: object) -> None:
        """The same."""

    def acquire(self, *, timeout: float | None = None) -> bool:
        """At once."""
        return timeout is None

    def release(self) -> None:
        """Open."""


def test_turns_come_in_the_order_in_which_they_were_asked_for() -> None:
    """Also where one asks again at once: those who wait are before him."""
    turns, order = Turns("the database", wait=9), list[int]()

    def take(number: int) -> None:
        with turns():
            order.append(number)

    threads = []
    with turns():
        for number in range(3):
            threads.append(_started(lambda number=number: take(number)))  # type: ignore[misc]  # bound now
            _await(turns, number + 1)
    take(3)
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3]


def test_who_has_waited_long_enough_is_told_so_and_takes_no_turn() -> None:
    turns = Turns("the database", wait=0.01)
    with turns():
        with pytest.raises(StoreBusyError, match=r"the database is busy \(others of this process write"), turns():
            pass
        assert turns.waiting == 0
    with turns():
        pass


def test_turn_that_comes_as_patience_ends_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else nobody would ever have the next one."""
    turns, first = Turns("the database", wait=0), ExitStack()

    class Tardy(Late):
        """One that opens in the moment in which waiting for it has ended."""

        def acquire(self, *, timeout: float | None = None) -> bool:
            """At once, or never."""
            if timeout is not None:
                first.close()
            return timeout is None

    monkeypatch.setattr("feedhub.adapters.store.turns.Lock", Tardy)
    first.enter_context(turns())
    with turns():
        assert turns.waiting == 0
    with turns():
        pass


@pytest.mark.parametrize("came", [False, True])
def test_who_is_interrupted_as_he_waits_leaves_the_others_their_turns(
    monkeypatch: pytest.MonkeyPatch, *, came: bool
) -> None:
    """Also where his own comes in that moment."""
    turns, first = Turns("the database", wait=0), ExitStack()

    class Broken(Late):
        """Somebody presses Ctrl-C."""

        def acquire(self, *, timeout: float | None = None) -> bool:
            """At once, or not at all."""
            if timeout is None:
                return True
            if came:
                first.close()
            raise KeyboardInterrupt

    monkeypatch.setattr("feedhub.adapters.store.turns.Lock", Broken)
    first.enter_context(turns())
    with pytest.raises(KeyboardInterrupt), turns():
        pass
    first.close()
    assert turns.waiting == 0
    with turns():
        pass


def test_turn_is_over_whatever_happens_in_it() -> None:
    turns = Turns("the database", wait=0)
    with pytest.raises(ZeroDivisionError), turns():
        raise ZeroDivisionError
    with turns():
        pass
