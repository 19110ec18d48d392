"""Stories, what they have shown, and the topics they match, on each database."""

from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest

from feedhub.adapters.store import SqlStore
from feedhub.model.entry import Media
from feedhub.model.keys import StoryKey, TopicSlug
from feedhub.model.story import Story
from feedhub.model.topic import Hit, Match
from feedhub.ports import Unit
from tests.builders import NOW, a_credit, a_read, a_shown, a_story, an_entry, ref
from tests.contract.telling import story_key, tell

ENERGY, ALL, SEA = TopicSlug("energy"), TopicSlug("all"), TopicSlug("sea")
MINUTE = timedelta(minutes=1)
HIDDEN = {
    "merged": a_story("x", merged_into=story_key("kept")),
    "withdrawn": a_story("x", withdrawn=NOW),
    "not shown": a_story("x", shown=None),
}


def _match(topic: TopicSlug = ENERGY, *words: str) -> Match:
    return Match(topic=topic, hit=Hit(clause='"gas" OR газ', words=words))


def _shown(unit: Unit, *idents: str, topic: TopicSlug = ENERGY) -> None:
    """Stories in a topic, each ranked a minute before the last."""
    for place, ident in enumerate(idents):
        unit.stories.save(a_story(ident, shown=a_shown(ident, ranked=NOW - place * MINUTE)))
        unit.stories.set_matches(story_key(ident), [_match(topic)], NOW)


def _in(unit: Unit, topic: TopicSlug = ENERGY, *, limit: int = 10, offset: int = 0) -> list[str]:
    return [story.key.rpartition(":")[2] for story in unit.stories.in_topic(topic, limit=limit, offset=offset)]


@pytest.mark.parametrize(
    "story",
    [
        a_story(shown=None),
        a_story(locked=True, withdrawn=NOW + timedelta(microseconds=1), merged_into=story_key("2")),
        a_story(
            shown=a_shown(
                title="Заголовок \u201cquoted\u201d",
                lang=None,
                authors=("A", "B"),
                media=(Media(url="https://harbour.example/1.jpg", media_type="image/jpeg"),),
                ranked=NOW - timedelta(hours=1, microseconds=7),
                updated=NOW + timedelta(microseconds=3),
                credit=a_credit(originator=ref("Coast Wire"), confidence=0.5),
                note="Corrected: the date",
            )
        ),
    ],
    ids=["not shown", "locked, withdrawn, merged", "shown"],
)
def test_a_story_comes_back_as_it_was_saved(store: SqlStore, story: Story) -> None:
    """Over what was stored under its key before."""
    with store.write() as unit:
        unit.stories.save(a_story(opened=NOW - timedelta(days=1)))
        unit.stories.save(story)
    with store.read() as unit:
        assert unit.stories.get(story.key) == story


def test_an_unknown_story_is_none(store: SqlStore) -> None:
    """Pages ask for what people type."""
    with store.read() as unit:
        assert unit.stories.get(StoryKey("tag:none")) is None
        assert unit.stories.resolve("none") is None
        assert unit.stories.resolve("a\0\ud800") is None
        assert unit.stories.matches(StoryKey("tag:none")) == ()


def test_reports_come_by_the_time_they_were_seen_then_key(store: SqlStore) -> None:
    """Whatever order they were stored in."""
    with store.write() as unit:
        tell(unit, a_read("c"), a_read("a"), a_read("b", seen=NOW - MINUTE), story="s")
    with store.read() as unit:
        assert [report.entry.guid for report in unit.stories.reports(story_key("s"))] == ["b", "a", "c"]


def test_resolve_finds_by_the_last_part_of_the_key_and_follows_redirects(store: SqlStore) -> None:
    """Addresses hold that part, and outlive merges."""
    with store.write() as unit:
        for ident in "abcd":
            unit.stories.save(a_story(ident))
        unit.stories.merge(story_key("b"), story_key("c"), NOW)
        unit.stories.merge(story_key("a"), story_key("b"), NOW)
    with store.read() as unit:
        assert [story.key for ident in "abcd" if (story := unit.stories.resolve(ident))] == [
            story_key("a"),
            story_key("a"),
            story_key("a"),
            story_key("d"),
        ]


def test_resolve_ends_where_redirects_go_in_a_circle_or_nowhere(store: SqlStore) -> None:
    """Nothing writes such rows; a person might."""
    with store.write() as unit:
        unit.stories.save(a_story("a", merged_into=story_key("b")))
        unit.stories.save(a_story("b", merged_into=story_key("a")))
        unit.stories.save(a_story("c", merged_into=story_key("gone")))
    with store.read() as unit:
        assert unit.stories.resolve("a") is not None
        assert unit.stories.resolve("c") == a_story("c", merged_into=story_key("gone"))


def test_merge_moves_the_entries_and_leaves_a_redirect(store: SqlStore) -> None:
    """Both have changed."""
    later = NOW + MINUTE
    with store.write() as unit:
        tell(unit, a_read("1"), story="old")
        tell(unit, a_read("2"), a_read("3"), story="young")
        unit.stories.merge(story_key("old"), story_key("young"), later)
    with store.read() as unit:
        assert [report.entry.guid for report in unit.stories.reports(story_key("old"))] == ["1", "2", "3"]
        assert unit.stories.reports(story_key("young")) == ()
        assert unit.entries.story_of(an_entry("3").key) == story_key("old")
        assert unit.stories.get(story_key("old")) == a_story("old", changed=later)
        assert unit.stories.get(story_key("young")) == a_story("young", changed=later, merged_into=story_key("old"))


def test_merge_into_a_merged_story_goes_on_to_its_end(store: SqlStore) -> None:
    """Also when the merge was made with old knowledge, and never in a circle."""
    with store.write() as unit:
        tell(unit, *map(a_read, "abc"))
        unit.stories.merge(story_key("a"), story_key("b"), NOW)
        unit.stories.merge(story_key("b"), story_key("c"), NOW)
        unit.stories.merge(story_key("b"), story_key("a"), NOW)
    with store.read() as unit:
        assert len(unit.stories.reports(story_key("a"))) == 3
        assert unit.stories.get(story_key("a")) == a_story("a")


def test_merge_takes_the_younger_out_of_every_feed_but_remembers_where_it_was(store: SqlStore) -> None:
    """Those topics want to be rendered again."""
    with store.write() as unit:
        _shown(unit, "old", "young")
        unit.stories.merge(story_key("old"), story_key("young"), NOW)
        assert _in(unit) == ["old"]
        assert unit.stories.sizes() == {ENERGY: 1}
        assert unit.stories.matches(story_key("young")) == (_match(),)
        assert unit.stories.set_matches(story_key("young"), [], NOW) == (ENERGY,)


def test_ripe_gives_what_may_be_shown_now_the_longest_waiting_first(store: SqlStore) -> None:
    """To the microsecond; equal ones by key; without an entry there is nothing to show."""
    waiting = {"later": NOW + timedelta(microseconds=1), "b": NOW, "a": NOW, "first": NOW - MINUTE}
    with store.write() as unit:
        for ident, at in waiting.items():
            unit.stories.save(a_story(ident, shown=None, publish_at=at))
        unit.stories.save(a_story("merged", shown=None, merged_into=story_key("a")))
        unit.stories.save(a_story("withdrawn", shown=None, withdrawn=NOW))
        tell(unit, *map(a_read, ("shown", "merged", "withdrawn", *waiting)))
        unit.stories.save(a_story("none", shown=None))
    with store.read() as unit:
        assert unit.stories.ripe(NOW, 10) == (story_key("first"), story_key("a"), story_key("b"))
        assert unit.stories.ripe(NOW, 1) == (story_key("first"),)


def test_recent_gives_stories_opened_since_newest_first(store: SqlStore) -> None:
    """Withdrawn ones may come back when topics change; merged ones never."""
    opened = {"old": NOW - timedelta(microseconds=1), "b": NOW, "a": NOW, "new": NOW + MINUTE}
    with store.write() as unit:
        for ident, at in opened.items():
            unit.stories.save(a_story(ident, opened=at))
        unit.stories.save(a_story("merged", opened=NOW, merged_into=story_key("a")))
        unit.stories.save(a_story("withdrawn", opened=NOW, withdrawn=NOW))
    with store.read() as unit:
        keys = tuple(map(story_key, ("new", "a", "b", "withdrawn")))
        assert unit.stories.recent(NOW, 10) == keys
        assert unit.stories.recent(NOW, 2) == keys[:2]


def test_set_matches_replaces_topics_and_names_those_before_and_after(store: SqlStore) -> None:
    """All of them want to be rendered again."""
    with store.write() as unit:
        unit.stories.save(a_story())
        assert unit.stories.set_matches(story_key("1"), [_match(ALL), _match(ENERGY, "gas")], NOW) == (ALL, ENERGY)
        other = _match(TopicSlug("sea"), "море", "sea")
        assert unit.stories.set_matches(story_key("1"), [other, _match(ALL, "x")], NOW) == (ALL, ENERGY, "sea")
    with store.read() as unit:
        assert unit.stories.matches(story_key("1")) == (_match(ALL, "x"), other)
        assert (_in(unit, ENERGY), _in(unit, ALL)) == ([], ["1"])


def test_in_topic_goes_by_rank_then_key_and_pages(store: SqlStore) -> None:
    """Whatever page somebody asks for."""
    with store.write() as unit:
        _shown(unit, "3", "2", "1")
        _shown(unit, "9", topic=ALL)
        for ident in "ba":
            unit.stories.save(a_story(ident, shown=a_shown(ident, ranked=NOW - MINUTE)))
            unit.stories.set_matches(story_key(ident), [_match()], NOW)
    with store.read() as unit:
        assert _in(unit) == ["3", "2", "a", "b", "1"]
        assert _in(unit, limit=2, offset=1) == ["2", "a"]
        assert _in(unit, offset=10**30) == []
        assert _in(unit, limit=-1) == []
        assert unit.stories.in_topic(ENERGY, limit=1) == (a_story("3", shown=a_shown("3", ranked=NOW)),)
        assert unit.stories.sizes() == {ALL: 1, ENERGY: 5}


@pytest.mark.parametrize("how", HIDDEN)
def test_in_topic_leaves_out_what_no_feed_may_show_in_whatever_order_it_was_saved(store: SqlStore, how: str) -> None:
    """A story may be hidden before and after it is matched, and come back."""
    hidden = HIDDEN[how]
    with store.write() as unit:
        _shown(unit, "kept")
        unit.stories.save(hidden)
        unit.stories.set_matches(hidden.key, [_match()], NOW)
        assert _in(unit) == ["kept"]
        unit.stories.save(a_story("x"))
        assert sorted(_in(unit)) == ["kept", "x"]
        unit.stories.save(hidden)
        assert _in(unit) == ["kept"]
        assert unit.stories.sizes() == {ENERGY: 1}


def test_a_story_moves_in_its_topics_when_its_rank_does(store: SqlStore) -> None:
    """The topic's order follows the story."""
    with store.write() as unit:
        _shown(unit, "1", "2")
        unit.stories.save(a_story("2", shown=a_shown("2", ranked=NOW + MINUTE)))
        assert _in(unit) == ["2", "1"]


def test_sizes_follow_whatever_happens_to_stories_and_matches(store: SqlStore) -> None:
    """They are kept, not counted; within the unit and after it."""
    walk: tuple[Callable[[Unit], object], ...] = (
        lambda unit: unit.stories.save(a_story("a", shown=None)),
        lambda unit: unit.stories.set_matches(story_key("a"), [_match(ALL), _match()], NOW),
        lambda unit: unit.stories.save(a_story("a")),
        lambda unit: unit.stories.save(a_story("a", shown=a_shown("a", ranked=NOW))),
        lambda unit: unit.stories.set_matches(story_key("a"), [_match(ALL, "x"), _match(SEA)], NOW),
        lambda unit: _shown(unit, "b", "c", "d", topic=ALL),
        lambda unit: unit.stories.save(a_story("a", withdrawn=NOW)),
        lambda unit: unit.stories.set_matches(story_key("a"), [_match(ALL)], NOW),
        lambda unit: unit.stories.save(a_story("a")),
        lambda unit: unit.stories.merge(story_key("a"), story_key("b"), NOW),
        lambda unit: unit.stories.merge(story_key("b"), story_key("a"), NOW),
        lambda unit: unit.stories.set_matches(story_key("b"), [_match(SEA)], NOW),
        lambda unit: unit.stories.save(a_story("c", merged_into=story_key("a"))),
        lambda unit: unit.stories.forget(NOW + MINUTE, 9, stubs=9),
    )
    found: list[Mapping[TopicSlug, int]] = []
    counted: list[Mapping[TopicSlug, int]] = []
    for step in walk:
        with store.write() as unit:
            step(unit)
            found.append(unit.stories.sizes())
        with store.read() as unit:
            sizes = {topic: len(_in(unit, topic, limit=99)) for topic in (ALL, ENERGY, SEA)}
            counted += [{topic: size for topic, size in sizes.items() if size}] * 2
            found.append(unit.stories.sizes())
    assert found == counted
    assert found[-3] == {ALL: 2}


def test_an_opened_story_has_its_topics_and_is_not_shown(store: SqlStore) -> None:
    opened = a_story("new", shown=None)
    matches = [Match(topic=TopicSlug("all"), hit=Hit(clause="", words=()))]
    with store.write() as unit:
        unit.stories.open(opened, matches)
    with store.read() as unit:
        assert (unit.stories.get(opened.key), unit.stories.matches(opened.key)) == (opened, tuple(matches))
        assert unit.stories.sizes() == {}
