"""Threads that want the same kind of work done."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from feedhub.adapters.together import Together

WAIT = 10


def test_one_thread_alone_has_its_item_done() -> None:
    together = Together(_doubled, weight=lambda _: 1, most=9)
    assert [together(item) for item in (1, 2)] == [2, 4]


@pytest.mark.parametrize(("most", "sizes"), [(9, [1, 4]), (3, [1, 3, 1]), (2, [1, 2, 2]), (1, [1] * 5), (0, [1] * 5)])
def test_items_that_wait_are_done_together_up_to_a_weight_and_one_at_least(most: int, sizes: list[int]) -> None:
    done, first, results = _crowd(4, most=most)
    assert (first, results) == (0, [10, 20, 30, 40])
    assert [len(items) for items in done] == sizes


def test_where_several_fail_each_is_done_alone_and_only_the_guilty_one_fails() -> None:
    tried: list[list[int]] = []
    started, go = Event(), Event()

    def work(items: Sequence[int]) -> list[int]:
        tried.append(sorted(items))
        if items == [0]:
            started.set()
            assert go.wait(WAIT)
        if 2 in items:
            raise ValueError(f"two among {len(items)}")
        return [item * 10 for item in items]

    together = Together(work, weight=lambda _: 1, most=9)
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(together, 0)
        assert started.wait(WAIT)
        others = {item: pool.submit(together, item) for item in (1, 2, 3)}
        _until_waiting(together, 3)
        go.set()
        assert (first.result(WAIT), others[1].result(WAIT), others[3].result(WAIT)) == (0, 10, 30)
        with pytest.raises(ValueError, match="two among 1"):
            others[2].result(WAIT)
    assert tried[1] == [1, 2, 3]
    assert sorted(tried[2:]) == [[1], [2], [3]]


def test_results_belong_to_those_who_asked_however_many_ask() -> None:
    together = Together(_doubled, weight=lambda _: 1, most=5)
    line = Barrier(8)

    def ask(start: int) -> list[int]:
        line.wait(WAIT)
        return [together(start + number) for number in range(100)]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(0, 800, 100)))
    assert answers == [[2 * (start + number) for number in range(100)] for start in range(0, 800, 100)]


def _doubled(items: Sequence[int]) -> list[int]:
    return [item * 2 for item in items]


def _crowd(count: int, *, most: int) -> tuple[list[list[int]], int, list[int]]:
    """What was done together when so many came while a first one was being done, and their results."""
    done: list[list[int]] = []
    started, go = Event(), Event()

    def work(items: Sequence[int]) -> list[int]:
        done.append(list(items))
        if not started.is_set():
            started.set()
            assert go.wait(WAIT)
        return [item * 10 for item in items]

    together = Together(work, weight=lambda _: 1, most=most)
    with ThreadPoolExecutor(count + 1) as pool:
        first = pool.submit(together, 0)
        assert started.wait(WAIT)
        others = [pool.submit(together, number) for number in range(1, count + 1)]
        _until_waiting(together, count)
        go.set()
        return done, first.result(WAIT), [one.result(WAIT) for one in others]


def _until_waiting(together: Together[int, int], count: int) -> None:
    pause = Event()
    for _ in range(WAIT * 100):
        if together.waiting == count:
            return
        pause.wait(0.01)
    raise AssertionError(f"{together.waiting} wait, not {count}")
