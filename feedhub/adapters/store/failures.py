"""What can go wrong with a database, in plain words with what to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import (
    SQLITE_AUTH,
    SQLITE_BUSY,
    SQLITE_CANTOPEN,
    SQLITE_CORRUPT,
    SQLITE_FULL,
    SQLITE_LOCKED,
    SQLITE_NOTADB,
    SQLITE_PERM,
    SQLITE_READONLY,
)

from sqlalchemy.exc import DBAPIError, SQLAlchemyError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from feedhub.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreReadOnlyError,
    StoreUnreachableError,
)


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Turn every failure of the database `where` into a StoreError; other exceptions pass."""
    try:
        yield
    except SQLAlchemyError as error:
        raise failure(error, where) from error


def failure(error: SQLAlchemyError, where: str) -> StoreError:
    """The StoreError that says what happened."""
    why = _why(error)
    if isinstance(error, PoolTimeoutError):
        return StoreBusyError(where=where, why="all connections are in use")
    kind = _kind(error) if isinstance(error, DBAPIError) else None
    return kind(where=where, why=why) if kind else StoreError(f"{where} could not do what was asked: {why}")


_Kind = (
    type[StoreBusyError]
    | type[StoreUnreachableError]
    | type[StoreFullError]
    | type[StoreDamagedError]
    | type[StoreReadOnlyError]
)

_SQLITE: dict[int, _Kind] = {
    SQLITE_BUSY: StoreBusyError,
    SQLITE_LOCKED: StoreBusyError,
    SQLITE_FULL: StoreFullError,
    SQLITE_CANTOPEN: StoreUnreachableError,
    SQLITE_PERM: StoreUnreachableError,
    SQLITE_AUTH: StoreUnreachableError,
    SQLITE_NOTADB: StoreDamagedError,
    SQLITE_CORRUPT: StoreDamagedError,
    SQLITE_READONLY: StoreReadOnlyError,
}
"""By the primary result code (https://www.sqlite.org/rescode.html)."""

_POSTGRESQL: dict[str, _Kind] = {
    "40001": StoreBusyError,
    "40P01": StoreBusyError,
    "55P03": StoreBusyError,
    "53300": StoreBusyError,
    "53100": StoreFullError,
    "25006": StoreReadOnlyError,
    "XX001": StoreDamagedError,
    "XX002": StoreDamagedError,
    "25P03": StoreUnreachableError,
    "57P01": StoreUnreachableError,
    "57P02": StoreUnreachableError,
    "57P03": StoreUnreachableError,
    "3D000": StoreUnreachableError,
    "28000": StoreUnreachableError,
    "28P01": StoreUnreachableError,
}
"""By SQLSTATE (PostgreSQL documentation, appendix A)."""


def _kind(error: DBAPIError) -> _Kind | None:
    code = getattr(error.orig, "sqlite_errorcode", None)
    if isinstance(code, int):
        return _SQLITE.get(code & 0xFF)
    state = getattr(error.orig, "sqlstate", None)
    if isinstance(state, str):
        return StoreUnreachableError if state.startswith("08") else _POSTGRESQL.get(state)
    return StoreUnreachableError if _never_answered(error) else None


def _never_answered(error: DBAPIError) -> bool:
    """A psycopg OperationalError without SQLSTATE: the server was not reached, or the connection broke."""
    return type(error.orig).__module__.startswith("psycopg") and type(error.orig).__name__ == "OperationalError"


def _why(error: SQLAlchemyError) -> str:
    """The database's own words, on one line, without the statement and its values."""
    words = str(error.orig if isinstance(error, StatementError) else error)
    return " ".join(words.split())[:300]
