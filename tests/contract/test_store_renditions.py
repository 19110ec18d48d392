"""The bytes of feeds and the outbox, on each database."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from feedhub.adapters.store import SqlStore
from feedhub.adapters.store.tables import rendition
from feedhub.model.keys import TopicSlug
from feedhub.model.rendition import Form, Rendition
from tests.builders import NOW

ENERGY, SEA = TopicSlug("energy"), TopicSlug("sea")
FEED = Rendition(
    topic=ENERGY,
    form=Form.RSS,
    body=b"<rss/>\0\xff",
    etag='"1"',
    gzip=b"\x1f\x8b\x00",
    gzip_etag='"1-gzip"',
    modified=NOW,
    dropped=("story 1: no title",),
)


def test_a_feed_comes_back_byte_for_byte(store: SqlStore) -> None:
    """With every byte value."""
    with store.write() as unit:
        unit.renditions.put(FEED)
        unit.renditions.put(replace(FEED, form=Form.ATOM, body=b""))
    with store.read() as unit:
        assert unit.renditions.get(ENERGY, Form.RSS) == FEED
        assert unit.renditions.get(ENERGY, Form.ATOM) == replace(FEED, form=Form.ATOM, body=b"")
        assert unit.renditions.get(ENERGY, Form.JSON) is None


def test_the_change_counter_stands_still_for_the_same_bytes(store: SqlStore) -> None:
    """Rendering again what is there costs no reader anything."""
    with store.write() as unit:
        unit.renditions.put(FEED)
    before = store.change()
    with store.write() as unit:
        unit.renditions.put(FEED)
    assert store.change() == before


@pytest.mark.parametrize(
    "newer", [replace(FEED, body=b"<rss />"), replace(FEED, dropped=()), replace(FEED, etag='"2"')]
)
def test_the_change_counter_moves_for_other_bytes(store: SqlStore, newer: Rendition) -> None:
    """Or for anything else that is served with them."""
    with store.write() as unit:
        unit.renditions.put(FEED)
    before = store.change()
    with store.write() as unit:
        unit.renditions.put(newer)
    with store.read() as unit:
        assert unit.renditions.get(ENERGY, Form.RSS) == newer
    assert store.change() > before


def test_drop_others_forgets_feeds_and_marks_of_other_topics(store: SqlStore) -> None:
    """A topic that was taken out of the document answers no more."""
    with store.write() as unit:
        for topic in (ENERGY, SEA):
            unit.renditions.put(replace(FEED, topic=topic))
        unit.renditions.mark([ENERGY, SEA], NOW)
    before = store.change()
    with store.write() as unit:
        unit.renditions.drop_others([ENERGY])
        assert unit.renditions.get(ENERGY, Form.RSS) == FEED
        assert unit.renditions.get(SEA, Form.RSS) is None
        assert unit.renditions.marked() == (ENERGY,)
    assert store.change() > before


def test_drop_others_that_drops_nothing_changes_nothing(store: SqlStore) -> None:
    """It is asked at every reload."""
    with store.write() as unit:
        unit.renditions.put(FEED)
    before = store.change()
    with store.write() as unit:
        unit.renditions.drop_others([ENERGY, SEA])
    assert store.change() == before


def test_forms_names_the_feeds_that_there_are(store: SqlStore) -> None:
    """Without their bytes; whatever else a later version rendered."""
    with store.write() as unit:
        unit.renditions.put(FEED)
        unit.renditions.put(replace(FEED, topic=SEA, form=Form.JSON))
        other = update(rendition).where(rendition.c.topic == SEA).values(form="gemini")
        assert unit.renditions.forms() == {(ENERGY, Form.RSS), (SEA, Form.JSON)}
        unit.work.connection.execute(other)  # type: ignore[attr-defined]  # as a version to come might
        assert unit.renditions.forms() == {(ENERGY, Form.RSS)}


def test_marked_topics_stay_until_they_are_rendered(store: SqlStore) -> None:
    """However often they are marked."""
    with store.write() as unit:
        assert unit.renditions.marked() == ()
        unit.renditions.mark([SEA, ENERGY, SEA], NOW)
        unit.renditions.mark([], NOW)
        assert unit.renditions.marked() == (ENERGY, SEA)
        assert unit.renditions.settle(ENERGY, unit.renditions.marks(ENERGY))
        assert unit.renditions.marked() == (SEA,)


def test_a_topic_marked_again_since_stays_marked(store: SqlStore) -> None:
    """Rendering takes time, in which entries come; what was rendered is newer than what is there."""
    with store.write() as unit:
        unit.renditions.mark([ENERGY], NOW)
        seen = unit.renditions.marks(ENERGY)
        unit.renditions.mark([ENERGY], NOW)
        assert unit.renditions.settle(ENERGY, seen)
        assert unit.renditions.marked() == (ENERGY,)
        assert unit.renditions.marks(ENERGY) > seen


def test_who_renders_slowly_is_told_that_another_was_quicker(store: SqlStore) -> None:
    """Older bytes must not come over newer ones, nor take a later mark for the one that was seen."""
    with store.write() as unit:
        slow = unit.renditions.marks(ENERGY)
        unit.renditions.mark([ENERGY], NOW)
        quick = unit.renditions.marks(ENERGY)
        assert unit.renditions.settle(ENERGY, quick)
        assert not unit.renditions.settle(ENERGY, slow)
        unit.renditions.mark([ENERGY], NOW)
        assert not unit.renditions.settle(ENERGY, slow)
        assert unit.renditions.marked() == (ENERGY,)


def test_a_topic_may_be_rendered_that_nobody_marked(store: SqlStore) -> None:
    """The first time, or again from the same state."""
    with store.write() as unit:
        assert unit.renditions.marks(ENERGY) == 0
        assert [unit.renditions.settle(ENERGY, 0) for _ in range(2)] == [True, True]
        unit.renditions.mark([ENERGY], NOW)
        assert [unit.renditions.settle(ENERGY, 1) for _ in range(2)] == [True, True]
        assert unit.renditions.marked() == ()
