"""The store on a database: units of reading and writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, bindparam, select

from feedhub.adapters.store.book import BookTable
from feedhub.adapters.store.engine import WAIT, Engines, engines
from feedhub.adapters.store.entries import EntryTable
from feedhub.adapters.store.failures import translated
from feedhub.adapters.store.hosts import HostTable
from feedhub.adapters.store.index import Follower, Index
from feedhub.adapters.store.intake import Intake
from feedhub.adapters.store.renditions import RenditionTable
from feedhub.adapters.store.schema import schema_state
from feedhub.adapters.store.sources import SourceTable
from feedhub.adapters.store.stories import StoryTable
from feedhub.adapters.store.subscriptions import SubscriptionTable
from feedhub.adapters.store.tables import counter
from feedhub.adapters.store.turns import Turns
from feedhub.adapters.store.work import CHANGE, Work
from feedhub.ports import (
    BookRows,
    EntryRows,
    HostRows,
    RenditionRows,
    SourceRows,
    StoryRows,
    SubscriptionRows,
    Unit,
)


def open_store(url: str, *, wait: float = WAIT) -> "SqlStore":
    """The store at a database URL; `wait` is how many seconds a unit waits for others before StoreBusyError.

    Raises SchemaError unless its tables are those of this version.
    """
    schema_state(url).require()
    return SqlStore(engines(url, wait=wait), wait=wait)


class SqlUnit:
    """One transaction's view of the store (see Unit)."""

    sources: SourceRows
    hosts: HostRows
    subscriptions: SubscriptionRows
    entries: EntryRows
    stories: StoryRows
    renditions: RenditionRows
    book: BookRows

    def __init__(self, connection: Connection, index: Index, *, writes: bool) -> None:
        self.work = Work(connection)
        self.sources = SourceTable(self.work)
        self.hosts = HostTable(self.work)
        self.subscriptions = SubscriptionTable(self.work)
        self.log = Follower(self.work, index, writes=writes)
        self.intake = Intake(self.work, self.log)
        self.entries = EntryTable(self.work, self.intake)
        self.stories = StoryTable(self.work, self.intake)
        self.renditions = RenditionTable(self.work)
        self.book = BookTable(self.work)


class SqlStore:
    """Everything in one database, SQLite or PostgreSQL; safe to use from several threads (see Store)."""

    def __init__(self, engines: Engines, *, wait: float = WAIT) -> None:
        self._engines, self._index = engines, Index()
        self._turns = Turns(engines.where, wait=wait)

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """A consistent view; writing in it is an error."""
        with translated(self._engines.where), self._engines.reader.begin() as connection:
            yield SqlUnit(connection, self._index, writes=False)

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """One transaction, alone; committed at a normal end, undone by an exception."""
        with self._turns(), translated(self._engines.where):
            with self._engines.writer.begin() as connection:
                unit = SqlUnit(connection, self._index, writes=True)
                yield unit
                unit.work.finish()
                unit.log.finish()
            unit.log.publish()

    def change(self) -> int:
        """A number that moves whenever what is served may have changed."""
        with translated(self._engines.where), self._engines.reader.connect() as connection:
            return int(connection.execute(_CHANGE, {"name": CHANGE}).scalar_one_or_none() or 0)

    def close(self) -> None:
        """Give back connections."""
        self._engines.close()


_CHANGE = select(counter.c.value).where(counter.c.name == bindparam("name"))
