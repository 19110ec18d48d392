"""Reading what hubs have pushed."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from feedhub.flows.read_pushes import ReadPushes
from feedhub.model.polling import Polled
from feedhub.model.websub import Push
from tests.builders import NOW
from tests.flows.hubs import HARBOUR, Hubs, some_hubs

NEWS = Polled(source=HARBOUR, total=2, new=1, duplicates=1)


@dataclass(slots=True)
class Line:
    """The line that pushes are put through: remembers them, and says what each held."""

    polled: Polled = NEWS
    pushes: list[Push] = field(default_factory=list)

    def __call__(self, push: Push) -> Polled:
        """Put one through."""
        self.pushes.append(push)
        return self.polled


def a_push(body: bytes) -> Push:
    """A body that came at NOW."""
    return Push(id=0, source=HARBOUR, at=NOW, body=body, media_type="text/xml", charset=None)


def push(hubs: Hubs, *bodies: bytes) -> None:
    """Let a hub deliver these."""
    with hubs.store.write() as unit:
        for body in bodies:
            assert unit.subscriptions.deliver(a_push(body), most=100)


def read(hubs: Hubs, line: Line) -> tuple[Polled, ...]:
    """One look at what waits."""
    return ReadPushes(store=hubs.store, clock=hubs.clock, absorb=line)()


def test_each_is_read_once_and_the_oldest_first(tmp_path: Path) -> None:
    hubs, line = some_hubs(tmp_path), Line()
    hubs.active()
    push(hubs, b"one", b"two")
    assert read(hubs, line) == (line.polled, line.polled)
    assert read(hubs, line) == ()
    assert [replace(push, id=0) for push in line.pushes] == [a_push(b"one"), a_push(b"two")]


def test_the_first_one_that_holds_entries_earns_the_hub_our_trust(tmp_path: Path) -> None:
    hubs = some_hubs(tmp_path)
    active = hubs.active()
    push(hubs, b"one")
    hubs.clock.advance(timedelta(minutes=1))
    read(hubs, Line())
    assert hubs.found == replace(active, first_push=hubs.clock(), last_push=hubs.clock())


def test_after_a_miss_only_news_count(tmp_path: Path) -> None:
    hubs = some_hubs(tmp_path)
    owing = hubs.active(missed=2)
    for polled in (Polled(source=HARBOUR, total=1, duplicates=1), Polled(source=HARBOUR, total=1, changed=1)):
        push(hubs, b"one")
        read(hubs, Line(polled))
    assert hubs.found == replace(owing, missed=1, last_push=NOW)


@pytest.mark.parametrize(
    "polled",
    [
        Polled(source=HARBOUR),
        Polled(source=HARBOUR, total=1, dropped=("an item without title, text and link was left out",)),
        Polled(source=HARBOUR, total=1, fault="this is a web page, not a feed"),
    ],
)
def test_one_without_entries_earns_nothing(tmp_path: Path, polled: Polled) -> None:
    hubs = some_hubs(tmp_path)
    active = hubs.active()
    push(hubs, b"one")
    assert read(hubs, Line(polled)) == (polled,)
    assert (hubs.found, read(hubs, Line())) == (active, ())


def test_one_that_another_worker_has_read_meanwhile_counts_for_that_one(tmp_path: Path) -> None:
    hubs = some_hubs(tmp_path)
    active = hubs.active()
    push(hubs, b"one")

    class Late(Line):
        """Another worker is faster."""

        def __call__(self, push: Push) -> Polled:
            with hubs.store.write() as unit:
                for waiting in unit.subscriptions.pushes(10):
                    unit.subscriptions.take(waiting.id)
            return self.polled

    read(hubs, Late())
    assert hubs.found == active


def test_one_whose_subscription_is_no_more_is_read_all_the_same(tmp_path: Path) -> None:
    hubs, line = some_hubs(tmp_path), Line()
    push(hubs, b"one")
    assert read(hubs, line) == (line.polled,)
    assert hubs.found is None
