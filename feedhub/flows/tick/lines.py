"""Who is asked when, among the sources that one tick has taken."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator

from feedhub.model.ending import Ended, Unread
from feedhub.model.fetching import Ask
from feedhub.model.polling import Failed, Trouble
from feedhub.model.source import SourceState
from feedhub.text.hosts import host_of

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1"
)


class Lines:
    """Sources in line before their hosts: the next of a host is asked when one has answered.

    A host that is busy, or does not answer, sends away those that still stand in its line: they are not asked.
    """

    def __init__(self, leased: Iterable[SourceState], *, at_once: int) -> None:
        self.sent_away: list[SourceState] = []
        self._lines: defaultdict[str, deque[SourceState]] = defaultdict(deque)
        for state in leased:
            self._lines[_host(state)].append(state)
        self._free = deque(host for turn in range(at_once) for host, line in self._lines.items() if turn < len(line))
        self._left = sum(map(len, self._lines.values()))

    def asks(self) -> Iterator[Ask | None]:
        """An ask for each that may be asked now, None while none may."""
        while self._left:
            yield self._ask()

    def answered(self, settled: Ended | Unread) -> None:
        """One of them was."""
        host = _host(settled.state)
        if isinstance(settled, Ended) and isinstance(settled.ending, Failed) and _wants_rest(settled.ending):
            away = self._lines.pop(host, deque())
            self.sent_away += away
            self._left -= len(away)
        else:
            self._free.append(host)

    def _ask(self) -> Ask | None:
        while self._free:
            line = self._lines[self._free.popleft()]
            if line:
                state = line.popleft()
                self._left -= 1
                url = state.address or state.url
                return Ask(ref=state.slug, url=url, validators=state.validators, accept=ACCEPT)
        return None


def _host(state: SourceState) -> str:
    return host_of(state.address or state.url)


def _wants_rest(failed: Failed) -> bool:
    return failed.of_host or failed.trouble is Trouble.BUSY or failed.retry_after is not None
