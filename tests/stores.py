"""Real stores for tests: SQLite in a folder of the test, as good as a fake and fast to make; schemas on PostgreSQL."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

import psycopg
from sqlalchemy import make_url

from feedhub.adapters.store import SqlStore, migrate, open_store

SERVER = "postgresql+psycopg://postgres@127.0.0.1:5432/test"
"""The PostgreSQL database that tests use, unless FEEDHUB_TEST_DATABASE names another."""


def a_store(folder: Path) -> SqlStore:
    """An empty store in the folder, or the one that was made there before."""
    file = folder / "feedhub.db"
    if not file.exists():
        file.write_bytes(_empty())
    return open_store(store_url(folder))


def store_url(folder: Path) -> str:
    """The address of the store that `a_store` makes in the folder."""
    return f"sqlite:///{folder / 'feedhub.db'}"


def server() -> str:
    """The address of the PostgreSQL database for tests, as libpq takes it."""
    url = os.environ.get("FEEDHUB_TEST_DATABASE", SERVER)  # noqa: TID251  # where the server is differs by machine
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def server_fault() -> str | None:
    """Why PostgreSQL cannot be used, or None if it can."""
    try:
        psycopg.connect(server(), connect_timeout=3).close()
    except psycopg.OperationalError as error:
        return " ".join(str(error).split())
    return None


def must_have_server() -> bool:
    """Whether a missing PostgreSQL is a failure: it is where every change is judged."""
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}  # noqa: TID251  # set by .ci/run


@contextmanager
def a_schema() -> Iterator[str]:
    """The address of an empty PostgreSQL schema, which is dropped afterwards."""
    name = f"feedhub_test_{token_hex(8)}"
    with psycopg.connect(server(), autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
        try:
            yield (
                make_url(server())
                .update_query_dict({"options": f"-csearch_path={name}"})
                .render_as_string(hide_password=False)
            )
        finally:
            connection.execute(f"DROP SCHEMA {name} CASCADE")


@cache
def _empty() -> bytes:
    """A database file with all tables and no rows: migrated once, copied for each test."""
    with TemporaryDirectory() as folder:
        migrate(store_url(Path(folder)))
        return (Path(folder) / "feedhub.db").read_bytes()
