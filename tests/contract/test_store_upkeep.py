"""What leaves the store and what stays, on each database."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from feedhub.adapters.store import SqlStore
from feedhub.adapters.store.tables import entry, posting
from feedhub.errors import NotFoundError
from feedhub.model.decision import AuditLine
from feedhub.model.keys import Digest, Guid, SourceSlug, TopicSlug
from feedhub.model.topic import Hit, Match
from feedhub.model.upkeep import Forgotten
from feedhub.ports import Unit
from tests.builders import NOW, a_credit, a_read, a_source, a_story, an_entry
from tests.contract.telling import known, story_key, tell

HARBOUR, COAST = SourceSlug("harbour"), SourceSlug("coast")
SEA, ALL = TopicSlug("sea"), TopicSlug("all")
MOMENT = timedelta(microseconds=1)
OLD = NOW - timedelta(days=400)
NOTHING = Forgotten(stories=0, entries=0, topics=())


def _old(unit: Unit, *idents: str, **changes: object) -> None:
    """Stories that were opened and changed last at OLD, longer ago the later they are named."""
    for place, ident in enumerate(idents):
        at = OLD - place * MOMENT
        unit.stories.save(a_story(ident, **({"opened": at, "changed": at} | changes)))


def _match(unit: Unit, ident: str, *topics: TopicSlug) -> None:
    matches = [Match(topic=topic, hit=Hit(clause="ferry", words=("ferry",))) for topic in topics]
    unit.stories.set_matches(story_key(ident), matches, NOW)


def _forget(unit: Unit, limit: int = 10, *, stubs: int = 10) -> Forgotten:
    return unit.stories.forget(OLD + MOMENT, limit, stubs=stubs)


def _left(unit: Unit, idents: Iterable[str]) -> str:
    return "".join(ident for ident in idents if unit.stories.get(story_key(ident)))


def _near(unit: Unit, *shingles: int) -> list[str]:
    read = a_read("asked", shingles=shingles, canonical="")
    found = unit.entries.candidates(read, since=OLD - timedelta(days=1), limit=10)
    return [candidate.story.rpartition(":")[2] for candidate in found]


def _logged(unit: Unit) -> list[str]:
    """The guids of entries with postings, in the order of the log."""
    both = select(entry.c.guid).join(posting, posting.c.entry == entry.c.id).order_by(posting.c.number)
    return list(unit.work.run(both).scalars())  # type: ignore[attr-defined]  # as no flow does


def test_a_story_leaves_with_all_that_is_its_own(store: SqlStore) -> None:
    """No page, feed or candidate finds it any more; how many entries a source has is right."""
    with store.write() as unit:
        unit.sources.sync([a_source(), a_source("coast")], NOW)
        _old(unit, "a")
        tell(unit, a_read("1", shingles=[1], body="b"), a_read("2", source=COAST, guid=Guid("1")), story="a")
        tell(unit, a_read("3", shingles=[1]), story="kept")
        _match(unit, "a", SEA, ALL)
        _match(unit, "kept", ALL)
    with store.write() as unit:
        assert _forget(unit) == Forgotten(stories=1, entries=2, topics=(ALL, SEA))
        assert _forget(unit) == NOTHING
    with store.read() as unit:
        assert unit.stories.get(story_key("a")) is None
        assert unit.stories.resolve("a") is None
        assert unit.stories.reports(story_key("a")) == ()
        assert unit.stories.matches(story_key("a")) == ()
        assert unit.stories.sizes() == {ALL: 1}
        assert unit.entries.count() == 1
        assert [(state.slug, state.entries) for state in unit.sources.all()] == [("coast", 0), ("harbour", 1)]
        assert unit.entries.find("", an_entry("1").canonical) is None
        assert unit.entries.find(an_entry("1").key, "") is None
        assert unit.entries.story_of(an_entry("1").key) is None
        assert _near(unit, 1) == ["kept"]


def test_only_stories_that_have_not_changed_since_leave_the_longest_open_first(store: SqlStore) -> None:
    """To the microsecond; whether they were shown or not."""
    with store.write() as unit:
        _old(unit, "c", "b", "a", shown=None, withdrawn=OLD)
        _old(unit, "x", changed=OLD + MOMENT)
        assert _forget(unit, 2) == Forgotten(stories=2, entries=0, topics=())
        assert _left(unit, "abcx") == "cx"
        assert unit.stories.forget(OLD, 10, stubs=10) == NOTHING
        assert _forget(unit).stories == 1
        assert _left(unit, "abcx") == "x"


def test_redirects_leave_with_the_story_that_they_end_in_and_not_before(store: SqlStore) -> None:
    """However old they are themselves, and also where a redirect goes by another."""
    with store.write() as unit:
        _old(unit, "a", "b", "c", "d")
        _old(unit, "e", merged_into=story_key("d"))
        _old(unit, "k", changed=NOW)
        tell(unit, a_read("1"), story="b")
        unit.stories.merge(story_key("a"), story_key("b"), OLD)
        unit.stories.merge(story_key("d"), story_key("c"), OLD)
        unit.stories.save(a_story("d", opened=OLD, changed=OLD, merged_into=story_key("a")))
        unit.stories.save(a_story("r", opened=OLD, changed=OLD, merged_into=story_key("k")))
        assert _forget(unit) == Forgotten(stories=1, entries=1, topics=())
        assert _left(unit, "abcdekr") == "kr"


def test_topics_that_showed_no_story_that_left_are_not_named(store: SqlStore) -> None:
    """Their feeds are as they were."""
    with store.write() as unit:
        _old(unit, "a", "b")
        _old(unit, "hidden", shown=None)
        _match(unit, "a", SEA)
        _match(unit, "b", SEA)
        _match(unit, "hidden", ALL)
        assert _forget(unit).topics == (SEA,)
        assert unit.stories.matches(story_key("hidden")) == ()


def test_what_was_served_has_changed_only_if_a_story_left(store: SqlStore) -> None:
    """Rounds that find nothing must not empty caches."""
    with store.write() as unit:
        _old(unit, "a")
    before = store.change()
    with store.write() as unit:
        _forget(unit)
    after = store.change()
    with store.write() as unit:
        _forget(unit)
        unit.entries.forget_postings(NOW, 10)
        unit.book.forget_lines(NOW, 10)
    assert (after - before, store.change() - after) == (1, 0)


def test_a_forgotten_entry_that_its_source_changes_stays_forgotten(store: SqlStore) -> None:
    """Only what it is known by moves, so that it is not read again at every poll."""
    with store.write() as unit:
        _old(unit, "a")
        tell(unit, a_read("1"), story="a")
        _forget(unit)
    before = store.change()
    with store.write() as unit:
        unit.entries.replace(a_read("1", raw=Digest("newer"), title="Ferry line opens after all"))
        assert unit.entries.withdraw(HARBOUR, [Guid("1")], NOW) == ()
    with store.read() as unit:
        assert known(unit, "1") == {"1": "newer"}
        assert unit.entries.story_of(an_entry("1").key) is None
        assert unit.entries.count() == 0
    assert store.change() == before


@pytest.mark.parametrize("guid", ["2", "1 "])
def test_replace_of_an_entry_that_was_never_there_is_still_an_error(store: SqlStore, guid: str) -> None:
    """Forgotten ones beside it or not."""
    with store.write() as unit:
        _old(unit, "a")
        tell(unit, a_read("1"), story="a")
        _forget(unit)
    with pytest.raises(NotFoundError), store.write() as unit:
        unit.entries.replace(a_read(guid=Guid(guid)))


def test_the_credit_of_a_forgotten_entry_cannot_be_set(store: SqlStore) -> None:
    """There is none."""
    with store.write() as unit:
        _old(unit, "a")
        tell(unit, a_read("1"), story="a")
        _forget(unit)
    with pytest.raises(NotFoundError), store.write() as unit:
        unit.entries.set_credit(an_entry("1").key, a_credit())


def test_a_forgotten_entry_that_is_added_all_the_same_can_be_forgotten_again(store: SqlStore) -> None:
    """No flow does so; it must not stop upkeep for ever."""
    with store.write() as unit:
        for _ in range(2):
            _old(unit, "a")
            tell(unit, a_read("1"), story="a")
            assert _forget(unit).entries == 1
        assert known(unit, "1") == {"1": "raw-1"}


def test_of_each_source_only_the_newest_stubs_stay(store: SqlStore) -> None:
    """What fell out of its feed long ago comes no more."""
    with store.write() as unit:
        _old(unit, "a", "b")
        tell(unit, a_read("1"), a_read("2"), a_read("c", source=COAST), story="b")
        tell(unit, a_read("3"), a_read("4"), story="a")
        _forget(unit, 1, stubs=2)
        assert [*known(unit, *"1234")] == [*"1234"]
        _forget(unit, 1, stubs=2)
        assert [*known(unit, *"1234")] == [*"34"]
        assert known(unit, "c", source=COAST) == {"c": "raw-c"}
        _old(unit, "d")
        tell(unit, a_read("5"), story="d")
        _forget(unit, stubs=0)
        assert known(unit, *"12345") == {}


def test_a_new_entry_never_takes_over_the_postings_of_a_forgotten_one(store: SqlStore) -> None:
    """Though the newest entry of all was forgotten: numbers are not given twice."""
    with store.write() as unit:
        _old(unit, "a")
        tell(unit, a_read("1", shingles=[1]), story="a")
        _forget(unit)
        tell(unit, a_read("2", shingles=[2]))
        assert _near(unit, 1) == []
        assert _near(unit, 2) == ["2"]


def test_postings_of_old_entries_are_dropped_the_others_stay(store: SqlStore) -> None:
    """Also where a newer one stands before an older one in the log."""
    with store.write() as unit:
        tell(unit, a_read("new", shingles=[1]), a_read("old", shingles=[1], seen=NOW - MOMENT))
        assert unit.entries.forget_postings(NOW, 10) == 1
        assert _logged(unit) == ["new"]


def test_the_oldest_postings_are_dropped_first(store: SqlStore) -> None:
    """As many as asked for."""
    with store.write() as unit:
        tell(unit, *(a_read(str(age), shingles=[1], seen=NOW - age * MOMENT) for age in (2, 1, 3)))
        assert [unit.entries.forget_postings(NOW, 2), _logged(unit)] == [2, ["1"]]
        assert [unit.entries.forget_postings(NOW, 2), _logged(unit)] == [1, []]


def test_a_newer_text_of_an_entry_whose_postings_were_dropped_is_stored(store: SqlStore) -> None:
    """Sources edit old articles."""
    with store.write() as unit:
        tell(unit, a_read("1", shingles=[1], seen=NOW - MOMENT))
        unit.entries.forget_postings(NOW, 10)
        unit.entries.replace(a_read("1", shingles=[2]))
        assert _near(unit, 2) == ["1"]
        assert unit.entries.forget_postings(NOW, 10) == 1


def test_old_lines_of_the_audit_log_are_dropped_the_first_ones_first(store: SqlStore) -> None:
    """Only as many are looked at as asked for."""
    line = AuditLine(at=NOW, by="editor", action="saved", subject="topics.toml")
    lines = [replace(line, at=NOW - timedelta(days=days)) for days in (4, 3, 2, 1)]
    with store.write() as unit:
        for one in lines:
            unit.book.note(one)
        dropped = [unit.book.forget_lines(NOW - timedelta(days=1), limit) for limit in (2, 2, 2)]
        assert (dropped, unit.book.audit(10)) == ([2, 1, 0], (lines[3],))


@pytest.mark.parametrize(("later", "left"), [(0 * MOMENT, True), (MOMENT, False)])
def test_a_source_that_was_absent_for_long_is_forgotten(store: SqlStore, later: timedelta, *, left: bool) -> None:
    """To the microsecond; those that are there are kept, however long ago they came."""
    with store.write() as unit:
        unit.sources.sync([a_source(), a_source("coast")], OLD)
        unit.sources.sync([a_source("coast")], NOW)
        unit.sources.sync([a_source("coast")], NOW + MOMENT)
        assert unit.sources.forget(NOW + later) == (not left)
        assert (unit.sources.get(HARBOUR) is not None, [state.slug for state in unit.sources.all()]) == (left, [COAST])


def test_a_source_that_came_back_is_not_forgotten(store: SqlStore) -> None:
    """It is absent anew when it goes again."""
    with store.write() as unit:
        for sources, at in ((a_source(),), OLD), ((), OLD), ((a_source(),), OLD), ((), NOW):
            unit.sources.sync(sources, at)
        assert (unit.sources.forget(NOW), unit.sources.forget(NOW + MOMENT)) == (0, 1)


def test_marks_are_forgotten_once_they_are_old_and_rendered(store: SqlStore) -> None:
    """Those of a topic that is gone are no more; one that comes back starts afresh."""
    with store.write() as unit:
        unit.renditions.mark([SEA, ALL], OLD)
        unit.renditions.mark([ALL], NOW)
        assert unit.renditions.forget(NOW) == 0
        unit.renditions.drop_others([])
        assert [unit.renditions.forget(at) for at in (OLD, NOW, NOW)] == [0, 1, 0]
        assert (unit.renditions.marks(SEA), unit.renditions.marks(ALL), unit.renditions.marked()) == (0, 2, ())
