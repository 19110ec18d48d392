"""The multi handle and its lanes: connections and TLS sessions are kept in it from ask to ask."""

from collections.abc import Callable, Sequence
from time import sleep

import pycurl

from feedhub.adapters.http.exchange import Door, Exchange
from feedhub.adapters.http.journey import Journey
from feedhub.adapters.http.lane import Lane
from feedhub.adapters.http.names import Lookup
from feedhub.adapters.http.replies import Reply
from feedhub.model.fetching import Refused

Ended = list[tuple[Exchange, Reply | Refused]]


class Switchboard:
    """Runs up to `total` exchanges side by side in one thread. One user at a time."""

    def __init__(self, door: Door, *, total: int) -> None:
        self._door = door
        self._total = total
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_MAXCONNECTS, total)
        self._free: list[Lane] = []
        self._looking: list[tuple[Exchange, Lookup]] = []
        self._busy: dict[pycurl.Curl, tuple[Lane, Exchange]] = {}
        limits = door.limits
        self._beat = min(limits.connect, limits.stall, limits.deadline) / _BEATS
        self._next_look = 0.0

    def __len__(self) -> int:
        return len(self._busy) + len(self._looking)

    @property
    def full(self) -> bool:
        """Whether as much is under way as may be."""
        return len(self) >= self._total

    def start(self, journey: Journey, watch: Callable[[], float]) -> None:
        """Begin the journey's next request."""
        exchange = Exchange(journey, self._door, watch)
        if journey.target.literal is None:
            self._looking.append((exchange, self._door.names.find(journey.target.host)))
        else:
            self._dial(exchange, ())

    def advance(self, watch: Callable[[], float], *, patience: float) -> Ended:
        """Move everything on; gives what has ended, after waiting for so many seconds at most if nothing has."""
        ended = self._named() if self._looking else []
        self._multi.perform()
        ended += self._ended() + self._overdue(watch())
        if not ended:
            self._wait(patience)
        return ended

    def hang_up(self) -> list[Exchange]:
        """Drop all that is under way, at once; gives what that was."""
        dropped = [exchange for exchange, _ in self._looking] + [self._release(curl) for curl in list(self._busy)]
        self._looking.clear()
        return dropped

    def close(self) -> None:
        """Give back connections and handles."""
        self.hang_up()
        for lane in self._free:
            lane.curl.close()
        self._free.clear()
        self._multi.close()

    def _dial(self, exchange: Exchange, addresses: Sequence[str]) -> None:
        lane = self._free.pop() if self._free else Lane(self._door)
        lane.dial(exchange, addresses)
        self._busy[lane.curl] = lane, exchange
        self._multi.add_handle(lane.curl)

    def _named(self) -> Ended:
        """Dial whose name has been looked up; gives those that lead nowhere."""
        ended: Ended = []
        looking, self._looking = self._looking, []
        for exchange, lookup in looking:
            if not lookup.done:
                self._looking.append((exchange, lookup))
                continue
            addresses = exchange.reachable(lookup.addresses)
            if isinstance(addresses, Refused):
                ended.append((exchange, addresses))
            else:
                self._dial(exchange, addresses)
        return ended

    def _ended(self) -> Ended:
        results: Ended = []
        more = 1
        while more:
            more, good, bad = self._multi.info_read()
            codes = [(curl, 0, "") for curl in good] + list(bad)
            for curl, code, message in codes:
                exchange = self._release(curl)
                results.append((exchange, exchange.end(code, message)))
        return results

    def _overdue(self, now: float) -> Ended:
        """Those that have used up their time; looked for on every beat only, so that time limits cost nothing."""
        if now < self._next_look:
            return []
        self._next_look = now + self._beat
        late = [(curl, fault) for curl, (_, exchange) in self._busy.items() if (fault := exchange.overdue())]
        lost: Ended = [(exchange, fault) for exchange, _ in self._looking if (fault := exchange.overdue())]
        gone = {exchange for exchange, _ in lost}
        self._looking = [item for item in self._looking if item[0] not in gone]
        return lost + [(self._release(curl), fault) for curl, fault in late]

    def _release(self, curl: pycurl.Curl) -> Exchange:
        """Take a handle out, whatever it is doing; its lane is free again."""
        lane, exchange = self._busy.pop(curl)
        self._multi.remove_handle(curl)
        lane.rest()
        self._free.append(lane)
        return exchange

    def _wait(self, patience: float) -> None:
        """Until something can be read or written, a timer of libcurl is due, the next beat or the end of patience."""
        seconds = min(self._beat, patience, _BLIND if self._looking else patience)
        due = self._multi.timeout() if self._busy else -1
        if due >= 0:
            seconds = min(seconds, due / 1000)
        if seconds <= 0:
            return
        if not self._busy:
            sleep(seconds)
        elif self._multi.select(seconds) < 0:
            sleep(min(seconds, _BLIND))


_BEATS = 10  # a time limit is kept to a tenth of itself
_BLIND = 0.01  # seconds to sleep where there is no socket to wait for, as while a name is looked up
