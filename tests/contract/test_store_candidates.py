"""Which stories are near an entry, on each database."""

from dataclasses import replace
from datetime import timedelta

from feedhub.adapters.store import SqlStore
from feedhub.model.keys import EntryKey, Guid, SourceSlug
from feedhub.model.reading import ReadEntry
from feedhub.model.story import Candidate
from tests.builders import NOW, a_credit, a_read, a_story, hashed, ref
from tests.contract.telling import story_key, tell

SINCE = NOW - timedelta(hours=72)
NEW = a_read("new", shingles=range(100, 120), body="same", canonical="https://harbour.example/same")


def _candidates(store: SqlStore, read: ReadEntry = NEW, *, limit: int = 10) -> tuple[Candidate, ...]:
    with store.read() as unit:
        return unit.entries.candidates(read, since=SINCE, limit=limit)


def _near(store: SqlStore, read: ReadEntry = NEW, *, limit: int = 10) -> list[tuple[str, int, str]]:
    found = _candidates(store, read, limit=limit)
    return [(candidate.story.rpartition(":")[2], candidate.shared, candidate.exact) for candidate in found]


def test_no_stories_no_candidates(store: SqlStore) -> None:
    """The first entry of all."""
    assert _near(store) == []


def test_a_candidate_is_its_story_by_its_earliest_entry(store: SqlStore) -> None:
    """The earliest seen, with its credit and fingerprint; a locked story is given, and said to be locked."""
    credit = a_credit(originator=ref("Coast Wire"))
    early = a_read("1", shingles=[2**64 - 1, 100, 101], body="b", seen=NOW - timedelta(hours=2), credit=credit)
    late = a_read("2", shingles=[0, 100, 101], seen=NOW - timedelta(hours=1))
    with store.write() as unit:
        unit.stories.save(a_story("s", opened=NOW - timedelta(days=1), locked=True))
        tell(unit, late, early, story="s")
    assert _candidates(store) == (
        Candidate(
            story=story_key("s"),
            entry=early.entry,
            credit=credit,
            fingerprint=early.fingerprint,
            opened=NOW - timedelta(days=1),
            locked=True,
            shared=2,
        ),
    )


def test_exact_keys_come_first_then_those_that_share_most(store: SqlStore) -> None:
    """A link is stronger than a body, a body stronger than any number of shingles."""
    with store.write() as unit:
        tell(unit, a_read("few", shingles=range(100, 103)), a_read("many", shingles=range(100, 115)))
        tell(unit, a_read("body", body="same"), a_read("link", canonical="https://harbour.example/same"))
        tell(unit, a_read("none", shingles=range(5)))
    assert _near(store) == [("link", 0, "link"), ("body", 0, "body"), ("many", 15, ""), ("few", 3, "")]
    assert _near(store, limit=3) == [("link", 0, "link"), ("body", 0, "body"), ("many", 15, "")]
    assert _near(store, limit=0) == []


def test_a_story_is_given_by_its_nearest_entry_too(store: SqlStore) -> None:
    """Of those that share most the earliest; `limit` counts stories."""
    with store.write() as unit:
        tell(unit, a_read("lead", shingles=range(96, 104), seen=NOW - timedelta(hours=3)), story="s")
        tell(unit, a_read("far", shingles=range(100, 106), seen=NOW - timedelta(hours=2)), story="s")
        tell(unit, a_read("near", shingles=range(104, 116), seen=NOW - timedelta(hours=1)), story="s")
        tell(unit, a_read("late", shingles=range(100, 112), seen=NOW), story="s")
        tell(unit, a_read("other", shingles=range(100, 102)))
    found = [(candidate.entry.guid, candidate.shared) for candidate in _candidates(store)]
    assert found == [("lead", 4), ("near", 12), ("other", 2)]
    assert [candidate.entry.guid for candidate in _candidates(store, limit=1)] == ["lead", "near"]


def test_the_entry_with_the_exact_key_is_the_nearest(store: SqlStore) -> None:
    """However much another one shares; each candidate says what key it has itself, a link is the stronger one."""
    with store.write() as unit:
        tell(unit, a_read("lead", shingles=range(90, 110), body="same", seen=NOW - timedelta(hours=2)), story="s")
        tell(unit, a_read("many", shingles=range(100, 120), seen=NOW - timedelta(hours=1)), story="s")
        tell(unit, a_read("link", canonical="https://harbour.example/same", body="same"), story="s")
        tell(unit, a_read("1", seen=NOW - timedelta(hours=1)), a_read("2", body="same"), story="t")
    found = [(candidate.entry.guid, candidate.shared, candidate.exact) for candidate in _candidates(store)]
    assert found == [("lead", 10, "body"), ("link", 0, "link"), ("1", 0, ""), ("2", 0, "body")]


def test_a_story_whose_earliest_entry_is_as_near_as_any_is_one_candidate(store: SqlStore) -> None:
    """By exact keys and by shingles, even where it is not among the newest that have them."""
    with store.write() as unit:
        for number in range(140):
            seen = NOW - timedelta(minutes=140 - number)
            tell(unit, a_read(str(number), body="same", shingles=range(100, 120), seen=seen), story="s")
    [candidate] = _candidates(store)
    assert (candidate.entry.guid, candidate.shared, candidate.exact) == ("0", 20, "body")


def test_equal_ones_come_in_the_order_of_their_keys(store: SqlStore) -> None:
    """The same on both databases, so that placing is the same."""
    with store.write() as unit:
        tell(unit, *(a_read(guid, shingles=[100]) for guid in "bca"))
    assert _near(store, limit=2) == [("a", 1, ""), ("b", 1, "")]


def test_an_empty_link_or_body_is_no_key(store: SqlStore) -> None:
    """Or all entries without a link would be twins."""
    with store.write() as unit:
        tell(unit, a_read("1", canonical="", body=None))
    assert _near(store, a_read("new", canonical="", body=None)) == []


def test_merged_and_withdrawn_stories_are_left_out(store: SqlStore) -> None:
    """Nobody can join them any more; the entries of a merged one count for its successor."""
    with store.write() as unit:
        tell(unit, *(a_read(guid, shingles=range(100, 110), body="same") for guid in ("kept", "merged", "withdrawn")))
        unit.stories.merge(story_key("kept"), story_key("merged"), NOW)
        unit.stories.save(a_story("withdrawn", withdrawn=NOW))
    assert _near(store) == [("kept", 10, "body")]


def test_withdrawn_entries_neither_match_nor_stand_for_their_story(store: SqlStore) -> None:
    """A text that its source took back says nothing."""
    with store.write() as unit:
        tell(unit, a_read("1", shingles=[100], seen=NOW - timedelta(hours=1)), a_read("2", shingles=[101]), story="s")
        tell(unit, a_read("4", body="same", shingles=range(100, 105)), story="s")
        tell(unit, a_read("3", shingles=[100], body="same"), story="t")
        unit.entries.withdraw(SourceSlug("harbour"), [Guid("1"), Guid("3"), Guid("4")], NOW)
    [candidate] = _candidates(store)
    assert (candidate.story, candidate.entry.guid, candidate.shared) == (story_key("s"), "2", 1)


def test_stories_without_an_entry_in_the_window_are_left_out(store: SqlStore) -> None:
    """An exact key may be older, as long as its story still runs; the window's first moment is in it."""
    before, within = SINCE - timedelta(microseconds=1), SINCE
    with store.write() as unit:
        tell(unit, a_read("old", shingles=[100], body="same", seen=before))
        tell(unit, a_read("1", body="same", seen=before), a_read("2", seen=within), story="running")
        tell(unit, a_read("edge", shingles=[100], seen=within))
    assert _near(store) == [("running", 0, "body"), ("edge", 1, "")]


def test_the_entry_itself_is_no_candidate_but_its_story_may_be(store: SqlStore) -> None:
    """As when stories are placed again."""
    with store.write() as unit:
        tell(unit, replace(NEW, entry=replace(NEW.entry, seen=NOW - timedelta(hours=9))))
        tell(unit, a_read("2", shingles=[100]), story="new")
    [candidate] = _candidates(store)
    assert (candidate.story, candidate.entry.guid, candidate.shared, candidate.exact) == (story_key("new"), "2", 1, "")


def test_a_newer_text_is_found_by_its_own_shingles(store: SqlStore) -> None:
    """Not by those that it lost."""
    with store.write() as unit:
        tell(unit, a_read("1", shingles=[100, 101, 102]))
        unit.entries.replace(a_read("1", shingles=[102, 2**64 - 1]))
    assert _near(store) == [("1", 1, "")]
    assert _near(store, a_read("new", shingles=[2**64 - 1, 100])) == [("1", 1, "")]


def test_a_story_that_everybody_carries_is_still_found(store: SqlStore) -> None:
    """All its shingles are common; leaving common ones out would lose it."""
    wire, footer = hashed(range(100, 120)), hashed(range(50))
    with store.write() as unit:
        tell(unit, *(a_read(f"carried-{number}", shingles=wire) for number in range(300)), story="wire")
    found = _near(store, a_read("new", shingles=[*wire, *footer]))
    assert found == [("wire", 20, "")]


def test_rare_words_in_common_come_before_a_common_footer(store: SqlStore) -> None:
    """Though the footer has more shingles."""
    footer, rare = range(20), range(1000, 1008)
    with store.write() as unit:
        tell(unit, *(a_read(f"letter-{number}", shingles=footer) for number in range(200)))
        tell(unit, a_read("twin", shingles=rare))
    assert _near(store, a_read("new", shingles=[*footer, *rare]), limit=2)[0] == ("twin", 8, "")


def test_a_cut_of_a_long_article_is_found_and_the_article_by_its_cut(store: SqlStore) -> None:
    """Of long texts only a sample is posted and asked for."""
    article = hashed(range(440))
    with store.write() as unit:
        tell(unit, a_read("article", shingles=article), a_read("cut", shingles=article[:25]))
    assert {story for story, _, _ in _near(store, a_read("new", shingles=article))} == {"article", "cut"}
    assert {story for story, _, _ in _near(store, a_read("new", shingles=article[:25]))} == {"article", "cut"}


def test_a_fingerprint_that_is_cut_short_or_double_does_no_harm(store: SqlStore) -> None:
    """Whatever wrote it."""
    odd = replace(NEW, fingerprint=replace(NEW.fingerprint, shingles=NEW.fingerprint.shingles[:8] * 2 + b"abc"))
    with store.write() as unit:
        tell(unit, replace(odd, entry=replace(odd.entry, key=EntryKey("tag:odd"))))
    assert _near(store) == [("new", 2, "link")]
