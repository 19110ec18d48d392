"""The kinds of columns, and the few words in which the two databases differ."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from json import dumps
from struct import pack, unpack
from typing import Any, TypeVar

from orjson import loads
from sqlalchemy import BigInteger, Dialect, FromClause, Integer, LargeBinary, Text, bindparam, func
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import TypeDecorator, TypeEngine

from feedhub.adapters.store.codec import Codec, plain

T = TypeVar("T")

NUMBER = BigInteger().with_variant(Integer, "sqlite")
"""A row's number; SQLite numbers rows by itself only where the type is INTEGER."""


class Words(TypeDecorator[str]):
    """Text of any length, without what one of the databases refuses."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # SQLAlchemy's
        """As stored."""
        return _worded(value)


class Key(Words):
    """A key or slug: on both databases ordered by its bytes, whatever language the server speaks."""

    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        """TEXT COLLATE "C" on PostgreSQL; SQLite compares bytes anyway."""
        return postgresql.TEXT(collation="C") if dialect.name == "postgresql" else Text()


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime: microseconds since 1970 on SQLite, a timestamp with time zone on PostgreSQL."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The column's type on this database."""
        return postgresql.TIMESTAMP(timezone=True) if dialect.name == "postgresql" else BigInteger()

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | int | None:
        """As stored. Raises TypeError for a datetime without a zone."""
        since = _counted(value)
        return value if dialect.name == "postgresql" else since

    def process_result_value(self, value: datetime | int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # SQLAlchemy's
        """In UTC."""
        if isinstance(value, int):
            return _EPOCH + timedelta(0, 0, value)
        return None if value is None else value.astimezone(UTC)


class Json(TypeDecorator[T]):
    """A whole value of the model as JSON text."""

    impl = Text
    cache_ok = True

    def __init__(self, codec: Codec[T]) -> None:
        self.codec = codec
        super().__init__()

    def process_bind_param(self, value: T | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # SQLAlchemy's
        """As stored."""
        return None if value is None else self.codec.write(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> T | None:  # noqa: ARG002  # SQLAlchemy's
        """As it was."""
        return None if value is None else self.codec.read(value)


class Moments(TypeDecorator[tuple[datetime, ...]]):
    """A few moments, 8 bytes each: microseconds since 1970; NULL where there are none."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: tuple[datetime, ...] | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002  # SQLAlchemy's
        """As stored. Raises TypeError for a datetime without a zone."""
        return pack(f"<{len(value)}q", *((one - _EPOCH) // _MICROSECOND for one in value)) if value else None

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> tuple[datetime, ...]:  # noqa: ARG002  # SQLAlchemy's
        """In UTC."""
        numbers = unpack(f"<{len(value) // 8}q", value) if value else ()
        return tuple([_EPOCH + timedelta(0, 0, number) for number in numbers])


class Numbers(TypeDecorator[list[int]]):
    """Many signed 64-bit numbers as one parameter, so that no limit on parameters is ever met."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """An array on PostgreSQL, JSON text on SQLite."""
        return postgresql.ARRAY(BigInteger()) if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: list[int] | None, dialect: Dialect) -> list[int] | str | None:
        """As handed over."""
        return value if value is None or dialect.name == "postgresql" else f"[{','.join(map(str, value))}]"

    def process_result_value(self, value: list[int] | str | None, dialect: Dialect) -> list[int]:  # noqa: ARG002  # SQLAlchemy's
        """As they were; none is an empty list."""
        return loads(value) if isinstance(value, str) else value or []


class Texts(TypeDecorator[list[str]]):
    """Many texts as one parameter, as `Numbers` are."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """An array on PostgreSQL, JSON text on SQLite."""
        return postgresql.ARRAY(Text()) if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: list[str] | None, dialect: Dialect) -> list[str] | str | None:
        """As handed over."""
        texts = [plain(text) for text in value or ()]
        return texts if dialect.name == "postgresql" else dumps(texts)


def binder(kind: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], object] | None:
    """What makes a value ready to be stored, None where it is ready: as SQLAlchemy would, in one call instead of three.

    A poll with fifty new entries stores two thousand values.
    """
    match kind:
        case Words():
            return _worded
        case Json(codec=codec):
            write = codec.write
            return lambda value: None if value is None else write(value)
        case Moment() if dialect.name == "sqlite":
            return _counted
        case _:
            return kind.dialect_impl(dialect).bind_processor(dialect)


def _worded(value: str | None) -> str | None:
    return None if value is None else plain(value)


def _counted(value: datetime | None) -> int | None:
    return None if value is None else (value - _EPOCH) // _MICROSECOND


class _each_value(GenericFunction[object]):  # noqa: N801  # the function's name in SQL
    inherit_cache = True
    name = "each_value"


def each(name: str, of: Numbers | Texts | None = None) -> FromClause:
    """The values of the parameter `name`, Numbers or what `of` says, as rows with one column, `value`."""
    return func.each_value(bindparam(name, type_=of or Numbers())).table_valued("value", name=name)


class together(GenericFunction[list[int]]):  # noqa: N801  # the function's name in SQL
    """The numbers of a column, in the order of the rows, as one list."""

    inherit_cache = True
    name = "together"
    type = Numbers()


@compiles(together, "sqlite")
def _together_on_sqlite(element: together, compiler: SQLCompiler, **options: object) -> str:
    return f"json_group_array({compiler.process(element.clauses, **options)})"


@compiles(together, "postgresql")
def _together_on_postgresql(element: together, compiler: SQLCompiler, **options: object) -> str:
    return f"array_agg({compiler.process(element.clauses, **options)})"


@compiles(_each_value, "sqlite")
def _each_on_sqlite(element: _each_value, compiler: SQLCompiler, **options: object) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(_each_value, "postgresql")
def _each_on_postgresql(element: _each_value, compiler: SQLCompiler, **options: object) -> str:
    return f"(SELECT unnest({compiler.process(element.clauses, **options)}) AS value)"


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
