"""What is gathered to be stored together: nothing of it is lost, kept waiting, or charged to the wrong source."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from feedhub.adapters.pool import ThreadDispatcher, ThreadMeanwhile
from feedhub.flows.tick import Tick
from feedhub.flows.tick.shelf import POLLS
from feedhub.model.brought import Brought
from feedhub.model.ending import Unread
from feedhub.model.fetching import Ask, Outcome
from feedhub.model.keys import SourceSlug
from feedhub.model.polling import Polled
from feedhub.model.source import HostState
from feedhub.model.websub import Push
from tests.builders import NOW
from tests.flows.scene import QUAY, TIDE, WIRE, Scene, a_feed, a_scene, an_item, faults

TEXT = "The ship carries 320 passengers and 48 cars, the port authority announced on Monday."
PATIENCE = 2
"""Seconds after which a test gives up on something that does not happen."""


def _item(name: str) -> str:
    return an_item(name, f"Ferry to {name}", f"{name} has a ferry. {TEXT} So {name} is glad.")


def _scene(folder: Path, *urls: str) -> Scene:
    scene = a_scene(folder)
    for url in urls or (WIRE, TIDE, QUAY):
        scene.answer(url, _item(url))
    scene.reload.desk()
    return scene


def _threaded(scene: Scene, *, every: float) -> Tick:
    """On threads, with a look every so many seconds."""
    return replace(scene.tick, dispatcher=ThreadDispatcher(workers=4), meanwhile=ThreadMeanwhile(every=every))


def _entries(scene: Scene) -> int:
    with scene.store.read() as unit:
        return unit.entries.count()


def _many(scene: Scene, count: int, *, host: str = "") -> None:
    """Sources in place of the three, each on a host of its own, or all on one."""
    urls = [f"https://{host or f's{number}.example'}/{number}" for number in range(count)]
    scene.documents.texts["sources.toml"] = "".join(
        f'[sources.s{number}]\nurl = "{url}"\noutlet = "quay"\nevery = "30m"\n' for number, url in enumerate(urls)
    )
    for number, url in enumerate(urls):
        scene.answer(url, _item(f"island-{number}"))
    scene.reload.desk()


class _Broken:
    """A fetcher that fails after so many answers."""

    def __init__(self, scene: Scene, after: int) -> None:
        self._fetch, self._after = scene.fetcher, after

    def __call__(self, asks: Iterable[Ask | None]) -> Iterator[tuple[tuple[Ask, Outcome], ...]]:
        """As the other, while it lasts."""
        outcomes = filter(None, self._fetch(asks))
        for _ in range(self._after):
            yield next(outcomes)
        raise ZeroDivisionError("broken")


@pytest.mark.parametrize("count", [POLLS - 1, POLLS, POLLS + 1, 3 * POLLS + 5])
def test_every_poll_is_stored_once_however_many_there_are(tmp_path: Path, count: int) -> None:
    scene = a_scene(tmp_path)
    _many(scene, count)
    portions: list[int] = []

    def keep(brought: Sequence[Brought]) -> Sequence[Polled]:
        portions.append(len(brought))
        return scene.tick.keep(brought)

    ticked = replace(_threaded(scene, every=0.001), keep=keep)()
    assert sorted(poll.source for poll in ticked.polls) == sorted(f"s{number}" for number in range(count))
    assert {(poll.new, poll.fault) for poll in ticked.polls} == {(1, "")}
    assert (sum(portions), max(portions) <= POLLS, _entries(scene)) == (count, True, count)
    assert scene.tick.hands == set()


def test_host_that_is_well_again_gives_all_its_sources(tmp_path: Path) -> None:
    """One is asked first; the others are stored together and leave no failure of it."""
    scene = a_scene(tmp_path)
    _many(scene, 3, host="big.example")
    with scene.store.write() as unit:
        unit.hosts.save(HostState(host="big.example", failures=2, until=NOW - timedelta(minutes=1)))
    polls = [poll for _ in range(3) for poll in scene.play(timedelta(minutes=1)).polls]
    assert sorted(poll.source for poll in polls) == ["s0", "s1", "s2"]
    with scene.store.read() as unit:
        assert unit.hosts.get(["big.example"]).get("big.example", HostState(host="big.example")).failures == 0


def test_poll_whose_lease_was_lost_costs_only_itself(tmp_path: Path) -> None:
    """The source was moved in the documents while its answer waited to be stored."""
    scene = _scene(tmp_path)

    def poll(unread: Unread) -> Brought | Polled:
        brought = scene.poll(unread)
        if unread.state.slug == "tide":
            sources = scene.documents.texts["sources.toml"] or ""
            scene.documents.texts["sources.toml"] = sources.replace(TIDE, "https://new.example/feed")
            scene.reload()
        return brought

    ticked = replace(scene.tick, poll=poll)()
    assert faults(ticked.polls) == {"tide": "another worker has taken this source over"}
    assert sorted((poll.source, poll.new) for poll in ticked.polls if not poll.fault) == [("quay", 1), ("wire", 1)]
    assert (_entries(scene), scene.tick.hands) == (2, set())


def test_push_between_reading_and_storing_a_poll_is_no_second_entry(tmp_path: Path) -> None:
    """The hub was quicker; the poll finds nothing new in what it has read."""
    scene = _scene(tmp_path, WIRE)
    push = Push(id=1, source=SourceSlug("wire"), at=NOW, media_type="", charset=None, body=a_feed(_item(WIRE)))

    def poll(unread: Unread) -> Brought | Polled:
        brought = scene.poll(unread)
        assert scene.poll.push(push).new == 1
        return brought

    ticked = replace(scene.tick, poll=poll)()
    [polled] = [one for one in ticked.polls if one.source == "wire"]
    assert (polled.new, polled.changed, polled.fault, _entries(scene)) == (0, 0, "", 1)


def test_poll_of_a_feed_longer_than_a_portion_is_asked_again_soon(tmp_path: Path) -> None:
    """Beside others in the same transaction, which are not."""
    scene = _scene(tmp_path)
    inner = scene.tick.keep

    def keep(brought: Sequence[Brought]) -> Sequence[Polled]:
        assert sorted(one.state.slug for one in brought) == ["quay", "tide", "wire"]
        more = [replace(one, ending=replace(one.ending, more=one.state.slug == "tide")) for one in brought]
        return inner(more)

    replace(scene.tick, keep=keep)()
    assert scene.state("tide").due < min(scene.state("wire").due, scene.state("quay").due)


@pytest.mark.parametrize("after", [0, 1, 3])
def test_hands_are_empty_after_a_tick_that_failed(tmp_path: Path, after: int) -> None:
    scene = _scene(tmp_path)
    ticked = replace(scene.tick, fetcher=_Broken(scene, after))()
    assert (ticked.fault, scene.tick.hands) == ("ZeroDivisionError: broken", set())


def test_what_was_read_before_a_tick_failed_is_stored(tmp_path: Path) -> None:
    scene = _scene(tmp_path)
    replace(scene.tick, fetcher=_Broken(scene, 2))()
    assert _entries(scene) == 2


def test_answer_that_is_read_slowly_keeps_no_other_from_being_stored(tmp_path: Path) -> None:
    """One that waits for the pages of its articles, or for a parser that others keep busy."""
    scene = _scene(tmp_path)
    others, in_time = Event(), []

    def poll(unread: Unread) -> Brought | Polled:
        if unread.state.slug == "quay":
            in_time.append(others.wait(PATIENCE))
        return scene.poll(unread)

    def told(polled: Polled) -> None:
        if polled.source == "wire":
            others.set()

    replace(_threaded(scene, every=0.01), poll=poll, told=told)()
    assert in_time == [True]
