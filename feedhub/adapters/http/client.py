"""The one outbound door: every request that the program makes goes through it."""

from collections.abc import Generator, Iterable, Iterator

from feedhub.adapters.http.exchange import Door
from feedhub.adapters.http.guard import Guard
from feedhub.adapters.http.journey import Journey
from feedhub.adapters.http.limits import Limits
from feedhub.adapters.http.replies import REDIRECTS, Reply, one_line
from feedhub.adapters.http.switchboard import Switchboard
from feedhub.adapters.http.target import read_target
from feedhub.adapters.http.trust import find_authorities
from feedhub.adapters.http.turns import Turns
from feedhub.adapters.http.watch import Watch
from feedhub.model.source import Ask, Outcome, Refused
from feedhub.ports import Clock


class HttpFetcher:
    """Fetches over HTTP and HTTPS within limits; fits the port `Fetcher`.

    At most `total` requests run at once and `per_host` of one host. `clock` is only asked for a Retry-After date in a
    reply without Date. `authorities` is a file of certificates to trust instead of the system's.

    Asks are taken one by one as there is room for them, and a few beyond where those in hand wait for their host. All
    work is done in the thread that takes the outcomes, while it waits for the next one; time limits stand still while
    it does other things. Leaving early drops what is under way. Several threads may use one fetcher, each its own call.
    """

    def __init__(
        self,
        limits: Limits,
        user_agent: str,
        *,
        allow_hosts: frozenset[str] = frozenset(),
        per_host: int = 2,
        total: int = 32,
        clock: Clock | None = None,
        authorities: str | None = None,
    ) -> None:
        self._door = Door(
            limits=limits,
            guard=Guard(allow_hosts),
            user_agent=one_line(user_agent) or "feedhub",
            authorities=authorities or find_authorities(),
        )
        self._per_host = per_host
        self._total = total
        self._clock = clock
        self._idle: list[Switchboard] = []

    def __call__(self, asks: Iterable[Ask]) -> Generator[tuple[Ask, Outcome]]:
        """Each ask with its outcome, in the order in which they finish; never raises for what a server does."""
        board = self._idle.pop() if self._idle else Switchboard(self._door, total=self._total)
        try:
            yield from _Round(asks, board, self._door, per_host=self._per_host, clock=self._clock).outcomes()
        finally:
            board.hang_up()
            self._idle.append(board)

    def close(self) -> None:
        """Give back connections that are kept for the next call."""
        while self._idle:
            self._idle.pop().close()


class _Round:
    """One call of the fetcher."""

    def __init__(
        self, asks: Iterable[Ask], board: Switchboard, door: Door, *, per_host: int, clock: Clock | None
    ) -> None:
        self._asks = iter(asks)
        self._exhausted = False
        self._board = board
        self._door = door
        self._turns: Turns[Journey] = Turns(per_host)
        self._clock = clock
        self._watch = Watch()

    def outcomes(self) -> Iterator[tuple[Ask, Outcome]]:
        """All outcomes, the watch standing still while each is in other hands."""
        while True:
            refused = self._fill()
            if refused is None and not self._board:
                return
            for item in [refused] if refused else self._settled():
                self._watch.pause()
                yield item
                self._watch.resume()

    def _fill(self) -> tuple[Ask, Outcome] | None:
        """Put work on every lane that is free; gives the first ask that is refused before it is made, if any is."""
        while not self._board.full:
            journey = self._turns.take()
            if journey is not None:
                self._board.start(journey, self._watch)
                continue
            if self._exhausted or len(self._turns) >= _AHEAD:
                return None
            refused = self._pull()
            if refused is not None:
                return refused
        return None

    def _pull(self) -> tuple[Ask, Outcome] | None:
        """Take one more ask and let it wait for its turn, unless it is refused at once."""
        ask = next(self._asks, None)
        if ask is None:
            self._exhausted = True
            return None
        target = read_target(ask.url)
        if isinstance(target, Refused):
            return ask, target
        refused = self._door.guard.refuse(target)
        if refused is not None:
            return ask, refused
        self._turns.put(target.host, Journey(ask, target, redirects=self._door.limits.redirects))
        return None

    def _settled(self) -> Iterator[tuple[Ask, Outcome]]:
        """The outcomes of what has just ended; a redirect only ends a hop, and its next one waits for a turn."""
        for exchange, result in self._board.advance(self._watch):
            journey = exchange.journey
            journey.spent += exchange.seconds
            self._turns.give_back(journey.target.host)
            if isinstance(result, Reply) and result.head.status in REDIRECTS:
                refused = journey.follow(result, self._door.guard)
                if refused is None:
                    self._turns.put(journey.target.host, journey)
                    continue
                yield journey.ask, journey.conclude(refused, now=self._clock)
            else:
                yield journey.ask, journey.conclude(result, now=self._clock)


_AHEAD = 256  # asks in hand that wait for their host, beyond those that run
