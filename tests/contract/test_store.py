"""Units of the store: what they undo, what they may not, and many of them at once; on each database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from feedhub.adapters.store import SqlStore, open_store
from feedhub.errors import StoreBusyError, StoreReadOnlyError
from feedhub.model.decision import AuditLine
from feedhub.model.keys import Guid, SourceSlug, TopicSlug
from feedhub.model.rendition import Form, Rendition
from feedhub.ports import Store, Unit
from tests.builders import NOW, a_credit, a_read, a_source, a_story, an_entry
from tests.contract.telling import OPENS, story_key, tell

FEED = Rendition(topic=TopicSlug("sea"), form=Form.RSS, body=b"x", etag='"1"', gzip=b"y", gzip_etag='"2"', modified=NOW)
SERVED: dict[str, Callable[[Unit], object]] = {
    "a feed": lambda unit: unit.renditions.put(FEED),
    "a story": lambda unit: unit.stories.save(a_story("2")),
    "an entry": lambda unit: unit.entries.add(a_read("2"), story=story_key("1"), placement=OPENS),
    "a newer text": lambda unit: unit.entries.replace(a_read("1")),
    "a credit": lambda unit: unit.entries.set_credit(an_entry("1").key, a_credit(by="editor")),
    "a withdrawal": lambda unit: unit.entries.withdraw(SourceSlug("harbour"), [Guid("1")], NOW),
    "a merge": lambda unit: unit.stories.merge(story_key("0"), story_key("1"), NOW),
}
"""What moves the change counter."""


class PlannedError(Exception):
    """What a test throws into a unit."""


def test_the_store_fits_the_port(store: SqlStore) -> None:
    """For the type checker as much as for the reader."""
    port: Store = store
    assert port.change() == 0


def test_a_unit_that_ends_by_an_exception_has_changed_nothing(store: SqlStore) -> None:
    """Rows of every noun go together, and the change counter with them."""

    def work(unit: Unit) -> None:
        tell(unit, a_read())
        unit.renditions.put(FEED)
        unit.sources.sync([a_source()], NOW)
        unit.book.set_fact("faults", "x")
        raise PlannedError

    with pytest.raises(PlannedError), store.write() as unit:
        work(unit)
    with store.read() as unit:
        assert (unit.entries.count(), unit.sources.all(), unit.book.fact("faults")) == (0, (), None)
        assert unit.renditions.get(TopicSlug("sea"), Form.RSS) is None
    assert store.change() == 0


def test_writing_in_a_read_unit_is_an_error(store: SqlStore) -> None:
    """The database itself refuses, and the connection is good for the next unit."""
    with pytest.raises(StoreReadOnlyError, match="may only be read"), store.read() as unit:
        unit.book.set_fact("faults", "x")
    with store.write() as unit:
        unit.book.set_fact("faults", "y")
    with store.read() as unit:
        assert unit.book.fact("faults") == "y"


def test_a_read_unit_sees_one_state_whatever_is_written_meanwhile(store: SqlStore) -> None:
    """A page must not show half of a poll."""
    with store.read() as reader:
        assert reader.entries.count() == 0
        with store.write() as writer:
            tell(writer, a_read())
            assert (reader.entries.count(), writer.entries.count()) == (0, 1)
        assert (reader.entries.count(), reader.stories.get(story_key("1"))) == (0, None)
    with store.read() as reader:
        assert reader.entries.count() == 1


@pytest.mark.parametrize("what", SERVED)
def test_the_change_counter_moves_with_what_is_served(store: SqlStore, what: str) -> None:
    """By one a unit, and not before it is committed."""
    with store.write() as unit:
        unit.stories.save(a_story("0"))
        tell(unit, a_read("1"))
    before = store.change()
    with store.write() as unit:
        SERVED[what](unit)
        assert store.change() == before
    assert store.change() == before + 1


def test_the_change_counter_stands_still_for_what_is_not_served(store: SqlStore) -> None:
    """A tick in which nothing happened must not empty caches."""
    with store.write() as unit:
        unit.sources.sync([a_source()], NOW)
        unit.renditions.mark([TopicSlug("sea")], NOW)
        unit.book.note(AuditLine(at=NOW, by="poller", action="polled", subject="harbour"))
    assert store.change() == 0


def test_many_threads_write_one_after_the_other_and_lose_nothing(store: SqlStore) -> None:
    """Each reads a sum and writes it back: one lost update would show."""

    def work(number: int) -> None:
        with store.write() as unit:
            before = int(unit.book.fact("sum") or 0)
            tell(unit, a_read(str(number)))
            unit.book.set_fact("sum", str(before + number))
        with store.read() as unit:
            assert unit.stories.get(story_key(str(number))) is not None

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(40)))
    with store.read() as unit:
        assert (unit.book.fact("sum"), unit.entries.count()) == (str(sum(range(40))), 40)


def test_readers_go_on_while_a_writer_works(store: SqlStore) -> None:
    """Serving never waits for polling."""

    def read() -> int:
        with store.read() as unit:
            return unit.entries.count()

    with store.write() as unit, ThreadPoolExecutor(8) as pool:
        tell(unit, a_read())
        assert set(pool.map(lambda _: read(), range(40))) == {0}


def test_two_pollers_lease_each_source_once(store: SqlStore, store_at: str) -> None:
    """Two stores on one database, as two processes have."""
    other, start = open_store(store_at), Barrier(2)
    with store.write() as unit:
        unit.sources.sync([a_source(f"s{number:02}") for number in range(40)], NOW)

    def lease(poller: SqlStore) -> list[str]:
        taken: list[str] = []
        start.wait()
        for _ in range(10):
            with poller.write() as unit:
                states = unit.sources.lease(now=NOW, worker="w", span=NOW - NOW.replace(hour=8), limit=4, per_host=4)
            taken += [state.slug for state in states]
        return taken

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lease, (store, other))
    other.close()
    assert sorted(first + second) == [f"s{number:02}" for number in range(40)]


def test_two_pollers_see_each_other_s_stories_when_they_place(store: SqlStore, store_at: str) -> None:
    """What one poller's twin opened, the other joins: the same stories as one poller would make."""
    pollers, start = (store, open_store(store_at)), Barrier(2)

    def place(which: int) -> None:
        start.wait()
        for number in range(10):
            read = a_read(f"{which}-{number}", shingles=[number], source=SourceSlug(f"source-{which}"))
            with pollers[which].write() as unit:
                near = unit.entries.candidates(read, since=NOW, limit=1)
                tell(unit, read, story=near[0].story.rpartition(":")[2] if near else f"story-{number}")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(place, (0, 1)))
    pollers[1].close()
    with store.read() as unit:
        told = [len(unit.stories.reports(story_key(f"story-{number}"))) for number in range(10)]
    assert told == [2] * 10


def test_a_writer_that_waits_too_long_says_so(store: SqlStore, store_at: str) -> None:
    """And both go on afterwards."""
    other = open_store(store_at, wait=0.05)
    with store.write() as unit:
        unit.book.set_fact("a", "1")
        with pytest.raises(StoreBusyError, match="is busy"), other.write():
            pass
    with other.write() as unit:
        unit.book.set_fact("a", "2")
    other.close()


def test_a_second_write_unit_within_the_first_is_refused_not_waited_for_for_ever(store_at: str) -> None:
    """A fault in a flow: it would wait for itself."""
    hasty = open_store(store_at, wait=0.05)
    with hasty.write() as unit:
        unit.book.set_fact("a", "1")
        with pytest.raises(StoreBusyError), hasty.write():
            pass
    with hasty.read() as unit:
        assert unit.book.fact("a") == "1"
    hasty.close()


def test_a_store_can_be_used_again_after_it_was_closed(store: SqlStore) -> None:
    """Closing only gives connections back."""
    store.close()
    with store.write() as unit:
        unit.renditions.put(replace(FEED, body=b"z"))
    assert store.change() == 1
