"""Stories shown once they have settled, feeds rendered once per change."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from feedhub.adapters.store import SqlStore
from feedhub.adapters.store.intake import Intake
from feedhub.adapters.store.stories import StoryTable
from feedhub.adapters.store.work import Work
from feedhub.flows.publish import CHUNK
from feedhub.model.keys import StoryKey, TopicSlug
from feedhub.model.rendition import Form
from feedhub.model.topic import Hit, Match
from feedhub.ports import Unit
from tests.builders import NOW, a_read, a_rendition, a_story
from tests.contract.telling import story_key, tell
from tests.flows.scene import SITE, SOURCES, TIDE, WIRE, a_scene, an_item


@dataclass(slots=True)
class Watched:
    """A store to which something happens before its n-th unit of writing, or that always finds one story ripe."""

    store: SqlStore
    before: Mapping[int, Callable[[], None]] = field(default_factory=dict)
    ripe: StoryKey | None = None
    writes: int = 0

    def read(self) -> AbstractContextManager[Unit]:
        """As the store."""
        return self.store.read()

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """As the store, after what was to happen."""
        self.writes += 1
        self.before.get(self.writes, lambda: None)()
        with self.store.write() as unit:
            if self.ripe:
                unit.stories = Stuck(unit.work, unit.intake, key=self.ripe)  # type: ignore[attr-defined]  # the store's own unit
            yield unit

    def change(self) -> int:
        """As the store."""
        return self.store.change()

    def close(self) -> None:
        """The store is closed by who opened it."""


class Stuck(StoryTable):
    """Stories of which one is ripe for ever."""

    def __init__(self, work: Work, intake: Intake, *, key: StoryKey) -> None:
        super().__init__(work, intake)
        self.key = key

    def ripe(self, now: datetime, limit: int) -> tuple[StoryKey, ...]:
        """As many as were asked for."""
        return (self.key,) * limit


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


def test_story_that_lost_all_its_entries_is_not_asked_for_again(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.tick()
    with scene.store.write() as unit:
        unit.stories.save(a_story("empty", shown=None))
    scene.publish()
    with scene.store.read() as unit:
        assert unit.stories.ripe(scene.clock(), 10) == ()


def test_all_that_is_ripe_is_shown_however_much_it_is(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.tick()
    with scene.store.write() as unit:
        for number in range(CHUNK + 1):
            unit.stories.save(a_story(str(number), shown=None))
            tell(unit, a_read(str(number)))
    assert scene.publish()[0] == CHUNK + 1


def test_story_that_cannot_be_written_costs_no_feed_and_is_named_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    scene = a_scene(tmp_path)
    scene.tick()
    odd = a_story("\x01")
    match = Match(topic=TopicSlug("ferries"), hit=Hit(clause="ferry", words=()))
    with scene.store.write() as unit:
        for story in (a_story("1"), odd):
            unit.stories.save(story)
            unit.stories.set_matches(story.key, [match], NOW)
    assert scene.publish(frozenset({match.topic})) == (0, 1)
    assert scene.body("ferries").count(b"</entry>") == 1
    left = [vars(record) for record in caplog.records if record.message == "story left out of a feed"]
    assert [(line["topic"], line["fault"]) for line in left] == [("ferries", f"{odd.key}: its key cannot be written")]


def test_publication_ends_though_the_store_gives_what_cannot_be_shown(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.tick()
    stuck = replace(scene.publish, store=Watched(scene.store, ripe=story_key("none")))
    assert stuck() == (0, 0)


def test_older_bytes_never_come_over_newer_ones(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.answer(TIDE)
    scene.tick()

    def meanwhile() -> None:
        scene.answer(TIDE, ITEM)
        scene.play()
        scene.play(timedelta(minutes=4))
        assert scene.titles("ferries") == ["Ferry line to open on 4 May"]

    slow = replace(scene.publish, store=Watched(scene.store, before={2: meanwhile}))
    assert slow(frozenset({TopicSlug("ferries")})) == (0, 0)
    assert b"Ferry line" in scene.body("ferries")


def test_topic_marked_while_it_is_rendered_is_rendered_again(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.tick()

    def meanwhile() -> None:
        with scene.store.write() as unit:
            unit.renditions.mark([TopicSlug("ferries")], scene.clock())

    meanwhile()
    slow = replace(scene.publish, store=Watched(scene.store, before={2: meanwhile}))
    assert [slow(), scene.publish(), scene.publish()] == [(0, 1), (0, 1), (0, 0)]


def test_feed_that_is_missing_in_one_form_is_rendered(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.tick()
    with scene.store.write() as unit:
        unit.renditions.drop_others([TopicSlug("all"), TopicSlug("coast")])
        for form in (Form.RSS, Form.ATOM):
            unit.renditions.put(a_rendition("ferries", form))
    assert scene.publish() == (0, 1)
    assert scene.body("ferries", Form.JSON)


def test_feeds_of_topics_that_are_gone_are_forgotten(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.tick()
    scene.documents.texts["topics.toml"] = '[topics.other]\ntitle = "Other"\nmatch = "other"\n'
    scene.tick()
    with scene.store.read() as unit:
        assert unit.renditions.get(TopicSlug("ferries"), Form.RSS) is None


def test_feeds_are_made_anew_with_other_settings(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.answer(TIDE, ITEM)
    scene.tick()
    moved = replace(scene.publish, site=replace(SITE, base_url="https://elsewhere.example"))
    assert (scene.publish.current(), moved.current()) == (True, False)
    assert moved() == (0, 3)
    assert (moved.current(), moved()) == (True, (0, 0))
    assert b"https://elsewhere.example/all.atom" in scene.body()
