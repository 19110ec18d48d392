"""Stories read and written with all that belongs to them, many at a time, on each database."""

from dataclasses import replace
from datetime import timedelta

from feedhub.adapters.store import SqlStore
from feedhub.model.dossier import Dossier
from feedhub.model.keys import StoryKey, TopicSlug
from feedhub.model.topic import Hit, Match
from feedhub.ports import Unit
from tests.builders import NOW, a_credit, a_read, a_shown, a_story
from tests.contract.telling import OPENS, story_key, tell

ENERGY, SEA = TopicSlug("energy"), TopicSlug("sea")
LATER = NOW + timedelta(hours=1)


def _match(topic: TopicSlug, word: str = "gas") -> Match:
    return Match(topic=topic, hit=Hit(clause=word, words=(word,)))


def _told(store: SqlStore, *idents: str) -> None:
    """Stories in both topics, each with two reports."""
    with store.write() as unit:
        for ident in idents:
            late, early = a_read(f"{ident}-late"), a_read(f"{ident}-early", seen=NOW - timedelta(hours=1))
            tell(unit, late, early, story=ident)
            unit.stories.set_matches(story_key(ident), [_match(SEA), _match(ENERGY)], NOW)


def _dossiers(unit: Unit, *idents: str) -> tuple[Dossier, ...]:
    return unit.stories.dossiers(map(story_key, idents))


def _renew(store: SqlStore, ident: str, **changes: object) -> None:
    """Change a story; `matches` are its topics."""
    with store.write() as unit:
        (before,) = _dossiers(unit, ident)
        matches = changes.pop("matches", before.matches)
        story = replace(before.story, **changes)  # type: ignore[arg-type]  # a test names fields of its own choice
        unit.stories.renew([(before, replace(before, story=story, matches=matches))], LATER)  # type: ignore[arg-type]  # the same


def _sizes(store: SqlStore) -> dict[TopicSlug, int]:
    with store.read() as unit:
        return dict(unit.stories.sizes())


def test_dossier_holds_what_is_asked_for_one_by_one(store: SqlStore) -> None:
    """Reports by the time they were seen, topics by slug."""
    _told(store, "1", "2")
    with store.read() as unit:
        for found in _dossiers(unit, "1", "2"):
            key = found.story.key
            assert found == Dossier(
                story=a_story(key.rpartition(":")[2]),
                reports=unit.stories.reports(key),
                matches=unit.stories.matches(key),
            )
            assert len(found.reports) == 2
            assert [match.topic for match in found.matches] == [ENERGY, SEA]


def test_dossier_is_what_it_will_be_for_others_while_its_entries_are_written_and_changed(store: SqlStore) -> None:
    """Entries that a transaction knows are not read again, unless something about them was changed."""
    _told(store, "1")
    with store.write() as unit:
        tell(unit, a_read("new"), a_read("1-early", title="Corrected"), a_read("other"), story="1")
        first = _dossiers(unit, "1")
        unit.entries.set_credit(a_read("new").entry.key, a_credit("Coast Wire"))
        unit.entries.withdraw(a_read().entry.source, [a_read("other").entry.guid], LATER)
        unit.entries.replace(a_read("1-late", title="Later"))
        last = _dossiers(unit, "1")
    assert [report.entry.title for report in first[0].reports].count("Corrected") == 1
    with store.read() as unit:
        assert last == _dossiers(unit, "1")
    (told,) = last
    assert {report.entry.guid: report.entry.title for report in told.reports}[a_read("1-late").entry.guid] == "Later"
    assert [report.entry.guid for report in told.reports if report.withdrawn] == ["other"]
    assert [report.entry.guid for report in told.reports if report.credit.publisher.name == "Coast Wire"] == ["new"]


def test_what_was_made_one_is_one_dossier_and_what_is_unknown_is_none(store: SqlStore) -> None:
    """Redirects are followed, also where the story that they end in is asked for itself."""
    _told(store, "1", "2")
    with store.write() as unit:
        unit.stories.merge(story_key("1"), story_key("2"), NOW)
        (found,) = _dossiers(unit, "2", "1", "none")
        assert (found.story.key, len(found.reports)) == (story_key("1"), 4)
        assert unit.stories.dossiers([]) == ()


def test_dossier_of_a_story_without_reports_and_topics_is_empty(store: SqlStore) -> None:
    """As that of one whose entries are yet to be written."""
    with store.write() as unit:
        unit.stories.save(a_story("1"))
        assert _dossiers(unit, "1") == (Dossier(story=a_story("1"), reports=(), matches=()),)


def test_entries_that_were_just_added_are_in_it(store: SqlStore) -> None:
    """Though they were put off to be written with others."""
    with store.write() as unit:
        tell(unit, a_read("1"))
        (found,) = _dossiers(unit, "1")
        assert [report.entry.guid for report in found.reports] == ["1"]


def test_renewed_story_is_read_as_it_was_written(store: SqlStore) -> None:
    """The topics that it left and came to with it."""
    _told(store, "1")
    shown = a_shown(title="Another", ranked=LATER)
    _renew(store, "1", shown=shown, changed=LATER, matches=(_match(SEA, "ferry"),))
    with store.read() as unit:
        (found,) = _dossiers(unit, "1")
        assert found.story == a_story("1", shown=shown, changed=LATER)
        assert found.matches == (_match(SEA, "ferry"),)
        assert [story.key for story in unit.stories.in_topic(SEA, limit=9)] == [story_key("1")]
        assert unit.stories.in_topic(ENERGY, limit=9) == ()
    assert _sizes(store) == {SEA: 1}


def test_story_that_comes_to_be_shown_or_leaves_is_counted(store: SqlStore) -> None:
    """In each of its topics, which know its rank."""
    _told(store, "1", "2")
    _renew(store, "1", shown=None)
    assert _sizes(store) == {ENERGY: 1, SEA: 1}
    _renew(store, "1", shown=a_shown("1", ranked=LATER))
    assert _sizes(store) == {ENERGY: 2, SEA: 2}
    with store.read() as unit:
        assert [story.key for story in unit.stories.in_topic(SEA, limit=9)] == [story_key("1"), story_key("2")]
    _renew(store, "2", withdrawn=LATER)
    assert _sizes(store) == {ENERGY: 1, SEA: 1}


def test_renewing_nothing_moves_nothing(store: SqlStore) -> None:
    """Else caches would be emptied by every poll."""
    _told(store, "1")
    before = store.change()
    with store.write() as unit:
        unit.stories.renew([], LATER)
    assert store.change() == before
    _renew(store, "1", changed=LATER)
    assert store.change() > before


def test_many_are_renewed_at_once(store: SqlStore) -> None:
    """Each by its own."""
    idents = [str(number) for number in range(40)]
    _told(store, *idents)
    with store.write() as unit:
        before = _dossiers(unit, *idents)
        after = [replace(one, matches=one.matches[: place % 3]) for place, one in enumerate(before)]
        unit.stories.renew(list(zip(before, after, strict=True)), LATER)
    with store.read() as unit:
        kept = {one.story.key: one.matches for one in after}
        assert {one.story.key: one.matches for one in _dossiers(unit, *idents)} == kept
        assert StoryKey(story_key("0")) in kept
    assert _sizes(store) == {ENERGY: 26, SEA: 13}


def test_renewing_a_story_that_was_just_opened_is_the_last_word(store: SqlStore) -> None:
    """What waits to be written is written before."""
    with store.write() as unit:
        unit.stories.open(a_story("1", shown=None), [_match(SEA)])
        unit.entries.add(a_read("1"), story=story_key("1"), placement=OPENS)
        before = Dossier(story=a_story("1", shown=None), reports=(), matches=())
        unit.stories.renew([(before, replace(before, story=a_story("1", shown=a_shown())))], LATER)
    with store.read() as unit:
        assert unit.stories.get(story_key("1")) == a_story("1", shown=a_shown())
