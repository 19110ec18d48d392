"""A feed that holds more than one poll takes."""

from datetime import timedelta
from pathlib import Path

from feedhub.flows.poll.flow import PORTION
from feedhub.model.fetching import Validators
from tests.flows.scene import WIRE, a_scene, an_item

_PAINTED = [(noun, colour) for noun in ("Boat", "Quay", "Mast") for colour in range(PORTION // 3 + 2)]


def test_feed_of_thousands_is_taken_in_portions(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    titles = [f"{noun} number {count} is painted {colour}" for count, (noun, colour) in enumerate(_PAINTED)]
    scene.answer(WIRE, *(an_item(str(count), title, f"{title}.") for count, title in enumerate(titles)))
    first = scene.tick()
    assert [(poll.total, poll.new) for poll in first.polls if poll.source == "wire"] == [(len(titles), PORTION)]
    assert (scene.state("wire").validators, scene.state("wire").body_digest) == (Validators(), None)
    second = scene.play(timedelta(minutes=5))
    assert [(poll.source, poll.new) for poll in second.polls] == [("wire", len(titles) - PORTION)]
    assert scene.state("wire").validators.etag
