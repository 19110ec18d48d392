"""Stories shown once they have settled, feeds rendered once per change."""

from datetime import timedelta
from pathlib import Path

from feedhub.model.keys import TopicSlug
from feedhub.model.rendition import Form
from tests.flows.scene import SOURCES, TIDE, WIRE, a_scene, an_item

ITEM = an_item("1", "Ferry line to open on 4 May", "The ferry to the islands opens on 4 May, the port said on Monday.")


def test_every_topic_has_feeds_before_anything_was_polled(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.reload.desk()
    assert scene.publish() == (0, 3)
    with scene.store.read() as unit:
        found = [unit.renditions.get(TopicSlug(topic), form) for topic in ("all", "ferries", "coast") for form in Form]
    assert None not in found


def test_nothing_is_rendered_when_nothing_changed(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.answer(TIDE, ITEM)
    scene.tick()
    assert scene.publish() == (0, 0)


def test_topics_asked_for_are_rendered_in_any_case(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.tick()
    assert scene.publish(frozenset({TopicSlug("ferries")})) == (0, 1)


def test_same_state_gives_same_bytes(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.answer(TIDE, ITEM)
    scene.tick()
    before = scene.body("ferries")
    scene.clock.advance(timedelta(hours=5))
    scene.publish(frozenset({TopicSlug("ferries")}))
    assert scene.body("ferries") == before


def test_story_of_a_source_taken_out_is_still_published(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.answer(WIRE)
    scene.tick()
    scene.answer(WIRE, ITEM)
    scene.play()
    scene.documents.texts["sources.toml"] = SOURCES.replace("[sources.wire]", "[sources.elsewhere]")
    scene.play(timedelta(minutes=4))
    assert scene.titles() == ["Ferry line to open on 4 May"]


def test_feeds_of_topics_that_are_gone_are_forgotten(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.tick()
    scene.documents.texts["topics.toml"] = ""
    scene.tick()
    with scene.store.read() as unit:
        assert unit.renditions.get(TopicSlug("ferries"), Form.RSS) is None
