"""Whose turn it is."""

from feedhub.adapters.http.turns import Turns


def test_hosts_take_turns_and_items_of_one_host_keep_their_order() -> None:
    """One after another in a ring."""
    turns: Turns[str] = Turns(9)
    for item in ("a1", "a2", "a3", "b1", "c1", "b2"):
        turns.put(item[0], item)
    assert [turns.take() for _ in range(7)] == ["a1", "b1", "c1", "a2", "b2", "a3", None]


def test_a_host_that_has_enough_waits_until_one_is_given_back() -> None:
    """Others go on."""
    turns: Turns[str] = Turns(1)
    for item in ("a1", "a2", "b1"):
        turns.put(item[0], item)
    assert [turns.take(), turns.take(), turns.take()] == ["a1", "b1", None]
    turns.give_back("a")
    assert [turns.take(), turns.take()] == ["a2", None]


def test_an_item_put_while_its_host_runs_waits() -> None:
    """As the next hop of a redirect does."""
    turns: Turns[str] = Turns(1)
    turns.put("a", "a1")
    assert turns.take() == "a1"
    turns.put("a", "a2")
    assert (turns.take(), len(turns)) == (None, 1)
    turns.give_back("a")
    assert (turns.take(), len(turns)) == ("a2", 0)
