"""Publishers without a network: what each source answers at each poll, and how long it takes, by a digest of both.

Of all sources one in fifty fails each time and one in two hundred never answers. The others have a new entry in one
poll of twenty and nothing new in the rest, but for one failure in two hundred. One source in twenty stands with a
hundred others on a platform, all others on hosts of their own. A feed begins empty and holds its 20 newest entries.
"""

import hashlib
import heapq
from collections import Counter
from collections.abc import Iterable, Iterator

from bench.simulated.world import World
from bench.texts import rss, rss_item
from feedhub.model.fetching import Ask, Fetched, NotModified, Outcome, Refused, Validators, Why

LANES = 32
"""Requests at once in one call, as the real fetcher has it."""
STALL = 20.0
"""Seconds after which one that does not answer is given up."""
ENTRIES = 20
_PLATFORM = 2000
"""Of so many sources in a row, one in twenty shares a host."""


def url(number: int) -> str:
    """The address of a source's feed."""
    platform = number % 20 == 0
    return f"https://{f'platform{number // _PLATFORM}' if platform else f'feed{number}'}.example/{number}.xml"


class Script:
    """Fits the port `Fetcher`. `asked` tells when each source was asked last, in seconds since the start."""

    def __init__(self, world: World, sources: int) -> None:
        self._world = world
        self._sources = sources
        self._polls: Counter[int] = Counter()
        self._articles: Counter[int] = Counter()
        self.asked: dict[str, float] = {}
        self.answers: Counter[str] = Counter()

    def __call__(self, asks: Iterable[Ask]) -> Iterator[tuple[tuple[Ask, Outcome], ...]]:
        """Each ask with its outcome, in the order in which they finish."""
        waiting = iter(asks)
        running: list[tuple[float, str, Ask, Outcome]] = []
        while True:
            self._dial(waiting, running)
            if not running:
                return
            ended = []
            while running and running[0][0] <= self._world.seconds():
                _, _, ask, outcome = heapq.heappop(running)
                ended.append((ask, outcome))
            yield tuple(ended)
            if not ended:
                self._world.wait(running[0][0])

    def close(self) -> None:
        """Nothing is kept."""

    def _dial(self, waiting: Iterator[Ask], running: list[tuple[float, str, Ask, Outcome]]) -> None:
        while len(running) < LANES and (ask := next(waiting, None)):
            now = self._world.seconds()
            self.asked[ask.ref] = now
            seconds, outcome = self._answer(ask)
            self.answers[type(outcome).__name__] += 1
            heapq.heappush(running, (now + seconds, ask.ref, ask, outcome))

    def _answer(self, ask: Ask) -> tuple[float, Outcome]:
        """How long it takes, and what comes then."""
        number = int(ask.ref.removeprefix("s"))
        self._polls[number] += 1
        dice = hashlib.blake2b(f"{number} {self._polls[number]}".encode(), digest_size=8).digest()
        seconds = 0.03 + dice[0] / 1000
        if number % 200 == 7:
            return STALL, Refused(why=Why.TIMEOUT, detail="The server said nothing for 20 s.", millis=20_000)
        if number % 50 == 3 or int.from_bytes(dice[1:3]) % 200 == 0:
            return seconds, Refused(why=Why.STATUS, detail="The server answered 500.", status=500, millis=50)
        if int.from_bytes(dice[3:5]) % 20:
            return seconds, NotModified(validators=ask.validators, millis=50)
        return seconds, self._fetched(ask, number)

    def _fetched(self, ask: Ask, number: int) -> Fetched:
        self._articles[number] += 1
        newest = self._articles[number]
        items = (rss_item(number, at, sources=self._sources) for at in range(newest, max(0, newest - ENTRIES), -1))
        body = rss(number, "".join(items))
        return Fetched(
            body=body,
            media_type="application/rss+xml",
            charset=None,
            url=ask.url,
            validators=Validators(etag=f'"{newest}"'),
            wire_bytes=len(body),
            millis=100,
        )
