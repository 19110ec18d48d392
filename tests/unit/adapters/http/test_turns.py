"""Whose turn it is."""

import pytest

from feedhub.adapters.http.pace import MOMENT, Pace
from feedhub.adapters.http.turns import Turns
from tests.unit.adapters.http.clocks import Hands


@pytest.fixture
def clock() -> Hands:
    """A clock of the test's own."""
    return Hands()


def some_turns(clock: Hands, *items: str, per_host: int = 1, gap: float = 1.0) -> Turns[str]:
    """Turns with these items in wait; the first letter of each is its host."""
    turns: Turns[str] = Turns(Pace(per_host=per_host, gap=gap, clock=clock))
    for item in items:
        turns.put(item[0], item)
    return turns


def test_hosts_take_turns_and_items_of_one_host_keep_their_order(clock: Hands) -> None:
    """One after another in a ring."""
    turns = some_turns(clock, "a1", "a2", "a3", "b1", "c1", "b2", per_host=9)
    assert [turns.take() for _ in range(7)] == ["a1", "b1", "c1", "a2", "b2", "a3", None]


def test_a_host_that_has_enough_waits_until_one_is_given_back(clock: Hands) -> None:
    """Others go on."""
    turns = some_turns(clock, "a1", "a2", "b1", gap=0)
    assert [turns.take(), turns.take(), turns.take()] == ["a1", "b1", None]
    turns.give_back("a")
    assert [turns.take(), turns.take()] == ["a2", None]


def test_a_host_rests_for_the_gap(clock: Hands) -> None:
    """And `wait` says for how long."""
    turns = some_turns(clock, "a1", "a2")
    assert (turns.take(), turns.take()) == ("a1", None)
    assert turns.wait() == pytest.approx(MOMENT)
    turns.give_back("a")
    assert (turns.take(), turns.wait()) == (None, 1)
    clock.on(0.5)
    assert (turns.take(), turns.wait()) == (None, 0.5)
    clock.on(0.5)
    assert (turns.wait(), turns.take(), turns.wait()) == (0, "a2", None)


def test_a_platform_with_many_items_starves_nobody(clock: Hands) -> None:
    """While it rests the others are done."""
    turns = some_turns(clock, *(f"a{number}" for number in range(100)), "b1", "c1")
    taken = []
    for _ in range(4):
        while item := turns.take():
            taken.append(item)
            turns.give_back(item[0])
        clock.on(1)
    assert taken == ["a0", "b1", "c1", "a1", "a2", "a3"]
    assert len(turns) == 96


def test_an_item_put_while_its_host_runs_waits(clock: Hands) -> None:
    """As the next hop of a redirect does."""
    turns = some_turns(clock, "a1", gap=0)
    assert turns.take() == "a1"
    turns.put("a", "a2")
    assert (turns.take(), len(turns)) == (None, 1)
    turns.give_back("a")
    assert (turns.take(), len(turns)) == ("a2", 0)


def test_two_calls_share_the_pace(clock: Hands) -> None:
    """What one runs the other waits for."""
    pace = Pace(per_host=1, gap=1.0, clock=clock)
    one: Turns[str] = Turns(pace)
    two: Turns[str] = Turns(pace)
    one.put("a", "a1")
    two.put("a", "a2")
    assert (one.take(), two.take()) == ("a1", None)
    one.give_back("a")
    clock.on(MOMENT)
    assert two.take() is None
    assert two.wait() == pytest.approx(1 - MOMENT)
    clock.on(1)
    assert two.take() == "a2"


def test_turns_that_are_closed_want_nothing_more(clock: Hands) -> None:
    """So that other calls need not wait for them."""
    pace = Pace(per_host=1, gap=1.0, clock=clock)
    turns: Turns[str] = Turns(pace)
    for item in ("a1", "a2", "b1"):
        turns.put(item[0], item)
    assert turns.take() == "a1"
    assert turns.take() == "b1"
    assert turns.take() is None
    turns.give_back("a")
    turns.give_back("b")
    turns.close()
    clock.on(2)
    assert (len(turns), turns.take(), turns.wait()) == (0, None, None)
    assert pace.enter("a", "another") == 0
    assert len(pace) == 1
