"""The one outbound door: every request that the program makes goes through it."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from time import monotonic

from feedhub.adapters.http.exchange import Door
from feedhub.adapters.http.guard import Guard
from feedhub.adapters.http.journey import Journey
from feedhub.adapters.http.limits import Limits
from feedhub.adapters.http.names import Names, ask_system
from feedhub.adapters.http.pace import Pace
from feedhub.adapters.http.replies import REDIRECTS, Reply, one_line
from feedhub.adapters.http.switchboard import Switchboard
from feedhub.adapters.http.target import Target, read_target
from feedhub.adapters.http.trust import find_authorities
from feedhub.adapters.http.turns import Turns
from feedhub.adapters.http.watch import Watch
from feedhub.model.fetching import Ask, Outcome, Refused
from feedhub.ports import Clock

Answer = tuple[Ask, Outcome]


class HttpFetcher:
    """Fetches over HTTP and HTTPS within limits; fits the port `Fetcher`.

    At most `total` requests run at once in a call. Of one host at most `per_host` run at once, and `gap` seconds pass
    from the end of one to the start of the next, redirects included, over all calls together. `clock` is only asked
    for dates in a reply without Date. `authorities` is a file of certificates to trust instead of the system's,
    `resolver` gives the addresses of a name instead of the system.

    Asks are taken one by one as there is room for them, and a few beyond where those in hand wait for their host. All
    work is done in the thread that takes the outcomes, while it waits for the next ones; time limits stand still while
    it does other things, making up asks included. Leaving early drops what is under way. Several threads may use one
    fetcher, each its own call.
    """

    def __init__(  # noqa: PLR0913  # each is a setting of its own, and named
        self,
        limits: Limits,
        user_agent: str,
        *,
        allow_hosts: frozenset[str] = frozenset(),
        per_host: int = 1,
        gap: float = 1.0,
        total: int = 32,
        clock: Clock | None = None,
        authorities: str | None = None,
        resolver: Callable[[str], Sequence[str]] = ask_system,
    ) -> None:
        self._door = Door(
            limits=limits,
            guard=Guard(allow_hosts),
            names=Names(resolver),
            user_agent=one_line(user_agent) or "feedhub",
            authorities=authorities or find_authorities(),
        )
        self._pace = Pace(per_host=per_host, gap=gap)
        self._total = total
        self._clock = clock
        self._idle: list[Switchboard] = []

    def __call__(self, asks: Iterable[Ask | None]) -> Generator[tuple[Answer, ...]]:
        """Each ask with its outcome, in the order in which they finish; never raises for what a server does.

        Those that end together come together; an empty tuple comes some twenty times a second while none ends.
        """
        board = self._board()
        turns: Turns[Journey] = Turns(self._pace)
        try:
            yield from _Round(asks, board, self._door, turns=turns, clock=self._clock).outcomes()
        finally:
            for exchange in board.hang_up():
                self._pace.leave(exchange.journey.server)
            turns.close()
            self._idle.append(board)

    def close(self) -> None:
        """Give back connections that are kept for the next call."""
        while self._idle:
            self._idle.pop().close()

    def _board(self) -> Switchboard:
        try:
            return self._idle.pop()  # no look before: another thread may come between
        except IndexError:
            return Switchboard(self._door, total=self._total)


class _Round:
    """One call of the fetcher."""

    def __init__(
        self, asks: Iterable[Ask | None], board: Switchboard, door: Door, *, turns: Turns[Journey], clock: Clock | None
    ) -> None:
        self._asks = iter(asks)
        self._exhausted = False
        self._dry = False
        self._board = board
        self._door = door
        self._turns = turns
        self._clock = clock
        self._watch = Watch()
        self._quiet_since = monotonic()

    def outcomes(self) -> Iterator[tuple[Answer, ...]]:
        """All outcomes, the watch standing still while they are in other hands."""
        while True:
            refused = self._fill()
            if self._exhausted and not (refused or self._board or self._turns):
                return
            answers = (*refused, *self._settled(patience=0 if refused else self._patience()))
            if answers or monotonic() - self._quiet_since >= _MOMENT:
                self._watch.pause()
                yield answers
                self._watch.resume()
                self._quiet_since = monotonic()
                self._dry = False

    @property
    def _wants(self) -> bool:
        """Whether there is room for one more ask."""
        return not (self._exhausted or self._dry or self._board.full or len(self._turns) >= _AHEAD)

    def _fill(self) -> list[Answer]:
        """Put work on every lane that is free; gives the asks that are refused before they are made.

        Where asks are slow to come, those that were made are seen to in between.
        """
        refused: list[Answer] = []
        until = monotonic() + _MOMENT
        while not self._board.full:
            journey = self._turns.take()
            if journey is not None:
                self._board.start(journey, self._watch)
            elif self._wants and monotonic() < until:
                refused += self._pull()
            else:
                break
        return refused

    def _pull(self) -> tuple[Answer, ...]:
        """Take one more ask and let it wait for its turn, unless it is refused at once."""
        self._watch.pause()
        ask = next(self._asks, _END)
        self._watch.resume()
        if not isinstance(ask, Ask):
            self._exhausted, self._dry = ask is _END, ask is None
            return ()
        target = self._vetted(ask.url)
        if isinstance(target, Refused):
            return ((ask, target),)
        journey = Journey(ask, target, redirects=self._door.limits.redirects)
        self._turns.put(journey.server, journey)
        return ()

    def _vetted(self, url: str) -> Target | Refused:
        target = read_target(url)
        return target if isinstance(target, Refused) else self._door.guard.refuse(target) or target

    def _patience(self) -> float:
        """Seconds to wait for something to end: until there is a moment of quiet, or a host may be asked."""
        if self._wants:
            return 0
        left = _MOMENT - (monotonic() - self._quiet_since)
        turn = None if self._board.full else self._turns.wait()
        return max(left if turn is None else min(left, turn), 0)

    def _settled(self, *, patience: float) -> Iterator[Answer]:
        """The outcomes of what has just ended; a redirect only ends a hop, and its next one waits for a turn."""
        for exchange, result in self._board.advance(self._watch, patience=patience):
            journey = exchange.journey
            journey.spent += exchange.seconds
            self._turns.give_back(journey.server)
            end = self._followed(journey, result)
            if end is not None:
                yield journey.ask, journey.conclude(end, now=self._clock)

    def _followed(self, journey: Journey, result: Reply | Refused) -> Reply | Refused | None:
        """None where the result is a redirect, whose target now waits for its turn; else what is to be concluded."""
        if isinstance(result, Refused) or result.head.status not in REDIRECTS:
            return result
        refused = journey.follow(result, self._door.guard, now=self._clock)
        if refused is None:
            self._turns.put(journey.server, journey)
        return refused


_END = object()
_AHEAD = 256  # asks in hand that wait for their host, beyond those that run
_MOMENT = 0.05  # seconds
