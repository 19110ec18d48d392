"""Every adapter of a port, for the one suite that all of them must pass."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from feedhub.adapters.store import SqlStore, migrate, open_store
from feedhub.adapters.store.tables import metadata
from tests.stores import a_schema, a_store, must_have_server, server_fault, store_url

DATABASES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


@pytest.fixture(scope="session")
def postgres() -> None:
    """Skips a test where there is no PostgreSQL, or fails it where there must be one."""
    fault = server_fault()
    if fault and must_have_server():
        pytest.fail(f"PostgreSQL must be there in CI: {fault}", pytrace=False)
    if fault:
        pytest.skip(f"PostgreSQL is not there, its half of the store's tests is left out: {fault}")


@pytest.fixture(scope="session")
def schema(postgres: None) -> Iterator[str]:
    """A schema with all tables, made once a run; `store` empties it."""
    with a_schema() as url:
        migrate(url)
        yield url


@pytest.fixture(params=DATABASES)
def store_at(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store with all tables, on each database."""
    if request.param == "sqlite":
        a_store(tmp_path).close()
        return store_url(tmp_path)
    url: str = request.getfixturevalue("schema")
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.begin() as connection:
        names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
        connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY")
    engine.dispose()
    return url


@pytest.fixture
def store(store_at: str) -> Iterator[SqlStore]:
    """An empty store, on each database."""
    opened = open_store(store_at)
    yield opened
    opened.close()


@pytest.fixture(params=DATABASES)
def nothing_at(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables, on each database."""
    if request.param == "sqlite":
        yield store_url(tmp_path)
    else:
        request.getfixturevalue("postgres")
        with a_schema() as url:
            yield url
