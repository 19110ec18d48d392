"""A look for due sources."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from feedhub.errors import LeaseLostError, StoreBusyError, StoreError
from feedhub.flows.poll import Keep
from feedhub.flows.upkeep import LEAP
from feedhub.model.brought import Brought
from feedhub.model.ending import Unread
from feedhub.model.polling import Polled
from tests.flows.scene import KEEP, QUAY, TIDE, WIRE, a_scene, an_item, faults


def test_tick_polls_only_what_is_due(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.answer(WIRE)
    first = scene.tick()
    second = scene.play(timedelta(minutes=5))
    assert (sorted(poll.source for poll in first.polls), second.polls) == (["quay", "tide", "wire"], ())


def test_failing_sources_do_not_keep_the_others_from_being_polled(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.answer(WIRE, an_item("1", "Harbour opens", "The harbour opens."))
    ticked = scene.tick()
    assert sorted(faults(ticked.polls)) == ["quay", "tide"]
    assert scene.titles() == ["Harbour opens"]


def test_tick_that_fails_says_so_and_does_not_raise(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)

    def broken() -> tuple[int, int]:
        raise ZeroDivisionError("broken")

    ticked = replace(scene.tick, publish=broken)()
    assert ticked.fault == "ZeroDivisionError: broken"


def test_tick_reports_what_the_store_refused(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    for url in (WIRE, TIDE, QUAY):
        scene.answer(url)
    errors = {"wire": LeaseLostError(source="wire", fence=1), "tide": StoreError("the disk is full")}

    def poll(unread: Unread) -> Brought | Polled:
        if unread.state.slug in errors:
            raise errors[unread.state.slug]
        return scene.poll(unread)

    ticked = replace(scene.tick, poll=poll)()
    assert faults(ticked.polls) == {
        "wire": "another worker has taken this source over",
        "tide": "the disk is full",
    }


def test_polls_that_cannot_be_stored_together_are_stored_one_by_one(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    for url in (WIRE, TIDE, QUAY):
        scene.answer(url, an_item(url, f"Ferry to {url}", "It sails on Monday."))
    tried = []

    def keep(brought: Sequence[Brought]) -> Sequence[Polled]:
        tried.append(sorted(one.state.slug for one in brought))
        if any(one.state.slug == "tide" for one in brought):
            raise StoreError("the disk is full")
        return scene.tick.keep(brought)

    ticked = replace(scene.tick, keep=keep)()
    assert (tried[0], sorted(tried[1:])) == (["quay", "tide", "wire"], [["quay"], ["tide"], ["wire"]])
    assert faults(ticked.polls) == {"tide": "the disk is full"}
    assert [poll.new for poll in ticked.polls if not poll.fault] == [1, 1]
    assert scene.tick.hands == set()


def test_store_that_is_busy_is_not_asked_again_for_each_poll(tmp_path: Path) -> None:
    """Each would be kept waiting as long, while their leases run out."""
    scene = a_scene(tmp_path)
    for url in (WIRE, TIDE, QUAY):
        scene.answer(url, an_item(url, f"Ferry to {url}", "It sails on Monday."))
    tried = []

    def keep(brought: Sequence[Brought]) -> Sequence[Polled]:
        tried.append(len(brought))
        raise StoreBusyError(where="the database", why="locked")

    ticked = replace(scene.tick, keep=keep)()
    assert tried == [3]
    assert sorted(faults(ticked.polls)) == ["quay", "tide", "wire"]


def test_fault_of_ours_in_storing_is_recorded_on_the_source_that_it_belongs_to(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    for url in (WIRE, TIDE):
        scene.answer(url, an_item(url, f"Ferry to {url}", "It sails on Monday."))
    inner = scene.tick.keep
    assert isinstance(inner, Keep)

    class Broken(Keep):
        def _kept(self, polls: Sequence[Brought]) -> tuple[Polled, ...]:
            if any(one.state.slug == "tide" for one in polls):
                raise ZeroDivisionError("broken")
            return super()._kept(polls)

    fields = {name: getattr(inner, name) for name in ("store", "clock", "desk", "placing", "close")}
    ticked = replace(scene.tick, keep=Broken(**fields))()
    said = "a fault in feedhub itself, please report it: ZeroDivisionError: broken"
    assert faults(ticked.polls)["tide"] == said
    assert (scene.state("tide").fault, scene.state("wire").fault) == (said, "")


def test_odd_feeds_and_items_are_told(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.answer(WIRE, "<item></item>", an_item("1", "Harbour opens", "The harbour opens."))
    (polled,) = [poll for poll in scene.tick().polls if poll.source == "wire"]
    assert (polled.total, polled.new, len(polled.dropped)) == (2, 1, 1)


def test_upkeep_that_fails_costs_the_tick_nothing(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.answer(WIRE, an_item("1", "Harbour opens", "The harbour opens."))

    def broken() -> None:
        raise StoreError("the disk is full")

    ticked = replace(scene.tick, upkeep=broken)()
    assert (len(ticked.polls), ticked.published, ticked.fault) == (3, 1, "the disk is full")


def test_tick_forgets_what_is_too_old(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.answer(WIRE, an_item("1", "Harbour opens", "The harbour opens."))
    scene.tick()
    scene.answer(WIRE)
    for _ in range(int(KEEP / LEAP) + 1):
        scene.play(LEAP)
    assert scene.titles() == []
