"""Who is asked when, among the sources that one tick has taken."""

from feedhub.flows.tick.lines import Lines
from feedhub.model.ending import Ended, Unread
from feedhub.model.fetching import Fetched, Validators
from feedhub.model.keys import SourceSlug
from feedhub.model.polling import Failed, Polled, Read, Trip, Trouble
from feedhub.model.source import SourceState
from feedhub.text.digest import digest
from tests.builders import NOW

STATES = {
    name: SourceState(slug=SourceSlug(name), url=f"https://{name[0]}.example/{name}", due=NOW)
    for name in ("a1", "a2", "a3", "b1")
}
BUSY = Failed(trouble=Trouble.BUSY, fault="HTTP 429")
MISSING = Failed(trouble=Trouble.DENIED, fault="HTTP 404")


def _ended(name: str, ending: Read | Failed) -> Ended:
    return Ended(state=STATES[name], ending=ending, trip=Trip(), done=Polled(source=STATES[name].slug))


def _unread(name: str) -> Unread:
    fetched = Fetched(
        body=b"<rss/>", media_type="", charset=None, url="", validators=Validators(), wire_bytes=6, millis=1
    )
    return Unread(state=STATES[name], fetched=fetched, trip=Trip(), digest=digest(fetched.body))


class Taken:
    """Takes asks as the fetcher does, until there is none for now."""

    def __init__(self, *, at_once: int = 1) -> None:
        self.lines = Lines(STATES.values(), at_once=at_once)
        self._asks = self.lines.asks()

    def now(self) -> list[str]:
        """Those that may be asked now."""
        taken = []
        for ask in self._asks:
            if ask is None:
                break
            taken.append(ask.ref)
        return taken


def test_one_of_a_host_is_asked_and_the_next_when_it_has_answered() -> None:
    taken = Taken()
    first = taken.now()
    taken.lines.answered(_unread("a1"))
    second = taken.now()
    taken.lines.answered(_ended("a2", Read(validators=Validators())))
    assert (first, second, taken.now(), taken.lines.sent_away) == (["a1", "b1"], ["a2"], ["a3"], [])


def test_as_many_are_asked_at_once_as_the_operator_allows() -> None:
    taken = Taken(at_once=2)
    first = taken.now()
    taken.lines.answered(_unread("b1"))
    taken.lines.answered(_ended("a2", MISSING))
    assert (first, taken.now()) == (["a1", "b1", "a2"], ["a3"])


def test_host_that_is_busy_sends_away_all_that_stand_in_its_line() -> None:
    taken = Taken()
    taken.now()
    taken.lines.answered(_ended("a1", BUSY))
    assert (taken.now(), taken.lines.sent_away) == ([], [STATES["a2"], STATES["a3"]])


def test_host_that_does_not_answer_sends_them_away_too() -> None:
    taken = Taken(at_once=2)
    taken.now()
    silent = Failed(trouble=Trouble.ERROR, fault="no answer", of_host=True)
    taken.lines.answered(_ended("a1", silent))
    taken.lines.answered(_ended("a2", BUSY))
    assert (taken.now(), taken.lines.sent_away) == ([], [STATES["a3"]])
