"""The port Dispatcher on threads of this process."""

import threading
from collections.abc import Iterator

import pytest

from feedhub.adapters.pool import ThreadDispatcher
from feedhub.ports import Dispatcher
from tests.fakes import InlineDispatcher


@pytest.mark.parametrize("dispatcher", [ThreadDispatcher(workers=1), ThreadDispatcher(workers=3), InlineDispatcher()])
def test_map_gives_the_result_of_every_item(dispatcher: Dispatcher) -> None:
    """In any order."""
    assert sorted(dispatcher.map(abs, range(-50, 0))) == list(range(1, 51))


@pytest.mark.parametrize("dispatcher", [ThreadDispatcher(workers=3), InlineDispatcher()])
def test_map_of_nothing_is_nothing(dispatcher: Dispatcher) -> None:
    """A tick with nothing due."""
    assert list(dispatcher.map(abs, ())) == []


def test_map_gives_a_result_while_a_slow_item_is_under_way() -> None:
    """Who is quick does not wait for who is slow."""
    gate = threading.Event()
    items = iter(["slow", "quick"])
    results = ThreadDispatcher(workers=2).map(lambda item: (item == "slow" and gate.wait(5), item)[1], items)
    first = next(results)
    gate.set()
    assert [first, *results] == ["quick", "slow"]


def test_map_takes_no_more_items_than_its_workers_can_soon_do() -> None:
    """What waits to be done costs memory: a body may have 10 MB."""
    gate = threading.Event()
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(20):
            taken.append(number)
            yield number

    def work(number: int) -> int:
        gate.wait(5)
        return number

    def look() -> None:
        seen.append(len(taken))
        gate.set()

    seen: list[int] = []
    timer = threading.Timer(0.1, look)
    timer.start()
    assert sorted(ThreadDispatcher(workers=2).map(work, items())) == list(range(20))
    assert seen == [5]  # two for each worker, and one at the door


def test_calls_side_by_side_share_the_room() -> None:
    """Ticks overlap: what waits in all of them together costs memory."""
    gate = threading.Event()
    dispatcher = ThreadDispatcher(workers=2)
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(10):
            taken.append(number)
            yield number

    def look() -> None:
        seen.append(len(taken))
        gate.set()

    seen: list[int] = []
    calls = [threading.Thread(target=lambda: list(dispatcher.map(lambda _: gate.wait(5), items()))) for _ in range(3)]
    threading.Timer(0.1, look).start()
    for call in calls:
        call.start()
    for call in calls:
        call.join()
    assert seen == [4 + 3]  # the room, and one at each door


def test_call_that_waits_for_its_next_item_holds_no_room() -> None:
    """A tick may wait a minute for a server that drips."""
    gate = threading.Event()
    dispatcher = ThreadDispatcher(workers=1)

    def slow() -> Iterator[int]:
        yield 1
        gate.wait(5)

    waiting = [threading.Thread(target=lambda: list(dispatcher.map(abs, slow()))) for _ in range(5)]
    for call in waiting:
        call.start()
    assert sorted(dispatcher.map(abs, range(10))) == list(range(10))
    gate.set()
    for call in waiting:
        call.join()


def test_map_runs_no_more_than_its_workers_at_once() -> None:
    """However many items there are."""
    lock, running, most = threading.Lock(), 0, 0

    def work(_: int) -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        threading.Event().wait(0.002)
        with lock:
            running -= 1

    list(ThreadDispatcher(workers=3).map(work, range(30)))
    assert most == 3


def test_map_ends_with_the_exception_of_the_work() -> None:
    """After what is under way has ended; no thread stays behind."""
    before = threading.active_count()
    ended: list[int] = []

    def work(number: int) -> int:
        if number == 1:
            raise LookupError("1")
        threading.Event().wait(0.02)
        ended.append(number)
        return number

    with pytest.raises(LookupError):
        list(ThreadDispatcher(workers=2).map(work, range(10)))
    assert len(ended) < 9
    assert threading.active_count() == before


def test_map_ends_with_the_exception_of_the_items() -> None:
    """The fetcher itself failed."""

    def items() -> Iterator[int]:
        yield 1
        raise LookupError("2")

    with pytest.raises(LookupError):
        list(ThreadDispatcher(workers=2).map(abs, items()))


def test_map_that_is_not_read_to_its_end_leaves_no_thread() -> None:
    """Closing the results waits for what is under way."""
    before = threading.active_count()
    results = ThreadDispatcher(workers=2).map(abs, range(100))
    next(results)
    results.close()  # type: ignore[attr-defined]  # it is a generator
    assert threading.active_count() == before
