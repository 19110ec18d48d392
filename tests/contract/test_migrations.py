"""From every state that a database may be in to the tables of this version, on each database."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

import feedhub.adapters.store.migrations
from feedhub.adapters.store import SchemaState, migrate, open_store, schema_state
from feedhub.adapters.store.engine import engines, migrator
from feedhub.adapters.store.schema import upgrade
from feedhub.adapters.store.tables import REVISIONS, metadata
from feedhub.errors import SchemaError
from feedhub.model.keys import Guid, TopicSlug
from feedhub.model.source import HostState
from feedhub.model.story import Report
from feedhub.model.websub import SubscriptionKind
from tests.builders import NOW, a_credit, a_read, a_shown, a_source, a_story, ref
from tests.contract.filled import FILLED, fill
from tests.contract.polling import HARBOUR, LINE, MINUTE, fresh
from tests.contract.pushing import a_push
from tests.contract.telling import OPENS, story_key, tell
from tests.stores import store_url

HEAD = REVISIONS[-1]


def _at(url: str, revision: str) -> None:
    engine = migrator(url)
    with engine.begin() as connection:
        upgrade(connection, revision)
    engine.dispose()


def _ask(url: str, question: Callable[[Connection], object]) -> object:
    doors = engines(url)
    try:
        with doors.writer.begin() as connection:
            return question(connection)
    finally:
        doors.close()


def test_the_revisions_that_tables_names_are_those_that_migrations_holds() -> None:
    """`open_store` compares with the list alone, so that it need not load Alembic."""
    [folder] = feedhub.adapters.store.migrations.__path__
    scripts = ScriptDirectory(folder)
    assert tuple(script.revision for script in reversed(list(scripts.walk_revisions()))) == REVISIONS
    assert scripts.get_heads() == [HEAD]


def test_there_are_rows_to_migrate_for_every_revision() -> None:
    """Who adds a revision adds rows of it, or this fails."""
    assert tuple(FILLED) == REVISIONS


def test_nothing_becomes_the_tables_of_this_version(nothing_at: str) -> None:
    """The first start of a new installation."""
    assert schema_state(nothing_at) == SchemaState(found=None)
    migrate(nothing_at)
    assert schema_state(nothing_at) == SchemaState(found=HEAD)
    store = open_store(nothing_at)
    with store.read() as unit:
        assert unit.entries.count() == 0
    store.close()


def test_migrated_tables_are_those_that_the_store_asks_for(nothing_at: str) -> None:
    """Alembic would have nothing to add to what the migrations made: one truth of the schema."""
    migrate(nothing_at)
    options = {"compare_type": True, "compare_server_default": True}
    differences = _ask(
        nothing_at,
        lambda connection: compare_metadata(MigrationContext.configure(connection, opts=options), metadata),
    )
    assert differences == []


@pytest.mark.parametrize("revision", REVISIONS)
def test_what_an_earlier_version_stored_is_all_there_after(nothing_at: str, revision: str) -> None:
    """Read, found and written on by this version."""
    _at(nothing_at, revision)
    _ask(nothing_at, lambda connection: fill(connection, revision))
    migrate(nothing_at)
    store = open_store(nothing_at)
    with store.write() as unit:
        [state] = unit.sources.all()
        assert (state.slug, state.title, state.entries, state.fence) == ("harbour", "Harbour Post", 1, 3)
        assert unit.stories.get(story_key("1")) == a_story(shown=a_shown(credit=a_credit()))
        [report] = unit.stories.reports(story_key("1"))
        assert report == Report(entry=a_read().entry, credit=a_credit())
        assert unit.stories.placements(story_key("1")) == {report.entry.key: OPENS}
        assert [story.key for story in unit.stories.in_topic(TopicSlug("sea"), limit=9)] == [story_key("1")]
        assert unit.stories.sizes() == {TopicSlug("sea"): 1}
        near = unit.entries.candidates(a_read("2", shingles=[7, 2**64 - 1]), since=NOW, limit=9)
        assert [(candidate.story, candidate.shared) for candidate in near] == [(story_key("1"), 1)]
        assert unit.entries.recall(state.slug, [Guid("0")], ())[0].raw == "raw-0"
        unit.sources.sync([a_source()], NOW)
        tell(unit, a_read("3", credit=a_credit(originator=ref("Coast Wire"))), story="1")
    store.close()


def test_a_source_of_the_first_version_says_nothing_of_what_was_not_asked_then(nothing_at: str) -> None:
    """It is leased and saved as one that is new."""
    _at(nothing_at, "0001")
    _ask(nothing_at, lambda connection: fill(connection, "0001"))
    migrate(nothing_at)
    store = open_store(nothing_at)
    with store.write() as unit:
        before = fresh(title="Harbour Post", entries=1, fence=3)
        assert unit.sources.all() == (before,)
        [leased] = unit.sources.lease(now=NOW, worker="one", span=MINUTE, limit=1, per_host=1)
        unit.sources.save(replace(leased, due=NOW + MINUTE), fence=4, line=LINE)
        assert unit.sources.get(HARBOUR) == replace(before, due=NOW + MINUTE, fence=4)
    store.close()


@pytest.mark.parametrize("revision", REVISIONS[1:])
def test_what_polling_remembered_is_all_there_after(nothing_at: str, revision: str) -> None:
    """Since the second version."""
    _at(nothing_at, revision)
    _ask(nothing_at, lambda connection: fill(connection, revision))
    migrate(nothing_at)
    store = open_store(nothing_at)
    host = HostState(host="harbour.example", failures=1)
    poll = replace(LINE, status=200, wire_bytes=5120, millis=80, total=1, new=1)
    with store.read() as unit:
        assert unit.sources.get(HARBOUR) == fresh(
            address="https://harbour.example/feed",
            title="Harbour Post",
            fence=3,
            first_success=NOW - 10 * MINUTE,
            moves=1,
            pushed=True,
            status=200,
            wire_bytes=5120,
            millis=80,
            entries=1,
        )
        assert (unit.sources.history(HARBOUR), unit.sources.seen(HARBOUR)) == ((poll,), b"12345678")
        assert unit.hosts.get([host.host]) == {host.host: host}
        [subscription] = unit.subscriptions.due(NOW, 9)
        assert (subscription.source, subscription.kind) == (HARBOUR, SubscriptionKind.ACTIVE)
        assert unit.subscriptions.pushes(9) == (a_push(id=1, media_type="application/xml"),)
    store.close()


def test_migrating_twice_changes_nothing(nothing_at: str) -> None:
    """Every start migrates."""
    migrate(nothing_at)
    store = open_store(nothing_at)
    with store.write() as unit:
        tell(unit, a_read())
    migrate(nothing_at)
    with store.read() as unit:
        assert unit.entries.count() == 1
    store.close()


def test_several_processes_may_migrate_at_once(nothing_at: str) -> None:
    """Web and poller start together."""
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(migrate, [nothing_at] * 4))
    assert schema_state(nothing_at).current


def test_a_database_of_a_later_version_is_left_alone(nothing_at: str) -> None:
    """After a rollback: nothing is touched, and the message says what to do."""
    migrate(nothing_at)
    _ask(nothing_at, lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    for use in (migrate, open_store):
        with pytest.raises(SchemaError, match=r"revision 9999, .* as new as the database") as error:
            use(nothing_at)
        assert (error.value.found, error.value.wanted, error.value.newer) == ("9999", HEAD, True)
    assert schema_state(nothing_at) == SchemaState(found="9999")


def test_a_database_without_tables_is_not_opened(nothing_at: str) -> None:
    """It may be the wrong one: making tables is for `migrate` alone."""
    with pytest.raises(SchemaError, match="feedhub db upgrade"):
        open_store(nothing_at)


def test_asking_for_the_state_makes_no_file(tmp_path: Path) -> None:
    """SQLite makes a file for whoever asks."""
    assert schema_state(store_url(tmp_path)) == SchemaState(found=None)
    assert list(tmp_path.iterdir()) == []


def test_a_new_file_has_the_log_and_the_pages_that_were_measured(tmp_path: Path) -> None:
    """Both are settled when the file is made; its folder is made too."""
    url = f"sqlite:///{tmp_path}/var/data/feedhub.db"
    migrate(url)
    with closing(sqlite3.connect(tmp_path / "var" / "data" / "feedhub.db")) as connection:
        settings = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "page_size")]
    assert settings == ["wal", 8192]


def test_a_migration_that_fails_leaves_nothing_behind(nothing_at: str) -> None:
    """Tables and version number are one transaction, on SQLite too."""
    engine = migrator(nothing_at)
    with engine.connect() as connection, connection.begin() as transaction:
        upgrade(connection, HEAD)
        transaction.rollback()
    engine.dispose()
    assert schema_state(nothing_at) == SchemaState(found=None)
