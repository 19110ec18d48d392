"""By what a source's entries are known when its feed lists them again, on each database."""

from datetime import timedelta

from sqlalchemy import insert

from feedhub.adapters.store import SqlStore
from feedhub.adapters.store.entries import KNOWN
from feedhub.adapters.store.tables import stub
from feedhub.model.keys import Guid, SourceSlug
from tests.builders import NOW, a_read, a_story, an_entry
from tests.contract.telling import tell

HARBOUR, COAST = SourceSlug("harbour"), SourceSlug("coast")
MOMENT = timedelta(microseconds=1)


def test_known_leaves_out_withdrawn_entries_and_digests_too(store: SqlStore) -> None:
    """One that comes back as it was must be read, or it would stay away."""
    with store.write() as unit:
        tell(unit, a_read("1"), a_read("2"))
        unit.entries.withdraw(HARBOUR, [Guid("1")], NOW)
        guids = [Guid("1"), Guid("2"), Guid("3")]
        assert unit.entries.known(HARBOUR) == {"raw-2"}
        assert unit.entries.digests(HARBOUR, guids) == {Guid("2"): "raw-2"}
        unit.entries.replace(a_read("1"))
        assert unit.entries.known(HARBOUR) == {"raw-1", "raw-2"}
        assert unit.entries.digests(HARBOUR, guids) == {Guid("1"): "raw-1", Guid("2"): "raw-2"}


def test_a_forgotten_entry_is_still_known(store: SqlStore) -> None:
    """Or a feed that still lists it would announce it again."""
    with store.write() as unit:
        unit.stories.save(a_story("a", opened=NOW - MOMENT, changed=NOW - MOMENT))
        tell(unit, a_read("1"), a_read("2"), story="a")
        tell(unit, a_read("3"))
        unit.stories.forget(NOW, 1, stubs=9)
    with store.read() as unit:
        assert unit.entries.known(HARBOUR) == {"raw-1", "raw-2", "raw-3"}
        assert unit.entries.keys(HARBOUR, [Guid("1"), Guid("3"), Guid("4")]) == {
            Guid("1"): an_entry("1").key,
            Guid("3"): an_entry("3").key,
        }
        assert unit.entries.known(COAST) == frozenset()
        assert unit.entries.keys(COAST, [Guid("1")]) == {}


def test_known_gives_the_newest_digests_of_entries_and_stubs_together(store: SqlStore) -> None:
    """What a poll is given has an end, however long entries are kept; all are still known by guid."""
    stubs = [
        {"id": number, "key": f"k{number}", "source": HARBOUR, "guid_mark": number, "guid": str(number), "raw": raw}
        for number, raw in ((number, f"stub-{number}") for number in range(-9, KNOWN + 2))
        if number not in {2, 3, 4}
    ]
    with store.write() as unit:
        unit.work.connection.execute(insert(stub), stubs)  # type: ignore[attr-defined]  # quicker than to forget
        tell(unit, *map(a_read, "1234"))
        known = unit.entries.known(HARBOUR)
    assert known == {f"stub-{number}" for number in range(5, KNOWN + 2)} | {"raw-4", "raw-3", "raw-2"}


def test_the_digest_of_a_forgotten_entry_is_given_by_its_guid(store: SqlStore) -> None:
    """However many are newer."""
    with store.write() as unit:
        unit.stories.save(a_story("old", opened=NOW - MOMENT, changed=NOW - MOMENT))
        tell(unit, a_read("1"), story="old")
        tell(unit, a_read("2"))
        unit.stories.forget(NOW, 1, stubs=9)
        found = unit.entries.digests(HARBOUR, [Guid("1"), Guid("2"), Guid("3")])
    assert found == {Guid("1"): "raw-1", Guid("2"): "raw-2"}
