"""What the store says when its database fails."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError

from feedhub.adapters.store import migrate, open_store
from feedhub.adapters.store.failures import failure
from feedhub.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreReadOnlyError,
    StoreUnreachableError,
)
from feedhub.ports import Unit
from tests.builders import a_read, a_shown, a_story
from tests.contract.telling import tell
from tests.stores import a_store, store_url

_CUT = text("SELECT pg_terminate_backend(pg_backend_pid())")


def test_a_file_that_is_no_database_is_called_that(tmp_path: Path) -> None:
    """Whether it is to be migrated or opened."""
    (tmp_path / "feedhub.db").write_text("once upon a time " * 1000)
    for use in (migrate, open_store):
        with pytest.raises(
            StoreDamagedError, match=r"feedhub\.db is damaged or no database .* restore the last backup"
        ):
            use(store_url(tmp_path))


def test_a_folder_in_the_place_of_the_file_cannot_be_reached(tmp_path: Path) -> None:
    """A volume mounted one level too deep."""
    (tmp_path / "feedhub.db").mkdir()
    with pytest.raises(StoreUnreachableError, match="cannot be opened"):
        open_store(store_url(tmp_path))


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """A file stands in its way."""
    (tmp_path / "var").write_text("")
    with pytest.raises(StoreUnreachableError, match=r"its folder .* cannot be made"):
        migrate(f"sqlite:///{tmp_path}/var/feedhub.db")


def test_a_full_disk_undoes_the_unit_and_what_was_before_stays(tmp_path: Path) -> None:
    """Played by a limit on pages."""
    store = a_store(tmp_path)
    with store.write() as unit:
        tell(unit, a_read("1"))

    def grow(unit: Unit) -> None:
        unit.work.connection.exec_driver_sql("PRAGMA max_page_count = 1")  # type: ignore[attr-defined]  # a small disk
        for number in range(100):
            unit.stories.save(a_story(str(number), shown=a_shown(content="long " * 5000)))

    with pytest.raises(StoreFullError, match=r"is full .* make room"), store.write() as unit:
        grow(unit)
    with store.read() as unit:
        assert (unit.entries.count(), unit.stories.get(a_story("2").key)) == (1, None)
    store.close()


def test_a_damaged_file_is_called_that(tmp_path: Path) -> None:
    """All pages but the first are overwritten."""
    store = a_store(tmp_path)
    with store.write() as unit:
        tell(unit, *(a_read(str(number)) for number in range(200)))
    store.close()
    file = tmp_path / "feedhub.db"
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + b"\x55" * (len(whole) - 8192))
    with pytest.raises(StoreDamagedError, match="damaged"), open_store(store_url(tmp_path)).read() as unit:
        unit.entries.count()


def test_a_database_that_another_program_holds_is_busy(tmp_path: Path) -> None:
    """Reading goes on, and so does writing when it is free again."""
    a_store(tmp_path).close()
    store = open_store(store_url(tmp_path), wait=0.05)
    with closing(sqlite3.connect(tmp_path / "feedhub.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusyError, match=r"is busy .* try again"), store.write():
            pass
        assert store.change() == 0
        other.execute("ROLLBACK")
    with store.write() as unit:
        unit.book.set_fact("a", "b")
    store.close()


def test_a_server_that_is_not_there_cannot_be_reached() -> None:
    """The message names the address, never the password."""
    with pytest.raises(StoreUnreachableError, match=r"127\.0\.0\.1:1/nothing cannot be opened") as unreachable:
        open_store("postgresql://feedhub:hunter2@127.0.0.1:1/nothing?connect_timeout=2")
    assert "hunter2" not in str(unreachable.value)


@pytest.mark.postgres
def test_a_unit_whose_connection_is_cut_says_so_and_the_next_one_works(schema: str) -> None:
    """The server was started anew."""
    store = open_store(schema)
    with pytest.raises(StoreUnreachableError, match="cannot be opened"), store.write() as unit:
        unit.work.connection.execute(_CUT)  # type: ignore[attr-defined]  # as an administrator does
    with store.write() as unit:
        unit.book.set_fact("a", "b")
    store.close()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://host/name", "not in 'mysql'"),
        ("feedhub.db", "write sqlite:///PATH"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
    ],
)
def test_an_address_that_is_none_of_ours_is_refused(url: str, words: str) -> None:
    """Before anything is opened."""
    for use in (migrate, open_store):
        with pytest.raises(StoreError, match=words):
            use(url)


def _said_by_postgresql(state: str) -> SQLAlchemyError:
    error = psycopg.errors.lookup(state)("in its own words")
    return OperationalError("SELECT 1", {}, error)


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("55P03", StoreBusyError),
        ("40P01", StoreBusyError),
        ("53100", StoreFullError),
        ("25006", StoreReadOnlyError),
        ("57P01", StoreUnreachableError),
        ("08006", StoreUnreachableError),
        ("XX001", StoreDamagedError),
        ("23505", StoreError),
    ],
)
def test_the_server_s_own_code_decides_what_is_said(state: str, kind: type[StoreError]) -> None:
    """By SQLSTATE, not by words, which come in the server's language."""
    said = failure(_said_by_postgresql(state), "the database x")
    assert type(said) is kind
    assert "in its own words" in str(said)


def test_an_error_without_a_code_is_a_connection_that_broke_or_told_as_it_is() -> None:
    """Psycopg has no code where no server spoke."""
    broken = OperationalError("SELECT 1", {}, psycopg.OperationalError("the connection is lost"))
    other = InterfaceError("SELECT 1", {}, psycopg.InterfaceError("the cursor is closed"))
    assert type(failure(broken, "the database x")) is StoreUnreachableError
    assert str(failure(other, "the database x")) == "the database x could not do what was asked: the cursor is closed"
