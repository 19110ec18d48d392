"""The multi handle and its lanes: connections, name look-ups and TLS sessions are kept in it from ask to ask."""

from collections.abc import Callable
from time import sleep

import pycurl

from feedhub.adapters.http.exchange import Door, Exchange
from feedhub.adapters.http.journey import Journey
from feedhub.adapters.http.lane import Lane
from feedhub.adapters.http.replies import Reply
from feedhub.model.source import Refused


class Switchboard:
    """Runs up to `total` exchanges side by side in one thread. One user at a time."""

    def __init__(self, door: Door, *, total: int) -> None:
        self._door = door
        self._total = total
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_MAXCONNECTS, total)
        self._free: list[Lane] = []
        self._busy: dict[pycurl.Curl, tuple[Lane, Exchange]] = {}
        limits = door.limits
        self._beat = min(limits.connect, limits.stall, limits.deadline) / _BEATS
        self._next_look = 0.0

    def __len__(self) -> int:
        return len(self._busy)

    @property
    def full(self) -> bool:
        """Whether every lane is busy."""
        return len(self._busy) >= self._total

    def start(self, journey: Journey, watch: Callable[[], float]) -> None:
        """Begin the journey's next request."""
        lane = self._free.pop() if self._free else Lane(self._door)
        exchange = Exchange(journey, self._door, watch)
        lane.dial(exchange)
        self._busy[lane.curl] = lane, exchange
        self._multi.add_handle(lane.curl)

    def advance(self, watch: Callable[[], float]) -> list[tuple[Exchange, Reply | Refused]]:
        """Move everything on; gives what has ended, after waiting for a moment if nothing has."""
        self._multi.perform()
        ended = self._ended() + self._overdue(watch())
        if not ended:
            self._wait()
        return ended

    def hang_up(self) -> None:
        """Drop all that is under way, at once."""
        for curl in list(self._busy):
            self._release(curl)

    def close(self) -> None:
        """Give back connections and handles."""
        self.hang_up()
        for lane in self._free:
            lane.curl.close()
        self._free.clear()
        self._multi.close()

    def _ended(self) -> list[tuple[Exchange, Reply | Refused]]:
        results: list[tuple[Exchange, Reply | Refused]] = []
        more = 1
        while more:
            more, good, bad = self._multi.info_read()
            codes = [(curl, 0, "") for curl in good] + list(bad)
            for curl, code, message in codes:
                exchange = self._release(curl)
                results.append((exchange, exchange.end(code, message)))
        return results

    def _overdue(self, now: float) -> list[tuple[Exchange, Reply | Refused]]:
        """Those that have used up their time; looked for on every beat only, so that time limits cost nothing."""
        if now < self._next_look:
            return []
        self._next_look = now + self._beat
        late = [(curl, fault) for curl, (_, exchange) in self._busy.items() if (fault := exchange.overdue())]
        return [(self._release(curl), fault) for curl, fault in late]

    def _release(self, curl: pycurl.Curl) -> Exchange:
        """Take a handle out, whatever it is doing; its lane is free again."""
        lane, exchange = self._busy.pop(curl)
        self._multi.remove_handle(curl)
        lane.rest()
        self._free.append(lane)
        return exchange

    def _wait(self) -> None:
        """Until something can be read or written, a timer of libcurl is due or the next beat."""
        due = self._multi.timeout()
        seconds = self._beat if due < 0 else min(self._beat, due / 1000)
        if seconds > 0 and self._multi.select(seconds) < 0:
            sleep(min(seconds, _BLIND))


_BEATS = 10  # a time limit is kept to a tenth of itself
_BLIND = 0.01  # seconds to sleep where libcurl has no socket to wait for, as while a name is looked up
