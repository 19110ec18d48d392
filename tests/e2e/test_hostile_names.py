"""Names that change their answer between check and connect, over real sockets.

In these tests 127.0.0.1 plays the public internet and 127.0.0.2 what stands behind our own door, since no test may
dial an address that is public for good.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from feedhub.adapters.http.exchange import Door
from feedhub.adapters.http.guard import Guard
from feedhub.adapters.http.journey import Journey
from feedhub.adapters.http.limits import Limits
from feedhub.adapters.http.names import Names
from feedhub.adapters.http.replies import Reply
from feedhub.adapters.http.switchboard import Switchboard
from feedhub.adapters.http.target import Target, read_target
from feedhub.adapters.http.watch import Watch
from feedhub.model.fetching import Ask, Refused, Why
from tests.e2e.hostile import silent, trap
from tests.e2e.origin import Origin, answer
from tests.unit.adapters.http.clocks import Hands

PUBLIC = "127.0.0.1"
PRIVATE = "127.0.0.2"
REFUSED = Refused(why=Why.GUARD, detail="It is private.")


class Street(Guard):
    """A guard for whom only PRIVATE is."""

    def __init__(self) -> None:
        super().__init__(frozenset())

    def refuse(self, target: Target, *, redirected: bool = False) -> Refused | None:
        """Every target looks public."""
        return None

    def refuse_address(self, address: str, target: Target, *, redirected: bool = False) -> Refused | None:
        """What leads to PRIVATE is refused."""
        return REFUSED if address == PRIVATE else None


class Rebinding:
    """A name that leads somewhere else each time somebody asks; the last answer stays."""

    def __init__(self, *turns: Sequence[str]) -> None:
        self.turns = list(turns)

    def __call__(self, host: str) -> Sequence[str]:
        """The addresses of the name now."""
        return self.turns.pop(0) if len(self.turns) > 1 else self.turns[0]


@contextmanager
def a_board(resolver: Callable[[str], Sequence[str]], clock: Hands) -> Iterator[Switchboard]:
    """A switchboard behind which names lead where the resolver says."""
    names = Names(resolver, clock=clock)
    door = Door(
        limits=Limits(connect=5, stall=5, deadline=5), guard=Street(), names=names, user_agent="test", authorities=None
    )
    board = Switchboard(door, total=4)
    yield board
    board.close()


def ride(board: Switchboard, url: str) -> int | Refused:
    """The status that came of one request, or why none did."""
    target = read_target(url)
    assert isinstance(target, Target)
    watch = Watch()
    board.start(Journey(Ask(ref=url, url=url), target, redirects=5), watch)
    ended: list[Reply | Refused] = []
    while not ended:
        ended = [result for _, result in board.advance(watch, patience=0.1)]
    return ended[0].head.status if isinstance(ended[0], Reply) else ended[0]


def test_a_second_answer_is_never_dialled_unchecked() -> None:
    """While the first one holds it is not even asked for; then it is refused, though a connection is still open."""
    clock = Hands()
    with Origin({"*": answer(204)}) as origin, trap(PRIVATE, origin.port) as private:
        with a_board(Rebinding([PUBLIC], [PRIVATE]), clock) as board:
            url = origin.url("/", host="evil.test")
            assert [ride(board, url) for _ in range(3)] == [204] * 3
            clock.on(60)
            assert ride(board, url) == REFUSED
        assert silent(private)


def test_a_private_address_among_public_ones_is_never_dialled() -> None:
    """Not even where no public one answers."""
    with trap(PRIVATE) as private:
        url = f"http://evil.test:{private.getsockname()[1]}/"
        with a_board(Rebinding([PRIVATE, PUBLIC, "127.0.0.3"]), Hands()) as board:
            outcome = ride(board, url)
        assert isinstance(outcome, Refused)
        assert outcome.why == Why.NETWORK
        assert silent(private)


def test_a_private_address_is_refused_at_the_socket_too() -> None:
    """Had an address slipped past the first look, it would be stopped where the socket is made."""
    with trap(PRIVATE) as private:
        with a_board(Rebinding([PUBLIC]), Hands()) as board:
            outcome = ride(board, f"http://{PRIVATE}:{private.getsockname()[1]}/")
        assert outcome == REFUSED
        assert silent(private)
