"""Feeds whose ids cannot be relied on: nothing is announced twice, nothing is lost."""

from datetime import timedelta
from pathlib import Path

from tests.flows.scene import WIRE, a_scene, an_item

TEXT = (
    "The first regular ferry between Port Selin and the three Outer Islands will sail on 4 May, the port authority "
    "announced on Monday after two years of work on the piers."
)


def test_feed_that_repeats_one_guid_loses_no_item_and_announces_none_twice(tmp_path: Path) -> None:
    """Though each poll reads only what it has not seen before."""
    scene = a_scene(tmp_path)
    bodies = [
        [("Ferry line opens", "1", "08:00"), ("Storm closes port", "2", "08:10")],
        [("Grain harvest is larger", "3", "08:20"), ("Ferry line opens", "1", "08:00")],
        [("Storm closes port again", "2", "08:10"), ("Ferry line opens", "1", "08:00")],
    ]
    for body in bodies:
        items = [
            an_item("same", title, f"{title}, {TEXT}", link=f"https://wire.example/{path}", date=f"2 Mar 2026 {at} GMT")
            for title, path, at in body
        ]
        scene.answer(WIRE, *items)
        scene.play(timedelta(hours=2))
    with scene.store.read() as unit:
        assert unit.entries.count() == 3


def test_guid_that_changes_with_every_poll_announces_nothing_twice(tmp_path: Path) -> None:
    """The page, the headline and the date stay."""
    scene = a_scene(tmp_path)
    for number in range(3):
        scene.answer(WIRE, an_item(f"{number}", "Ferry line opens", TEXT, link="https://wire.example/1"))
        scene.play(timedelta(hours=2))
    with scene.store.read() as unit:
        assert unit.entries.count() == 1


def test_item_that_is_listed_twice_under_two_guids_is_one_entry(tmp_path: Path) -> None:
    """In two sections of one feed."""
    scene = a_scene(tmp_path)
    link = "https://wire.example/1"
    scene.answer(WIRE, *(an_item(guid, "Ferry line opens", TEXT, link=link) for guid in ("a", "b")))
    scene.play()
    with scene.store.read() as unit:
        assert unit.entries.count() == 1


def test_item_that_vanishes_and_returns_is_known(tmp_path: Path) -> None:
    """Through a poll that brought an empty feed, too."""
    scene = a_scene(tmp_path)
    item = an_item("1", "Ferry line opens", TEXT)
    for items in ([item], [], [item], [item.replace("opens", "opened")]):
        scene.answer(WIRE, *items)
        scene.play(timedelta(hours=25))
    with scene.store.read() as unit:
        assert unit.entries.count() == 1
    assert scene.titles() == ["Ferry line opened"]
