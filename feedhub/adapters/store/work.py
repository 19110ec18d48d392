"""One transaction at work: how rows of every noun are read and written in it."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    ClauseElement,
    ColumnElement,
    Connection,
    CursorResult,
    Dialect,
    Executable,
    Row,
    Table,
    bindparam,
    delete,
    or_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from feedhub.adapters.store import tables
from feedhub.adapters.store.columns import binder
from feedhub.errors import StoreError
from feedhub.model.keys import SourceSlug, TopicSlug

AnyRow = Row[*tuple[Any, ...]]
"""A row of some statement: its columns are typed by the tables, which a type checker cannot see."""

Values = Mapping[str, object]
"""The parameters of a statement, or the columns of a row to write."""

_Insert = sqlite.Insert | postgresql.Insert

CHANGE = "change"
"""The counter that moves with what is served."""
SHOWN = "shown:"
"""What the counter of a topic's shown stories is called, before the topic."""


class Upsert:
    """Insert rows, or update those whose key is there already.

    Then columns in `keep` stay as they were, those in `add` are added up; with `differs`, a row is only touched, and
    counted, if something in it is different.
    """

    def __init__(
        self, table: Table, *, keep: Iterable[str] = (), add: Iterable[str] = (), differs: bool = False
    ) -> None:
        keys = [column.name for column in table.primary_key]
        kept, added = {*keys, *keep}, set(add)

        def build(insert: _Insert) -> _Insert:
            news: dict[str, ColumnElement[Any]] = {
                name: table.c[name] + new if name in added else new
                for name, new in insert.excluded.items()
                if name not in kept
            }
            where = or_(*(table.c[name].is_distinct_from(new) for name, new in news.items())) if differs else None
            upsert = insert.on_conflict_do_update(index_elements=keys, set_=news, where=where)
            return upsert.execution_options(preserve_rowcount=differs)

        self._on = {"sqlite": build(sqlite.insert(table)), "postgresql": build(postgresql.insert(table))}

    def on(self, dialect: str) -> Executable:
        """The statement for a database."""
        return self._on[dialect]


class InsertNew:
    """Insert rows, but those of which any key is there already."""

    def __init__(self, table: Table) -> None:
        self._on: dict[str, Executable] = {
            "sqlite": sqlite.insert(table).on_conflict_do_nothing(),
            "postgresql": postgresql.insert(table).on_conflict_do_nothing(),
        }

    def on(self, dialect: str) -> Executable:
        """The statement for a database."""
        return self._on[dialect]


class Fill:
    """Writes many rows of a table at once; gives how many were written.

    Values are made ready here and handed to the driver past SQLAlchemy, which would take longer over each than the
    database does.
    """

    def __init__(self, table: Table, statement: Upsert | InsertNew, *, without: Collection[str] = ()) -> None:
        """Rows have all columns of the table but those `without`, which the database fills."""
        self._table, self._statement, self._without = table, statement, without
        self._made: dict[str, _Made] = {}

    def __call__(self, work: "Work", rows: Sequence[Values]) -> int:
        """Write them. Raises StoreError where a value is none that can be stored."""
        if not rows:
            return 0
        made = self._on(work.connection.dialect)
        try:
            ready = list(map(made.ready, rows))
        except TypeError as error:
            raise StoreError(f"a {self._table.name} could not be stored: {error}") from error
        if work.connection.dialect.positional:
            return work.connection.exec_driver_sql(made.sql, ready).rowcount
        named = [dict(zip(made.columns, one, strict=True)) for one in ready]
        return work.connection.exec_driver_sql(made.sql, named).rowcount

    def _on(self, dialect: Dialect) -> "_Made":
        if dialect.name not in self._made:
            columns = [column.name for column in self._table.c if column.name not in self._without]
            statement = cast("ClauseElement", self._statement.on(dialect.name))
            binders = [binder(self._table.c[name].type, dialect) for name in columns]
            self._made[dialect.name] = _Made(
                sql=str(statement.compile(dialect=dialect, column_keys=columns)),
                columns=columns,
                pick=itemgetter(*columns),
                makers=[(place, make) for place, make in enumerate(binders) if make],
            )
        return self._made[dialect.name]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """A statement for a database, and how its values are made ready; `makers` by the places of their columns."""

    sql: str
    columns: Sequence[str]
    pick: Callable[[Values], tuple[Any, ...]]
    makers: Sequence[tuple[int, Callable[[Any], object]]]

    def ready(self, row: Values) -> tuple[object, ...]:
        """The values of a row as the driver takes them."""
        values = list(self.pick(row))
        for place, make in self.makers:
            values[place] = make(values[place])
        return tuple(values)


@dataclass(slots=True)
class Work:
    """A transaction, and what has to be written once at its end.

    `served` says that what is served may have changed; `added` counts new entries by source, `shown` by topic the
    stories that feeds may show from now on, below zero those that they may not show any more. `before` is called before
    every statement: it writes what was put off so that it could be written at once (see Intake).
    """

    connection: Connection
    served: bool = False
    added: Counter[SourceSlug] = field(default_factory=Counter)
    shown: Counter[TopicSlug] = field(default_factory=Counter)
    before: Callable[[], None] = field(default=lambda: None)

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.connection.dialect.name

    def run(self, statement: Executable | Upsert, values: Values | None = None) -> CursorResult[*tuple[Any, ...]]:
        """Run one statement."""
        self.before()
        if isinstance(statement, Upsert):
            statement = statement.on(self.dialect)
        return self.connection.execute(statement, values)

    def many(self, statement: Executable | Upsert, values: Sequence[Values]) -> None:
        """Run one statement for each set of values, if there is any."""
        self.before()
        if isinstance(statement, Upsert):
            statement = statement.on(self.dialect)
        if values:
            self.connection.execute(statement, values)

    def rows(self, statement: Executable, values: Values | None = None) -> Sequence[AnyRow]:
        """All rows of a statement."""
        self.before()
        return self.connection.execute(statement, values).all()

    def row(self, statement: Executable, values: Values | None = None) -> AnyRow | None:
        """The first row of a statement."""
        self.before()
        return self.connection.execute(statement, values).first()

    def count_added(self) -> None:
        """Bring the sources' counts of entries up to date."""
        self.before()
        self.many(_COUNT, [{"of": slug, "more": more} for slug, more in self.added.items()])
        self.added.clear()

    def count_shown(self) -> None:
        """Bring the topics' counts of stories up to date."""
        moved = [{"name": SHOWN + topic, "value": more} for topic, more in sorted(self.shown.items()) if more]
        self.many(_MOVE, moved)
        if moved:
            self.run(_DROP_EMPTY)
        self.shown.clear()

    def finish(self) -> None:
        """Write what has to be written once."""
        self.count_added()
        self.count_shown()
        if self.served:
            self.run(_MOVE, {"name": CHANGE, "value": 1})


def bounded(number: int) -> int:
    """A limit or offset that both databases can take: people ask for page 10^30."""
    return max(0, min(number, 2**31 - 1))


_MOVE = Upsert(tables.counter, add=["value"])
_DROP_EMPTY = delete(tables.counter).where(tables.counter.c.value == 0)
_COUNT = (
    update(tables.source)
    .where(tables.source.c.slug == bindparam("of"))
    .values(entries=tables.source.c.entries + bindparam("more", type_=BigInteger))
)
