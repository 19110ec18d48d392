"""The index of postings follows what is committed, whoever wrote it, and nothing else, on each database."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from sqlalchemy import delete

from feedhub.adapters.store import SqlStore, open_store
from feedhub.adapters.store.tables import posting
from feedhub.model.reading import ReadEntry
from feedhub.ports import Unit
from tests.builders import NOW, a_credit, a_read, a_story, hashed
from tests.contract.telling import OPENS, story_key, tell

WINDOW = timedelta(hours=72)
FERRY, RATES, GOALS = (hashed(range(start, start + 20)) for start in (0, 100, 200))


class UndoneError(Exception):
    """What undoes a transaction in these tests."""


@pytest.fixture
def other(store_at: str) -> Iterator[SqlStore]:
    """The same store as another process has it open."""
    opened = open_store(store_at)
    yield opened
    opened.close()


def _found(unit: Unit, shingles: list[int], *, since_ago: timedelta = WINDOW) -> list[str]:
    """Names of the stories that an entry with these shingles meets, each once."""
    read = a_read("asking", shingles=shingles, canonical="")
    found = unit.entries.candidates(read, since=NOW - since_ago, limit=10)
    return list(dict.fromkeys(one.story.rpartition(":")[2] for one in found))


def _meets(store: SqlStore, shingles: list[int], *, since_ago: timedelta = WINDOW) -> list[str]:
    """The same, asked by one who is about to write: what is let go of is let go of then."""
    with store.write() as unit:
        return _found(unit, shingles, since_ago=since_ago)


@contextmanager
def _undone(store: SqlStore) -> Iterator[Unit]:
    """A transaction that is undone in the end."""
    with suppress(UndoneError), store.write() as unit:
        yield unit
        raise UndoneError


def _tell_in_vain(store: SqlStore, *reads: ReadEntry, asks: bool) -> None:
    """Entries are stored, perhaps asked for, and undone."""
    with _undone(store) as unit:
        assert _found(unit, GOALS) == []
        tell(unit, *reads)
        if asks:
            assert _found(unit, FERRY) == [reads[0].entry.guid]


@pytest.mark.parametrize("asks", [True, False])
def test_what_was_undone_is_not_met_and_hides_nothing(store: SqlStore, *, asks: bool) -> None:
    """SQLite gives the numbers of what was undone to what comes next."""
    _tell_in_vain(store, a_read("undone", shingles=FERRY), a_read("undone too", shingles=RATES), asks=asks)
    with store.write() as unit:
        tell(unit, a_read("kept", shingles=RATES))
    assert (_meets(store, FERRY), _meets(store, RATES)) == ([], ["kept"])


def test_newer_text_that_was_undone_is_not_met_and_the_older_one_is(store: SqlStore) -> None:
    with store.write() as unit:
        tell(unit, a_read("1", shingles=FERRY))
    with _undone(store) as unit:
        unit.entries.replace(a_read("1", shingles=RATES))
        assert (_found(unit, FERRY), _found(unit, RATES)) == ([], ["1"])
    assert (_meets(store, FERRY), _meets(store, RATES)) == (["1"], [])


def test_newer_text_in_the_transaction_of_the_older_one_is_the_one_that_is_met(store: SqlStore) -> None:
    with store.write() as unit:
        tell(unit, a_read("1", shingles=FERRY))
        assert _found(unit, FERRY) == ["1"]
        unit.entries.replace(a_read("1", shingles=RATES))
        assert (_found(unit, FERRY), _found(unit, RATES)) == ([], ["1"])
    assert (_meets(store, FERRY), _meets(store, RATES)) == ([], ["1"])


def test_two_that_write_in_turn_meet_what_the_other_has_written(store: SqlStore, other: SqlStore) -> None:
    """And those that only read, too; a write that was undone in between loses nothing of it."""
    for turn in range(6):
        writes, reads = (store, other) if turn % 2 else (other, store)
        shingles = hashed(range(1000 * turn + 500, 1000 * turn + 520))
        _tell_in_vain(reads, a_read(f"undone-{turn}", shingles=FERRY), asks=True)
        with writes.write() as unit:
            assert _found(unit, FERRY) == []
            tell(unit, a_read(f"s{turn}", shingles=shingles))
        assert _meets(reads, shingles) == [f"s{turn}"]
    for turn in range(6):
        shingles = hashed(range(1000 * turn + 500, 1000 * turn + 520))
        for one in (store, other):
            with one.read() as unit:
                assert _found(unit, shingles) == [f"s{turn}"]


def test_stories_made_one_after_they_were_met_are_met_as_one(store: SqlStore) -> None:
    """What was looked up for the entries to come does not outlive it."""
    with store.write() as unit:
        tell(unit, a_read("older", shingles=FERRY), a_read("younger", shingles=[*FERRY, *RATES]))
        assert sorted(_found(unit, FERRY)) == ["older", "younger"]
        unit.stories.merge(story_key("older"), story_key("younger"), NOW)
        assert _found(unit, FERRY) == ["older"]
    assert _meets(store, RATES) == ["older"]


def test_merge_that_was_undone_leaves_two_stories(store: SqlStore) -> None:
    with store.write() as unit:
        tell(unit, a_read("older", shingles=FERRY), a_read("younger", shingles=[*FERRY, *RATES]))
    with _undone(store) as unit:
        unit.stories.merge(story_key("older"), story_key("younger"), NOW)
        assert _found(unit, FERRY) == ["older"]
    assert sorted(_meets(store, FERRY)) == ["older", "younger"]


@pytest.mark.parametrize("copies", [100, 300])
def test_entries_that_were_expected_are_met_by_the_next_in_the_order_in_which_they_came(
    store: SqlStore, copies: int
) -> None:
    """None of them is written while they are asked for, and each finds the first, however many are still to come."""
    reads = [a_read(f"e{number}", shingles=FERRY, canonical="") for number in range(copies)]
    met = []
    with store.write() as unit:
        unit.entries.expect(reads)
        for number, read in enumerate(reads):
            found = unit.entries.candidates(read, since=NOW - WINDOW, limit=10)
            met.append([(one.story, one.entry.guid, one.shared) for one in found])
            if number == 0:
                unit.stories.open(a_story("first", shown=None), ())
            unit.entries.add(read, story=story_key("first"), placement=OPENS)
    assert met == [[], *[[(story_key("first"), "e0", 20)]] * (copies - 1)]


def test_what_was_written_before_it_was_first_asked_for_and_undone_hides_nothing(store: SqlStore) -> None:
    """Looking into the log writes what was put off, which is this transaction's own."""
    with _undone(store) as unit:
        tell(unit, a_read("undone", shingles=FERRY))
        assert _found(unit, FERRY) == ["undone"]
    with store.write() as unit:
        tell(unit, a_read("kept", shingles=RATES))
    assert _meets(store, RATES) == ["kept"]


def test_credit_that_was_set_after_an_entry_was_met_is_the_one_that_is_given(store: SqlStore) -> None:
    asking, credit = a_read("asking", shingles=FERRY, canonical=""), a_credit("Coast Wire")
    with store.write() as unit:
        tell(unit, a_read("1", shingles=FERRY))
        unit.entries.candidates(asking, since=NOW - WINDOW, limit=10)
        unit.entries.set_credit(a_read("1").entry.key, credit)
        [found] = unit.entries.candidates(asking, since=NOW - WINDOW, limit=10)
        assert found.credit == credit


def test_clock_that_was_ahead_costs_only_what_was_told_before(store: SqlStore, other: SqlStore) -> None:
    """What is too old is let go of by who asked then; the other process keeps it, and later news are met by both."""
    with store.write() as unit:
        tell(unit, a_read("before", shingles=FERRY))
    assert _meets(other, FERRY) == ["before"]
    with store.write() as unit:
        assert _found(unit, FERRY, since_ago=-WINDOW) == []
        tell(unit, a_read("ahead", shingles=RATES, seen=NOW + 2 * WINDOW))
    with store.write() as unit:
        tell(unit, a_read("after", shingles=GOALS))
    for one in (store, other):
        assert (_meets(one, RATES), _meets(one, GOALS)) == (["ahead"], ["after"])
    assert _meets(other, FERRY) == ["before"]


def test_entry_without_shingles_is_stored_and_met_by_nobody(store: SqlStore) -> None:
    with store.write() as unit:
        tell(unit, a_read("none", canonical=""), a_read("kept", shingles=FERRY))
    assert (_meets(store, []), _meets(store, FERRY)) == ([], ["kept"])
    with store.read() as unit:
        assert unit.entries.count() == 1 + 1


def test_what_a_transaction_wrote_need_not_be_read_again_by_the_next(store: SqlStore) -> None:
    """It is known by the time it is committed."""
    with store.write() as unit:
        assert _found(unit, FERRY) == []
        tell(unit, a_read("1", shingles=FERRY))
    with store.write() as unit:
        unit.work.connection.execute(delete(posting))  # type: ignore[attr-defined]  # as no flow does
    assert _meets(store, FERRY) == ["1"]
