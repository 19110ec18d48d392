"""By what a source's entries are known when its feed lists them again, on each database."""

from dataclasses import replace
from datetime import timedelta

from feedhub.adapters.store import SqlStore
from feedhub.model.entry import Entry, KnownEntry
from feedhub.model.keys import Digest, Guid, SourceSlug
from tests.builders import NOW, a_read, a_story, an_entry
from tests.contract.telling import known, tell

HARBOUR, COAST = SourceSlug("harbour"), SourceSlug("coast")
MOMENT = timedelta(microseconds=1)


def test_a_withdrawn_entry_is_known_without_its_digest(store: SqlStore) -> None:
    """One that comes back as it was is news, or it would stay away."""
    with store.write() as unit:
        tell(unit, a_read("1"), a_read("2"))
        unit.entries.withdraw(HARBOUR, [Guid("1")], NOW)
        assert known(unit, "1", "2", "3") == {"1": None, "2": "raw-2"}
        unit.entries.replace(a_read("1"))
        assert known(unit, "1", "2", "3") == {"1": "raw-1", "2": "raw-2"}


def test_a_forgotten_entry_is_still_known(store: SqlStore) -> None:
    """Or a feed that still lists it would announce it again; however many are newer."""
    with store.write() as unit:
        unit.stories.save(a_story("a", opened=NOW - MOMENT, changed=NOW - MOMENT))
        tell(unit, a_read("1"), a_read("2"), story="a")
        tell(unit, a_read("3"))
        unit.stories.forget(NOW, 1, stubs=9)
    with store.read() as unit:
        assert known(unit, "1", "3", "4") == {"1": "raw-1", "3": "raw-3"}
        assert known(unit, "1", source="coast") == {}


def test_recall_knows_entries_by_guid_and_by_page(store: SqlStore) -> None:
    """The oldest first, each once; those of other sources are no concern."""
    page = "https://harbour.example/2"
    with store.write() as unit:
        tell(unit, a_read("1"), a_read("2"), a_read("3", canonical=page), a_read("4"))
        unit.entries.withdraw(HARBOUR, [Guid("3")], NOW)
    with store.read() as unit:
        found = unit.entries.recall(HARBOUR, [Guid("2"), Guid("1"), Guid("9")], [page, "", "https://x.example/"])
        assert found == (
            _known(an_entry("1")),
            _known(an_entry("2")),
            replace(_known(an_entry("3")), raw=None, canonical=page),
        )
        assert unit.entries.recall(COAST, [Guid("1")], [page]) == ()
        assert unit.entries.recall(HARBOUR, [], [""]) == ()


def test_recall_knows_forgotten_entries_by_their_guid_alone(store: SqlStore) -> None:
    """Nothing else is left of them."""
    with store.write() as unit:
        unit.stories.save(a_story("old", opened=NOW - MOMENT, changed=NOW - MOMENT))
        tell(unit, a_read("1"), a_read("2"), story="old")
        unit.stories.forget(NOW, 1, stubs=9)
        found = unit.entries.recall(HARBOUR, [Guid("1")], ["https://harbour.example/2"])
    assert found == (KnownEntry(guid=Guid("1"), key=an_entry("1").key, raw=Digest("raw-1"), forgotten=True),)


def _known(entry: Entry) -> KnownEntry:
    return KnownEntry(
        guid=entry.guid,
        key=entry.key,
        raw=entry.raw,
        title=entry.title,
        link=entry.link,
        canonical=entry.canonical,
        published=entry.published,
    )
