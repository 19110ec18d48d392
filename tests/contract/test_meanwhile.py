"""The port Meanwhile on a thread of this process."""

import threading

import pytest

from feedhub.adapters.pool import ThreadMeanwhile

SOON = ThreadMeanwhile(every=0.001)
PATIENCE = 5


def test_it_looks_again_and_again_beside_the_block() -> None:
    third, looks = threading.Event(), list[str]()

    def look() -> None:
        looks.append(threading.current_thread().name)
        if len(looks) == 3:
            third.set()

    with SOON(look):
        assert third.wait(PATIENCE)
    assert threading.current_thread().name not in looks


def test_block_ends_after_the_look_that_is_under_way_and_none_follows() -> None:
    before = threading.active_count()
    began, looks = threading.Event(), list[str]()

    def look() -> None:
        looks.append("began")
        began.set()
        threading.Event().wait(0.02)
        looks.append("ended")

    with SOON(look):
        assert began.wait(PATIENCE)
    assert looks[-1] == "ended"
    assert threading.active_count() == before
    assert looks == ["began", "ended"] * (len(looks) // 2)  # never two at a time


def test_block_that_is_over_soon_is_not_held_up() -> None:
    looks: list[str] = []
    with ThreadMeanwhile(every=PATIENCE)(lambda: looks.append("a look")):
        pass
    assert looks == []


def test_fault_of_a_look_ends_the_looks_and_then_the_block() -> None:
    failed, done = threading.Event(), list[str]()

    def look() -> None:
        done.append("a look")
        failed.set()
        raise LookupError("of the look")

    def block() -> None:
        with SOON(look):
            assert failed.wait(PATIENCE)
            done.append("the block goes on")

    with pytest.raises(LookupError, match="of the look"):
        block()
    assert done == ["a look", "the block goes on"]


def test_fault_of_the_block_comes_before_that_of_a_look() -> None:
    failed = threading.Event()

    def look() -> None:
        failed.set()
        raise LookupError("of the look")

    def block() -> None:
        with SOON(look):
            assert failed.wait(PATIENCE)
            raise LookupError("of the block")

    with pytest.raises(LookupError, match="of the block"):
        block()
