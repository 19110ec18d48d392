"""What is done for a tick while it waits: a source that holds it up holds up nobody else's news."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from feedhub.flows.tick.flow import Task
from feedhub.flows.tick.shelf import POLLS
from feedhub.flows.tick.showing import PAUSE, REST, Showing
from feedhub.model.brought import PIECE, Brought
from feedhub.model.ending import Unread
from feedhub.model.polling import Polled
from tests.fakes import SetTime
from tests.flows.scene import QUAY, SOURCES, TIDE, WIRE, Scene, a_scene, an_item

A = TypeVar("A")
B = TypeVar("B")

NOTHING = (0, 0)


@dataclass(slots=True)
class Lookout:
    """Looks when a test says so."""

    looks: list[Callable[[], object]] = field(default_factory=list)

    def __call__(self, look: Callable[[], object], /) -> AbstractContextManager[object]:
        """Remember what is to be done at a look."""
        self.looks.append(look)
        return nullcontext()

    def look(self, times: int = 1) -> None:
        """Look so often."""
        for _ in range(times):
            self.looks[-1]()


@dataclass(slots=True)
class Case:
    """A scene in which something happens before the last of its sources is read, and what was stored in which order."""

    scene: Scene
    lookout: Lookout
    kept: list[list[str]]
    before_last: Callable[[], object] = lambda: None

    def poll(self, unread: Unread) -> Brought | Polled:
        """As the flow."""
        if unread.state.slug == "wire":
            self.before_last()
        return self.scene.poll(unread)

    def keep(self, brought: Sequence[Brought]) -> Sequence[Polled]:
        """As the flow, and remember it."""
        self.kept.append([str(one.state.slug) for one in brought])
        return self.scene.tick.keep(brought)


def _case(folder: Path, **sizes: int) -> Case:
    """Three sources with one item each, or so many."""
    scene = a_scene(folder)
    for name, url in {"quay": QUAY, "tide": TIDE, "wire": WIRE}.items():
        numbers = range(sizes.get(name, 1))
        scene.answer(url, *(an_item(f"{name}{n}", f"{name} {n}", f"A ferry of {name}.") for n in numbers))
    return Case(scene=scene, lookout=Lookout(), kept=[])


def test_what_nobody_comes_for_is_stored_meanwhile(tmp_path: Path) -> None:
    case = _case(tmp_path)
    case.before_last = case.lookout.look
    tick = replace(case.scene.tick, poll=case.poll, keep=case.keep, meanwhile=case.lookout)
    ticked = tick()
    assert case.kept == [["quay", "tide"], ["wire"]]
    assert sorted((poll.source, poll.new) for poll in ticked.polls) == [("quay", 1), ("tide", 1), ("wire", 1)]


def test_what_others_come_for_is_left_to_them(tmp_path: Path) -> None:
    """They store more of it at once."""
    case = _case(tmp_path)
    places = {f"s{number:02}": f"https://s{number:02}.example/" for number in range(POLLS + 1)}
    more = [f'[sources.{name}]\nurl = "{place}"\noutlet = "quay"\n' for name, place in places.items()]
    case.scene.documents.texts["sources.toml"] = "\n".join([SOURCES, *more])
    for name, place in places.items():
        case.scene.answer(place, an_item(name, name, "A ferry."))
    seen: list[int] = []

    def look_twice() -> None:
        for _ in range(2):
            case.lookout.look()
            seen.append(len(case.kept))

    case.before_last = look_twice
    replace(case.scene.tick, poll=case.poll, keep=case.keep, meanwhile=case.lookout)()
    assert (seen, len(case.kept[0])) == ([1, 2], POLLS)


def test_what_was_stored_is_shown_while_the_tick_waits(tmp_path: Path) -> None:
    case = _case(tmp_path)
    titles: list[list[str]] = []

    def look_on() -> None:
        for _ in range(3):  # it stores; it sees that something was stored; it shows
            case.lookout.look()
            titles.append(sorted(case.scene.titles()))

    case.before_last = look_on
    ticked = replace(case.scene.tick, poll=case.poll, meanwhile=case.lookout)()
    assert titles == [[], [], ["quay 0", "tide 0"]]
    assert (ticked.published, ticked.rendered) == (3, 5)


def test_polls_that_bring_nothing_are_no_reason_to_show(tmp_path: Path) -> None:
    case = _case(tmp_path)
    case.scene.tick()
    shown: list[int] = []

    def publish() -> tuple[int, int]:
        shown.append(1)
        return NOTHING

    scene = case.scene
    scene.clock.advance(timedelta(minutes=31))
    case.before_last = lambda: case.lookout.look(3)
    for url in (QUAY, TIDE, WIRE):
        scene.fetcher.answers[url] = bytes(scene.fetcher.answers[url]) + b"\n"  # type: ignore[arg-type]  # it is a body
    ticked = replace(scene.tick, poll=case.poll, publish=publish, meanwhile=case.lookout)()
    assert (len(ticked.polls), shown) == (3, [1])  # once, at the end


def test_showing_that_fails_costs_neither_polls_nor_the_tick(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    case = _case(tmp_path)
    tries = iter([True, False])

    def publish() -> tuple[int, int]:
        if next(tries):
            raise ZeroDivisionError("broken")
        return case.scene.publish()

    case.before_last = lambda: case.lookout.look(4)
    ticked = replace(case.scene.tick, poll=case.poll, publish=publish, meanwhile=case.lookout)()
    assert ([poll.new for poll in ticked.polls], ticked.published, ticked.fault) == ([1, 1, 1], 3, "")
    faults = [record.message for record in caplog.records if record.levelname == "ERROR"]
    assert faults == ["looking after a tick failed"]


def test_storing_meanwhile_that_fails_costs_neither_the_others_nor_the_tick(tmp_path: Path) -> None:
    case = _case(tmp_path)
    told: list[str] = []

    def tell(polled: Polled) -> None:
        told.append(str(polled.source))
        if len(told) == 1:
            raise ZeroDivisionError("broken")

    case.before_last = lambda: case.lookout.look(2)
    ticked = replace(case.scene.tick, poll=case.poll, told=tell, meanwhile=case.lookout)()
    assert (ticked.fault, case.scene.tick.hands) == ("", set())
    assert "wire" in [poll.source for poll in ticked.polls]
    with case.scene.store.read() as unit:
        assert unit.entries.count() == 3


def test_what_waits_for_a_worker_is_still_there_for_who_comes_first(tmp_path: Path) -> None:
    """A task to store it holds nothing before it begins."""
    case = _case(tmp_path)
    waiting: list[int] = []

    class Late:
        """Does what there is to store after all else, and a look before that."""

        def map(self, work: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
            tasks = list[A]()
            for item in items:
                if isinstance(item, Task) and item.slugs:
                    yield work(item)
                else:
                    tasks.append(item)
            waiting.append(len(tasks))
            case.lookout.look()
            yield from map(work, tasks)

    ticked = replace(case.scene.tick, dispatcher=Late(), keep=case.keep, meanwhile=case.lookout)()
    assert (waiting, case.kept) == ([1], [["quay", "tide", "wire"]])
    assert len(ticked.polls) == 3


def test_poll_that_brought_much_goes_to_the_store_as_it_was_read(tmp_path: Path) -> None:
    """In pieces, between which others can write: it neither waits for them nor do they for all of it."""
    case = _case(tmp_path, quay=2 * PIECE + 1)
    ticked = replace(case.scene.tick, keep=case.keep)()
    assert case.kept == [["quay"], ["tide", "wire"]]
    assert {poll.source: poll.new for poll in ticked.polls} == {"quay": 2 * PIECE + 1, "tide": 1, "wire": 1}


def test_look_that_fails_costs_the_tick_but_nothing_that_was_brought(tmp_path: Path) -> None:
    case = _case(tmp_path)

    @contextmanager
    def broken(_: Callable[[], object], /) -> Iterator[None]:
        yield
        raise ZeroDivisionError("broken")

    ticked = replace(case.scene.tick, meanwhile=broken, keep=case.keep)()
    assert (ticked.fault, case.kept) == ("ZeroDivisionError: broken", [["quay", "tide", "wire"]])


@dataclass(slots=True)
class Stage:
    """A showing, its clock, and how many topics are rendered."""

    showing: Showing = field(default_factory=Showing)
    clock: SetTime = field(default_factory=SetTime)
    topics: int = 1

    def publish(self) -> tuple[int, int]:
        """One story."""
        return 1, self.topics

    def show(self, *, after: timedelta = timedelta()) -> bool:
        """Something was stored, and after a while it is to be shown; whether it was."""
        self.showing.waits = True
        self.clock.advance(after)
        return self.showing.in_time(self.publish, self.clock) != NOTHING


def test_nothing_is_shown_while_nothing_waits() -> None:
    stage = Stage()
    assert stage.showing.in_time(stage.publish, stage.clock) == NOTHING
    assert stage.show()
    assert not stage.showing.waits


@pytest.mark.parametrize("topics", [0, 1, 50])
def test_after_a_showing_there_is_a_pause(topics: int) -> None:
    """A second, or longer where there was much to render."""
    stage, pause = Stage(topics=topics), max(PAUSE, REST * topics)
    moment = timedelta(microseconds=1)
    assert [stage.show(), stage.show(after=pause - moment), stage.show(after=moment)] == [True, False, True]


def test_what_comes_too_soon_still_waits() -> None:
    stage = Stage()
    stage.show()
    stage.show()
    assert stage.showing.waits


def test_showing_at_once_minds_no_pause_but_begins_one() -> None:
    stage = Stage()
    stage.show()
    stage.clock.advance(PAUSE / 2)
    stage.showing.waits = True
    assert stage.showing.at_once(stage.publish, stage.clock) == (1, 1)
    assert not stage.showing.waits
    assert [stage.show(after=PAUSE / 2), stage.show(after=PAUSE / 2)] == [False, True]


def test_while_one_is_under_way_others_wait_but_those_at_once() -> None:
    """What is stored meanwhile may be missing in the one that is under way."""
    stage, within = Stage(), list[object]()

    def publish() -> tuple[int, int]:
        within.append(stage.show(after=10 * PAUSE))
        within.append(stage.showing.waits)
        within.append(stage.showing.at_once(stage.publish, stage.clock))
        return 1, 1

    assert stage.showing.at_once(publish, stage.clock) == (1, 1)
    assert within == [False, True, (1, 1)]
    assert not stage.showing.waits


def test_showing_that_failed_is_followed_by_a_pause_too() -> None:
    stage = Stage()

    def broken() -> tuple[int, int]:
        raise ZeroDivisionError("broken")

    stage.showing.waits = True
    with pytest.raises(ZeroDivisionError):
        stage.showing.in_time(broken, stage.clock)
    assert [stage.show(), stage.show(after=PAUSE)] == [False, True]
