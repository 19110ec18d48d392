"""A look for due sources."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from feedhub.errors import LeaseLostError, StoreError
from feedhub.flows.upkeep import LEAP
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

    def poll(unread: Unread) -> Polled:
        if unread.state.slug in errors:
            raise errors[unread.state.slug]
        return scene.poll(unread)

    ticked = replace(scene.tick, poll=poll)()
    assert faults(ticked.polls) == {
        "wire": "another worker has taken this source over",
        "tide": "the disk is full",
    }


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
