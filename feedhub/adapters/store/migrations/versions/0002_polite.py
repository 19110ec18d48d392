"""What polling politely has to remember: of sources, of their hosts, of their hubs."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"

KEY = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
MOMENT = sa.BigInteger().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text()
BYTES = sa.LargeBinary()


def upgrade() -> None:
    """Add columns that say nothing yet, and empty tables.

    The host of a source on an odd port is still written without the port; its next poll adds it.
    """
    _sources()
    _entries()
    _histories()
    _hosts()
    _hubs()


def _sources() -> None:
    for column in (
        _said("address", TEXT, sa.text("''")),
        sa.Column("first_success", MOMENT),
        sa.Column("failing_since", MOMENT),
        _said("busy", sa.Integer(), "0"),
        _said("moves", sa.Integer(), "0"),
        sa.Column("moved_since", MOMENT),
        sa.Column("hints", TEXT),
        sa.Column("recent", BYTES),
        _said("pushed", sa.Boolean(), sa.false()),
        sa.Column("status", sa.Integer()),
        _said("wire_bytes", sa.BigInteger(), "0"),
        _said("millis", sa.BigInteger(), "0"),
    ):
        op.add_column("source", column)
    op.drop_index("ix_source_due", "source")
    _index("source", "due", "slug", "host", where="rested IS NULL AND NOT gone")


def _entries() -> None:
    op.add_column("entry", _said("extras", TEXT, "[]"))


def _histories() -> None:
    op.create_table("seen", _need("source", KEY), _need("marks", BYTES), _keyed("seen", "source"))
    op.create_table(
        "poll",
        _need("source", KEY),
        _need("slot", sa.Integer(), autoincrement=False),
        _need("fence", sa.BigInteger()),
        _need("at", MOMENT),
        sa.Column("status", sa.Integer()),
        _need("wire_bytes", sa.BigInteger()),
        _need("millis", sa.BigInteger()),
        _need("total", sa.Integer()),
        _need("new", sa.Integer()),
        _need("changed", sa.Integer()),
        _need("duplicates", sa.Integer()),
        _need("fault", TEXT),
        _keyed("poll", "source", "slot"),
        sqlite_with_rowid=False,
    )


def _hosts() -> None:
    op.create_table(
        "host",
        _need("host", KEY),
        _need("failures", sa.Integer()),
        _need("busy", sa.Integer()),
        sa.Column("until", MOMENT),
        _need("reason", TEXT),
        _keyed("host", "host"),
    )
    _index("host", "until")


def _hubs() -> None:
    op.create_table(
        "subscription",
        _need("source", KEY),
        _need("hub", TEXT),
        _need("topic", TEXT),
        _need("token", KEY),
        _need("secret", TEXT),
        _need("kind", TEXT),
        sa.Column("asked_at", MOMENT),
        sa.Column("verified_at", MOMENT),
        sa.Column("lease_until", MOMENT),
        _need("next_at", MOMENT),
        sa.Column("first_push", MOMENT),
        sa.Column("last_push", MOMENT),
        _need("missed", sa.Integer()),
        _need("failures", sa.Integer()),
        _need("fault", TEXT),
        _keyed("subscription", "source"),
    )
    _index("subscription", "token", unique=True)
    _index("subscription", "next_at", "source")
    op.create_table(
        "push",
        _need("id", NUMBER),
        _need("source", KEY),
        _need("at", MOMENT),
        _need("media_type", TEXT),
        sa.Column("charset", TEXT),
        _need("body", BYTES),
        _keyed("push", "id"),
        sqlite_autoincrement=True,
    )
    _index("push", "source")


def _need(name: str, kind: sa.types.TypeEngine[Any], *, autoincrement: bool = True) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, autoincrement="auto" if autoincrement else False)


def _said(name: str, kind: sa.types.TypeEngine[Any], unsaid: str | sa.TextClause | sa.False_) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, server_default=unsaid)


def _keyed(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _index(table: str, *columns: str, unique: bool = False, where: str | None = None) -> None:
    only = None if where is None else sa.text(where)
    name = f"ix_{table}_{'_'.join(columns)}"
    op.create_index(name, table, list(columns), unique=unique, sqlite_where=only, postgresql_where=only)
