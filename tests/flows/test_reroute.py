"""Stored stories against topics as they are now."""

from pathlib import Path

from tests.builders import a_story
from tests.flows.scene import a_scene


def test_story_that_nobody_tells_is_passed_over(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.reload.desk()
    with scene.store.write() as unit:
        unit.stories.save(a_story(shown=None))
    assert scene.reroute() == 1
    with scene.store.read() as unit:
        assert unit.stories.matches(a_story().key) == ()
