"""Entries and what belongs to them, on each database."""

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import insert

from feedhub.adapters.store import SqlStore
from feedhub.adapters.store.tables import posting
from feedhub.errors import NotFoundError, StoreError
from feedhub.model.credit import Credit, Evidence
from feedhub.model.cue import Role
from feedhub.model.entry import Extra, Media, Origin
from feedhub.model.keys import Digest, EntryKey, Guid, SourceSlug, StoryKey
from feedhub.model.outlet import OutletRef
from feedhub.model.story import Comparison, Placement, PlacementKind, Report
from feedhub.text.postings import keys_of
from tests.builders import NOW, a_credit, a_read, an_entry, ref
from tests.contract.telling import OPENS, known, story_key, tell

HARBOUR = SourceSlug("harbour")

FULL = an_entry(
    "1",
    title="Паром до островов пойдёт в мае — “early”",
    text="Первый абзац.\n\nВторой 🛳 абзац.",
    content="<p>Первый абзац.</p>",
    lang=None,
    authors=("A. Writer", "Б. Автор"),
    tags=("sea", "море"),
    published=None,
    updated=NOW - timedelta(microseconds=1),
    seen=NOW + timedelta(microseconds=999_999),
    media=(Media(url="https://harbour.example/1.jpg", media_type="image/jpeg", length=2**40),),
    origins=(Origin(name="Coast Wire", url="https://coast.example/1", kind="source"),),
    extras=(Extra(name="itunes:duration", value="1:02:03"), Extra(name="georss:featureName", value="Баку")),
)
CREDIT = Credit(
    publisher=ref(),
    originator=OutletRef(slug=None, name="Береговой вестник"),
    chain=(OutletRef(slug=None, name="Береговой вестник"), ref()),
    confidence=0.87,
    evidence=(
        Evidence(
            outlet=OutletRef(slug=None, name="Береговой вестник"),
            role=Role.ORIGINATOR,
            rule="ru.reports",
            field="text",
            start=0,
            end=24,
            name_start=7,
            name_end=24,
            words="пишет Береговой вестник",
            weight=0.87,
        ),
    ),
)
JOINS = Placement(
    kind=PlacementKind.JOINS,
    story=story_key("1"),
    compared=(
        Comparison(
            story=story_key("1"),
            entry=an_entry("9").key,
            rule="contains",
            verdict="same",
            score=0.93,
            measures=(("containment", 0.93), ("title", 0.5)),
            note="figures agree",
        ),
    ),
)


def test_add_stores_an_entry_with_all_that_belongs_to_it(store: SqlStore) -> None:
    """Every field comes back as it was, microseconds, scripts and absent values with it."""
    read = replace(a_read("1", shingles=[0, 2**63, 2**64 - 1], body="b"), entry=FULL, credit=CREDIT)
    with store.write() as unit:
        tell(unit, read, placement=JOINS)
    with store.read() as unit:
        assert unit.stories.reports(story_key("1")) == (Report(entry=FULL, credit=CREDIT),)
        assert unit.stories.placements(story_key("1")) == {FULL.key: JOINS}
        assert known(unit, "1", "2") == {"1": FULL.raw}
        assert unit.entries.story_of(FULL.key) == story_key("1")
        assert unit.entries.count() == 1


def test_datetimes_come_back_in_utc_whatever_zone_they_were_given_in(store: SqlStore) -> None:
    """The same moment, and always the same zone."""
    seen = datetime(2026, 3, 2, 13, 0, 0, 1, tzinfo=timezone(timedelta(hours=4)))
    with store.write() as unit:
        tell(unit, a_read(seen=seen))
    with store.read() as unit:
        [report] = unit.stories.reports(story_key("1"))
    assert (report.entry.seen, report.entry.seen.tzinfo) == (NOW + timedelta(microseconds=1), UTC)


def test_a_datetime_without_a_zone_is_refused(store: SqlStore) -> None:
    """It would be read back as another moment."""
    with pytest.raises(StoreError, match="offset-naive"), store.write() as unit:
        tell(unit, a_read(seen=datetime(2026, 3, 2)))  # noqa: DTZ001  # that is the fault


def test_add_of_a_known_entry_is_a_newer_text_of_it(store: SqlStore) -> None:
    """Two pollers at the same source must not kill the poll; the story stays the first one."""
    with store.write() as unit:
        tell(unit, a_read())
        tell(unit, a_read(title="Ferry line opens in June"), story="2")
    with store.read() as unit:
        [report] = unit.stories.reports(story_key("1"))
        assert report.entry == an_entry(title="Ferry line opens in June")
        assert (unit.entries.count(), unit.stories.reports(story_key("2"))) == (1, ())


def test_add_to_a_story_that_is_never_saved_undoes_the_unit(store: SqlStore) -> None:
    """An entry in no story could be found by nobody."""
    with pytest.raises(StoreError), store.write() as unit:
        unit.entries.add(a_read(), story=story_key("nowhere"), placement=OPENS)
    with store.read() as unit:
        assert unit.entries.count() == 0


def test_add_before_its_story_is_saved_is_fine_within_the_unit(store: SqlStore) -> None:
    """Only the end of the unit counts."""
    with store.write() as unit:
        unit.entries.add(a_read(), story=story_key("2"), placement=OPENS)
        tell(unit, a_read("2"))
    with store.read() as unit:
        assert len(unit.stories.reports(story_key("2"))) == 2


def test_entries_of_two_sources_may_share_a_guid(store: SqlStore) -> None:
    """Many feeds just count."""
    other = a_read("2", guid=Guid("1"), source=SourceSlug("coast"))
    with store.write() as unit:
        tell(unit, a_read("1"))
        tell(unit, other, story="1")
    with store.read() as unit:
        [found] = unit.entries.recall(SourceSlug("coast"), [Guid("1")], ())
        assert (found.key, found.raw) == (other.entry.key, other.entry.raw)


def test_guids_and_links_may_be_longer_than_an_index_takes(store: SqlStore) -> None:
    """PostgreSQL's limit is a third of a page; a hostile feed's is 20 MB."""
    long = "https://harbour.example/" + "".join(f"{number:x}" for number in range(9000))
    with store.write() as unit:
        tell(unit, a_read(guid=Guid(long), link=long, canonical=long), story="1")
    with store.read() as unit:
        assert known(unit, long) == {long: "raw-1"}
        assert unit.entries.find(long, long) == an_entry().key


def test_recall_takes_more_guids_than_a_statement_has_parameters(store: SqlStore) -> None:
    """SQLite takes 32,766, PostgreSQL 65,535."""
    with store.write() as unit:
        tell(unit, a_read("7"))
    with store.read() as unit:
        assert known(unit, *map(str, range(70_000))) == {"7": "raw-7"}
        assert known(unit) == {}


def test_text_loses_what_a_database_refuses(store: SqlStore) -> None:
    """NUL on PostgreSQL, lone surrogates on both; in columns, in JSON and in what is asked for."""
    with store.write() as unit:
        tell(unit, a_read(title="a\0b\ud800c", guid=Guid("g\0"), authors=("x\udfffy",)), story="1")
    with store.read() as unit:
        [report] = unit.stories.reports(story_key("1"))
        assert report.entry == replace(an_entry(), title="ab\ufffdc", guid=Guid("g"), authors=("x\ufffdy",))
        assert known(unit, "g\0") == {"g": "raw-1"}
        assert unit.entries.find("\0\ud800", "\0\ud800") is None


def test_a_credit_loses_what_a_database_refuses(store: SqlStore) -> None:
    """Deep within its JSON text; NUL can stay there, for JSON has a way to write it."""
    [evidence] = CREDIT.evidence
    with store.write() as unit:
        tell(unit, a_read(credit=replace(CREDIT, evidence=(replace(evidence, words="пишет \udc80"),))))
    with store.read() as unit:
        [report] = unit.stories.reports(story_key("1"))
    assert report.credit == replace(CREDIT, evidence=(replace(evidence, words="пишет \ufffd"),))


def test_replace_keeps_key_story_placement_and_seen(store: SqlStore) -> None:
    """All else is the newer text's, the raw digest with it."""
    newer = replace(FULL, key=EntryKey("tag:other,2027:entry:1"), seen=NOW + timedelta(days=1), raw=Digest("new"))
    with store.write() as unit:
        tell(unit, a_read("1"), placement=JOINS)
        unit.entries.replace(replace(a_read(), entry=newer, credit=CREDIT))
    with store.read() as unit:
        kept = replace(newer, key=an_entry().key, seen=NOW)
        assert unit.stories.reports(story_key("1")) == (Report(entry=kept, credit=CREDIT),)
        assert unit.stories.placements(story_key("1")) == {kept.key: JOINS}
        assert known(unit, "1") == {"1": "new"}


def test_replace_of_an_unknown_entry_is_an_error(store: SqlStore) -> None:
    """The flow asked for what is known first."""
    with pytest.raises(NotFoundError), store.write() as unit:
        unit.entries.replace(a_read())


def test_withdraw_marks_once_and_says_whose_stories_lost_a_report(store: SqlStore) -> None:
    """A tombstone stays in its feed for weeks."""
    with store.write() as unit:
        tell(unit, a_read("1"), a_read("2"), story="b")
        tell(unit, a_read("3"), story="a")
        tell(unit, a_read("4", source=SourceSlug("coast")))
        guids = [Guid("1"), Guid("3"), Guid("4"), Guid("none")]
        assert unit.entries.withdraw(HARBOUR, guids, NOW) == (story_key("a"), story_key("b"))
        assert unit.entries.withdraw(HARBOUR, [*guids, Guid("2")], NOW) == (story_key("b"),)
        assert unit.entries.withdraw(HARBOUR, [], NOW) == ()
    with store.read() as unit:
        assert [report.withdrawn for report in unit.stories.reports(story_key("b"))] == [True, True]
        assert [report.withdrawn for report in unit.stories.reports(story_key("4"))] == [False]


def test_a_withdrawn_entry_that_comes_again_is_back(store: SqlStore) -> None:
    """The source changed its mind."""
    with store.write() as unit:
        tell(unit, a_read())
        unit.entries.withdraw(HARBOUR, [Guid("1")], NOW)
        unit.entries.replace(a_read(title="Ferry line opens after all"))
        [report] = unit.stories.reports(story_key("1"))
    assert not report.withdrawn


def test_set_credit_replaces_the_credit_alone(store: SqlStore) -> None:
    """As when a person corrects it."""
    ruled = a_credit(originator=ref("Coast Wire"), chain=(ref("Coast Wire"), ref()), by="editor")
    with store.write() as unit:
        tell(unit, a_read())
        unit.entries.set_credit(an_entry().key, ruled)
    with store.read() as unit:
        assert unit.stories.reports(story_key("1")) == (Report(entry=an_entry(), credit=ruled),)


def test_set_credit_of_an_unknown_entry_is_an_error(store: SqlStore) -> None:
    """A correction must not vanish."""
    with pytest.raises(NotFoundError), store.write() as unit:
        unit.entries.set_credit(EntryKey("tag:none"), a_credit())


def test_an_entry_may_find_postings_under_its_number(store: SqlStore) -> None:
    """As after a backup that was put back in parts: the poll goes on."""
    with store.write() as unit:
        tell(unit, a_read("1", shingles=[7]))
        left = {"entry": 2, "seen": NOW, "size": 1, "sample": keys_of(a_read(shingles=[8]).fingerprint.shingles)}
        unit.work.connection.execute(insert(posting), left)  # type: ignore[attr-defined]  # as no flow does
        tell(unit, a_read("2", shingles=[7, 8]))
        found = unit.entries.candidates(a_read("3", shingles=[7, 8], canonical=""), since=NOW, limit=9)
    assert [(near.story, near.shared) for near in found] == [(story_key("2"), 2), (story_key("1"), 1)]


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_numbers_that_are_none_come_back_as_they_were(store: SqlStore, number: float) -> None:
    """JSON has no word for them; a measure that went wrong must not make its story unreadable for ever."""
    [compared] = JOINS.compared
    odd = replace(JOINS, compared=(replace(compared, score=number, measures=(("title", number),)),))
    credit = a_credit(confidence=number)
    with store.write() as unit:
        tell(unit, a_read(credit=credit), placement=odd)
    with store.read() as unit:
        [report] = unit.stories.reports(story_key("1"))
        [placement] = unit.stories.placements(story_key("1")).values()
    assert (repr(placement), repr(report.credit)) == (repr(odd), repr(credit))  # nan is not equal to itself


def test_find_knows_an_entry_by_key_and_canonical_link(store: SqlStore) -> None:
    """Where several have the page, the one with the very link, else the first that came."""
    page = "https://harbour.example/1"
    first, second = an_entry("1", link=f"{page}?utm=x", canonical=page), an_entry("2", link=page, canonical=page)
    with store.write() as unit:
        tell(unit, replace(a_read(), entry=first), replace(a_read("2"), entry=second))
        tell(unit, a_read("3", link="", canonical=""))
    with store.read() as unit:
        assert unit.entries.find(first.key, "") == first.key
        assert unit.entries.find(second.key, "") == second.key
        assert unit.entries.find(f"{page}?utm=x", page) == first.key
        assert unit.entries.find(page, page) == second.key
        assert unit.entries.find(f"{page}#more", page) == first.key
        assert unit.entries.find("", "") is None
        assert unit.entries.find("https://harbour.example/none", "https://harbour.example/none") is None


def test_story_of_an_unknown_entry_is_none(store: SqlStore) -> None:
    """And nothing is known of it."""
    with store.read() as unit:
        assert unit.entries.story_of(EntryKey("tag:none")) is None
        assert known(unit, "1", source="none") == {}
        assert unit.stories.reports(StoryKey("tag:none")) == ()
