"""When a host may be asked."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedhub.adapters.http.pace import MOMENT, Pace
from tests.unit.adapters.http.clocks import Hands

A = "a.example"
B = "b.example"


@pytest.fixture
def clock() -> Hands:
    """A clock of the test's own."""
    return Hands()


@pytest.fixture
def pace(clock: Hands) -> Pace:
    """One request at once, a second after each."""
    return Pace(per_host=1, gap=1.0, clock=clock)


def test_a_host_that_nobody_asks_may_be_asked(pace: Pace) -> None:
    assert (pace.enter(A, "me"), pace.enter(B, "me")) == (0, 0)


def test_a_host_that_is_being_asked_is_looked_at_again_in_a_moment(pace: Pace) -> None:
    """Nobody knows when it will be done."""
    pace.enter(A, "me")
    assert pace.enter(A, "me") == MOMENT
    assert pace.enter(A, "you") == MOMENT


def test_the_gap_runs_from_the_end_of_a_request(pace: Pace, clock: Hands) -> None:
    pace.enter(A, "me")
    clock.on(5)
    pace.leave(A)
    clock.on(0.25)
    assert pace.enter(A, "me") == 0.75
    clock.on(0.75)
    assert pace.enter(A, "me") == 0


def test_several_run_at_once_where_that_is_set(clock: Hands) -> None:
    pace = Pace(per_host=2, gap=1.0, clock=clock)
    assert [pace.enter(A, "me") for _ in range(3)] == [0, 0, MOMENT]
    pace.leave(A)
    assert pace.enter(A, "me") == 1
    clock.on(1)
    assert pace.enter(A, "me") == 0


def test_callers_of_one_host_take_turns(pace: Pace, clock: Hands) -> None:
    """Who has just had it stands behind who waits, though it comes first."""
    pace.enter(A, "me")
    pace.enter(A, "you")
    pace.leave(A)
    pace.enter(A, "me")
    clock.on(1)
    assert pace.enter(A, "me") > 0
    assert pace.enter(A, "you") == 0


def test_a_caller_that_misses_its_turn_holds_up_nobody(pace: Pace, clock: Hands) -> None:
    """And stands at the end of the queue afterwards."""
    pace.enter(A, "me")
    pace.enter(A, "idle")
    pace.leave(A)
    pace.enter(A, "you")
    clock.on(1)
    clock.on(pace.enter(A, "you"))
    assert pace.enter(A, "you") == 0
    pace.enter(A, "me")
    pace.leave(A)
    pace.enter(A, "idle")
    clock.on(1)
    assert pace.enter(A, "idle") > 0
    assert pace.enter(A, "me") == 0


def test_a_caller_that_withdraws_is_not_waited_for(pace: Pace, clock: Hands) -> None:
    pace.enter(A, "me")
    pace.enter(A, "gone")
    pace.leave(A)
    pace.withdraw(A, "gone")
    pace.withdraw(B, "gone")
    clock.on(1)
    assert pace.enter(A, "me") == 0


def test_hosts_that_nobody_wants_are_forgotten(pace: Pace, clock: Hands) -> None:
    """However many there were; not before their gap is over, nor while they are asked or wanted."""
    for number in range(1000):
        pace.enter(f"{number}.example", "me")
        pace.leave(f"{number}.example")
    pace.enter(A, "me")
    pace.enter(B, "me")
    pace.leave(B)
    pace.enter(B, "you")
    assert len(pace) == 1002
    clock.on(2)
    pace.enter("c.example", "me")
    assert len(pace) == 3
    pace.withdraw(B, "you")
    assert len(pace) == 2


Step = tuple[str, int, int, float]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("enter", "enter", "leave", "withdraw")),
        st.integers(0, 2),
        st.integers(0, 2),
        st.sampled_from((0.0, 0.0625, 0.25, 1.0, 2.5)),
    ),
    max_size=60,
)


@given(steps=STEPS, per_host=st.integers(1, 2))
def test_no_order_of_events_asks_a_host_too_much_or_too_soon(steps: list[Step], per_host: int) -> None:
    """Over any callers; and in the end all is forgotten."""
    clock = Hands()
    pace = Pace(per_host=per_host, gap=1.0, clock=clock)
    running: defaultdict[int, int] = defaultdict(int)
    ended: dict[int, float] = {}
    for event, host, caller, seconds in steps:
        clock.on(seconds)
        if event == "enter" and pace.enter(str(host), caller) == 0:
            running[host] += 1
            assert running[host] <= per_host
            assert clock() - ended.get(host, 0) >= 1
        elif event == "leave" and running[host]:
            running[host] -= 1
            ended[host] = clock()
            pace.leave(str(host))
        elif event == "withdraw":
            pace.withdraw(str(host), caller)
    _end(pace, clock, running)
    assert len(pace) == 1


def _end(pace: Pace, clock: Hands, running: dict[int, int]) -> None:
    for host, count in running.items():
        for _ in range(count):
            pace.leave(str(host))
    clock.on(1.5)
    for host in range(3):
        for caller in range(3):
            pace.withdraw(str(host), caller)
    pace.enter("last", "me")
