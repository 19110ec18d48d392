"""How a database is opened: one way to read and one way to write, on SQLite and on PostgreSQL."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from feedhub.errors import StoreError, StoreUnreachableError

WAIT = 30
"""Seconds that a writer waits for its turn, and then for other processes: a long transaction takes a half."""
_IDLE = 300_000
"""Milliseconds after which PostgreSQL ends a transaction that does nothing: a worker that hangs must not stop all."""
_READERS = 32
"""Connections at most; more threads than that wait for one another."""
_LOCK = 7_305_519_001
"""Number of the advisory lock that makes writers one at a time; any number, but always the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """Two doors to one database: `reader` cannot write, `writer` has it alone. `where` names it in messages."""

    reader: Engine
    writer: Engine
    where: str

    def close(self) -> None:
        """Give back all connections."""
        self.reader.dispose()
        self.writer.dispose()


def engines(url: str, *, wait: float = WAIT) -> Engines:
    """The doors to the database at `url` (`sqlite:///PATH`, `postgresql://...`); nothing is opened yet."""
    parsed = database_url(url)
    reader, writer = (_sqlite if parsed.get_backend_name() == "sqlite" else _postgresql)(parsed, wait)
    return Engines(reader=reader, writer=writer, where=where(url))


def migrator(url: str) -> Engine:
    """A door for migrations: as `writer`, without foreign keys, and on SQLite it makes the file if there is none."""
    parsed = database_url(url)
    if parsed.get_backend_name() != "sqlite":
        return _postgresql(parsed, WAIT)[1]
    folder = Path(_path(parsed)).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnreachableError(where=where(url), why=f"its folder {folder} cannot be made: {error}") from error
    return _sqlite_engine(parsed, WAIT, size=1, begin="BEGIN IMMEDIATE", pragmas=_MAKE)


def database_url(url: str) -> URL:
    """The URL with our driver. Raises StoreError where we cannot use it."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError(
            "the database URL cannot be read: write sqlite:///PATH or postgresql://USER@HOST/NAME"
        ) from error
    match parsed.drivername.partition("+")[0]:
        case "sqlite":
            _path(parsed)
            return parsed.set(drivername="sqlite+pysqlite")
        case "postgresql" | "postgres":
            return parsed.set(drivername="postgresql+psycopg")
        case other:
            raise StoreError(f"feedhub keeps its data in sqlite or postgresql, not in {other!r}")


def where(url: str) -> str:
    """What the database is called in messages: its file or address, without a password."""
    parsed = database_url(url)
    if parsed.get_backend_name() == "sqlite":
        return f"the database {_path(parsed)}"
    return f"the database {parsed.set(query={}).render_as_string(hide_password=True)}"


def file_of(url: str) -> Path | None:
    """The file of an SQLite database; None for PostgreSQL."""
    parsed = database_url(url)
    return Path(_path(parsed)) if parsed.get_backend_name() == "sqlite" else None


def _path(url: URL) -> str:
    if not url.database or url.database == ":memory:":
        raise StoreError("an SQLite database needs a file: several threads and processes share it")
    return url.database


# SQLite: many readers, one writer. In this process writers take turns (see Turns); between processes they
# wait on the file's lock, for which BEGIN IMMEDIATE asks at once: a reader that turns writer would fail instead.

# Keys and marks of entries fall all over their trees, so that a transaction dirties a page for each; the log is
# therefore carried over every 32 MB, not every 8.

_EACH = ("synchronous = NORMAL", "foreign_keys = ON", "temp_store = MEMORY")
_READ = (*_EACH, "cache_size = -4000", "query_only = ON")
_WRITE = (*_EACH, "cache_size = -32000", "wal_autocheckpoint = 4000", "journal_size_limit = 67108864")
_MAKE = ("page_size = 8192", "journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = OFF")


def _sqlite(url: URL, wait: float) -> tuple[Engine, Engine]:
    reader = _sqlite_engine(url, wait, size=_READERS, begin="BEGIN", pragmas=_READ)
    return reader, _sqlite_engine(url, wait, size=1, begin="BEGIN IMMEDIATE", pragmas=_WRITE)


def _sqlite_engine(url: URL, wait: float, *, size: int, begin: str, pragmas: tuple[str, ...]) -> Engine:
    engine = create_engine(
        url,
        pool_size=size,
        max_overflow=0,
        pool_timeout=wait,
        connect_args={"timeout": wait, "check_same_thread": False, "cached_statements": 256},
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # the driver must not begin transactions of its own
        with closing(connection.cursor()) as cursor:
            for pragma in pragmas:
                cursor.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


# PostgreSQL: readers see one state of the database for as long as they look; writers take one lock that ends with
# the transaction, so that two pollers place entries as one would.


def _postgresql(url: URL, wait: float) -> tuple[Engine, Engine]:
    engine = create_engine(url, pool_size=8, max_overflow=_READERS - 8, pool_timeout=wait, pool_pre_ping=True)

    @event.listens_for(engine, "connect")
    def _connected(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        with closing(connection.cursor()) as cursor:
            cursor.execute(f"SET lock_timeout = {int(wait * 1000)}")
            cursor.execute(f"SET idle_in_transaction_session_timeout = {_IDLE}")
        connection.commit()

    reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    writer = engine.execution_options(isolation_level="READ COMMITTED", postgresql_readonly=False)

    @event.listens_for(writer, "begin")
    def _begun(connection: Connection) -> None:
        connection.execute(_ALONE)

    return reader, writer


_ALONE = text(f"SELECT pg_advisory_xact_lock({_LOCK})")
