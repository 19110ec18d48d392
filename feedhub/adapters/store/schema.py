"""Which tables a database has, and how it comes to have those of this version."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from feedhub.adapters.store.engine import engines, file_of, migrator, where
from feedhub.adapters.store.failures import translated
from feedhub.adapters.store.tables import REVISIONS
from feedhub.errors import SchemaError


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaState:
    """The revision that a database is at (None: it has no tables of ours) and the one that this version needs."""

    found: str | None
    wanted: str = REVISIONS[-1]

    @property
    def current(self) -> bool:
        """Whether this version can work with the database."""
        return self.found == self.wanted

    @property
    def newer(self) -> bool:
        """Whether a later version made it."""
        return self.found is not None and self.found not in REVISIONS

    def require(self) -> None:
        """Raise SchemaError unless it is current."""
        if not self.current:
            raise self.error()

    def error(self) -> SchemaError:
        """What to tell the operator."""
        return SchemaError(found=self.found or "none (it is empty)", wanted=self.wanted, newer=self.newer)


def schema_state(url: str) -> SchemaState:
    """What the database at `url` holds; makes no file where there is none."""
    file = file_of(url)
    if file and not file.exists():
        return SchemaState(found=None)
    doors = engines(url)
    try:
        with translated(doors.where), doors.reader.connect() as connection:
            return _state(connection)
    finally:
        doors.close()


def migrate(url: str) -> None:
    """Bring the database to this version's tables, from nothing or from any earlier one, as one transaction.

    Safe to call from several processes at once: they come one after the other. Raises SchemaError, with nothing
    touched, for a database that a later version made.
    """
    if schema_state(url).current:
        return
    engine = migrator(url)
    try:
        with translated(where(url)), engine.begin() as connection:
            state = _state(connection)
            if state.newer:
                raise state.error()
            if not state.current:
                upgrade(connection, state.wanted)
    finally:
        engine.dispose()


def upgrade(connection: Connection, revision: str) -> None:
    """Run the migrations up to a revision on an open transaction."""
    from alembic import command, config  # noqa: PLC0415  # a tenth of a second that only a migration should pay

    settings = config.Config(attributes={"connection": connection})
    settings.set_main_option("script_location", str(_MIGRATIONS))
    settings.set_main_option("path_separator", "os")
    command.upgrade(settings, revision)


_VERSION = "alembic_version"
_MIGRATIONS = Path(__file__).parent / "migrations"


def _state(connection: Connection) -> SchemaState:
    if not inspect(connection).has_table(_VERSION):
        return SchemaState(found=None)
    found = connection.execute(text(f"SELECT version_num FROM {_VERSION}")).scalars().all()  # noqa: S608  # a constant
    return SchemaState(found="+".join(sorted(found)) or None)
